//! The page itself.

use super::counts::Counts;
use super::recent::RecentChanges;
use super::server;
use super::steps::{FirstSteps, done_of};
use crate::components::{Loaded, PageHead};
use crate::live::Live;
use crate::words;
use leptos::prelude::*;
use model::view::overview::Overview;

/// `/`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let live = Live::here();
    let overview = Resource::new(move || live.changes(), |_| server::overview());
    view! { <Loaded of=overview let:overview><Shown overview=overview/></Loaded> }
}

#[component]
fn Shown(overview: Signal<Overview>) -> impl IntoView {
    let has_steps = Memo::new(move |_| overview.with(|overview| overview.steps.is_some()));
    let has_recent = Memo::new(move |_| overview.with(|overview| overview.recent.is_some()));
    view! {
        <PageHead title="Overview" about=Signal::derive(move || overview.with(about))/>
        <div class="body">
            <div class="split">
                <div class="stack">
                    <Show when=move || has_steps.get()>
                        <FirstSteps overview=overview/>
                    </Show>
                    <Counts overview=overview/>
                </div>
                <Show when=move || has_recent.get()>
                    <RecentChanges overview=overview/>
                </Show>
            </div>
        </div>
    }
}

/// The one sentence under the title.
fn about(overview: &Overview) -> String {
    match overview.steps.as_ref().map(done_of) {
        Some((done, all)) if done < all => {
            format!("{} left.", words::count((all - done) as u64, "first step is", "first steps are"))
        }
        Some(_) => format!("The first steps are done. {} is in order.", overview.organization),
        None => format!("{}: what you may do here is in the menu.", overview.organization),
    }
}
