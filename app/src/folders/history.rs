//! What was changed in a place and in what is beneath it.

use crate::components::Banner;
use crate::history::Changes;
use leptos::prelude::*;
use model::view::folders::Place;

/// The part.
#[component]
pub(super) fn HistoryPart(
    /// The place.
    place: Signal<Place>,
) -> impl IntoView {
    let id = place.with_untracked(|place| place.id);
    let barred = Memo::new(move |_| place.with(|place| place.no_history.clone()));
    move || match barred.get() {
        Some(reason) => view! {
            <div class="body">
                <Banner>{reason}</Banner>
            </div>
        }
        .into_any(),
        None => view! { <Changes place=id/> }.into_any(),
    }
}
