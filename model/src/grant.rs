//! Grants: who has which role where, from when until when, and within which limits.

use crate::Millis;
use crate::id::{GrantId, GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use crate::limit::Limits;
use serde::{Deserialize, Serialize};

/// Who a grant is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// One person.
    User(UserId),
    /// Everybody in a group.
    Group(GroupId),
    /// One service account.
    ServiceAccount(ServiceAccountId),
    /// All active people; no service account.
    Everyone,
}

/// Who asks: what a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// A person.
    User(UserId),
    /// A service account.
    ServiceAccount(ServiceAccountId),
    /// Somebody who is in that group and in no other, with nothing of their own.
    Group(GroupId),
}

impl From<UserId> for Who {
    fn from(user: UserId) -> Self {
        Self::User(user)
    }
}

impl From<ServiceAccountId> for Who {
    fn from(account: ServiceAccountId) -> Self {
        Self::ServiceAccount(account)
    }
}

impl From<GroupId> for Who {
    fn from(group: GroupId) -> Self {
        Self::Group(group)
    }
}

impl Who {
    /// The subject that they are themselves.
    #[must_use]
    pub fn subject(self) -> Subject {
        match self {
            Self::User(user) => Subject::User(user),
            Self::ServiceAccount(account) => Subject::ServiceAccount(account),
            Self::Group(group) => Subject::Group(group),
        }
    }

    /// The person, if they are one.
    #[must_use]
    pub fn person(self) -> Option<UserId> {
        match self {
            Self::User(user) => Some(user),
            _ => None,
        }
    }
}

/// When a grant holds: from `from` on, and before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
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

    /// Where it stands at that moment.
    #[must_use]
    pub fn phase(&self, at: Millis) -> Phase {
        match self {
            _ if self.holds(at) => Phase::Active,
            Self { until: Some(until), .. } if *until <= at => Phase::Expired,
            _ => Phase::NotYet,
        }
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

/// Where a window stands at a moment. *Ended* is not *taken away*: a grant that was taken away is in no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// It opens later.
    NotYet,
    /// It is open.
    Active,
    /// It has closed by itself.
    Expired,
}

/// The conditions under which a grant counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Terms {
    /// When.
    #[serde(flatten)]
    pub window: Window,
    /// Within which limits.
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
}

impl Terms {
    /// For good and without limits.
    pub const ALWAYS: Self = Self { window: Window::ALWAYS, limits: Limits::NONE };

    /// For good or for a while, without limits.
    #[must_use]
    pub const fn during(window: Window) -> Self {
        Self { window, limits: Limits::NONE }
    }

    /// Whether whatever holds under `narrower`, at any moment not before `now`, holds under these as well.
    #[must_use]
    pub fn cover(&self, narrower: &Self, now: Millis) -> bool {
        self.window.covers(&narrower.window, now) && self.limits.admit(&narrower.limits)
    }
}

impl From<Window> for Terms {
    fn from(window: Window) -> Self {
        Self::during(window)
    }
}

/// Subject + role + object, perhaps with a window and limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Within which limits.
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
}

impl Grant {
    /// The conditions under which it counts.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms { window: self.window, limits: self.limits.clone() }
    }
}
