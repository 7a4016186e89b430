//! What one role allows: each permission with *Allowed* or *Not allowed*, area by area; what is of the kind *View,
//! Edit, Create, Delete* on resources in a matrix: below them, and above them where that is what the role is about.

use super::Shared;
use super::matrix::{self, Filter, MatrixTable};
use crate::components::{Banner, EmptyState, SearchBox, Show};
use crate::roles::cell_help::HelpText;
use crate::roles::legend::Legend;
use crate::words;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use model::object::Level;
use model::view::roles::{Area, Column, Grid, Lock, Row};

/// The tab of permissions.
#[component]
pub(super) fn Permissions(shared: Shared) -> impl IntoView {
    let (query, location) = (use_location().query, use_location());
    let words = Memo::new(move |_| query.read().get("q").unwrap_or_default().to_lowercase());
    let only_allowed = Memo::new(move |_| query.read().get("allowed").is_some());
    let areas = Memo::new(move |_| shared.grid.with(listed));
    let shows_all = Memo::new(move |_| query.read().get("all").is_some());
    let filter = Memo::new(move |_| Filter {
        words: words.get(),
        only_allowed: only_allowed.get(),
        shows_all: shows_all.get(),
        folded: crate::roles::page::folded(&query.read()),
        opens_other: query.read().get("other").is_some(),
    });
    let table = matrix::Table::new(shared, filter);
    let help = matrix::help(table);
    let has_matrix = Memo::new(move |_| !table.is_empty());
    let applies = move |row: usize| {
        shared.grid.with(|grid| shared.column.with(|role| grid.cell(row, role).lock != Lock::AboveLevel))
    };
    let has_above =
        Memo::new(move |_| (0..shared.grid.with(|grid| grid.rows.len())).any(|row| !applies(row)));
    // What is looked for by name is found, whether it applies or not.
    let is_shown = move |row: usize| {
        shared.grid.with(|grid| {
            let Some(entry) = grid.rows.get(row) else { return false };
            let name = entry.name.to_lowercase();
            let found = words.with(|words| words.split_whitespace().all(|word| name.contains(word)));
            // What is staged to go stays in sight until it is saved.
            let is_allowed = shared.column.with(|role| role.allows.contains(row));
            let in_reach = shows_all.get() || applies(row) || words.with(|words| !words.is_empty());
            found && in_reach && (!only_allowed.get() || is_allowed)
        })
    };
    let common = Memo::new(move |_| shared.grid.with(|grid| shared.column.with(|role| common(grid, role))));
    let is_filtered = move || only_allowed.get() || words.with(|words| !words.is_empty());
    let has_rows = Memo::new(move |_| {
        areas.with(|areas| areas.iter().flat_map(|(_, rows)| rows).any(|row| is_shown(*row)))
    });
    // Areas of which nothing applies are told in one line, at the end.
    let left_out = Memo::new(move |_| {
        let is_out =
            |(_, rows): &&(Area, Vec<usize>)| !rows.is_empty() && !rows.iter().any(|row| applies(*row));
        match is_filtered() || shows_all.get() {
            true => Vec::new(),
            false => areas.with(|areas| {
                areas.iter().filter(is_out).map(|(area, _)| area.name.clone()).collect::<Vec<_>>()
            }),
        }
    });
    let is_empty = Memo::new(move |_| is_filtered() && !has_rows.get() && !has_matrix.get());
    let leads =
        Memo::new(move |_| shared.column.with(|role| matches!(role.level, Level::Tenant | Level::Folder)));
    let matrix = move |is_here: bool| {
        view! {
            <Show when=move || is_here == leads.get() && has_matrix.get()>
                <MatrixTable table=table/>
            </Show>
        }
    };
    let path = Memo::new(move |_| location.pathname.get());
    view! {
        <div class="bar">
            <SearchBox label="Find a permission"/>
            <Toggle key="allowed" is_on=only_allowed>"Only allowed"</Toggle>
            <Show when=move || has_above.get()>
                <Toggle key="all" is_on=shows_all>"Show what does not apply"</Toggle>
            </Show>
            <Show when=move || has_matrix.get()>
                <span class="push"></span>
                <Legend
                    grid=shared.grid
                    roles=Signal::derive(move || vec![shared.column.with(|role| role.id)])
                    rows=Signal::derive(move || table.rows())
                    gaps=Signal::derive(move || table.has_gaps())
                    staged=Signal::derive(move || shared.staged.count())
                />
            </Show>
        </div>
        {move || {
            common
                .get()
                .map(|reason| {
                    view! {
                        <div class="bar" id=COMMON>
                            <Banner>{reason}</Banner>
                        </div>
                    }
                })
        }}
        <Show
            when=move || !is_empty.get()
            fallback=move || {
                view! {
                    <div class="body">
                        <EmptyState title="No permission is shown" about="Nothing matches what you look for.">
                            <a class="btn" href=path>
                                "Show all permissions"
                            </a>
                        </EmptyState>
                    </div>
                }
            }
        >
            <div class="scroll fill" tabindex="0" role="region" aria-label="Permissions of this role">
                {matrix(true)}
                <Show when=move || has_rows.get()>
                    <table class="table permissions">
                        <thead>
                            <tr>
                                <th scope="col">"Permission"</th>
                                <th scope="col">"Authorise"</th>
                                <th scope="col">
                                    <span class="vh">"Note"</span>
                                </th>
                            </tr>
                        </thead>
                        {move || {
                            areas
                                .get()
                                .into_iter()
                                .map(|(area, all)| {
                                    let rows: Vec<usize> = all.iter().copied().filter(|row| is_shown(*row)).collect();
                                    let above = all.iter().filter(|row| !applies(**row)).count();
                                    let hidden = if is_filtered() || shows_all.get() { 0 } else { above };
                                    (!rows.is_empty())
                                        .then(|| {
                                            view! {
                                                <tbody>
                                                    <tr class="group">
                                                        <th scope="rowgroup" colspan="3">
                                                            {area.name}
                                                        </th>
                                                    </tr>
                                                    {rows.into_iter().map(|row| line(shared, row, common)).collect_view()}
                                                    {(hidden > 0).then(|| others_above(hidden))}
                                                </tbody>
                                            }
                                        })
                                })
                                .collect_view()
                        }}
                    </table>
                </Show>
                {matrix(false)}
                <Show when=move || left_out.with(|names| !names.is_empty())>
                    <p class="help above-level">
                        <span class="mk" data-mark="na">
                            {move || left_out.with(|names| nothing_applies(names))}
                        </span>
                    </p>
                </Show>
            </div>
            <Show when=move || has_matrix.get()>
                <HelpText help=help/>
            </Show>
        </Show>
    }
}

/// The areas with those of their rows that stand in no matrix. They change only with what the organization manages.
fn listed(grid: &Grid) -> Vec<(Area, Vec<usize>)> {
    let mut first = 0;
    let each = grid.areas.iter().map(|area| {
        let rows = first..first + area.rows;
        first = rows.end;
        let is_listed = |row: &usize| grid.rows.get(*row).is_some_and(|row| row.stands.is_none());
        (area.clone(), rows.filter(is_listed).collect::<Vec<usize>>())
    });
    each.filter(|(area, rows)| !rows.is_empty() || area.rows == 0).collect()
}

/// A box that sets its part of the address.
#[component]
fn Toggle(key: &'static str, is_on: Memo<bool>, children: Children) -> impl IntoView {
    let (query, location, navigate) = (use_location().query, use_location(), use_navigate());
    let toggle = move |event| {
        let value = if event_target_checked(&event) { "1" } else { "" };
        let query = query.get_untracked();
        let path = location.pathname.get_untracked();
        let to = crate::address::link(&path, &query, &[(key, Some(value))]);
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    };
    view! {
        <label class="choice">
            <input
                type="checkbox"
                checked=is_on.get_untracked()
                prop:checked=move || is_on.get()
                on:change=toggle
            />
            {children()}
        </label>
    }
}

/// The id of the reason that all locked lines have in common.
const COMMON: &str = "locked-why";

/// The one reason of everything that is locked, where it is one.
fn common(grid: &Grid, role: &Column) -> Option<String> {
    let locks = (0..grid.rows.len()).map(|row| grid.cell(row, role).lock);
    let mut reasons = locks.filter(|lock| *lock != Lock::AboveLevel).filter_map(|lock| grid.reason(lock));
    let first = reasons.next()?;
    reasons.all(|other| other == first).then_some(first)
}

/// Stands for areas of which nothing applies.
fn nothing_applies(areas: &[String]) -> String {
    let names = words::names(areas, areas.len() as u64, areas.len());
    format!("Nothing in {names} applies: all of it lies above the level of this role.")
}

/// Stands for the permissions of an area that do not apply, where others do.
fn others_above(hidden: usize) -> impl IntoView {
    let said = match hidden {
        1 => "1 more lies above the level of this role and does not apply.".to_owned(),
        many => format!("{many} more lie above the level of this role and do not apply."),
    };
    view! {
        <tr>
            <td colspan="3">
                <span class="mk" data-mark="na">
                    {said}
                </span>
            </td>
        </tr>
    }
}

/// What a line looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Drawn {
    on: bool,
    is_staged: bool,
    lock: Lock,
    reason: Option<String>,
}

impl Drawn {
    fn of(shared: Shared, row: usize) -> Self {
        shared.grid.with(|grid| {
            shared.column.with(|role| {
                let cell = grid.cell(row, role);
                let wanted = grid.rows.get(row).and_then(|entry| shared.staged.wanted(role.id, &entry.key));
                Self {
                    on: wanted.unwrap_or(cell.on),
                    is_staged: wanted.is_some(),
                    lock: cell.lock,
                    reason: grid.reason(cell.lock),
                }
            })
        })
    }

    /// Whether it can be set, or set back.
    fn is_open(&self) -> bool {
        self.lock == Lock::Open || self.is_staged
    }
}

fn line(shared: Shared, row: usize, common: Memo<Option<String>>) -> impl IntoView {
    let entry: Option<Row> = shared.grid.with_untracked(|grid| grid.rows.get(row).cloned());
    let (key, name, opens) = entry.map(|row| (row.key, row.name, row.opens)).unwrap_or_default();
    let drawn = Memo::new(move |_| Drawn::of(shared, row));
    let is_open = Memo::new(move |_| drawn.with(Drawn::is_open));
    let why = StoredValue::new(format!("why-{}", key.replace('.', "-")));
    let set = move |event| {
        let wanted = event_target_value(&event) == "on";
        shared.grid.with_untracked(|grid| {
            shared.column.with_untracked(|role| {
                if let Some(entry) = grid.rows.get(row) {
                    shared.staged.set(role, entry, grid.cell(row, role).on, wanted);
                }
            });
        });
    };
    let change = move || drawn.with(|d| d.is_staged.then_some(if d.on { "on" } else { "off" }));
    let value = move || if drawn.with(|drawn| drawn.on) { "on" } else { "off" };
    let label = name.clone();
    // What everything locked has in common is said once, above.
    let has_own = move || common.with(Option::is_none);
    let described =
        move || (!is_open.get()).then(|| if has_own() { why.get_value() } else { COMMON.to_owned() });
    let does_not_apply =
        Memo::new(move |_| drawn.with(|drawn| drawn.lock == Lock::AboveLevel && !drawn.is_staged));
    let authorise = move || {
        let label = label.clone();
        view! {
            <span class="select authorise">
                    <select
                        class="input"
                        aria-label=label
                        aria-disabled=move || (!is_open.get()).then_some("true")
                        aria-describedby=described
                        prop:value=value
                        on:change=set
                    >
                        // A locked one has nothing to choose, but keeps focus and its reason.
                        <Show when=move || is_open.get() || drawn.with(|drawn| drawn.on)>
                            <option value="on" selected=move || drawn.with(|drawn| drawn.on)>
                                "Allowed"
                            </option>
                        </Show>
                        <Show when=move || is_open.get() || !drawn.with(|drawn| drawn.on)>
                            <option value="off" selected=move || !drawn.with(|drawn| drawn.on)>
                                "Not allowed"
                            </option>
                        </Show>
                    </select>
                </span>
        }
    };
    view! {
        <tr data-change=change>
            <th scope="row">
                {name} <span class="sub">{opens}</span>
            </th>
            <td class="tight" data-label="Authorise">
                <Show when=move || !does_not_apply.get() fallback=not_applicable>
                    {authorise.clone()}
                </Show>
            </td>
            <td class="note">
                <span class="help" id=why.get_value()>
                    {move || match drawn.get() {
                        drawn if drawn.is_staged => "Not saved".to_owned(),
                        drawn if drawn.lock != Lock::AboveLevel && has_own() => drawn.reason.unwrap_or_default(),
                        _ => String::new(),
                    }}
                </span>
            </td>
        </tr>
    }
}

fn not_applicable() -> impl IntoView {
    view! {
        <span class="mk" data-mark="na">
            "Does not apply"
        </span>
    }
}
