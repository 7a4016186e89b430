//! Where the focus goes when what had it is gone: a bar that was saved, a row that was taken away.
//!
//! Browsers let it fall to the document, from where the next key would start at the top of the window. It goes to the
//! tab stop of the page's grid or tree instead, or to the page; while a dialog is open, to its first field, since what is
//! behind it takes no focus. Nothing is moved while somebody is elsewhere.

#[cfg(feature = "hydrate")]
use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use leptos::wasm_bindgen::JsCast;
#[cfg(feature = "hydrate")]
use std::cell::RefCell;

#[cfg(feature = "hydrate")]
thread_local! {
    /// What had the focus last.
    static LAST: RefCell<Option<web_sys::Element>> = const { RefCell::new(None) };
}

/// Remembers what has the focus; called once.
#[cfg(feature = "hydrate")]
pub(crate) fn watch_focus() {
    let handle = window_event_listener(leptos::ev::focusin, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        LAST.with_borrow_mut(|last| *last = target);
    });
    on_cleanup(move || handle.remove());
}

/// To be called after something was taken off the page: once it is drawn, a lost focus is put back.
#[cfg(feature = "hydrate")]
pub fn rescue_focus() {
    // The frame after the next: what is taken off may be drawn by the next one only.
    request_animation_frame(|| request_animation_frame(rescue));
}

/// On the server nothing has the focus.
#[cfg(not(feature = "hydrate"))]
pub fn rescue_focus() {}

#[cfg(feature = "hydrate")]
fn rescue() {
    let document = document();
    let is_nowhere = document.active_element().is_none_or(|active| active.tag_name() == "BODY");
    let is_gone = LAST.with_borrow(|last| last.as_ref().is_some_and(|last| !last.is_connected()));
    if !is_nowhere || !is_gone {
        return;
    }
    LAST.with_borrow_mut(|last| *last = None);
    let find = |selector| document.query_selector(selector).ok().flatten();
    let place = match find("dialog[open]") {
        Some(_) => find("dialog[open] :is(input:not([type=hidden]), select, textarea, button)"),
        None => find("main :is([role=grid], [role=tree]) [tabindex='0']").or_else(|| find("#main")),
    };
    if let Some(place) = place.and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok()) {
        let quietly = web_sys::FocusOptions::new();
        quietly.set_prevent_scroll(true);
        let _ = place.focus_with_options(&quietly);
    }
}
