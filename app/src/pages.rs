//! Which page stands at which address. Each area of the screen adds its own routes here.
//!
//! What most visits do not need is fetched when it is: pages that share most of their code are fetched
//! together, in one piece for each of the `fetched` functions (see docs/code-splitting.md).

use crate::account::AccountPage;
use crate::components::PageHead;
use crate::groups::{GroupPage, GroupsPage};
use crate::history::HistoryPage;
use crate::overview::OverviewPage;
use crate::people::{InvitePage, PendingPage, PeoplePage, PersonPage};
use crate::roles::{RolePage, RolesPage};
use crate::settings::SettingsPage;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{ChooseView, SsrMode, path};

/// The page of the address, inside the frame. All pages are drawn whole before they are sent.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFound/> }>
            <Route path=path!("/") view=Page::Overview ssr=SsrMode::Async/>
            <Route path=path!("/people") view=Page::People(People::List) ssr=SsrMode::Async/>
            <Route path=path!("/people/invite") view=Page::People(People::Invite) ssr=SsrMode::Async/>
            <Route path=path!("/people/invitations") view=Page::People(People::Invitations) ssr=SsrMode::Async/>
            <Route path=path!("/people/:id") view=Page::People(People::One) ssr=SsrMode::Async/>
            <Route path=path!("/groups") view=Page::People(People::Groups) ssr=SsrMode::Async/>
            <Route path=path!("/groups/:id") view=Page::People(People::Group) ssr=SsrMode::Async/>
            <Route path=path!("/roles") view=Page::Roles(Roles::Grid) ssr=SsrMode::Async/>
            <Route path=path!("/roles/:id") view=Page::Roles(Roles::One) ssr=SsrMode::Async/>
            <Route path=path!("/history") view=Page::Records(Records::History) ssr=SsrMode::Async/>
            <Route path=path!("/settings") view=Page::Records(Records::Settings) ssr=SsrMode::Async/>
            <Route path=path!("/account") view=Page::Records(Records::Account) ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}

/// A page, in the piece that holds it. One type for all: each more would be another router in the browser.
#[derive(Clone, Copy)]
enum Page {
    Overview,
    People(People),
    Roles(Roles),
    Records(Records),
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        match self {
            Self::Overview => view! { <OverviewPage/> }.into_any(),
            Self::People(page) => fetched_people(page).await,
            Self::Roles(page) => fetched_roles(page).await,
            Self::Records(page) => fetched_records(page).await,
        }
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        match self {
            Self::Overview => {}
            Self::People(_) => __preload_fetched_people().await,
            Self::Roles(_) => __preload_fetched_roles().await,
            Self::Records(_) => __preload_fetched_records().await,
        }
    }
}

/// Fetches the piece of the page at that path, before it is taken over.
#[cfg(feature = "hydrate")]
pub async fn fetch(path: &str) {
    match path.split('/').nth(1).unwrap_or_default() {
        "people" | "groups" => __preload_fetched_people().await,
        "roles" => __preload_fetched_roles().await,
        "history" | "settings" | "account" => __preload_fetched_records().await,
        _ => {}
    }
}

/// Pages about people and their groups.
#[derive(Clone, Copy)]
enum People {
    List,
    Invite,
    Invitations,
    One,
    Groups,
    Group,
}

#[lazy]
fn fetched_people(page: People) -> AnyView {
    match page {
        People::List => view! { <PeoplePage/> }.into_any(),
        People::Invite => view! { <InvitePage/> }.into_any(),
        People::Invitations => view! { <PendingPage/> }.into_any(),
        People::One => view! { <PersonPage/> }.into_any(),
        People::Groups => view! { <GroupsPage/> }.into_any(),
        People::Group => view! { <GroupPage/> }.into_any(),
    }
}

/// Pages about roles.
#[derive(Clone, Copy)]
enum Roles {
    Grid,
    One,
}

#[lazy]
fn fetched_roles(page: Roles) -> AnyView {
    match page {
        Roles::Grid => view! { <RolesPage/> }.into_any(),
        Roles::One => view! { <RolePage/> }.into_any(),
    }
}

/// Pages about what was done and what is set.
#[derive(Clone, Copy)]
enum Records {
    History,
    Settings,
    Account,
}

#[lazy]
fn fetched_records(page: Records) -> AnyView {
    match page {
        Records::History => view! { <HistoryPage/> }.into_any(),
        Records::Settings => view! { <SettingsPage/> }.into_any(),
        Records::Account => view! { <AccountPage/> }.into_any(),
    }
}

/// An address without a page.
#[component]
fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::request::answer(crate::problem::Kind::Gone);
    view! {
        <PageHead title="Not found" about="There is no page at this address."/>
        <div class="body alone-in">
            <p>
                "It may have been removed, or the link is not whole. "
                <a href="/">"Go to the overview"</a>
            </p>
        </div>
    }
}
