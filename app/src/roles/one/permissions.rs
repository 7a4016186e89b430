//! What one role allows: each permission with *Allowed* or *Not allowed*, area by area.

use super::Shared;
use crate::components::SearchBox;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use model::view::roles::{Area, Lock, Row};

/// The tab of permissions.
#[component]
pub(super) fn Permissions(shared: Shared) -> impl IntoView {
    let (query, location, navigate) = (use_query_map(), use_location(), use_navigate());
    let words = Memo::new(move |_| query.read().get("q").unwrap_or_default().to_lowercase());
    let only_allowed = Memo::new(move |_| query.read().get("allowed").is_some());
    let toggle = move |event| {
        let value = if event_target_checked(&event) { "1" } else { "" };
        let query = query.get_untracked();
        let path = location.pathname.get_untracked();
        let to = crate::address::link(&path, &query, &[("allowed", Some(value))]);
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    };
    // Areas and rows change only with what the organization manages.
    let areas = Memo::new(move |_| {
        shared.grid.with(|grid| {
            let mut first = 0;
            let each = grid.areas.iter().map(|area| {
                let rows = first..first + area.rows;
                first = rows.end;
                (area.clone(), rows.collect::<Vec<usize>>())
            });
            each.collect::<Vec<(Area, Vec<usize>)>>()
        })
    });
    let is_shown = move |row: usize| {
        shared.grid.with(|grid| {
            let Some(entry) = grid.rows.get(row) else { return false };
            let name = entry.name.to_lowercase();
            let found = words.with(|words| words.split_whitespace().all(|word| name.contains(word)));
            // What is staged to go stays in sight until it is saved.
            let is_allowed = shared.column.with(|role| role.allows.contains(row));
            found && (!only_allowed.get() || is_allowed)
        })
    };
    view! {
        <div class="bar">
            <SearchBox label="Find a permission"/>
            <label class="choice">
                <input
                    type="checkbox"
                    checked=only_allowed.get_untracked()
                    prop:checked=move || only_allowed.get()
                    on:change=toggle
                />
                "Only allowed"
            </label>
        </div>
        <div class="scroll fill" tabindex="0" role="region" aria-label="Permissions of this role">
            <table class="table permissions">
                <thead>
                    <tr>
                        <th scope="col">"Permission"</th>
                        <th scope="col">"Authorise"</th>
                        <th scope="col">"Why it is locked"</th>
                    </tr>
                </thead>
                {move || {
                    areas
                        .get()
                        .into_iter()
                        .map(|(area, rows)| {
                            let rows: Vec<usize> = rows.into_iter().filter(|row| is_shown(*row)).collect();
                            (!rows.is_empty())
                                .then(|| {
                                    view! {
                                        <tbody>
                                            <tr class="group">
                                                <th scope="rowgroup" colspan="3">
                                                    {area.name}
                                                </th>
                                            </tr>
                                            {rows.into_iter().map(|row| line(shared, row)).collect_view()}
                                        </tbody>
                                    }
                                })
                        })
                        .collect_view()
                }}
            </table>
        </div>
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

fn line(shared: Shared, row: usize) -> impl IntoView {
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
    view! {
        <tr data-change=change>
            <th scope="row">
                {name}
                <span class="sub">{opens}</span>
            </th>
            <td class="tight" data-label="Authorise">
                <span class="select authorise">
                    <select
                        class="input"
                        aria-label=label
                        aria-disabled=move || (!is_open.get()).then_some("true")
                        aria-describedby=move || (!is_open.get()).then(|| why.get_value())
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
            </td>
            <td data-label="Why it is locked">
                <span class="help" id=why.get_value()>
                    {move || match drawn.get() {
                        drawn if drawn.is_staged => "Not saved".to_owned(),
                        drawn => drawn.reason.unwrap_or_default(),
                    }}
                </span>
            </td>
        </tr>
    }
}
