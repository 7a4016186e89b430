//! The list of people.

use super::bulk::SelectionBar;
use super::filters::{Filters, is_filtered, query_of};
use super::row::PersonLine;
use super::selection::Selection;
use super::server;
use super::tabs::{Tab, Tabs};
use crate::components::{Button, EmptyState, For, Icon, Loaded, PageHead, Pager, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::view::people::{PeopleScreen, PersonRow};

/// The page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(query_of));
    let people = Fetched::new(move || (wanted.get(), live.changes()), |(wanted, _)| server::list(wanted));
    let selection = Selection::new();
    view! {
        <Loaded of=people let:screen>
            <Screen screen=screen selection=selection/>
        </Loaded>
    }
}

#[component]
fn Screen(screen: Signal<PeopleScreen>, selection: Selection) -> impl IntoView {
    let about = Signal::derive(move || screen.with(|s| counted(s.counts.people, s.counts.groups)));
    let page = move |read: fn(&PeopleScreen) -> u32| Signal::derive(move || screen.with(read));
    view! {
        <PageHead title="People" about=about>
            <InviteLink reason=Signal::derive(move || screen.with(|s| s.no_inviting.clone()))/>
        </PageHead>
        <Tabs here=Tab::People counts=Signal::derive(move || screen.with(|s| s.counts))/>
        <Filters screen=screen/>
        <div class="body">
            <p class="vh" role="status">
                {move || screen.with(|s| format!("{} found", words::count(s.people.total, "person", "people")))}
            </p>
            <Show
                when=move || screen.with(|s| s.people.total != 0)
                fallback=move || view! { <Nobody/> }
            >
                <div class="scroll">
                    <table class="table cards">
                        <caption class="vh">"People"</caption>
                        <thead>
                            <tr>
                                <th>
                                    <SelectPage screen=screen selection=selection/>
                                </th>
                                <th scope="col">"Name"</th>
                                <th scope="col">"Roles"</th>
                                <th scope="col">"Groups"</th>
                                <th scope="col">"Last seen"</th>
                                <th scope="col">
                                    <span class="vh">"Check roles"</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || rows(screen) key=row_key let:person>
                                <PersonLine person=person selection=selection/>
                            </For>
                        </tbody>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || screen.with(|s| s.people.total))
                    page=page(|s| s.people.page)
                    size=page(|s| s.people.size)
                />
            </Show>
        </div>
        <SelectionBar screen=screen selection=selection/>
    }
}

fn rows(screen: Signal<PeopleScreen>) -> Vec<PersonRow> {
    screen.with(|screen| screen.people.rows.clone())
}

/// A row is drawn anew when anything in it has changed.
fn row_key(row: &PersonRow) -> String {
    serde_json::to_string(row).unwrap_or_default()
}

fn counted(people: u64, groups: u64) -> String {
    format!("{}, {}", words::count(people, "person", "people"), words::count(groups, "group", "groups"))
}

/// Leads to the form; without the right it stays and says why.
#[component]
pub fn InviteLink(reason: Signal<Option<String>>) -> impl IntoView {
    move || match reason.get() {
        None => view! {
            <a class="btn primary" href="/people/invite">
                <Icon name="plus"/>
                "Invite people"
            </a>
        }
        .into_any(),
        Some(reason) => view! {
            <Button id="invite" class="btn" reason=Signal::stored(Some(reason)) on_press=|()| ()>
                <Icon name="plus"/>
                "Invite people"
            </Button>
        }
        .into_any(),
    }
}

#[component]
fn SelectPage(screen: Signal<PeopleScreen>, selection: Selection) -> impl IntoView {
    let is_all = move || {
        screen.with(|s| !s.people.rows.is_empty() && s.people.rows.iter().all(|row| selection.has(row.id)))
    };
    let choose = move |event| {
        let wanted = event_target_checked(&event);
        for row in rows(screen) {
            selection.set(row.id, &row.name, wanted);
        }
    };
    view! {
        <input
            type="checkbox"
            aria-label="Select all on this page"
            prop:checked=is_all
            on:change=choose
        />
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let query = use_query_map();
    move || {
        if query.with(is_filtered) {
            view! {
                <EmptyState
                    title="Nobody is found"
                    about="Nobody has this in name or address and fits the filters."
                >
                    <a class="btn" href="/people">
                        "Show everybody"
                    </a>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <EmptyState
                    title="Nobody is here yet"
                    about="People who belong to the organization stand here, with their roles and groups."
                >
                    <a class="btn primary" href="/people/invite">
                        "Invite people"
                    </a>
                </EmptyState>
            }
            .into_any()
        }
    }
}
