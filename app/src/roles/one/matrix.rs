//! What a role allows on resources: View, Edit, Create and Delete as columns, further actions beside them.
//!
//! A grid with one tab stop, as the ARIA grid pattern says, like that of all roles; [`shape`] says what it shows.

mod shape;

use super::Shared;
use crate::address;
use crate::roles::cell::Drawn;
use crate::roles::cell_help::{Help, of_permission};
use crate::roles::keys::{At, line_of_mark, mark_of_line};
use crate::roles::offer::{Offer, offers};
use crate::roles::offer_banner::OfferBanner;
use crate::roles::shape::Line;
use crate::roles::table::{focus_in, mark_of};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use model::id::RoleId;
use model::view::roles::{Grid, Lock, Resource};
pub(super) use shape::Filter;
use shape::{COLUMNS, Matrix, OTHER};
use std::collections::BTreeSet;

/// What the name of a resource sets.
const FOUR: &str = "View, Edit, Create and Delete";

/// How many lines a page of the keyboard is.
const PAGE: usize = 10;

/// What the parts of the matrix share; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Table {
    shared: Shared,
    /// What it shows.
    pub(super) shape: Memo<Matrix>,
    /// The cell that is, or was last, in focus.
    spot: RwSignal<At<usize>>,
    /// The one tab stop.
    at: Memo<At<usize>>,
    /// The cell that the mouse is on: the help is then about that one.
    pointed: RwSignal<Option<At<usize>>>,
    node: NodeRef<html::Table>,
    /// The rows whose offer was left.
    dismissed: RwSignal<BTreeSet<(RoleId, usize)>>,
}

impl Table {
    pub(super) fn new(shared: Shared, filter: Memo<Filter>) -> Self {
        let shape = Memo::new(move |_| {
            let of = |grid: &Grid| shared.column.with(|role| filter.with(|f| Matrix::of(grid, role, f)));
            shared.grid.with(of)
        });
        // At first no line has it, so it is the first cell.
        let spot = RwSignal::new((Some(Line::Row(usize::MAX)), None));
        let at = Memo::new(move |_| shape.with(|shape| shape.within(spot.get())));
        let (pointed, dismissed) = (RwSignal::new(None), RwSignal::new(BTreeSet::new()));
        Self { shared, shape, spot, at, pointed, node: NodeRef::new(), dismissed }
    }

    /// Whether there is something to show.
    pub(super) fn is_empty(self) -> bool {
        self.shape.with(|shape| shape.lines.is_empty())
    }

    /// The rows that it draws.
    pub(super) fn rows(self) -> Vec<usize> {
        self.shape.with(|shape| {
            let cells = shape.resources().filter_map(|number| shape.cells.get(number));
            cells.flat_map(|cells| cells.rows().collect::<Vec<_>>()).collect()
        })
    }

    /// Whether some of the four are not there.
    pub(super) fn has_gaps(self) -> bool {
        self.shape.with(|shape| {
            let mut cells = shape.resources().filter_map(|number| shape.cells.get(number));
            cells.any(|cells| cells.four.iter().any(Option::is_none))
        })
    }

    fn focus(self, at: At<usize>) {
        self.spot.set(at);
        if let Some(node) = self.node.try_get_untracked().flatten() {
            focus_in(&node, &mark(at));
        }
    }

    /// The row of a cell.
    fn row(self, resource: usize, column: usize) -> Option<usize> {
        self.shape.with(|shape| shape.cells.get(resource).and_then(|cells| cells.row(column)))
    }

    fn toggle(self, (line, column): At<usize>) {
        let (Some(Line::Row(resource)), Some(column)) = (line, column) else { return };
        if let Some(row) = untrack(|| self.row(resource, column)) {
            let id = self.shared.id();
            self.shared.grid.with_untracked(|grid| self.shared.staged.toggle(grid, id, row));
        }
    }

    /// All or none of some rows.
    fn toggle_all(self, rows: &[usize]) {
        self.shared.grid.with_untracked(|grid| {
            self.shared.column.with_untracked(|role| self.shared.staged.set_all(grid, role, rows));
        });
    }

    /// The four of a resource.
    fn four(self, resource: usize) -> Vec<usize> {
        self.shape.with(|shape| {
            let cells = shape.cells.get(resource);
            cells.map(|cells| cells.four.iter().flatten().copied().collect()).unwrap_or_default()
        })
    }

    /// Whether some of these rows can be set; tracked.
    fn can_set(self, rows: &[usize]) -> bool {
        self.shared.grid.with(|grid| {
            let is_open = |role: &_| rows.iter().any(|row| grid.cell(*row, role).lock == Lock::Open);
            self.shared.column.with(is_open)
        })
    }

    fn on_key(self, event: &web_sys::KeyboardEvent) {
        if at_of(event.target()).is_none() || event.alt_key() || event.shift_key() {
            return;
        }
        self.pointed.set(None);
        // Not where the focus is, but where it is led: keys may follow each other faster than cells are drawn.
        let at = self.at.get_untracked();
        let key = event.key();
        if let (" " | "Enter", (Some(Line::Row(_)), Some(_))) = (key.as_str(), at) {
            event.prevent_default();
            self.toggle(at);
            return;
        }
        let control = event.ctrl_key() || event.meta_key();
        if let Some(to) = self.shape.with_untracked(|shape| shape.lead(&key, control, at, PAGE)) {
            event.prevent_default();
            self.focus(to);
        }
    }

    fn tab_stop(self, at: At<usize>) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || if self.at.get() == at { "0" } else { "-1" }
    }

    fn described(self, at: At<usize>) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
        move || (self.at.get() == at).then_some("cell-help")
    }

    /// The place of a line for `aria-rowindex`; the head is 1.
    fn line_number(self, line: Line) -> usize {
        self.shape.with(|shape| shape.lines.iter().position(|one| *one == line).map_or(0, |at| at + 2))
    }

    /// How many columns stand after the first, with the one that takes the room that is left.
    fn span(self) -> usize {
        self.shape.with(|shape| COLUMNS.len() + shape.further + 1)
    }
}

fn mark((line, column): At<usize>) -> String {
    format!("{}.{}", mark_of_line(line), column.map(|column| column.to_string()).unwrap_or_default())
}

fn at_of(target: Option<web_sys::EventTarget>) -> Option<At<usize>> {
    let mark = mark_of(target)?;
    let (line, column) = mark.split_once('.')?;
    let column = if column.is_empty() { None } else { Some(column.parse().ok()?) };
    Some((line_of_mark(line)?, column))
}

/// The matrix itself.
#[component]
pub(super) fn MatrixTable(
    /// What it shares with the page.
    table: Table,
) -> impl IntoView {
    let shared = table.shared;
    let name = move || shared.column.with(|role| format!("Resources of {}", role.name));
    let offered = Memo::new(move |_| shared.grid.with(|grid| offers(grid, shared.staged)));
    let click = move |event: web_sys::MouseEvent| {
        if let Some(at) = at_of(event.target()) {
            table.toggle(at);
        }
    };
    view! {
        <table
            class="grid one"
            role="grid"
            node_ref=table.node
            aria-label=name
            aria-rowcount=move || table.shape.with(|shape| shape.lines.len() + 1)
            aria-colcount=move || table.span()
            on:keydown=move |event| table.on_key(&event)
            on:click=click
            // Not when the table moves under a mouse that rests.
            on:mousemove=move |event| {
                let at = at_of(event.target());
                if table.pointed.get_untracked() != at {
                    table.pointed.set(at);
                }
            }
            on:mouseleave=move |_| table.pointed.set(None)
            on:focusin=move |event| {
                if let Some(at) = at_of(event.target()) {
                    table.spot.set(at);
                }
            }
        >
            <thead>
                <tr aria-rowindex="1">
                    {corner(table)} {(0..COLUMNS.len()).map(|column| column_head(table, column)).collect_view()}
                    {move || further_head(table)}
                </tr>
            </thead>
            <tbody>
                <For
                    each=move || table.shape.with(|shape| shape.lines.clone())
                    key=|line| *line
                    children=move |line| match line {
                        Line::Area(group) => group_head(table, group).into_any(),
                        Line::Row(resource) => resource_line(table, resource, offered).into_any(),
                    }
                />
            </tbody>
        </table>
    }
}

/// How many resources there are.
fn corner(table: Table) -> impl IntoView {
    let at = (None, None);
    let counts = move || {
        let (shown, all) = table.shape.with(|shape| (shape.matches, shape.all));
        if shown == all { format!("{all} resources") } else { format!("{shown} of {all} resources") }
    };
    view! {
        <th scope="col" aria-colindex="1" data-at=mark(at) tabindex=table.tab_stop(at) aria-describedby=table.described(at)>
            {counts}
        </th>
    }
}

/// A column: its name allows all of it in sight, or takes all away.
fn column_head(table: Table, column: usize) -> impl IntoView {
    let at = (None, Some(column));
    let rows = Memo::new(move |_| table.shape.with(|shape| shape.column(column)));
    let name = COLUMNS.get(column).copied().unwrap_or_default();
    let can_set = Memo::new(move |_| rows.with(|rows| table.can_set(rows)));
    view! {
        <th scope="col" aria-colindex=column + 2>
            {all_or_none(table, at, Signal::derive(move || name.to_owned()), can_set, move || {
                rows.get_untracked()
            })}
        </th>
    }
}

/// A name that sets all of something; it stays a name that can have focus where nothing can be set.
fn all_or_none(
    table: Table,
    at: At<usize>,
    name: Signal<String>,
    can_set: Memo<bool>,
    rows: impl Fn() -> Vec<usize> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn quiet mini"
            data-at=mark(at)
            tabindex=table.tab_stop(at)
            aria-disabled=move || (!can_set.get()).then_some("true")
            aria-describedby=table.described(at)
            on:click=move |_| table.toggle_all(&rows())
        >
            {name}
        </button>
    }
}

fn further_head(table: Table) -> impl IntoView {
    let further = table.shape.with(|shape| shape.further);
    match further {
        0 => view! { <td class="more" role="presentation"></td> }.into_any(),
        some => view! {
            <th scope="col" class="more" colspan=some + 1 aria-colindex=COLUMNS.len() + 2>
                "Further actions"
            </th>
        }
        .into_any(),
    }
}

/// The heading of a group, which folds it; that stands in the address.
fn group_head(table: Table, number: usize) -> impl IntoView {
    let at = (Some(Line::Area(number)), None);
    let group = Memo::new(move |_| table.shape.with(|shape| shape.groups.get(number).cloned()));
    let name = move || group.with(|group| group.as_ref().map(|group| group.name.clone()).unwrap_or_default());
    let is_open = Memo::new(move |_| group.with(|group| group.as_ref().is_some_and(|group| group.is_open)));
    let (location, navigate) = (use_location(), use_navigate());
    let fold = move |_| {
        let Some(group) = group.get_untracked() else { return };
        let query = location.query.get_untracked();
        let path = location.pathname.get_untracked();
        let to = if group.key == OTHER {
            address::link(&path, &query, &[("other", Some(if group.is_open { "" } else { "1" }))])
        } else {
            let mut keys = super::super::page::folded(&query);
            match keys.iter().position(|key| *key == group.key) {
                Some(at) => drop(keys.remove(at)),
                None => keys.push(group.key),
            }
            address::link(&path, &query, &[("fold", Some(&keys.join(",")))])
        };
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    };
    view! {
        <tr class="area" aria-rowindex=move || table.line_number(Line::Area(number))>
            <th scope="row" aria-colindex="1">
                <button
                    type="button"
                    class="twist"
                    data-at=mark(at)
                    tabindex=table.tab_stop(at)
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    aria-label=move || format!("{} {}", if is_open.get() { "Fold" } else { "Unfold" }, name())
                    on:click=fold
                ></button>
                {name}
                <small>{move || group.with(|group| group.as_ref().map(|group| group.count))}</small>
            </th>
            <td colspan=move || table.span()></td>
        </tr>
    }
}

/// One resource with its cells, and under it the edit that one of them may want as well.
fn resource_line(table: Table, resource: usize, offered: Memo<Vec<Offer>>) -> impl IntoView {
    let shared = table.shared;
    let at = (Some(Line::Row(resource)), None);
    let name = Memo::new(move |_| {
        let name = |grid: &Grid| grid.resources.get(resource).map(|one: &Resource| one.name.clone());
        shared.grid.with(name).unwrap_or_default()
    });
    let can_set = Memo::new(move |_| table.can_set(&table.four(resource)));
    let columns =
        Memo::new(move |_| table.shape.with(|shape| shape.cells.get(resource).map_or(0, |c| c.len())));
    let under = Memo::new(move |_| {
        let rows: Vec<usize> = (0..columns.get()).filter_map(|column| table.row(resource, column)).collect();
        let is_here = |offer: &&Offer| {
            rows.contains(&offer.under)
                && table.dismissed.with(|left| !left.contains(&(offer.role, offer.under)))
        };
        offered.with(|offers| offers.iter().find(is_here).cloned())
    });
    let four = move || untrack(|| table.four(resource));
    view! {
        <tr aria-rowindex=move || table.line_number(Line::Row(resource))>
            <th scope="row" aria-colindex="1">
                {all_or_none(table, at, name.into(), can_set, four)}
            </th>
            <For each=move || 0..columns.get() key=|column| *column children=move |column| cell(table, resource, column)/>
            <td class="rest" role="presentation" colspan=move || table.span().saturating_sub(columns.get())></td>
        </tr>
        {move || under.get().map(|offer| offer_line(table, resource, offer))}
    }
}

/// A cell: a mark, its state in words, and beside a further action its name.
fn cell(table: Table, resource: usize, column: usize) -> impl IntoView {
    let shared = table.shared;
    let at = (Some(Line::Row(resource)), Some(column));
    let row = Memo::new(move |_| table.row(resource, column));
    let drawn = Memo::new(move |_| {
        let of = |row| {
            shared.grid.with(|grid| shared.column.with(|role| Drawn::of(grid, role, row, shared.staged)))
        };
        row.get().map_or(Drawn::NOT_APPLICABLE, of)
    });
    let is_further = column >= COLUMNS.len();
    let name = move || {
        let name = |row: usize| shared.grid.with(|grid| grid.rows.get(row).map(|row| row.name.clone()));
        row.get().and_then(name)
    };
    // The element stays as it is and its parts follow: one that is made anew would lose the focus.
    view! {
        <td
            role="gridcell"
            class=is_further.then_some("further")
            tabindex=table.tab_stop(at)
            data-at=mark(at)
            data-mark=move || drawn.get().mark()
            data-change=move || drawn.get().change()
            aria-colindex=column + 2
            aria-readonly=move || drawn.get().is_locked().then_some("true")
            aria-describedby=table.described(at)
        >
            {is_further.then(|| view! { <span>{name}</span> })}
            <span class="vh">{is_further.then_some(": ")} {move || drawn.get().words()}</span>
            {move || {
                drawn.get().says_no_effect().then(|| view! { <small aria-hidden="true">"no effect"</small> })
            }}
        </td>
    }
}

fn offer_line(table: Table, resource: usize, offer: Offer) -> impl IntoView {
    let Offer { under, role, row, on, .. } = offer;
    let back = move || {
        let column = table.shape.with_untracked(|shape| {
            let cells = shape.cells.get(resource)?;
            (0..cells.len()).find(|column| cells.row(*column) == Some(under))
        });
        table.focus((Some(Line::Row(resource)), column));
    };
    let accept = Callback::new(move |()| {
        table.shared.grid.with_untracked(|grid| {
            table.shared.column.with_untracked(|role| {
                if let Some(entry) = grid.rows.get(row) {
                    table.shared.staged.set(role, entry, grid.cell(row, role).on, on);
                }
            });
        });
        back();
    });
    let leave = Callback::new(move |()| {
        table.dismissed.update(|dismissed| {
            dismissed.insert((role, under));
        });
        back();
    });
    view! {
        <tr>
            <td class="offer" colspan=move || table.span() + 1>
                <OfferBanner offer=offer accept=accept leave=leave/>
            </td>
        </tr>
    }
}

/// What the help says about the cell that is pointed at, or in focus.
pub(super) fn help(table: Table) -> Memo<Help> {
    let shared = table.shared;
    Memo::new(move |_| {
        let at = table.pointed.get().unwrap_or_else(|| table.at.get());
        shared.grid.with(|grid| {
            shared.column.with(|role| {
                let (title, opens) = match at {
                    (Some(Line::Row(resource)), Some(column)) => {
                        let name = named(grid, resource);
                        if let Some(row) = table.row(resource, column)
                            && let Some(entry) = grid.rows.get(row)
                        {
                            let action = COLUMNS.get(column).map_or(entry.name.as_str(), |column| column);
                            let title = format!("{name}: {action}");
                            return Help { title, ..of_permission(grid, row, entry, Some(role)) };
                        }
                        let action = COLUMNS.get(column).copied().unwrap_or_default();
                        (format!("{name}: {action}"), "Does not apply: there is nothing to allow.".to_owned())
                    }
                    (Some(Line::Row(resource)), None) => {
                        (named(grid, resource), all_or_none_of(table.can_set(&table.four(resource)), FOUR))
                    }
                    (None, Some(column)) => {
                        let rows = table.shape.with(|shape| shape.column(column));
                        let name = COLUMNS.get(column).copied().unwrap_or_default().to_owned();
                        (name, all_or_none_of(table.can_set(&rows), "it on all resources in sight"))
                    }
                    _ => (
                        "Resources".to_owned(),
                        "Each row is a resource. Arrow keys move, Space allows or takes away.".to_owned(),
                    ),
                };
                Help { title, opens, ..Help::default() }
            })
        })
    })
}

fn named(grid: &Grid, resource: usize) -> String {
    grid.resources.get(resource).map(|one| one.name.clone()).unwrap_or_default()
}

fn all_or_none_of(can_set: bool, what: &str) -> String {
    match can_set {
        true => format!("Enter allows {what}, or takes all of it away where all is allowed."),
        false => "Nothing here can be set.".to_owned(),
    }
}
