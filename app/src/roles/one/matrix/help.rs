//! What the help beneath the matrix says about a cell, a name or a column.

use super::shape::COLUMNS;
use super::table::Table;
use crate::roles::cell_help::{Help, of_permission};
use crate::roles::shape::Line;
use leptos::prelude::*;
use model::view::roles::Grid;

/// What the name of a resource sets.
const FOUR: &str = "View, Edit, Create and Delete";

/// What the help says about the cell that is pointed at, or in focus.
pub(in crate::roles::one) fn help(table: Table) -> Memo<Help> {
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
