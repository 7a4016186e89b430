//! The account menu: who is signed in, their own page, the theme, sign out.

use super::shell_here;
#[cfg(feature = "hydrate")]
use super::theme;
use super::theme::{THEMES, Theme};
use crate::components::{Avatar, Menu, MenuItem, MenuLink};
#[cfg(feature = "hydrate")]
use crate::whenever::whenever;
use leptos::prelude::*;

/// The button with the initials and what it opens.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let shown = RwSignal::new(Theme::System);
    #[cfg(feature = "hydrate")]
    whenever(move || shown.set(theme::stored()));
    let name = Signal::derive(move || shell_here().map(|shell| shell.name).unwrap_or_default());
    let email = move || shell_here().map(|shell| shell.email);
    let label = Signal::derive(move || match name.get() {
        name if name.is_empty() => "Your account".to_owned(),
        name => format!("{name}, your account"),
    });
    let choose = move |chosen: Theme| {
        shown.set(chosen);
        #[cfg(feature = "hydrate")]
        theme::keep(chosen);
    };
    let themes = THEMES
        .map(|(one, words)| {
            let checked = Signal::derive(move || shown.get() == one);
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
