//! Which page stands at which address. Each area of the screen adds its own routes here.
//!
//! What most visits do not need is fetched when it is: pages that share most of their code are fetched
//! together, in one piece for each of the `fetched` functions (see docs/code-splitting.md).

use crate::account::AccountPage;
use crate::applications::{self, ApplicationPage, ApplicationsPage};
use crate::check::CheckPage;
use crate::components::PageHead;
use crate::folders::{FoldersPage, PlacePage};
use crate::groups::{GroupPage, GroupsPage};
use crate::history::HistoryPage;
use crate::overview::OverviewPage;
use crate::people::{InvitePage, PendingPage, PeoplePage, PersonPage};
use crate::roles::{ComparePage, RolePage, RolesPage};
use crate::settings::SettingsPage;
use crate::tenants::{GuidePage, MatrixPage, Part, TenantPage, TenantsPage};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{ChooseView, SsrMode, path};

/// The page of the address, inside the frame. All pages are drawn whole before they are sent.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFound/> }>
            <Route path=path!("/") view=OverviewPage ssr=SsrMode::Async/>
            <Route path=path!("/people") view=People::List ssr=SsrMode::Async/>
            <Route path=path!("/people/invite") view=People::Invite ssr=SsrMode::Async/>
            <Route path=path!("/people/invitations") view=People::Invitations ssr=SsrMode::Async/>
            <Route path=path!("/people/:id") view=People::One ssr=SsrMode::Async/>
            <Route path=path!("/groups") view=People::Groups ssr=SsrMode::Async/>
            <Route path=path!("/groups/:id") view=People::Group ssr=SsrMode::Async/>
            <Route path=path!("/roles") view=Roles::Grid ssr=SsrMode::Async/>
            <Route path=path!("/roles/compare") view=Roles::Compare ssr=SsrMode::Async/>
            <Route path=path!("/roles/:id") view=Roles::One ssr=SsrMode::Async/>
            <Route path=path!("/tenants") view=Tenants::List ssr=SsrMode::Async/>
            <Route path=path!("/tenants/access") view=Tenants::Matrix ssr=SsrMode::Async/>
            <Route path=path!("/tenants/set-up") view=Tenants::Guide ssr=SsrMode::Async/>
            <Route path=path!("/tenants/:id") view=Tenants::Settings ssr=SsrMode::Async/>
            <Route path=path!("/tenants/:id/apps") view=Tenants::Apps ssr=SsrMode::Async/>
            <Route path=path!("/tenants/:id/access") view=Tenants::Access ssr=SsrMode::Async/>
            <Route path=path!("/folders") view=Folders::Top ssr=SsrMode::Async/>
            <Route path=path!("/folders/:id") view=Folders::One ssr=SsrMode::Async/>
            <Route path=path!("/applications") view=Applications::List ssr=SsrMode::Async/>
            <Route path=path!("/applications/rights") view=Applications::Matrix ssr=SsrMode::Async/>
            <Route path=path!("/applications/history") view=Applications::AllHistory ssr=SsrMode::Async/>
            <Route path=path!("/applications/:id") view=Applications::Stages ssr=SsrMode::Async/>
            <Route path=path!("/applications/:id/rights") view=Applications::Rights ssr=SsrMode::Async/>
            <Route path=path!("/applications/:id/history") view=Applications::History ssr=SsrMode::Async/>
            <Route path=path!("/check") view=People::Check ssr=SsrMode::Async/>
            <Route path=path!("/history") view=Records::History ssr=SsrMode::Async/>
            <Route path=path!("/settings") view=Records::Settings ssr=SsrMode::Async/>
            <Route path=path!("/account") view=Records::Account ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}

/// Pages about people, their groups and what they may do.
#[derive(Clone, Copy)]
enum People {
    List,
    Invite,
    Invitations,
    One,
    Groups,
    Group,
    Check,
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
        People::Check => view! { <CheckPage/> }.into_any(),
    }
}

impl ChooseView for People {
    async fn choose(self) -> AnyView {
        fetched_people(self).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        __preload_fetched_people().await;
    }
}

/// Pages about roles.
#[derive(Clone, Copy)]
enum Roles {
    Grid,
    Compare,
    One,
}

#[lazy]
fn fetched_roles(page: Roles) -> AnyView {
    match page {
        Roles::Grid => view! { <RolesPage/> }.into_any(),
        Roles::Compare => view! { <ComparePage/> }.into_any(),
        Roles::One => view! { <RolePage/> }.into_any(),
    }
}

impl ChooseView for Roles {
    async fn choose(self) -> AnyView {
        fetched_roles(self).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        __preload_fetched_roles().await;
    }
}

/// Pages about tenants.
#[derive(Clone, Copy)]
enum Tenants {
    List,
    Matrix,
    Guide,
    Settings,
    Apps,
    Access,
}

#[lazy]
fn fetched_tenants(page: Tenants) -> AnyView {
    match page {
        Tenants::List => view! { <TenantsPage/> }.into_any(),
        Tenants::Matrix => view! { <MatrixPage/> }.into_any(),
        Tenants::Guide => view! { <GuidePage/> }.into_any(),
        Tenants::Settings => view! { <TenantPage here=Part::Settings/> }.into_any(),
        Tenants::Apps => view! { <TenantPage here=Part::Apps/> }.into_any(),
        Tenants::Access => view! { <TenantPage here=Part::Access/> }.into_any(),
    }
}

impl ChooseView for Tenants {
    async fn choose(self) -> AnyView {
        fetched_tenants(self).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        __preload_fetched_tenants().await;
    }
}

/// Pages about folders and robots.
#[derive(Clone, Copy)]
enum Folders {
    Top,
    One,
}

#[lazy]
fn fetched_folders(page: Folders) -> AnyView {
    match page {
        Folders::Top => view! { <FoldersPage/> }.into_any(),
        Folders::One => view! { <PlacePage/> }.into_any(),
    }
}

impl ChooseView for Folders {
    async fn choose(self) -> AnyView {
        fetched_folders(self).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        __preload_fetched_folders().await;
    }
}

/// Pages about applications.
#[derive(Clone, Copy)]
enum Applications {
    List,
    Matrix,
    AllHistory,
    Stages,
    Rights,
    History,
}

#[lazy]
fn fetched_applications(page: Applications) -> AnyView {
    use applications::{HistoryPage, MatrixPage, Part};
    match page {
        Applications::List => view! { <ApplicationsPage/> }.into_any(),
        Applications::Matrix => view! { <MatrixPage/> }.into_any(),
        Applications::AllHistory => view! { <HistoryPage/> }.into_any(),
        Applications::Stages => view! { <ApplicationPage here=Part::Stages/> }.into_any(),
        Applications::Rights => view! { <ApplicationPage here=Part::Rights/> }.into_any(),
        Applications::History => view! { <ApplicationPage here=Part::History/> }.into_any(),
    }
}

impl ChooseView for Applications {
    async fn choose(self) -> AnyView {
        fetched_applications(self).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        __preload_fetched_applications().await;
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

impl ChooseView for Records {
    async fn choose(self) -> AnyView {
        fetched_records(self).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        __preload_fetched_records().await;
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
