//! The account menu: who is signed in, their own page, the theme, sign out.

use super::shell_here;
use crate::components::{Avatar, Menu, MenuItem, MenuLink};
use leptos::prelude::*;

/// A theme that a reader may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Theme {
    /// As the system has it.
    #[default]
    System,
    Light,
    Dark,
}

const THEMES: [(Theme, &str); 3] = [
    (Theme::System, "Theme as the system has it"),
    (Theme::Light, "Light theme"),
    (Theme::Dark, "Dark theme"),
];

/// The button with the initials and what it opens.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let theme = RwSignal::new(Theme::System);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| theme.set(stored()));
    let name = Signal::derive(move || shell_here().map(|shell| shell.name).unwrap_or_default());
    let email = move || shell_here().map(|shell| shell.email);
    let label = Signal::derive(move || match name.get() {
        name if name.is_empty() => "Your account".to_owned(),
        name => format!("{name}, your account"),
    });
    let choose = move |chosen: Theme| {
        theme.set(chosen);
        #[cfg(feature = "hydrate")]
        keep(chosen);
    };
    let themes = THEMES
        .map(|(one, words)| {
            let checked = Signal::derive(move || theme.get() == one);
            view! { <MenuItem checked=checked on_pick=move |()| choose(one)>{words}</MenuItem> }
        })
        .collect_view();
    view! {
        <Transition>
            <Menu
                id="account-menu"
                label=label
                class="btn quiet icon"
                button=move || view! { <Avatar name=name/> }
            >
                <p class="note" role="none">
                    <b>{name}</b>
                    <br/>
                    {email}
                </p>
                <MenuLink href="/account">"Your account"</MenuLink>
                <div class="apart" role="group" aria-label="Theme">
                    {themes}
                </div>
                <form class="apart" method="post" action="/sign-out" role="none">
                    <button type="submit" role="menuitem" tabindex="-1">
                        <span></span>
                        <span>"Sign out"</span>
                    </button>
                </form>
            </Menu>
        </Transition>
    }
}

/// The key under which the browser keeps the choice; `server/assets/live.js` reads it before the first paint.
#[cfg(feature = "hydrate")]
const KEY: &str = "rolecall-theme";

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(feature = "hydrate")]
fn stored() -> Theme {
    match storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Keeps the choice and shows it. A browser that keeps nothing shows it until the next page.
#[cfg(feature = "hydrate")]
fn keep(theme: Theme) {
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
