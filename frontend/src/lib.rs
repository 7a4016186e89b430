//! The entry point in the browser: takes over the page that the server has sent.

// The views of all pages are one type, and the compiler looks into it.
#![recursion_limit = "512"]

use leptos::mount::hydrate_from_async;
use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module is loaded. Waits for what the page's route loads lazily.
#[wasm_bindgen]
pub async fn hydrate() {
    let document = document();
    let Some(body) = document.body() else { return };
    hydrate_from_async(body, app::App).await.forget();
    // Says that the page answers from now on: tests wait for it, and nothing else may depend on it.
    if let Some(page) = document.document_element() {
        let _ = page.set_attribute("data-hydrated", "");
    }
}
