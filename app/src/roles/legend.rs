//! What the marks on the page mean: only those that it uses.

use crate::components::Show;
use leptos::prelude::*;
use model::catalog::Effect as Known;
use model::id::RoleId;
use model::view::roles::{Grid, Lock};

/// Which marks are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Used {
    open_on: bool,
    open_off: bool,
    locked_on: bool,
    locked_off: bool,
    not_applicable: bool,
    no_effect: bool,
}

impl Used {
    fn of(grid: &Grid, roles: &[RoleId], rows: impl Iterator<Item = usize> + Clone) -> Self {
        let mut used = Self::default();
        for role in roles.iter().filter_map(|role| grid.role(*role)) {
            for row in rows.clone() {
                let cell = grid.cell(row, role);
                let has_effect = grid.rows.get(row).is_none_or(|row| row.effect == Known::Known);
                match (cell.lock, cell.on) {
                    (Lock::Open, _) if !has_effect => used.no_effect = true,
                    (Lock::Open, true) => used.open_on = true,
                    (Lock::Open, false) => used.open_off = true,
                    (Lock::AboveLevel, _) => used.not_applicable = true,
                    (_, true) => used.locked_on = true,
                    (_, false) => used.locked_off = true,
                }
            }
        }
        used
    }
}

/// The legend of a grid.
#[component]
pub fn Legend(
    /// The grid.
    grid: Signal<Grid>,
    /// The roles that are shown.
    #[prop(into)]
    roles: Signal<Vec<RoleId>>,
    /// The rows that are drawn by marks; all of them, where it is not said.
    #[prop(optional, into)]
    rows: Option<Signal<Vec<usize>>>,
    /// Whether there are places where no permission is.
    #[prop(optional, into)]
    gaps: Signal<bool>,
    /// How many edits are staged.
    staged: Signal<usize>,
) -> impl IntoView {
    let used = Memo::new(move |_| {
        let used = grid.with(|grid| {
            roles.with(|roles| match rows {
                Some(rows) => rows.with(|rows| Used::of(grid, roles, rows.iter().copied())),
                None => Used::of(grid, roles, 0..grid.rows.len()),
            })
        });
        Used { not_applicable: used.not_applicable || gaps.get(), ..used }
    });
    let has_staged = Memo::new(move |_| staged.get() != 0);
    view! {
        <p class="legend" aria-label="What the marks mean" role="note">
            {move || {
                let used = used.get();
                [
                    (used.open_on, "on", "Allowed"),
                    (used.open_off, "off", "Not allowed"),
                    (used.no_effect, "none", "No known effect"),
                    (used.not_applicable, "na", "Does not apply"),
                    (used.locked_on, "has", "Allowed, locked"),
                    (used.locked_off, "hasnt", "Not allowed, locked"),
                ]
                    .into_iter()
                    .filter(|(is_used, ..)| *is_used)
                    .map(|(_, mark, words)| view! { <span class="mk" data-mark=mark>{words}</span> })
                    .collect_view()
            }}
            <Show when=move || has_staged.get()>
                <span class="mk" data-mark="on" data-change="">
                    "Not saved"
                </span>
            </Show>
        </p>
    }
}
