//! The list of tenants.

use super::add::AddDialog;
use super::server;
use crate::address;
use crate::components::{Button, EmptyState, For, Icon, Loaded, PageHead, Pager, SearchBox, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::view::tenants::{TenantRow, TenantsQuery, TenantsScreen};

/// The page.
#[component]
pub fn TenantsPage() -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| TenantsQuery {
            search: query.get("q").unwrap_or_default(),
            page: address::page(query),
        })
    });
    let tenants = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::list(asked));
    view! {
        <Loaded of=tenants let:screen>
            <Screen screen=screen/>
        </Loaded>
    }
}

/// The list, the matrix and the guide.
#[component]
pub(super) fn ListTabs(
    /// The address of the part that is shown.
    here: &'static str,
) -> impl IntoView {
    let parts = [("/tenants", "List"), ("/tenants/access", "Access"), ("/tenants/set-up", "Set up access")];
    let link = |(href, name): (&'static str, &'static str)| {
        view! {
            <a href=href aria-current=(href == here).then_some("page")>
                {name}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Parts of this page">
            {parts.map(link)}
        </nav>
    }
}

#[component]
fn Screen(screen: Signal<TenantsScreen>) -> impl IntoView {
    let adding = RwSignal::new(false);
    let reason = Signal::derive(move || screen.with(|s| s.no_adding.clone()));
    let about = Signal::derive(move || {
        let all = words::count(screen.with(|s| s.all), "tenant", "tenants");
        format!("{all}. Tenants that you may not see are not counted.")
    });
    let read = move |read: fn(&TenantsScreen) -> u32| Signal::derive(move || screen.with(read));
    view! {
        <PageHead title="Tenants" about=about>
            <Button id="add-tenant" class="btn primary" reason=reason on_press=move |()| adding.set(true)>
                <Icon name="plus"/>
                "Add tenant"
            </Button>
        </PageHead>
        <ListTabs here="/tenants"/>
        <div class="bar">
            <SearchBox label="Find a tenant"/>
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
        </div>
        <div class="body">
            <Show
                when=move || screen.with(|s| !s.tenants.rows.is_empty())
                fallback=move || nothing(screen, adding)
            >
                <div class="scroll">
                    <table class="table cards tenants">
                        <thead>
                            <tr>
                                <th scope="col">"Tenant"</th>
                                <th scope="col" class="end">
                                    "Apps"
                                </th>
                                {move || {
                                    screen
                                        .with(|s| s.permissions.clone())
                                        .into_iter()
                                        .map(|name| view! { <th scope="col" class="end">{name}</th> })
                                        .collect_view()
                                }}
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || screen.with(|s| s.tenants.rows.clone())
                                key=|row| (row.id, row.name.clone(), row.apps, row.people.clone())
                                let:row
                            >
                                {line(row, screen.with_untracked(|s| s.permissions.clone()))}
                            </For>
                        </tbody>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || screen.with(|s| s.tenants.total))
                    page=read(|s| s.tenants.page)
                    size=read(|s| s.tenants.size)
                />
            </Show>
        </div>
        <AddDialog open=adding/>
    }
}

fn line(row: TenantRow, permissions: Vec<String>) -> impl IntoView {
    let cells = row.people.into_iter().zip(permissions).map(|(people, name)| {
        view! {
            <td class="end" data-label=name>
                {words::count(people, "person", "people")}
            </td>
        }
    });
    let apps = match row.apps {
        Some(apps) => view! { <span>{apps}</span> }.into_any(),
        None => view! { <span class="faint">"Not shown to you"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a class="plain" href=format!("/tenants/{}", row.id)>
                    {row.name}
                </a>
            </th>
            <td class="end" data-label="Apps">
                {apps}
            </td>
            {cells.collect_view()}
        </tr>
    }
}

fn nothing(screen: Signal<TenantsScreen>, adding: RwSignal<bool>) -> impl IntoView {
    if screen.with(|s| s.all > 0) {
        return view! {
            <EmptyState title="No tenant is found" about="No tenant that you may see has this in its name.">
                <a class="btn" href="/tenants">
                    "Show all tenants"
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let reason = Signal::derive(move || screen.with(|s| s.no_adding.clone()));
    view! {
        <EmptyState
            title="No tenants yet"
            about="A tenant holds apps. For each you say who sees it, uploads to it, configures it, and who says so."
        >
            <Button id="first-tenant" class="btn" reason=reason on_press=move |()| adding.set(true)>
                "Add the first tenant"
            </Button>
        </EmptyState>
    }
    .into_any()
}
