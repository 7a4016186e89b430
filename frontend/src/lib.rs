//! The entry point in the browser: takes over the page that the server has sent.

// The views of all pages are one type, and the compiler looks into it.
#![recursion_limit = "512"]

use leptos::mount::hydrate_body;
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module is loaded. Fetches first what the page's route needs, so that all
/// of the page is taken over at once: what Leptos has for routes that are fetched meanwhile is left out of the
/// module (xtask/src/snip.rs).
#[wasm_bindgen]
pub async fn hydrate() {
    let path = window().location().pathname().unwrap_or_default();
    app::pages::fetch(&path).await;
    hydrate_body(app::App);
    // Says that the page answers from now on: tests wait for it, and nothing else may depend on it.
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-hydrated", "");
    }
}
