//! The page itself.

use super::counts::Counts;
use super::recent::RecentChanges;
use super::server;
use super::steps::{FirstSteps, done_of};
use crate::components::{Loaded, PageHead, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::words;
use leptos::prelude::*;
use model::view::overview::Overview;

/// `/`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let live = Live::here();
    let overview = Fetched::new(move || live.changes(), |_| server::overview());
    view! { <Loaded of=overview let:overview><Shown overview=overview/></Loaded> }
}

#[component]
fn Shown(overview: Signal<Overview>) -> impl IntoView {
    // What is done is said in the sentence above; the panel is for what is left.
    let has_left = Memo::new(move |_| {
        overview.with(|overview| overview.steps.as_ref().map(done_of).is_some_and(|(done, all)| done < all))
    });
    let has_counts = Memo::new(move |_| overview.with(|o| o.people.is_some() || o.roles.is_some()));
    let has_recent = Memo::new(move |_| overview.with(|overview| overview.recent.is_some()));
    view! {
        <PageHead title="Overview" about=Signal::derive(move || overview.with(about))/>
        <div class="body">
            <div class=move || if has_counts.get() { "split" } else { "split one" }>
                <div class="stack">
                    <Show when=move || has_left.get()>
                        <FirstSteps overview=overview/>
                    </Show>
                    <Counts overview=overview/>
                    <Show when=move || !has_counts.get()>
                        <Own/>
                    </Show>
                </div>
                <Show when=move || has_recent.get()>
                    <RecentChanges overview=overview/>
                </Show>
            </div>
        </div>
    }
}

/// For who sees neither people nor roles: where their own access is told.
#[component]
fn Own() -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="own">
            <header>
                <h2 id="own">"Your access"</h2>
            </header>
            <div class="pad small">
                <p>
                    "Your roles, and what they let you do, stand under " <a href="/account">"Your account"</a> "."
                </p>
                <p class="muted">
                    "Pages of the menu that are dashed need a permission that you do not have. An Admin can give you "
                    "a role that has it."
                </p>
            </div>
        </section>
    }
}

/// The one sentence under the title.
fn about(overview: &Overview) -> String {
    match overview.steps.as_ref().map(done_of) {
        Some((done, all)) if done < all => {
            format!("{} left.", words::count((all - done) as u64, "first step is", "first steps are"))
        }
        Some(_) => format!("The first steps are done. {} is in order.", overview.organization),
        None => format!("Welcome to {}.", overview.organization),
    }
}
