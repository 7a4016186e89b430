//! A person's own account: name, sessions, roles, and what they may do.

use crate::Millis;
use crate::id::{RoleId, UserId};
use serde::{Deserialize, Serialize};

/// What the page shows to its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Whose it is.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The roles that they have, now or later.
    pub roles: Vec<OwnRole>,
    /// What they may do now: the organization first, then places by name.
    pub may: Vec<OwnRights>,
    /// Where they are signed in, this session first.
    pub sessions: Vec<OwnSession>,
    /// What happened with their sign-in lately, newest first.
    pub events: Vec<OwnEvent>,
}

/// A role that the person has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRole {
    /// Its id, where the reader may open its page.
    pub role: Option<RoleId>,
    /// Its name.
    pub name: String,
    /// Where, unless it is the whole organization.
    pub place: Option<String>,
    /// The group, or *All users*, through which they have it; `None`: directly.
    pub through: Option<String>,
    /// From when.
    pub from: Option<Millis>,
    /// Until when.
    pub until: Option<Millis>,
    /// Within which limits, in words.
    pub limits: Vec<String>,
}

/// What the person may do somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRights {
    /// Where; `None`: in the whole organization.
    pub place: Option<String>,
    /// Names of permissions, in the catalog's order.
    pub permissions: Vec<String>,
}

/// One of the person's sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSession {
    /// Its id; it opens nothing.
    pub id: String,
    /// The browser and the system, in words.
    pub device: String,
    /// The address from which it began.
    pub address: String,
    /// When it began.
    pub began_at: Millis,
    /// When it was last used.
    pub seen_at: Millis,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Something that happened with the person's sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEvent {
    /// When.
    pub at: Millis,
    /// What, in words.
    pub what: String,
    /// Whether it was refused.
    pub was_refused: bool,
    /// The address it came from.
    pub address: String,
    /// The browser and the system, in words.
    pub device: String,
}
