//! People, groups and service accounts.
//!
//! What a person is called and their address stand in a [`Profile`], beside the log and not in it, so that
//! a person can be erased.

use crate::id::{GroupId, ObjectId, ServiceAccountId, UserId};
use serde::{Deserialize, Serialize};

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Asked to join, not there yet: may do nothing.
    Invited,
    /// May do what their roles allow.
    Active,
    /// Keeps the roles, may do nothing.
    Deactivated,
}

/// What a person is called, with the folded keys by which they are found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// The name; empty until an invited person has given one.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// `name`, folded.
    pub name_key: String,
    /// `email`, folded.
    pub email_key: String,
}

impl Profile {
    /// A profile with its keys. Name and address are taken as they are: clean them first.
    #[must_use]
    pub fn new(name: &str, email: &str) -> Self {
        Self {
            name: name.to_owned(),
            email: email.to_owned(),
            name_key: crate::name::fold(name),
            email_key: crate::name::fold(email),
        }
    }

    /// The name, or the address of somebody who has not given a name.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }

    /// The key by which people stand in lists, as [`called`](Self::called).
    #[must_use]
    pub fn order(&self) -> String {
        crate::name::order(if self.name_key.is_empty() { &self.email_key } else { &self.name_key })
    }
}

/// A person, as the state holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// Where they stand.
    pub status: Status,
    /// What they are called.
    pub profile: Profile,
    /// The groups they are in.
    pub groups: Vec<GroupId>,
}

/// A group of people. Groups do not nest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name, unique among groups.
    pub name: String,
    /// What it is for.
    pub description: String,
}

/// A program that acts in its own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAccount {
    /// Its id.
    pub id: ServiceAccountId,
    /// Its name, unique among service accounts.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// The robot whose account it is; it goes with the robot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robot: Option<ObjectId>,
    /// Whether it may do nothing for now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}
