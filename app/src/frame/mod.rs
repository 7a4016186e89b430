//! The frame around every page: side menu, top bar, live indicator, account menu, finder.
//!
//! It is drawn once and stays while pages change. What it knows of the person comes from one server
//! function, [`server::shell`], fetched again with every revision.

pub mod account;
pub mod crumbs;
pub mod finder;
pub mod live_state;
pub mod places;
pub mod server;
pub mod side;
pub mod theme;

use crate::components::{Icon, Toasts};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::view::shell::Shell;

/// The shell, as a resource that every page may read inside a `Transition`.
#[derive(Clone, Copy)]
struct ShellHere(Fetched<Shell>);

/// Fetches the shell for the frame and all pages.
pub(crate) fn provide_shell(live: Live) {
    let fetched = Fetched::new(move || live.changes(), |_| server::shell());
    provide_context(ShellHere(fetched));
    whenever(move || {
        if let Some(Ok(shell)) = fetched.get() {
            live.seen(shell.revision);
        }
    });
}

/// The shell; to be read inside `Suspense`, `Transition` or [`crate::components::Loaded`]. `None` while it is
/// on its way and when it could not be had.
#[must_use]
pub fn shell_here() -> Option<Shell> {
    use_context::<ShellHere>().and_then(|ShellHere(shell)| shell.get()).and_then(Result::ok)
}

/// Whether the reader holds a permission on the organization; read like [`shell_here`].
#[must_use]
pub fn may(permission: &str) -> bool {
    shell_here().is_some_and(|shell| shell.may(permission))
}

/// `None` where the reader holds a permission on the organization, otherwise the reason against, with the
/// permission's name as it stands in the grid. For the `reason` of buttons; read like [`shell_here`].
#[must_use]
pub fn why_not(permission: &str, called: &str) -> Option<String> {
    (!may(permission)).then(|| needs(called))
}

/// The reason against what a permission opens that the reader does not hold.
pub(crate) fn needs(called: &str) -> String {
    format!("You need “{called}” for this. Ask an Admin.")
}

/// Everything around the page.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    crumbs::provide_trail();
    #[cfg(feature = "hydrate")]
    crate::components::focus::watch_focus();
    let main = NodeRef::<leptos::html::Main>::new();
    start_each_page_at_its_top(main);
    // The router takes the link for one to another page and leaves the focus where it is.
    let skip = move |event: web_sys::MouseEvent| {
        if let Some(main) = main.get_untracked() {
            event.prevent_default();
            let _ = main.focus();
        }
    };
    view! {
        <a class="skip btn" href="#main" on:click=skip>
            "Skip to content"
        </a>
        <header class="top">
            <button
                class="btn quiet icon menu-btn"
                type="button"
                popovertarget="menu"
                aria-label="Menu"
            >
                <Icon name="bars"/>
            </button>
            <crumbs::Crumbs/>
            <live_state::LiveState/>
            <finder::Finder/>
            <account::AccountMenu/>
        </header>
        <side::SideMenu/>
        <main class="main" id="main" tabindex="-1" node_ref=main>
            {children()}
        </main>
        <Toasts/>
    }
}

/// When the path changes (not the query), focus and reading start at the new page.
fn start_each_page_at_its_top(main: NodeRef<leptos::html::Main>) {
    let location = use_location();
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        if before.is_some_and(|before| before != path)
            && let Some(main) = main.get_untracked()
        {
            let _ = main.focus();
            main.set_scroll_top(0);
        }
        path
    });
}
