//! The entry point in the browser: takes over the page that the server has sent.

use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(app::App);
    // Says that the page answers from now on: tests wait for it, and nothing else may depend on it.
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-hydrated", "");
    }
}
