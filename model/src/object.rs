//! Objects: the things that access is given on, from the organization down.

use crate::id::{ObjectId, ServiceAccountId, UserId};
use serde::{Deserialize, Serialize};

/// The key of the kind that holds folders and apps, and owns roles.
pub const TENANT: &str = "tenant";

/// The key of the kind that a robot account belongs to.
pub const ROBOT: &str = "robot";

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
    /// What holds it first; `None` for the organization alone. A thing that is shared has further
    /// placements: see [`Link`].
    pub parent: Option<ObjectId>,
}

/// What ties an object to one that is not its first place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It is shared into that folder: a further placement.
    Shared,
    /// Its placement in that folder is passed down to all folders beneath.
    PassedDown,
    /// They belong together, as the relation of that key says.
    Related(String),
}

/// A tie between two objects.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Link {
    /// What is held.
    pub object: ObjectId,
    /// What holds it.
    pub holder: ObjectId,
    /// In which way.
    pub how: How,
}

/// What a property can be stored of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bearer {
    /// An object.
    Object(ObjectId),
    /// A person.
    User(UserId),
    /// A service account.
    ServiceAccount(ServiceAccountId),
}

impl Bearer {
    /// Whose properties it bears.
    #[must_use]
    pub fn side(self) -> crate::limit::Side {
        match self {
            Self::Object(_) => crate::limit::Side::Object,
            Self::User(_) | Self::ServiceAccount(_) => crate::limit::Side::Subject,
        }
    }

    /// The bits of its id.
    #[must_use]
    pub fn bits(self) -> u64 {
        match self {
            Self::Object(id) => id.bits(),
            Self::User(id) => id.bits(),
            Self::ServiceAccount(id) => id.bits(),
        }
    }
}
