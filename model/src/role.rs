//! Roles: named sets of permissions with a level.

use crate::id::{ObjectId, RoleId};
use crate::object::Level;
use serde::{Deserialize, Serialize};

/// What the holder of a role may hand out to others without holding it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delegate {
    /// A whole role.
    Role(RoleId),
    /// Every role that gives nothing but this permission, and others that are delegated.
    Permission(String),
}

/// Who a role belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// The organization: it can be given everywhere.
    #[default]
    Organization,
    /// A tenant: it is seen, given and changed only there.
    Tenant(ObjectId),
}

impl Owner {
    /// Whether it is the organization.
    #[must_use]
    pub fn is_organization(&self) -> bool {
        *self == Self::Organization
    }

    /// The place that it owns roles for.
    #[must_use]
    pub fn place(self) -> ObjectId {
        match self {
            Self::Organization => ObjectId::ORGANIZATION,
            Self::Tenant(tenant) => tenant,
        }
    }
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
    /// Who it belongs to.
    #[serde(default, skip_serializing_if = "Owner::is_organization")]
    pub owner: Owner,
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
        self == Self::ADMIN || self == Self::MEMBER || self.bits() >> 16 == Self::shipped(0).bits() >> 16
    }
}
