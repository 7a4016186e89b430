//! What the cell in focus opens, who holds it now, where it is in force, and why it is locked.

use super::keys::Spot;
use super::shape::{Line, level_name};
use super::table::Table;
use crate::words;
use leptos::prelude::*;
use model::view::roles::{Column, Grid, Row};

/// How many roles are named.
const NAMED: usize = 3;

/// What the help says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Help {
    /// What it is about.
    pub(super) title: String,
    /// What it opens.
    pub(super) opens: String,
    /// Why it is locked.
    pub(super) reason: Option<String>,
    /// Who holds it, where it is in force.
    pub(super) facts: Vec<(&'static str, String)>,
}

/// Under the grid; the description of the cell that has focus.
#[component]
pub fn CellHelp(
    /// The grid.
    table: Table,
) -> impl IntoView {
    let help = Memo::new(move |_| table.grid.with(|grid| help(grid, table.at.get())));
    view! { <HelpText help=help/> }
}

/// What the help says.
#[component]
pub(super) fn HelpText(
    /// About the cell that has focus.
    help: Memo<Help>,
) -> impl IntoView {
    view! {
        <section class="cellhelp" aria-label="About this cell">
            <div id="cell-help">
                <h2>{move || help.with(|help| help.title.clone())}</h2>
                <p>{move || help.with(|help| help.opens.clone())}</p>
                {move || help.with(|help| help.reason.clone()).map(|reason| view! { <p>{reason}</p> })}
            </div>
            <dl>
                {move || {
                    help.with(|help| help.facts.clone())
                        .into_iter()
                        .map(|(what, is)| {
                            view! {
                                <dt>{what}</dt>
                                <dd>{is}</dd>
                            }
                        })
                        .collect_view()
                }}
            </dl>
        </section>
    }
}

fn help(grid: &Grid, spot: Spot) -> Help {
    let role = spot.role.and_then(|role| grid.role(role));
    match (spot.line, role) {
        (Some(Line::Row(row)), role) => match grid.rows.get(row) {
            Some(entry) => of_permission(grid, row, entry, role),
            None => Help::default(),
        },
        (Some(Line::Area(area)), _) => of_area(grid, area),
        (None, Some(role)) => of_role(grid, role),
        (None, None) => Help {
            title: "Roles and permissions".to_owned(),
            opens:
                "Each row is a permission, each column a role. Arrow keys move, Space allows or takes away."
                    .to_owned(),
            ..Help::default()
        },
    }
}

pub(super) fn of_permission(grid: &Grid, row: usize, entry: &Row, role: Option<&Column>) -> Help {
    let needs: Vec<&str> =
        entry.needs.iter().filter_map(|need| grid.rows.get(*need)).map(|need| need.name.as_str()).collect();
    let needs = if needs.is_empty() { String::new() } else { format!(" Needs {}.", needs.join(", ")) };
    let reason = match role {
        Some(role) => grid.reason(grid.cell(row, role).lock),
        None => entry.locked.and_then(|number| grid.reasons.get(number)).cloned(),
    };
    Help {
        title: match role {
            Some(role) => format!("{}: {}", role.name, entry.name),
            None => entry.name.clone(),
        },
        opens: format!("{}{needs}", entry.opens),
        reason,
        facts: vec![
            ("Held now by", held_by(grid, row, entry)),
            ("In force", words::in_force(entry.in_force).to_owned()),
        ],
    }
}

/// How many people hold it, and through which roles.
fn held_by(grid: &Grid, row: usize, entry: &Row) -> String {
    let roles: Vec<String> =
        grid.roles.iter().filter(|role| role.allows.contains(row)).map(|role| role.name.clone()).collect();
    let named = words::names(&roles, roles.len() as u64, NAMED);
    let depends = match entry.depends {
        0 => String::new(),
        more => format!(", {more} more under conditions"),
    };
    let people = format!("{}{depends}", words::count(entry.held_by, "person", "people"));
    if named.is_empty() { people } else { format!("{people} through {named}") }
}

fn of_area(grid: &Grid, number: usize) -> Help {
    let area = grid.areas.get(number);
    Help {
        title: area.map(|area| area.name.clone()).unwrap_or_default(),
        opens: area
            .map(|area| {
                format!("An area of {}.", words::count(area.rows as u64, "permission", "permissions"))
            })
            .unwrap_or_default(),
        ..Help::default()
    }
}

fn of_role(grid: &Grid, role: &Column) -> Help {
    let level = level_name(role.level).0;
    let owner = grid.tenant_of(role).map(|tenant| format!(" of {}", tenant.name)).unwrap_or_default();
    let rows = grid.rows.len();
    let allowed = (0..rows).filter(|row| role.allows.contains(*row)).count() as u64;
    let reason = role.fixed().and_then(|lock| grid.reason(lock));
    Help {
        title: role.name.clone(),
        opens: format!(
            "{level} role{owner}. It allows {} and {} it. Its name leads to its own page.",
            words::count(allowed, "permission", "permissions"),
            match role.people {
                1 => "1 person has".to_owned(),
                many => format!("{many} people have"),
            }
        ),
        reason,
        facts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::shape::tests::grid;
    use model::id::RoleId;

    #[test]
    fn a_cell_says_who_holds_it_and_what_it_needs() {
        let mut grid = grid();
        grid.rows[2].held_by = 9;
        grid.rows[2].needs = vec![0];
        let role = Some(RoleId::from_bits(9));
        let help = help(&grid, Spot { line: Some(Line::Row(2)), role });
        assert_eq!(help.title, "Role 9: Name of merge");
        assert!(help.opens.ends_with("Needs Name of see."), "{}", help.opens);
        assert_eq!(help.facts[0].1, "9 people through Role 1, Role 8 and Role 9");
        assert_eq!(help.reason, None);
    }

    #[test]
    fn a_locked_cell_says_why() {
        let mut grid = grid();
        grid.reasons = vec!["Not yours.".to_owned()];
        grid.rows[0].locked = Some(0);
        let at = |role| Spot { line: Some(Line::Row(0)), role: Some(RoleId::from_bits(role)) };
        assert_eq!(help(&grid, at(8)).reason.as_deref(), Some("Not yours."));
        assert!(help(&grid, at(1)).reason.unwrap().contains("came with Rolecall"));
        assert!(help(&grid, at(9)).reason.unwrap().contains("above the level"));
    }
}
