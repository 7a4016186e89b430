//! What a staged edit would leave useless, and the one edit that helps. Only data.

use super::staged::{Edit, Staged};
use model::id::RoleId;
use model::view::roles::{Column, Grid, Lock};

/// An edit that somebody may want to make as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The row under which it stands: that of the staged edit.
    pub under: usize,
    /// The role.
    pub role: RoleId,
    /// The role's name.
    pub role_name: String,
    /// The permission that is useless without the other one.
    pub useless: String,
    /// The permission that it needs.
    pub needs: String,
    /// The row that the offered edit sets …
    pub row: usize,
    /// … and to what.
    pub on: bool,
}

/// The offers for the edits of now; tracked.
#[must_use]
pub fn offers(grid: &Grid, staged: Staged) -> Vec<Offer> {
    let of_edit = |((role, key), edit): ((RoleId, String), Edit)| {
        let (role, row) = (grid.role(role)?, grid.row(&key)?);
        if edit.on { needed(grid, staged, role, row) } else { left_useless(grid, staged, role, row) }
    };
    staged.all().into_iter().filter_map(of_edit).collect()
}

fn allows(grid: &Grid, staged: Staged, role: &Column, row: usize) -> bool {
    let wanted = grid.rows.get(row).and_then(|entry| staged.wanted(role.id, &entry.key));
    wanted.unwrap_or_else(|| grid.cell(row, role).on)
}

fn is_open(grid: &Grid, role: &Column, row: usize) -> bool {
    grid.cell(row, role).lock == Lock::Open
}

/// The first permission that an allowed one still needs.
fn needed(grid: &Grid, staged: Staged, role: &Column, row: usize) -> Option<Offer> {
    let entry = grid.rows.get(row)?;
    let lacks = |need: &&usize| !allows(grid, staged, role, **need) && is_open(grid, role, **need);
    let need = *entry.needs.iter().find(lacks)?;
    Some(Offer {
        under: row,
        role: role.id,
        role_name: role.name.clone(),
        useless: entry.name.clone(),
        needs: grid.rows.get(need)?.name.clone(),
        row: need,
        on: true,
    })
}

/// The first permission that stays allowed although what it needs is taken away.
fn left_useless(grid: &Grid, staged: Staged, role: &Column, row: usize) -> Option<Offer> {
    let is_left = |at: usize| allows(grid, staged, role, at) && is_open(grid, role, at);
    let mut needing = grid.rows.iter().enumerate().filter(|(_, entry)| entry.needs.contains(&row));
    let (useless, entry) = needing.find(|(at, _)| is_left(*at))?;
    Some(Offer {
        under: row,
        role: role.id,
        role_name: role.name.clone(),
        useless: entry.name.clone(),
        needs: grid.rows.get(row)?.name.clone(),
        row: useless,
        on: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::shape::tests::grid;
    use leptos::prelude::Owner;

    #[test]
    fn what_is_useless_alone_offers_what_it_needs() {
        Owner::new().with(|| {
            let (mut grid, staged, role) = (grid(), Staged::new(), RoleId::from_bits(8));
            grid.rows[3].needs = vec![1];
            staged.toggle(&grid, role, 3);
            let found = offers(&grid, staged);
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].under, found[0].row, found[0].on), (3, 1, true));
            staged.toggle(&grid, role, 1);
            assert!(offers(&grid, staged).is_empty());
            // What may not be set is not offered.
            staged.toggle(&grid, role, 1);
            grid.rows[1].locked = Some(0);
            assert!(offers(&grid, staged).is_empty());
        });
    }

    #[test]
    fn what_is_left_useless_is_offered_to_go_too() {
        Owner::new().with(|| {
            let (mut grid, staged, role) = (grid(), Staged::new(), RoleId::from_bits(8));
            grid.rows[2].needs = vec![0];
            staged.toggle(&grid, role, 0);
            let found = offers(&grid, staged);
            assert_eq!((found[0].under, found[0].row, found[0].on), (0, 2, false));
        });
    }
}
