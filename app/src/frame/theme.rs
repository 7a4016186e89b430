//! The theme that this browser shows: the system's, light or dark. Kept in the browser alone.

#[cfg(feature = "hydrate")]
use leptos::prelude::*;

/// A theme that a reader may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The themes, with their words.
pub const THEMES: [(Theme, &str); 3] = [
    (Theme::System, "Theme as the system has it"),
    (Theme::Light, "Light theme"),
    (Theme::Dark, "Dark theme"),
];

/// The key under which the browser keeps the choice; `server/assets/live.js` reads it before the first paint.
#[cfg(feature = "hydrate")]
const KEY: &str = "rolecall-theme";

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The choice that the browser has kept.
#[cfg(feature = "hydrate")]
#[must_use]
pub fn stored() -> Theme {
    match storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Keeps the choice and shows it. A browser that keeps nothing shows it until the next page.
#[cfg(feature = "hydrate")]
pub fn keep(theme: Theme) {
    let word = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    if let Some(storage) = storage() {
        let _ = match word {
            Some(word) => storage.set_item(KEY, word),
            None => storage.remove_item(KEY),
        };
    }
    if let Some(root) = document().document_element() {
        let _ = match word {
            Some(word) => root.set_attribute("data-theme", word),
            None => root.remove_attribute("data-theme"),
        };
    }
}
