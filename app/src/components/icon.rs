//! Icons: drawn once per document, used by name. An icon stands beside a word, never for one.

use leptos::prelude::*;

/// All symbols of the document; outside what the browser takes over, so that it costs the module nothing.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <svg class="vh" aria-hidden="true" inner_html=include_str!("icon.svg")></svg> }
}

/// One icon of `icon.svg`, by its name without `i-`.
#[component]
pub fn Icon(
    /// `plus`, `check`, `x`, `lock` …
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="i" aria-hidden="true">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}
