//! What a role allows on resources: View, Edit, Create and Delete as columns, further actions beside them.
//!
//! A grid with one tab stop, as the ARIA grid pattern says, like that of all roles; [`shape`] says what it shows,
//! [`table`] what its parts share, [`help`] what the cell in focus opens. Here it is drawn.

mod help;
mod shape;
mod table;

pub(super) use help::help;
pub(super) use shape::Filter;
pub(super) use table::Table;

use crate::address;
use crate::components::For;
use crate::roles::cell::Drawn;
use crate::roles::keys::At;
use crate::roles::offer::{Offer, offers};
use crate::roles::offer_banner::OfferBanner;
use crate::roles::shape::Line;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use model::view::roles::{Grid, Resource};
use shape::{COLUMNS, OTHER};
use table::{at_of, mark};

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
