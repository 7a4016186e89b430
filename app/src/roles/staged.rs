//! Edits that are not saved yet: which permission a role shall allow from then on.
//!
//! They live in the browser alone until they are saved. What somebody else saves meanwhile does not touch
//! them, except that an edit which is so already, or whose role is gone, is dropped and said.

use crate::components::StagedLine;
use leptos::prelude::*;
use model::change::Change;
use model::id::RoleId;
use model::view::roles::{Column, Grid, Lock, Row};
use std::collections::BTreeMap;

/// One edit, with the names that it had when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Whether the role shall allow the permission.
    pub on: bool,
    /// The role's name.
    pub role: String,
    /// The permission's name.
    pub permission: String,
}

type Edits = BTreeMap<(RoleId, String), Edit>;

/// The edits of a page; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Staged(RwSignal<Edits>);

impl Staged {
    /// No edits.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(Edits::new()))
    }

    /// What a role shall allow, where that is staged; tracked.
    #[must_use]
    pub fn wanted(self, role: RoleId, permission: &str) -> Option<bool> {
        self.0.with(|edits| {
            // Most of the time there are none, and a grid asks for every cell.
            if edits.is_empty() {
                None
            } else {
                edits.get(&(role, permission.to_owned())).map(|edit| edit.on)
            }
        })
    }

    /// Stages that the role allows the permission, or not; what is so already is no edit.
    pub fn set(self, role: &Column, row: &Row, is_on: bool, wanted: bool) {
        self.0.update(|edits| {
            let key = (role.id, row.key.clone());
            if is_on == wanted {
                edits.remove(&key);
            } else {
                edits.insert(key, Edit { on: wanted, role: role.name.clone(), permission: row.name.clone() });
            }
        });
    }

    /// Turns a cell over. A locked one stays, unless an edit of it can be taken back.
    pub fn toggle(self, grid: &Grid, role: RoleId, row: usize) {
        let (Some(role), Some(entry)) = (grid.role(role), grid.rows.get(row)) else { return };
        let cell = grid.cell(row, role);
        let staged = self.0.with_untracked(|edits| edits.get(&(role.id, entry.key.clone())).map(|e| e.on));
        if cell.lock == Lock::Open || staged.is_some() {
            self.set(role, entry, cell.on, !staged.unwrap_or(cell.on));
        }
    }

    /// All or none of some rows in a role: allows them all, or takes them away where all are allowed. What cannot
    /// be set stays.
    pub fn set_all(self, grid: &Grid, role: &Column, rows: &[usize]) {
        let open = rows.iter().filter(|row| grid.cell(**row, role).lock == Lock::Open);
        let open: Vec<(&Row, bool)> =
            open.filter_map(|row| Some((grid.rows.get(*row)?, grid.cell(*row, role).on))).collect();
        let is_allowed = |(row, on): &(&Row, bool)| {
            let staged = self.0.with_untracked(|edits| edits.get(&(role.id, row.key.clone())).map(|e| e.on));
            staged.unwrap_or(*on)
        };
        let wanted = !open.iter().all(is_allowed);
        for (row, on) in open {
            self.set(role, row, on, wanted);
        }
    }

    /// How many there are; tracked.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.with(BTreeMap::len)
    }

    /// Whether there are none; not tracked.
    #[must_use]
    pub fn is_empty_now(self) -> bool {
        self.0.with_untracked(BTreeMap::is_empty)
    }

    /// All of them; tracked.
    #[must_use]
    pub fn all(self) -> Vec<((RoleId, String), Edit)> {
        self.0.with(|edits| edits.iter().map(|(key, edit)| (key.clone(), edit.clone())).collect())
    }

    /// All of them as changes; tracked.
    #[must_use]
    pub fn changes(self) -> Vec<Change> {
        let change = |((role, permission), edit): ((RoleId, String), Edit)| match edit.on {
            true => Change::PermissionAdded { role, permission },
            false => Change::PermissionRemoved { role, permission },
        };
        self.all().into_iter().map(change).collect()
    }

    /// All of them as they are read out one by one, by name; tracked. `with_roles`: where a page shows several.
    #[must_use]
    pub fn lines(self, with_roles: bool) -> Vec<StagedLine> {
        let line = |(_, Edit { on, role, permission }): (_, Edit)| StagedLine {
            text: if with_roles { format!("{role}: {permission}") } else { permission },
            allows: Some(on),
        };
        let mut lines: Vec<_> = self.all().into_iter().map(line).collect();
        lines.sort_by(|a, b| a.text.cmp(&b.text));
        lines
    }

    /// Takes all of them back.
    pub fn clear(self) {
        self.0.set(Edits::new());
    }

    /// Drops those that are so already, and those whose role or permission is gone; tells which. A page that
    /// shows one role by itself keeps edits of that role alone.
    pub fn settle(self, grid: &Grid) -> Vec<((RoleId, String), Edit)> {
        let is_settled = |(role, permission): &(RoleId, String), edit: &Edit| match (
            grid.role(*role),
            grid.row(permission),
        ) {
            (Some(role), Some(row)) => grid.cell(row, role).on == edit.on,
            _ => true,
        };
        let dropped: Vec<_> = self.0.with_untracked(|edits| {
            let settled = edits.iter().filter(|(key, edit)| is_settled(key, edit));
            settled.map(|(key, edit)| (key.clone(), edit.clone())).collect()
        });
        if !dropped.is_empty() {
            self.0.update(|edits| edits.retain(|key, _| !dropped.iter().any(|(gone, _)| gone == key)));
        }
        dropped
    }
}

impl Default for Staged {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::catalog::InForce;
    use model::object::Level;

    fn grid(on: bool) -> Grid {
        let row = Row {
            key: "rollback".to_owned(),
            name: "Rollback".to_owned(),
            opens: String::new(),
            level: None,
            needs: vec![],
            in_force: InForce::Nowhere,
            locked: None,
            held_by: 0,
            depends: 0,
            stands: None,
            effect: model::catalog::Effect::Known,
        };
        let role = |bits| Column {
            id: RoleId::from_bits(bits),
            name: "Tester".to_owned(),
            level: Level::Organization,
            tenant: None,
            people: 0,
            allows: on.then_some(0).into_iter().collect(),
        };
        Grid { rows: vec![row], roles: vec![role(1), role(9)], ..Grid::default() }
    }

    #[test]
    fn toggling_back_is_no_edit_and_locked_cells_stay() {
        Owner::new().with(|| {
            let (staged, tester) = (Staged::new(), RoleId::from_bits(9));
            staged.toggle(&grid(false), tester, 0);
            assert_eq!(
                staged.changes(),
                [Change::PermissionAdded { role: tester, permission: "rollback".to_owned() }]
            );
            staged.toggle(&grid(false), tester, 0);
            assert_eq!(staged.count(), 0);
            staged.toggle(&grid(true), RoleId::ADMIN, 0);
            assert_eq!(staged.count(), 0);
        });
    }

    #[test]
    fn all_are_allowed_until_all_are_and_then_none() {
        Owner::new().with(|| {
            let mut grid = crate::roles::shape::tests::grid();
            // Role 8 allows rows 0 and 2; row 1 is not the reader's to set.
            grid.rows[1].locked = Some(0);
            let (staged, role) = (Staged::new(), grid.roles[1].clone());
            let wanted = |row: usize| staged.wanted(role.id, &grid.rows[row].key);
            staged.set_all(&grid, &role, &[0, 1, 3]);
            assert_eq!([wanted(0), wanted(1), wanted(3)], [None, None, Some(true)]);
            staged.set_all(&grid, &role, &[0, 1, 3]);
            assert_eq!([wanted(0), wanted(1), wanted(3)], [Some(false), None, None]);
            staged.set_all(&grid, &role, &[0, 1, 3]);
            assert_eq!([wanted(0), wanted(1), wanted(3)], [None, None, Some(true)]);
        });
    }

    #[test]
    fn what_somebody_else_saved_already_is_dropped_and_told() {
        Owner::new().with(|| {
            let (staged, tester) = (Staged::new(), RoleId::from_bits(9));
            staged.toggle(&grid(false), tester, 0);
            assert!(staged.settle(&grid(false)).is_empty());
            assert_eq!(staged.settle(&grid(true)).len(), 1);
            assert!(staged.is_empty_now());
            staged.toggle(&grid(false), tester, 0);
            assert_eq!(staged.settle(&Grid::default()).len(), 1, "the role is gone");
        });
    }
}
