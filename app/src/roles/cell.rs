//! One cell of the grid: a mark, and its state in words.

use super::keys::Spot;
use super::shape::Line;
use super::staged::Staged;
use super::table::Table;
use leptos::prelude::*;
use model::catalog::Effect as Known;
use model::id::RoleId;
use model::view::roles::{Column, Grid, Lock};

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    on: bool,
    lock: Lock,
    is_staged: bool,
    /// Whether something is known to ask for it.
    has_effect: bool,
}

impl Drawn {
    /// What does not apply, or is not there.
    pub(super) const NOT_APPLICABLE: Self =
        Self { on: false, lock: Lock::AboveLevel, is_staged: false, has_effect: true };

    /// The cell of a row in a role, with what is staged; tracked.
    pub(super) fn of(grid: &Grid, role: &Column, row: usize, staged: Staged) -> Self {
        let Some(entry) = grid.rows.get(row) else { return Self::NOT_APPLICABLE };
        let cell = grid.cell(row, role);
        let wanted = staged.wanted(role.id, &entry.key);
        Self {
            on: wanted.unwrap_or(cell.on),
            lock: cell.lock,
            is_staged: wanted.is_some(),
            has_effect: entry.effect == Known::Known,
        }
    }

    pub(super) const fn mark(self) -> &'static str {
        match (self.lock, self.on, self.is_staged) {
            (Lock::Open, true, _) | (_, true, true) => {
                if self.has_effect {
                    "on"
                } else {
                    "none-on"
                }
            }
            (Lock::Open, false, _) | (_, false, true) => {
                if self.has_effect {
                    "off"
                } else {
                    "none"
                }
            }
            (Lock::AboveLevel, ..) => "na",
            (_, true, false) => "has",
            (_, false, false) => "hasnt",
        }
    }

    /// The direction of what is staged.
    pub(super) fn change(self) -> Option<&'static str> {
        self.is_staged.then_some(if self.on { "on" } else { "off" })
    }

    /// Its state in words; that it has no known effect is said there as well.
    pub(super) fn words(self) -> String {
        let state = match (self.lock, self.on, self.is_staged) {
            (_, true, true) => "Allowed, not saved",
            (_, false, true) => "Not allowed, not saved",
            (Lock::Open, true, false) => "Allowed",
            (Lock::Open, false, false) => "Not allowed",
            (Lock::AboveLevel, ..) => "Does not apply",
            (_, true, false) => "Allowed, locked",
            (_, false, false) => "Not allowed, locked",
        };
        if self.says_no_effect() { format!("{state}, no known effect") } else { state.to_owned() }
    }

    /// Whether it is to be said that nothing is known to ask for it.
    pub(super) fn says_no_effect(self) -> bool {
        !self.has_effect && (self.lock != Lock::AboveLevel || self.is_staged)
    }

    /// Whether it cannot be set.
    pub(super) fn is_locked(self) -> bool {
        self.lock != Lock::Open
    }
}

/// The cell of a row in a role.
pub fn cell(table: Table, row: usize, role: RoleId) -> impl IntoView {
    let mark = Spot { line: Some(Line::Row(row)), role: Some(role) }.mark();
    let has_focus =
        Memo::new(move |_| table.at.get() == Spot { line: Some(Line::Row(row)), role: Some(role) });
    let drawn = Memo::new(move |_| {
        table.grid.with(|grid| match grid.role(role) {
            Some(role) => Drawn::of(grid, role, row, table.staged),
            None => Drawn::NOT_APPLICABLE,
        })
    });
    let number = Memo::new(move |_| table.column_number(role));
    // The element stays as it is and its parts follow: one that is made anew would lose the focus.
    view! {
        <td
            role="gridcell"
            tabindex=move || if has_focus.get() { "0" } else { "-1" }
            data-at=mark
            data-mark=move || drawn.get().mark()
            data-change=move || drawn.get().change()
            aria-colindex=move || number.get()
            aria-readonly=move || drawn.get().is_locked().then_some("true")
            aria-describedby=move || has_focus.get().then_some("cell-help")
        >
            <span class="vh">{move || drawn.get().words()}</span>
        </td>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_off_what_has_no_known_effect_and_what_does_not_apply_are_drawn_and_said_differently() {
        let table = [
            (true, Lock::Open, false, true, "on", "Allowed"),
            (false, Lock::Open, false, true, "off", "Not allowed"),
            (false, Lock::Open, false, false, "none", "Not allowed, no known effect"),
            (true, Lock::Open, false, false, "none-on", "Allowed, no known effect"),
            (true, Lock::Open, true, false, "none-on", "Allowed, not saved, no known effect"),
            (false, Lock::AboveLevel, false, false, "na", "Does not apply"),
            (true, Lock::BuiltIn, false, true, "has", "Allowed, locked"),
            (false, Lock::Reason(0), false, false, "hasnt", "Not allowed, locked, no known effect"),
            (false, Lock::Reason(0), true, true, "off", "Not allowed, not saved"),
        ];
        for (on, lock, is_staged, has_effect, mark, words) in table {
            let drawn = Drawn { on, lock, is_staged, has_effect };
            assert_eq!((drawn.mark(), drawn.words().as_str()), (mark, words));
        }
    }
}
