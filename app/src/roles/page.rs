//! The page of all roles: the grid, its search and filters, its help, and the bar of staged edits.

use super::cell_help::CellHelp;
use super::edits::{EditsBar, KeepEdits};
use super::keys::Spot;
use super::legend::Legend;
use super::notices::Notices;
use super::role_form::RoleForm;
use super::saving::{Fetching, Saving, saved};
use super::server;
use super::shape::{Filter, Shape, level_name, level_of, levels};
use super::staged::Staged;
use super::table::{GridTable, Table};
use crate::address;
use crate::components::{Button, EmptyState, Icon, Loaded, PageHead, SearchBox, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use model::id::RoleId;
use model::view::roles::Grid;

/// All roles and what they allow.
#[component]
pub fn RolesPage() -> impl IntoView {
    let fetching = Fetching::new();
    let grid = Fetched::new(move || fetching.source(), move |_| server::fetch_grid(fetching.since()));
    // Staged edits outlast a page that could not be shown again.
    let staged = Staged::new();
    view! {
        <Loaded of=grid let:grid>
            <Roles grid=grid staged=staged fetching=fetching/>
        </Loaded>
        <KeepEdits staged=staged/>
    }
}

#[component]
fn Roles(grid: Signal<Grid>, staged: Staged, fetching: Fetching) -> impl IntoView {
    let query = use_query_map();
    let shape = Memo::new(move |_| grid.with(|grid| Shape::of(grid, &filter(&query.read()))));
    let table = Table::new(grid, shape, staged);
    let saving = Saving::new(staged, grid, fetching);
    let adding = address::asked("new");
    let added = RwSignal::new(None::<RoleId>);
    // Focus goes to the column of a new role, once it is there.
    whenever(move || {
        let is_there = |role: &RoleId| shape.with(|shape| shape.column(*role).is_some());
        if let Some(role) = added.get().filter(is_there) {
            added.set(None);
            table.focus(Spot { line: None, role: Some(role) });
        }
    });
    let live = Live::here();
    let on_saved = Callback::new(move |(role, revision)| {
        added.set(Some(role));
        live.saved(revision);
        saved(revision, live);
    });
    let is_empty = Memo::new(move |_| shape.with(|shape| shape.lines.is_empty() || shape.roles.is_empty()));
    view! {
        <PageHead
            title="Roles & permissions"
            about="What each role allows, for the whole organization. Changes hold at once after saving."
        >
            <a class="btn" href="/roles/compare">
                "Compare"
            </a>
            <Button
                id="add-role"
                class="btn primary"
                reason=Signal::derive(move || grid.with(|grid| grid.adding.clone()))
                on_press=move |()| adding.set(true)
            >
                <Icon name="plus"/>
                "Add role"
            </Button>
        </PageHead>
        <div class="bar">
            <SearchBox label="Find a permission"/>
            <Filters grid=grid/>
            <span class="push"></span>
            <Legend grid=grid roles=Signal::derive(move || shape.with(|shape| shape.roles.clone())) staged=Signal::derive(move || staged.count())/>
        </div>
        <Notices saving=saving/>
        <Show
            when=move || !is_empty.get()
            fallback=|| {
                view! {
                    <div class="body">
                        <EmptyState
                            title="No permission is shown"
                            about="Nothing matches the search and the filters."
                        >
                            <a class="btn" href="/roles">
                                "Show all permissions"
                            </a>
                        </EmptyState>
                    </div>
                }
            }
        >
            <GridTable table=table/>
            <CellHelp table=table/>
        </Show>
        <EditsBar saving=saving with_roles=true/>
        <RoleForm id="add-role-form" grid=grid open=adding on_saved=on_saved/>
    }
}

/// Level, and differences only.
#[component]
fn Filters(grid: Signal<Grid>) -> impl IntoView {
    let (query, location) = (use_query_map(), use_location());
    let navigate = use_navigate();
    let go = Callback::new(move |(key, value): (&'static str, String)| {
        let path = location.pathname.get_untracked();
        let to = query.with_untracked(|query| address::link(&path, query, &[(key, Some(&value))]));
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let level = Memo::new(move |_| query.read().get("level").unwrap_or_default());
    let differences = Memo::new(move |_| query.read().get("differences").is_some());
    view! {
        <label class="vh" for="roles-level">
            "Level"
        </label>
        <span class="select">
            <select
                class="input"
                id="roles-level"
                prop:value=move || level.get()
                on:change=move |event| go.run(("level", event_target_value(&event)))
            >
                <option value="" selected=move || level.get().is_empty()>
                    "All levels"
                </option>
                {move || {
                    grid.with(levels)
                        .into_iter()
                        .map(|one| {
                            let (name, word) = level_name(one);
                            view! {
                                <option value=word selected=move || level.get() == word>
                                    {name}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </span>
        <label class="choice">
            <input
                type="checkbox"
                checked=differences.get_untracked()
                prop:checked=move || differences.get()
                on:change=move |event| {
                    let is_on = event_target_checked(&event);
                    go.run(("differences", if is_on { "1".to_owned() } else { String::new() }));
                }
            />
            "Differences only"
        </label>
    }
}

/// What the address asks for.
fn filter(query: &ParamsMap) -> Filter {
    Filter {
        words: query.get("q").unwrap_or_default(),
        level: query.get("level").and_then(|word| level_of(&word)),
        differences: query.get("differences").is_some(),
        folded: folded(query),
        only: Vec::new(),
    }
}

/// The areas that are folded.
pub(super) fn folded(query: &ParamsMap) -> Vec<String> {
    let fold = query.get("fold").unwrap_or_default();
    fold.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect()
}
