//! One role by itself, and what it was cloned from.

use super::{Bits, Grid};
use crate::id::RoleId;
use serde::{Deserialize, Serialize};

/// One role by itself. `grid` has it as its only role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct One {
    /// Its cells.
    pub grid: Grid,
    /// What it is for.
    pub description: String,
    /// The role that it was cloned from, while that is there.
    pub origin: Option<Origin>,
    /// Whether that role was deleted since.
    pub origin_is_deleted: bool,
    /// The names of the roles that its holders may hand out.
    pub delegates: Vec<String>,
    /// Why the reader may not rename or describe it, where that is so.
    pub renaming: Option<String>,
    /// Why the reader may not delete it, where that is so.
    pub deleting: Option<String>,
    /// How many groups have it.
    pub groups: u64,
    /// How many people have it themselves.
    pub people: u64,
    /// How many service accounts have it.
    pub accounts: u64,
    /// Whether all active people have it, whoever they are.
    pub everyone: bool,
}

/// The role that another one was cloned from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// Which rows it allows now.
    pub allows: Bits,
}
