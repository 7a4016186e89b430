//! What stands in for a list that is on its way. The style sheet shows it only after 300 ms.

use leptos::prelude::*;

/// Grey lines in the shape of a list.
#[component]
pub fn Loading(
    /// How many.
    #[prop(default = 6)]
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines).map(|_| view! { <div class="skeleton"></div> }).collect_view();
    view! {
        <div class="body loading" aria-busy="true">
            <span class="vh">"Loading"</span>
            <div class="stack">{lines}</div>
        </div>
    }
}
