//! One person: roles, groups, access, sessions, and why what is not for the reader.

use super::{Named, Place, RoleHeld};
use crate::Millis;
use crate::grant::Window;
use crate::id::{GroupId, RoleId, UserId};
use crate::person::Status;
use serde::{Deserialize, Serialize};

/// Why each action on a person is not for the reader; none where it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonActions {
    /// Giving and taking roles on the organization.
    pub give: Option<String>,
    /// Putting them into groups.
    pub groups: Option<String>,
    /// Changing name and address.
    pub edit: Option<String>,
    /// A link for a new password.
    pub link: Option<String>,
    /// Deactivating, or reactivating.
    pub suspend: Option<String>,
    /// Removing, or revoking the invitation.
    pub remove: Option<String>,
    /// A new link for an invitation.
    pub resend: Option<String>,
}

/// A group that a person is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupHeld {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// The names of its roles.
    pub roles: Vec<String>,
}

/// By what somebody has a permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// The role.
    pub role: Named<RoleId>,
    /// The group through which they have it.
    pub group: Option<Named<GroupId>>,
    /// Whether everybody has it.
    pub everyone: bool,
    /// The place, unless it is the whole organization.
    pub place: Option<String>,
    /// When it holds.
    pub window: Window,
    /// Within which limits, in words.
    pub limits: Vec<String>,
}

/// A permission that somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRow {
    /// Its name.
    pub name: String,
    /// What it opens.
    pub opens: String,
    /// By what.
    pub paths: Vec<Path>,
}

/// The permissions of one area that somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessArea {
    /// The name of the area.
    pub name: String,
    /// The permissions.
    pub rows: Vec<AccessRow>,
}

/// Where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// Since when.
    pub created_at: Millis,
    /// When it was last used.
    pub last_seen: Millis,
    /// From which address.
    pub address: String,
    /// With which browser, in its own words.
    pub agent: String,
    /// Whether it is the one of this very request.
    pub is_this: bool,
}

/// The page of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPage {
    /// The revision it was read at.
    pub revision: u64,
    /// The moment it was read at.
    pub at: Millis,
    /// Who.
    pub id: UserId,
    /// The name; empty for who has not given one.
    pub name: String,
    /// The address.
    pub email: String,
    /// Where they stand.
    pub status: Status,
    /// Whether it is the reader.
    pub is_self: bool,
    /// The roles that they have themselves.
    pub roles: Vec<RoleHeld>,
    /// Their groups.
    pub groups: Vec<GroupHeld>,
    /// The groups that they are not in.
    pub other_groups: Vec<Named<GroupId>>,
    /// Places on which roles can be given: the organization first, then what it holds.
    pub places: Vec<Place>,
    /// What they may do.
    pub access: Vec<AccessArea>,
    /// Where they are signed in; none where the reader may not know.
    pub sessions: Result<Vec<SessionRow>, String>,
    /// What the reader may not do.
    pub refused: PersonActions,
    /// When they were last here.
    pub last_seen: Option<Millis>,
    /// When the invitation ends, of who has not joined; none where no link is good any more.
    pub invitation_until: Option<Millis>,
}

impl PersonPage {
    /// The name, or the address of who has not given one.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}
