//! The list of applications.

use super::add::AddDialog;
use super::server;
use super::wording::{StatusBadge, counted, named, status_name};
use crate::address;
use crate::components::{Button, EmptyState, For, Icon, Loaded, PageHead, Pager, SearchBox, Show};
use crate::fetched::Fetched;
use crate::history::Choice;
use crate::live::Live;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::view::applications::{ApplicationRow, ApplicationsQuery, ApplicationsScreen, Mergers, Status};

/// The page.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ApplicationsQuery {
            search: query.get("q").unwrap_or_default(),
            status: query.get("status").and_then(|key| Status::of_key(&key)),
            page: address::page(query),
        })
    });
    let found = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::list(asked));
    view! {
        <Loaded of=found let:screen>
            <Screen screen=screen/>
        </Loaded>
    }
}

/// Which of the pages over all applications is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    List,
    Rights,
    History,
}

/// The list, the matrix and the history.
#[component]
pub(super) fn ListTabs(
    /// Which one is shown.
    here: Here,
) -> impl IntoView {
    let is_here = move |tab: Here| (tab == here).then_some("page");
    view! {
        <nav class="tabs" aria-label="Parts of this page">
            <a href="/applications" aria-current=is_here(Here::List)>
                "List"
            </a>
            <a href="/applications/rights" aria-current=is_here(Here::Rights)>
                "Merge to production"
            </a>
            <a href="/applications/history" aria-current=is_here(Here::History)>
                "History"
            </a>
        </nav>
    }
}

#[component]
fn Screen(screen: Signal<ApplicationsScreen>) -> impl IntoView {
    let adding = RwSignal::new(false);
    let reason = Signal::derive(move || screen.with(|s| s.no_adding.clone()));
    let no_chain = Signal::derive(move || screen.with(|s| s.no_chain.clone()));
    let about = Signal::derive(move || {
        let all = words::count(screen.with(|s| s.all), "application", "applications");
        format!("{all}. Those that you may not see are not counted.")
    });
    let read = move |read: fn(&ApplicationsScreen) -> u32| Signal::derive(move || screen.with(read));
    let statuses: Vec<(String, String)> = std::iter::once((String::new(), "Every status".to_owned()))
        .chain(Status::ALL.map(|status| (status.key().to_owned(), status_name(status).to_owned())))
        .collect();
    view! {
        <PageHead title="Applications & sandboxes" about=about>
            <Button id="add-application" class="btn primary" reason=reason on_press=move |()| adding.set(true)>
                <Icon name="plus"/>
                "Create application"
            </Button>
        </PageHead>
        <ListTabs here=Here::List/>
        <div class="bar">
            <SearchBox label="Find an application"/>
            <Choice name="status" label="Status" options=Signal::stored(statuses)/>
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
        </div>
        <div class="body">
            <Show
                when=move || screen.with(|s| !s.applications.rows.is_empty())
                fallback=move || nothing(screen, adding)
            >
                <div class="scroll">
                    <table class="table cards">
                        <thead>
                            <tr>
                                <th scope="col">"Application"</th>
                                <th scope="col">"Status"</th>
                                <th scope="col">"In production"</th>
                                <th scope="col" class="end">
                                    "Sandboxes"
                                </th>
                                <th scope="col">"May merge to production"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || screen.with(|s| s.applications.rows.clone()) key=Clone::clone let:row>
                                {line(row)}
                            </For>
                        </tbody>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || screen.with(|s| s.applications.total))
                    page=read(|s| s.applications.page)
                    size=read(|s| s.applications.size)
                />
            </Show>
        </div>
        <AddDialog open=adding no_chain=no_chain/>
    }
}

fn line(row: ApplicationRow) -> impl IntoView {
    let planned = (!row.planned_on.is_empty())
        .then(|| view! { <span class="sub">{format!("Live planned for {}", row.planned_on)}</span> });
    let version = match row.version.is_empty() {
        true => view! { <span class="faint">"Not known"</span> }.into_any(),
        false => view! { <code>{row.version}</code> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a class="plain" href=format!("/applications/{}", row.id)>
                    {row.name}
                </a>
            </th>
            <td data-label="Status">
                <StatusBadge status=Signal::stored(row.status)/>
                {planned}
            </td>
            <td data-label="In production">{version}</td>
            <td class="end" data-label="Sandboxes">
                {row.sandboxes}
            </td>
            <td data-label="May merge to production">{mergers(row.mergers)}</td>
        </tr>
    }
}

fn mergers(mergers: Option<Mergers>) -> AnyView {
    match mergers {
        None => view! { <span class="faint">"Not shown to you"</span> }.into_any(),
        Some(mergers) => view! {
            <span>{named(&mergers)}</span>
            <span class="sub">{counted(&mergers)}</span>
        }
        .into_any(),
    }
}

fn nothing(screen: Signal<ApplicationsScreen>, adding: RwSignal<bool>) -> impl IntoView {
    if screen.with(|s| s.all > 0) {
        return view! {
            <EmptyState
                title="No application is found"
                about="No application that you may see has this name and status."
            >
                <a class="btn" href="/applications">
                    "Show all applications"
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let reason = Signal::derive(move || screen.with(|s| s.no_adding.clone()));
    view! {
        <EmptyState
            title="No applications yet"
            about="An application has a production stage and sandboxes below it. For each you say who merges and who rolls back."
        >
            <Button id="first-application" class="btn" reason=reason on_press=move |()| adding.set(true)>
                "Create the first application"
            </Button>
        </EmptyState>
    }
    .into_any()
}
