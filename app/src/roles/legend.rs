//! What the marks on the page mean: only those that it uses.

use super::shape::Shape;
use leptos::prelude::*;
use model::view::roles::{Grid, Lock};

/// Which marks are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Used {
    open_on: bool,
    open_off: bool,
    locked_on: bool,
    locked_off: bool,
    not_applicable: bool,
}

impl Used {
    fn of(grid: &Grid, shape: &Shape) -> Self {
        let mut used = Self::default();
        for role in shape.roles.iter().filter_map(|role| grid.role(*role)) {
            for row in 0..grid.rows.len() {
                let cell = grid.cell(row, role);
                match (cell.lock, cell.on) {
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
    /// What of it is shown.
    shape: Memo<Shape>,
    /// How many edits are staged.
    staged: Signal<usize>,
) -> impl IntoView {
    let used = Memo::new(move |_| shape.with(|shape| grid.with(|grid| Used::of(grid, shape))));
    let has_staged = Memo::new(move |_| staged.get() != 0);
    view! {
        <p class="legend" aria-label="What the marks mean" role="note">
            {move || {
                let used = used.get();
                [
                    (used.open_on, "on", "Allowed"),
                    (used.open_off, "off", "Not allowed"),
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
