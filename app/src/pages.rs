//! Which page stands at which address. Each area of the screen adds its own routes here.

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
use leptos_router::{SsrMode, path};

/// The page of the address, inside the frame. All pages are drawn whole before they are sent.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFound/> }>
            <Route path=path!("/") view=OverviewPage ssr=SsrMode::Async/>
            <Route path=path!("/history") view=HistoryPage ssr=SsrMode::Async/>
            <Route path=path!("/people") view=PeoplePage ssr=SsrMode::Async/>
            <Route path=path!("/people/invite") view=InvitePage ssr=SsrMode::Async/>
            <Route path=path!("/people/invitations") view=PendingPage ssr=SsrMode::Async/>
            <Route path=path!("/people/:id") view=PersonPage ssr=SsrMode::Async/>
            <Route path=path!("/groups") view=GroupsPage ssr=SsrMode::Async/>
            <Route path=path!("/groups/:id") view=GroupPage ssr=SsrMode::Async/>
            <Route path=path!("/roles") view=RolesPage ssr=SsrMode::Async/>
            <Route path=path!("/roles/:id") view=RolePage ssr=SsrMode::Async/>
            <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
            <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
        </FlatRoutes>
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
