//! Where the focus is in the list of roles.

use leptos::html;
use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use leptos::wasm_bindgen::JsCast;

#[cfg(feature = "hydrate")]
fn options(node: NodeRef<html::Div>) -> Vec<web_sys::HtmlElement> {
    let found = node.get_untracked().and_then(|node| node.query_selector_all("[role=option]").ok());
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Focus starts on the role that is held, or on the first.
#[cfg(feature = "hydrate")]
pub(super) fn focus_first(node: NodeRef<html::Div>) {
    let options = options(node);
    let held = options
        .iter()
        .find(|option| option.get_attribute("aria-selected").is_some_and(|selected| selected == "true"));
    if let Some(option) = held.or(options.first()) {
        let _ = option.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn focus_first(_: NodeRef<html::Div>) {}

/// The keys of a list box: arrows, Home, End, and letters that find.
#[cfg(feature = "hydrate")]
pub(super) fn move_focus(node: NodeRef<html::Div>, event: &web_sys::KeyboardEvent) {
    let options = options(node);
    let focused = document().active_element();
    let here = options.iter().position(|option| focused.as_ref() == Some(option.as_ref())).unwrap_or(0);
    let last = options.len().saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => (here + 1).min(last),
        "ArrowUp" => here.saturating_sub(1),
        "Home" => 0,
        "End" => last,
        key if key.chars().count() == 1 && key != " " => {
            let key = key.to_lowercase();
            let begins = |at: &usize| {
                options.get(*at).is_some_and(|option| {
                    option.text_content().unwrap_or_default().trim().to_lowercase().starts_with(&key)
                })
            };
            match (here + 1..options.len()).chain(0..=here).find(begins) {
                Some(at) => at,
                None => return,
            }
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(option) = options.get(to) {
        let _ = option.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn move_focus(_: NodeRef<html::Div>, _: &web_sys::KeyboardEvent) {}
