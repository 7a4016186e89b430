//! Grants: who has which role where, and from when until when.

use crate::Millis;
use crate::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use serde::{Deserialize, Serialize};

/// Who a grant is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// One person.
    User(UserId),
    /// Everybody in a group.
    Group(GroupId),
    /// All active people.
    Everyone,
}

/// When a grant holds: from `from` on, and before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Window {
    /// The first moment; none: ever since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Millis>,
    /// The moment when it no longer holds; none: for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
}

impl Window {
    /// No bounds.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// Whether `at` lies in it.
    #[must_use]
    pub fn holds(&self, at: Millis) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }

    /// Whether every moment of `other` that is not before `now` lies in this window.
    #[must_use]
    pub fn covers(&self, other: &Self, now: Millis) -> bool {
        let starts = self.from.is_none_or(|mine| mine <= other.from.unwrap_or(now).max(now));
        let ends = match (self.until, other.until) {
            (None, _) => true,
            (Some(mine), Some(theirs)) => theirs <= mine,
            (Some(_), None) => false,
        };
        starts && ends
    }
}

/// Subject + role + object, perhaps with a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Who.
    pub subject: Subject,
    /// Which role.
    pub role: RoleId,
    /// Where: it reaches this object and everything beneath it.
    pub object: ObjectId,
    /// When.
    #[serde(flatten)]
    pub window: Window,
}
