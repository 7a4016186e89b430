//! What the screens of roles draw: the grid of all roles, and one role by itself.
//!
//! Permissions stand in numbered rows; a role says which rows it allows as a set of bits, so that 200 roles
//! with 300 permissions stay small on the wire. Whether a cell may be set, and if not why, is worked out by
//! [`Grid::cell`] the same way on the server and in the browser.
//!
//! Where permissions are of the kind *View, Edit, Create, Delete* on resources, rows say where they stand in that
//! matrix ([`Row::stands`]).

mod bits;
mod one;

pub use bits::Bits;
pub use one::{One, Origin};

use crate::catalog::{self, Effect, InForce};
use crate::change::Change;
use crate::id::{ObjectId, RoleId};
use crate::object::Level;
use serde::{Deserialize, Serialize};

/// The most roles that are compared at once.
pub const MOST_COMPARED: usize = 4;

/// All roles that the reader may see, with what they allow.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grid {
    /// The revision that it shows.
    pub revision: u64,
    /// The areas that are on, in the order of the screen.
    pub areas: Vec<Area>,
    /// The permissions of these areas, area by area.
    pub rows: Vec<Row>,
    /// The roles: *Admin* and *Member*, those of the organization's own by name, then those that came with areas.
    pub roles: Vec<Column>,
    /// The sentences that rows and roles refer to by number.
    pub reasons: Vec<String>,
    /// The resources that rows stand at, in the order of the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// The tenants that own some of the roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenants: Vec<Tenant>,
    /// The levels that a new role may have: those that the areas which are on use.
    pub levels: Vec<Level>,
    /// Whom the reader may make roles for.
    pub makes: Makes,
    /// Why the reader may not add roles, where that is so.
    pub adding: Option<String>,
    /// What other people did to roles since the revision that the reader asked about, oldest first.
    pub news: Vec<News>,
}

/// An area of permissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
}

/// What permissions of the kind *View, Edit, Create, Delete* are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether nothing is known of it.
    pub other: bool,
}

/// Where a permission stands in the matrix of resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stands {
    /// The number of the resource.
    pub at: usize,
    /// The column.
    pub column: catalog::Column,
}

/// A tenant that owns roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// Its id.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// Which rows the reader may not set in its roles, after the number of the reason.
    pub locked: Vec<(usize, Bits)>,
}

/// Whom the reader may make roles for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Makes {
    /// Why not for the organization, where that is so.
    pub organization: Option<String>,
    /// For how many tenants.
    pub tenants: u64,
    /// The one tenant, where it is one.
    pub only: Option<(ObjectId, String)>,
}

/// A permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it opens.
    pub opens: String,
    /// The level of what it belongs to; `None` where it has a meaning everywhere.
    pub level: Option<Level>,
    /// The rows without which it is useless.
    pub needs: Vec<usize>,
    /// Where it is in force.
    pub in_force: InForce,
    /// Why the reader may not set it: the number of a reason.
    pub locked: Option<usize>,
    /// How many active people hold it now, anywhere and without limits.
    pub held_by: u64,
    /// How many more hold it now within limits.
    pub depends: u64,
    /// Where it stands in the matrix of resources, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<Stands>,
    /// What is known of its effect.
    #[serde(default, skip_serializing_if = "is_known")]
    pub effect: Effect,
}

fn is_known(effect: &Effect) -> bool {
    *effect == Effect::Known
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// Where it is given.
    pub level: Level,
    /// The number of the tenant that owns it; `None`: the organization does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<usize>,
    /// How many people have it, directly or through a group.
    pub people: u64,
    /// Which rows it allows.
    pub allows: Bits,
}

/// A change to roles that somebody else saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Its number.
    pub revision: u64,
    /// Who saved it; `None` when the reader may not see people.
    pub by: Option<String>,
    /// The roles that it is about.
    pub roles: Vec<RoleId>,
}

/// What one cell of the grid is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Whether the role allows it.
    pub on: bool,
    /// Whether it can be set.
    pub lock: Lock,
}

/// Why a cell cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// It can be set.
    Open,
    /// The permission lies above the role's level: it does not apply.
    AboveLevel,
    /// *Admin* is every permission, and nobody changes that.
    Admin,
    /// The role came with an area and stays as it is.
    BuiltIn,
    /// The reader may not set it: the number of a reason.
    Reason(usize),
}

impl Column {
    /// Why nobody changes what it allows, where that is so: it came with Rolecall. *Member* is the exception.
    #[must_use]
    pub fn fixed(&self) -> Option<Lock> {
        match self.id {
            RoleId::ADMIN => Some(Lock::Admin),
            RoleId::MEMBER => None,
            id => id.is_built_in().then_some(Lock::BuiltIn),
        }
    }
}

impl Grid {
    /// The cell of a row in a role.
    #[must_use]
    pub fn cell(&self, row: usize, role: &Column) -> Cell {
        let Some(entry) = self.rows.get(row) else { return Cell { on: false, lock: Lock::AboveLevel } };
        let on = role.allows.contains(row);
        let lock = if entry.level.is_some_and(|level| !role.level.reaches(level)) {
            Lock::AboveLevel
        } else if let Some(fixed) = role.fixed() {
            fixed
        } else {
            let locked = match self.tenant_of(role) {
                None => entry.locked,
                Some(tenant) => {
                    tenant.locked.iter().find(|(_, rows)| rows.contains(row)).map(|(why, _)| *why)
                }
            };
            locked.map_or(Lock::Open, Lock::Reason)
        };
        Cell { on, lock }
    }

    /// The tenant that owns a role, where it is one.
    #[must_use]
    pub fn tenant_of(&self, role: &Column) -> Option<&Tenant> {
        self.tenants.get(role.tenant?)
    }

    /// Why a cell cannot be set, in a sentence.
    #[must_use]
    pub fn reason(&self, lock: Lock) -> Option<String> {
        Some(match lock {
            Lock::Open => return None,
            Lock::AboveLevel => "Does not apply: it lies above the level of this role.".to_owned(),
            Lock::Admin => {
                "Admin came with Rolecall and allows everything; it cannot be changed. Clone it to make a role of \
                 your own."
                    .to_owned()
            }
            Lock::BuiltIn => "This role came with Rolecall and cannot be changed. Clone it to make a role of your own."
                .to_owned(),
            Lock::Reason(number) => self.reasons.get(number).cloned().unwrap_or_default(),
        })
    }

    /// The role of that id.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<&Column> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The number of the row with that permission.
    #[must_use]
    pub fn row(&self, key: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    /// Why the reader may not clone a role, where that is so: a new role holds only what its maker holds.
    #[must_use]
    pub fn cloning(&self, role: &Column) -> Option<String> {
        if let Some(reason) = &self.adding {
            return Some(reason.clone());
        }
        // What its maker holds in a tenant is asked for when the tenant is known.
        if self.makes.organization.is_some() {
            return None;
        }
        let locked = self.rows.iter().enumerate().filter(|(row, _)| role.allows.contains(*row));
        let reason = locked.filter_map(|(_, row)| row.locked).next();
        reason.and_then(|number| self.reasons.get(number)).cloned()
    }
}

/// What is to be saved about roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edits {
    /// The changes.
    pub changes: Vec<Change>,
    /// The revision that the reader was looking at.
    pub seen: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, level: Option<Level>, locked: Option<usize>) -> Row {
        Row {
            key: key.to_owned(),
            name: key.to_owned(),
            opens: String::new(),
            level,
            needs: vec![],
            in_force: InForce::Nowhere,
            locked,
            held_by: 0,
            depends: 0,
            stands: None,
            effect: Effect::Known,
        }
    }

    #[test]
    fn a_cell_is_locked_in_what_is_built_in_above_the_level_and_for_who_may_not_set_it() {
        let grid = Grid {
            rows: vec![
                row("a", Some(Level::Organization), None),
                row("b", Some(Level::Application), Some(0)),
                row("c", None, None),
            ],
            reasons: vec!["Not yours.".to_owned()],
            ..Grid::default()
        };
        let role = |id, level| Column {
            id: RoleId::from_bits(id),
            name: String::new(),
            level,
            tenant: None,
            people: 0,
            allows: [1].into_iter().collect(),
        };
        let (admin, own, team) =
            (role(1, Level::Organization), role(9, Level::Organization), role(8, Level::Application));
        let shipped = role(RoleId::shipped(3).bits(), Level::Application);
        let table = [
            (0, &admin, false, Lock::Admin),
            (0, &own, false, Lock::Open),
            (1, &own, true, Lock::Reason(0)),
            (0, &team, false, Lock::AboveLevel),
            (2, &team, false, Lock::Open),
            (9, &own, false, Lock::AboveLevel),
            (1, &shipped, true, Lock::BuiltIn),
            (0, &shipped, false, Lock::AboveLevel),
        ];
        for (row, role, on, lock) in table {
            assert_eq!(grid.cell(row, role), Cell { on, lock }, "row {row}");
        }
        assert_eq!(grid.reason(Lock::Reason(0)).as_deref(), Some("Not yours."));
        assert_eq!(grid.cloning(&own).as_deref(), Some("Not yours."));
    }

    #[test]
    fn a_tenants_role_is_locked_by_what_the_reader_may_there() {
        let grid = Grid {
            rows: vec![row("a", None, None), row("b", None, Some(0))],
            reasons: vec!["Not the organization's.".to_owned(), "Not this tenant's.".to_owned()],
            tenants: vec![Tenant {
                id: ObjectId::from_bits(5),
                name: "Denmark".to_owned(),
                locked: vec![(1, [0].into_iter().collect())],
            }],
            ..Grid::default()
        };
        let role = |tenant| Column {
            id: RoleId::from_bits(9),
            name: String::new(),
            level: Level::Folder,
            tenant,
            people: 0,
            allows: Bits::default(),
        };
        let (own, theirs) = (role(None), role(Some(0)));
        let locks = |role: &Column| [grid.cell(0, role).lock, grid.cell(1, role).lock];
        assert_eq!(locks(&own), [Lock::Open, Lock::Reason(0)]);
        assert_eq!(locks(&theirs), [Lock::Reason(1), Lock::Open]);
        assert_eq!(grid.tenant_of(&theirs).map(|tenant| &*tenant.name), Some("Denmark"));
    }
}
