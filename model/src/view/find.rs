//! What the finder finds beside the pages.

use serde::{Deserialize, Serialize};

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Somebody who belongs to the organization.
    Person,
    /// A group.
    Group,
    /// A role.
    Role,
    /// A permission.
    Permission,
    /// A tenant, a folder, an application, or what they hold.
    Place,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its id; the key of a permission; the address of a place.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of its name: a person's address, a permission's area, what a place is; may be empty.
    pub note: String,
}
