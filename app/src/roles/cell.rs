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
    // One closure for the whole cell: a grid has many of them.
    move || {
        let drawn = drawn.get();
        let change = drawn.is_staged.then_some(if drawn.on { "on" } else { "off" });
        view! {
            <td
                role="gridcell"
                tabindex=if drawn.has_focus { "0" } else { "-1" }
                data-at=mark.clone()
                data-mark=drawn.mark()
                data-change=change
                aria-colindex=number.get()
                aria-readonly=(drawn.lock != Lock::Open).then_some("true")
                aria-describedby=drawn.has_focus.then_some("cell-help")
            >
                <span class="vh">{drawn.words()}</span>
            </td>
        }
    }
}
