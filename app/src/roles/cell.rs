//! One cell of the grid: a mark, and its state in words.

use super::keys::Spot;
use super::shape::Line;
use super::table::Table;
use leptos::prelude::*;
use model::id::RoleId;
use model::view::roles::Lock;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Drawn {
    on: bool,
    lock: Lock,
    is_staged: bool,
    has_focus: bool,
}

impl Drawn {
    fn of(table: Table, row: usize, role: RoleId) -> Self {
        let has_focus = table.at.get() == Spot { line: Some(Line::Row(row)), role: Some(role) };
        let gone = Self { on: false, lock: Lock::AboveLevel, is_staged: false, has_focus };
        table.grid.with(|grid| {
            let (Some(role), Some(entry)) = (grid.role(role), grid.rows.get(row)) else { return gone };
            let cell = grid.cell(row, role);
            let wanted = table.staged.wanted(role.id, &entry.key);
            Self { on: wanted.unwrap_or(cell.on), lock: cell.lock, is_staged: wanted.is_some(), has_focus }
        })
    }

    const fn mark(self) -> &'static str {
        match (self.lock, self.on, self.is_staged) {
            (Lock::Open, true, _) | (_, true, true) => "on",
            (Lock::Open, false, _) | (_, false, true) => "off",
            (Lock::AboveLevel, ..) => "na",
            (_, true, false) => "has",
            (_, false, false) => "hasnt",
        }
    }

    /// The direction of what is staged.
    fn change(self) -> Option<&'static str> {
        self.is_staged.then_some(if self.on { "on" } else { "off" })
    }

    const fn words(self) -> &'static str {
        match (self.lock, self.on, self.is_staged) {
            (_, true, true) => "Allowed, not saved",
            (_, false, true) => "Not allowed, not saved",
            (Lock::Open, true, false) => "Allowed",
            (Lock::Open, false, false) => "Not allowed",
            (Lock::AboveLevel, ..) => "Does not apply",
            (_, true, false) => "Allowed, locked",
            (_, false, false) => "Not allowed, locked",
        }
    }
}

/// The cell of a row in a role.
pub fn cell(table: Table, row: usize, role: RoleId) -> impl IntoView {
    let mark = Spot { line: Some(Line::Row(row)), role: Some(role) }.mark();
    let drawn = Memo::new(move |_| Drawn::of(table, row, role));
    let number = Memo::new(move |_| table.column_number(role));
    // The element stays as it is and its parts follow: one that is made anew would lose the focus.
    view! {
        <td
            role="gridcell"
            tabindex=move || if drawn.get().has_focus { "0" } else { "-1" }
            data-at=mark
            data-mark=move || drawn.get().mark()
            data-change=move || drawn.get().change()
            aria-colindex=move || number.get()
            aria-readonly=move || (drawn.get().lock != Lock::Open).then_some("true")
            aria-describedby=move || drawn.get().has_focus.then_some("cell-help")
        >
            <span class="vh">{move || drawn.get().words()}</span>
        </td>
    }
}
