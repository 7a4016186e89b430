//! How far access to a place is in force, in one sentence below the head of its page.

use crate::words;
use leptos::prelude::*;
use model::catalog::InForceHere;

/// The sentence.
#[component]
pub fn InForceLine(
    /// How far.
    #[prop(into)]
    here: Signal<InForceHere>,
) -> impl IntoView {
    view! { <p class="in-force">{move || words::in_force_at("here", here.get())}</p> }
}
