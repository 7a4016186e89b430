//! The side menu: a column when there is room, a drawer when there is not.

use super::places::{PLACES, Place};
use super::shell_here;
use crate::components::Icon;
use crate::whenever::whenever;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Brand, pages, version. A page that the reader may not open stays and says why.
#[component]
pub fn SideMenu() -> impl IntoView {
    let menu = NodeRef::<html::Nav>::new();
    let path = use_location().pathname;
    whenever(move || {
        path.track();
        close_drawer(menu);
    });
    let entries = PLACES.iter().map(|place| view! { <Entry place=place/> }).collect_view();
    let organization = move || shell_here().map(|shell| shell.organization);
    let version = move || shell_here().map(|shell| format!("Rolecall {}", shell.version));
    view! {
        <nav class="side" id="menu" popover="auto" aria-label="Main menu" node_ref=menu>
            <div class="brand">
                <Mark/>
                <span>"Rolecall" <small><Transition>{organization}</Transition></small></span>
            </div>
            {entries}
            <p class="foot"><Transition>{version}</Transition></p>
        </nav>
    }
}

#[component]
fn Entry(place: &'static Place) -> impl IntoView {
    let path = use_location().pathname;
    let is_here = move || path.with(|path| Place::of(path) == Some(place)).then_some("page");
    let why = format!("menu-{}-why", place.icon);
    let barred = move || shell_here().and_then(|shell| place.barred(&shell));
    view! {
        <Transition>
            {move || {
                if shell_here().is_some_and(|shell| !place.is_there(&shell)) {
                    return None;
                }
                let separator = place.apart.then(|| view! { <hr class="sep"/> });
                let (reason, why) = (barred(), why.clone());
                let described = reason.is_some().then(|| why.clone());
                Some(view! {
                    {separator}
                    <a
                        href=reason.is_none().then_some(place.path)
                        role=reason.is_some().then_some("link")
                        tabindex=reason.is_some().then_some("0")
                        aria-current=is_here
                        aria-disabled=reason.is_some().then_some("true")
                        aria-describedby=described
                    >
                        <Icon name=place.icon/>
                        {place.name}
                    </a>
                    {reason.map(|reason| view! { <span class="vh" id=why>{reason}</span> })}
                })
            }}
        </Transition>
    }
}

/// Rolecall's mark.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <rect x="2" y="2" width="20" height="20" rx="5" fill="currentColor" stroke="none"></rect>
            <g class="knock">
                <path d="M11 7.500h7M11 12.500h7M11 17.500h4"></path>
                <path d="m5.300 7.400 1.100 1.100 2-2.200M5.300 12.400l1.100 1.100 2-2.200M5.700 17.500h1.800"></path>
            </g>
        </svg>
    }
}

fn close_drawer(menu: NodeRef<html::Nav>) {
    if let Some(menu) = menu.get_untracked()
        && menu.matches(":popover-open").unwrap_or(false)
    {
        // Fails only where it is closed already.
        let _ = menu.hide_popover();
    }
}
