//! Objects: the things that access is given on, from the organization down.

use crate::id::ObjectId;
use serde::{Deserialize, Serialize};

/// The level of a role or of a kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The whole organization.
    #[default]
    Organization,
    /// One tenant and what it holds.
    Tenant,
    /// One folder and what it holds.
    Folder,
    /// One application and its stages.
    Application,
}

impl Level {
    /// Whether `other` is this level or lies beneath it.
    #[must_use]
    pub fn reaches(self, other: Self) -> bool {
        self == other || self == Self::Organization || (self == Self::Tenant && other == Self::Folder)
    }
}

/// A thing that access is given on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Its id.
    pub id: ObjectId,
    /// The key of its kind in the catalog.
    pub kind: String,
    /// Its name, unique among its siblings.
    pub name: String,
    /// What holds it; `None` for the organization alone.
    pub parent: Option<ObjectId>,
}
