//! Roles: named sets of permissions with a level.

use crate::id::RoleId;
use crate::object::Level;
use serde::{Deserialize, Serialize};

/// What the holder of a role may hand out to others without holding it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delegate {
    /// A whole role.
    Role(RoleId),
}

/// A role as a change carries it: permissions by their keys, so that it reads the same forever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its name, unique among roles.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// The level on which it is granted.
    #[serde(default)]
    pub level: Level,
    /// The role that it was cloned from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<RoleId>,
    /// The keys of its permissions, in order. Empty for *Admin*, which holds every one that is on.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// What its holder may hand out to others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegates: Vec<Delegate>,
}

impl RoleId {
    /// Whether the role came with Rolecall: never renamed or deleted.
    #[must_use]
    pub fn is_built_in(self) -> bool {
        self == Self::ADMIN || self == Self::MEMBER
    }
}
