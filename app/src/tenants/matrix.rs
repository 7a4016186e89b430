//! All tenants with their four permissions on one screen, what differs from most marked.

use super::list::ListTabs;
use super::make_alike::AlikeBar;
use super::server;
use crate::address;
use crate::components::{EmptyState, For, Loaded, PageHead, SearchBox, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::words;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use model::id::ObjectId;
use model::view::tenants::{Cell, Matrix, MatrixRow};
use std::collections::BTreeSet;

/// The page.
#[component]
pub fn MatrixPage() -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let search = Memo::new(move |_| query.with(|query| query.get("q")).unwrap_or_default());
    let matrix = Fetched::new(move || (search.get(), live.changes()), |(search, _)| server::matrix(search));
    view! {
        <Loaded of=matrix let:matrix>
            <Screen matrix=matrix/>
        </Loaded>
    }
}

#[component]
fn Screen(matrix: Signal<Matrix>) -> impl IntoView {
    let selected = RwSignal::new(BTreeSet::<ObjectId>::new());
    let query = use_query_map();
    let only =
        Memo::new(move |_| query.with(|query| query.get("only").is_some_and(|only| only == "differences")));
    let rows = Memo::new(move |_| {
        let differs = |row: &MatrixRow| row.cells.iter().any(|cell| cell.differs);
        matrix.with(|m| m.rows.iter().filter(|row| !only.get() || differs(row)).cloned().collect::<Vec<_>>())
    });
    let about = Signal::derive(move || matrix.with(said));
    let nothing = move || {
        let title = if matrix.with(|m| m.all == 0) { "No tenant to show" } else { "No tenant is found" };
        view! {
            <EmptyState
                title=title
                about="Here stands every tenant whose access you may see, with whom each permission names."
            />
        }
    };
    view! {
        <PageHead title="Tenants" about=about/>
        <ListTabs here="/tenants/access"/>
        <div class="bar">
            <SearchBox label="Find a tenant"/>
            <OnlyDifferences only=only/>
            <span class="push"></span>
            <span class="badge diffkey">"≠ Differs from most"</span>
        </div>
        <div class="body">
            <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=nothing>
                <div class="scroll" tabindex="0" role="region" aria-label="Tenants and their permissions">
                    <table class="table cards matrix">
                        <thead>
                            <tr>
                                <th class="tight">
                                    <SelectAll rows=rows selected=selected/>
                                </th>
                                <th scope="col">"Tenant"</th>
                                {move || {
                                    matrix
                                        .with(|m| m.permissions.clone())
                                        .into_iter()
                                        .map(|name| view! { <th scope="col">{name}</th> })
                                        .collect_view()
                                }}
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || rows.get() key=Clone::clone let:row>
                                {line(row, matrix.with_untracked(|m| m.permissions.clone()), selected)}
                            </For>
                        </tbody>
                    </table>
                </div>
            </Show>
        </div>
        <AlikeBar matrix=matrix selected=selected/>
    }
}

/// *8 tenants, who may do what in each.*
fn said(matrix: &Matrix) -> String {
    let all = words::count(matrix.all, "tenant", "tenants");
    let rest = match matrix.others {
        0 => String::new(),
        others => {
            format!(" {others} more that you see are left out: who has access to them is not yours to see.")
        }
    };
    format!("{all}, who may do what in each. Tenants that you may not see are not counted.{rest}")
}

#[component]
fn OnlyDifferences(only: Memo<bool>) -> impl IntoView {
    let location = use_location();
    let navigate = StoredValue::new(use_navigate());
    let turn = move |event: web_sys::Event| {
        let wanted = event_target_checked(&event).then_some("differences");
        let path = location.pathname.get_untracked();
        let to = location.query.with_untracked(|query| address::link(&path, query, &[("only", wanted)]));
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate.with_value(|go| go(&to, options));
    };
    view! {
        <label class="choice">
            <input type="checkbox" checked=only.get_untracked() prop:checked=move || only.get() on:change=turn/>
            " Differences only"
        </label>
    }
}

#[component]
fn SelectAll(rows: Memo<Vec<MatrixRow>>, selected: RwSignal<BTreeSet<ObjectId>>) -> impl IntoView {
    let all = move || {
        rows.with(|rows| {
            let open = rows.iter().filter(|row| row.no_setting.is_none());
            open.map(|row| row.id).collect::<BTreeSet<_>>()
        })
    };
    view! {
        <input
            type="checkbox"
            aria-label="Select all"
            prop:checked=move || {
                let all = all();
                !all.is_empty() && selected.with(|selected| all.is_subset(selected))
            }
            on:change=move |event| {
                selected.set(if event_target_checked(&event) { untrack(all) } else { BTreeSet::new() });
            }
        />
    }
}

fn line(row: MatrixRow, permissions: Vec<String>, selected: RwSignal<BTreeSet<ObjectId>>) -> impl IntoView {
    let (id, barred) = (row.id, row.no_setting.is_some());
    let why = format!("why-{id}");
    let described = barred.then(|| why.clone());
    let reason = row.no_setting.map(|reason| view! { <span class="sub" id=why>{reason}</span> });
    let cells = row.cells.into_iter().zip(permissions).map(|(cell, name)| shown(cell, name));
    view! {
        <tr>
            <td class="tight">
                <input
                    type="checkbox"
                    aria-label=format!("Select {}", row.name)
                    aria-disabled=barred.then_some("true")
                    aria-describedby=described
                    on:click=move |event| {
                        if barred {
                            event.prevent_default();
                        }
                    }
                    prop:checked=move || selected.with(|selected| selected.contains(&id))
                    on:change=move |event| {
                        let wanted = event_target_checked(&event) && !barred;
                        selected.update(|selected| {
                            let _ = if wanted { selected.insert(id) } else { selected.remove(&id) };
                        });
                    }
                />
            </td>
            <th scope="row">
                <a class="plain" href=format!("/tenants/{id}/access")>
                    {row.name}
                </a>
                {reason}
            </th>
            {cells.collect_view()}
        </tr>
    }
}

fn shown(cell: Cell, permission: String) -> impl IntoView {
    let count = counted(&cell);
    let names = match (cell.names.as_slice(), cell.more) {
        ([], _) => view! { <span class="faint">"Nobody"</span> }.into_any(),
        (names, more) => {
            let total = names.len() as u64 + more;
            view! { <b>{words::names(names, total, names.len())}</b> }.into_any()
        }
    };
    view! {
        <td data-label=permission class=cell.differs.then_some("differs")>
            {names}
            <span class="sub">{count}</span>
            {cell.differs.then(|| view! { <span class="vh">"Differs from most tenants"</span> })}
        </td>
    }
}

/// *7 people, 3 more by role*
fn counted(cell: &Cell) -> String {
    let reaches = words::count(cell.reaches, "person", "people");
    match (cell.names.is_empty(), cell.by_role) {
        (true, by_role) => format!("{by_role} by role"),
        (false, 0) => reaches,
        (false, by_role) => format!("{reaches}, {by_role} more by role"),
    }
}
