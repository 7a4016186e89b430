//! What the parts of the matrix share: which cell has the focus, and what keys and presses set.

use super::shape::{COLUMNS, Filter, Matrix};
use crate::roles::keys::{At, line_of_mark, mark_of_line};
use crate::roles::one::Shared;
use crate::roles::shape::Line;
use crate::roles::table::{focus_in, mark_of};
use leptos::html;
use leptos::prelude::*;
use model::id::RoleId;
use model::view::roles::{Grid, Lock};
use std::collections::BTreeSet;

/// How many lines a page of the keyboard is.
const PAGE: usize = 10;

/// What the parts of the matrix share; cheap to copy.
#[derive(Clone, Copy)]
pub(in crate::roles::one) struct Table {
    pub(super) shared: Shared,
    /// What it shows.
    pub(super) shape: Memo<Matrix>,
    /// The cell that is, or was last, in focus.
    pub(super) spot: RwSignal<At<usize>>,
    /// The one tab stop.
    pub(super) at: Memo<At<usize>>,
    /// The cell that the mouse is on: the help is then about that one.
    pub(super) pointed: RwSignal<Option<At<usize>>>,
    pub(super) node: NodeRef<html::Table>,
    /// The rows whose offer was left.
    pub(super) dismissed: RwSignal<BTreeSet<(RoleId, usize)>>,
}

impl Table {
    pub(in crate::roles::one) fn new(shared: Shared, filter: Memo<Filter>) -> Self {
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
    pub(in crate::roles::one) fn is_empty(self) -> bool {
        self.shape.with(|shape| shape.lines.is_empty())
    }

    /// The rows that it draws.
    pub(in crate::roles::one) fn rows(self) -> Vec<usize> {
        self.shape.with(|shape| {
            let cells = shape.resources().filter_map(|number| shape.cells.get(number));
            cells.flat_map(|cells| cells.rows().collect::<Vec<_>>()).collect()
        })
    }

    /// Whether some of the four are not there.
    pub(in crate::roles::one) fn has_gaps(self) -> bool {
        self.shape.with(|shape| {
            let mut cells = shape.resources().filter_map(|number| shape.cells.get(number));
            cells.any(|cells| cells.four.iter().any(Option::is_none))
        })
    }

    pub(super) fn focus(self, at: At<usize>) {
        self.spot.set(at);
        if let Some(node) = self.node.try_get_untracked().flatten() {
            focus_in(&node, &mark(at));
        }
    }

    /// The row of a cell.
    pub(super) fn row(self, resource: usize, column: usize) -> Option<usize> {
        self.shape.with(|shape| shape.cells.get(resource).and_then(|cells| cells.row(column)))
    }

    pub(super) fn toggle(self, (line, column): At<usize>) {
        let (Some(Line::Row(resource)), Some(column)) = (line, column) else { return };
        if let Some(row) = untrack(|| self.row(resource, column)) {
            let id = self.shared.id();
            self.shared.grid.with_untracked(|grid| self.shared.staged.toggle(grid, id, row));
        }
    }

    /// All or none of some rows.
    pub(super) fn toggle_all(self, rows: &[usize]) {
        self.shared.grid.with_untracked(|grid| {
            self.shared.column.with_untracked(|role| self.shared.staged.set_all(grid, role, rows));
        });
    }

    /// The four of a resource.
    pub(super) fn four(self, resource: usize) -> Vec<usize> {
        self.shape.with(|shape| {
            let cells = shape.cells.get(resource);
            cells.map(|cells| cells.four.iter().flatten().copied().collect()).unwrap_or_default()
        })
    }

    /// Whether some of these rows can be set; tracked.
    pub(super) fn can_set(self, rows: &[usize]) -> bool {
        self.shared.grid.with(|grid| {
            let is_open = |role: &_| rows.iter().any(|row| grid.cell(*row, role).lock == Lock::Open);
            self.shared.column.with(is_open)
        })
    }

    pub(super) fn on_key(self, event: &web_sys::KeyboardEvent) {
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

    pub(super) fn tab_stop(self, at: At<usize>) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || if self.at.get() == at { "0" } else { "-1" }
    }

    pub(super) fn described(
        self,
        at: At<usize>,
    ) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
        move || (self.at.get() == at).then_some("cell-help")
    }

    /// The place of a line for `aria-rowindex`; the head is 1.
    pub(super) fn line_number(self, line: Line) -> usize {
        self.shape.with(|shape| shape.lines.iter().position(|one| *one == line).map_or(0, |at| at + 2))
    }

    /// How many columns stand after the first, with the one that takes the room that is left.
    pub(super) fn span(self) -> usize {
        self.shape.with(|shape| COLUMNS.len() + shape.further + 1)
    }
}

pub(super) fn mark((line, column): At<usize>) -> String {
    format!("{}.{}", mark_of_line(line), column.map(|column| column.to_string()).unwrap_or_default())
}

pub(super) fn at_of(target: Option<web_sys::EventTarget>) -> Option<At<usize>> {
    let mark = mark_of(target)?;
    let (line, column) = mark.split_once('.')?;
    let column = if column.is_empty() { None } else { Some(column.parse().ok()?) };
    Some((line_of_mark(line)?, column))
}
