//! *Set up access*: how far an organization with tenants is, and the sets of roles that fit its teams.

use crate::id::RoleId;
use serde::{Deserialize, Serialize};

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// The revision that it shows.
    pub revision: u64,
    /// How many people may sign in.
    pub active: u64,
    /// How many people have not come yet.
    pub invited: u64,
    /// How many groups there are.
    pub groups: u64,
    /// How many tenants the reader sees.
    pub tenants: u64,
    /// How many of these are as they were made: nobody is named who may upload, configure or govern.
    pub untouched: u64,
    /// The sets, in the order of their areas.
    pub sets: Vec<RoleSet>,
}

/// A set of roles that fits a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleSet {
    /// Its key.
    pub key: String,
    /// The team.
    pub name: String,
    /// What the team can then do.
    pub about: String,
    /// Its roles.
    pub roles: Vec<SetRole>,
    /// How many active people have all of it for the whole organization.
    pub people: u64,
    /// The first of them, by name.
    pub names: Vec<String>,
    /// Why it is not the reader's to give.
    pub no_giving: Option<String>,
}

/// A role of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRole {
    /// The role.
    pub id: RoleId,
    /// Its name.
    pub name: String,
}
