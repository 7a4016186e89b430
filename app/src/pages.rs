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
use crate::tenants::{self, GuidePage, MatrixPage, TenantPage, TenantsPage};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{ChooseView, SsrMode, path};

/// The page of the address, inside the frame. All pages are drawn whole before they are sent.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFound/> }>
            <Route path=path!("/") view=OverviewPage ssr=SsrMode::Async/>
            <Route path=path!("/people") view=Page::People(People::List) ssr=SsrMode::Async/>
            <Route path=path!("/people/invite") view=Page::People(People::Invite) ssr=SsrMode::Async/>
            <Route path=path!("/people/invitations") view=Page::People(People::Invitations) ssr=SsrMode::Async/>
            <Route path=path!("/people/:id") view=Page::People(People::One) ssr=SsrMode::Async/>
            <Route path=path!("/groups") view=Page::People(People::Groups) ssr=SsrMode::Async/>
            <Route path=path!("/groups/:id") view=Page::People(People::Group) ssr=SsrMode::Async/>
            <Route path=path!("/roles") view=Page::People(People::Roles) ssr=SsrMode::Async/>
            <Route path=path!("/roles/compare") view=Page::People(People::Compare) ssr=SsrMode::Async/>
            <Route path=path!("/roles/:id") view=Page::People(People::Role) ssr=SsrMode::Async/>
            <Route path=path!("/tenants") view=Page::Areas(Areas::Tenants) ssr=SsrMode::Async/>
            <Route path=path!("/tenants/access") view=Page::Areas(Areas::TenantMatrix) ssr=SsrMode::Async/>
            <Route path=path!("/tenants/set-up") view=Page::Areas(Areas::SetUp) ssr=SsrMode::Async/>
            <Route path=path!("/tenants/:id") view=Page::Areas(Areas::TenantSettings) ssr=SsrMode::Async/>
            <Route path=path!("/tenants/:id/apps") view=Page::Areas(Areas::TenantApps) ssr=SsrMode::Async/>
            <Route path=path!("/tenants/:id/access") view=Page::Areas(Areas::TenantAccess) ssr=SsrMode::Async/>
            <Route path=path!("/folders") view=Page::Areas(Areas::Folders) ssr=SsrMode::Async/>
            <Route path=path!("/folders/:id") view=Page::Areas(Areas::Place) ssr=SsrMode::Async/>
            <Route path=path!("/applications") view=Page::Areas(Areas::Applications) ssr=SsrMode::Async/>
            <Route path=path!("/applications/rights") view=Page::Areas(Areas::ApplicationMatrix) ssr=SsrMode::Async/>
            <Route path=path!("/applications/history") view=Page::Areas(Areas::AllMoves) ssr=SsrMode::Async/>
            <Route path=path!("/applications/:id") view=Page::Areas(Areas::Stages) ssr=SsrMode::Async/>
            <Route path=path!("/applications/:id/rights") view=Page::Areas(Areas::Rights) ssr=SsrMode::Async/>
            <Route path=path!("/applications/:id/history") view=Page::Areas(Areas::Moves) ssr=SsrMode::Async/>
            <Route path=path!("/check") view=Page::People(People::Check) ssr=SsrMode::Async/>
            <Route path=path!("/history") view=Page::Records(Records::History) ssr=SsrMode::Async/>
            <Route path=path!("/settings") view=Page::Records(Records::Settings) ssr=SsrMode::Async/>
            <Route path=path!("/account") view=Page::Records(Records::Account) ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}

/// A page that is fetched when it is first opened. The overview comes with the first page of all.
#[derive(Clone, Copy)]
enum Page {
    People(People),
    Areas(Areas),
    Records(Records),
}

impl Page {
    /// The function below that fetches it.
    #[cfg(feature = "ssr")]
    fn piece(self) -> &'static str {
        match self {
            Self::People(_) => "fetched_people",
            Self::Areas(_) => "fetched_areas",
            Self::Records(_) => "fetched_records",
        }
    }
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        #[cfg(feature = "ssr")]
        crate::document::fetch_early(self.piece());
        match self {
            Self::People(page) => fetched_people(page).await,
            Self::Areas(page) => fetched_areas(page).await,
            Self::Records(page) => fetched_records(page).await,
        }
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        match self {
            Self::People(_) => __preload_fetched_people().await,
            Self::Areas(_) => __preload_fetched_areas().await,
            Self::Records(_) => __preload_fetched_records().await,
        }
    }
}

/// Pages about people, their groups and roles, and what they may do.
#[derive(Clone, Copy)]
enum People {
    List,
    Invite,
    Invitations,
    One,
    Groups,
    Group,
    Roles,
    Compare,
    Role,
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
        People::Roles => view! { <RolesPage/> }.into_any(),
        People::Compare => view! { <ComparePage/> }.into_any(),
        People::Role => view! { <RolePage/> }.into_any(),
        People::Check => view! { <CheckPage/> }.into_any(),
    }
}

/// Pages about what is managed: tenants, folders and robots, applications.
#[derive(Clone, Copy)]
enum Areas {
    Tenants,
    TenantMatrix,
    SetUp,
    TenantSettings,
    TenantApps,
    TenantAccess,
    Folders,
    Place,
    Applications,
    ApplicationMatrix,
    AllMoves,
    Stages,
    Rights,
    Moves,
}

#[lazy]
fn fetched_areas(page: Areas) -> AnyView {
    use applications::Part as OfApplication;
    use tenants::Part as OfTenant;
    match page {
        Areas::Tenants => view! { <TenantsPage/> }.into_any(),
        Areas::TenantMatrix => view! { <MatrixPage/> }.into_any(),
        Areas::SetUp => view! { <GuidePage/> }.into_any(),
        Areas::TenantSettings => view! { <TenantPage here=OfTenant::Settings/> }.into_any(),
        Areas::TenantApps => view! { <TenantPage here=OfTenant::Apps/> }.into_any(),
        Areas::TenantAccess => view! { <TenantPage here=OfTenant::Access/> }.into_any(),
        Areas::Folders => view! { <FoldersPage/> }.into_any(),
        Areas::Place => view! { <PlacePage/> }.into_any(),
        Areas::Applications => view! { <ApplicationsPage/> }.into_any(),
        Areas::ApplicationMatrix => view! { <applications::MatrixPage/> }.into_any(),
        Areas::AllMoves => view! { <applications::HistoryPage/> }.into_any(),
        Areas::Stages => view! { <ApplicationPage here=OfApplication::Stages/> }.into_any(),
        Areas::Rights => view! { <ApplicationPage here=OfApplication::Rights/> }.into_any(),
        Areas::Moves => view! { <ApplicationPage here=OfApplication::History/> }.into_any(),
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
