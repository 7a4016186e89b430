//! Manage users: who has a role, giving it and taking it, and what becomes of who has it when it is deleted.

use crate::grant::{Subject, Window};
use crate::id::{GrantId, ObjectId, RoleId};
use crate::view::Page;
use crate::view::check::Choice;
use serde::{Deserialize, Serialize};

/// How many role assignments stand on one page.
pub const PAGE: u32 = 50;
/// How many permissions of a difference are named.
pub const NAMED: usize = 8;

/// Which of those who have a role are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersQuery {
    /// Which role.
    pub role: RoleId,
    /// Part of a name or address; empty: all.
    pub search: String,
    /// Which page; the first is 1.
    pub page: u32,
}

/// Somebody who has the role somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UserRow {
    /// The role assignment.
    pub grant: GrantId,
    /// Who.
    pub subject: Subject,
    /// What they are called.
    pub name: String,
    /// What tells them from others.
    pub about: String,
    /// Where.
    pub place: String,
    /// From when until when.
    pub window: Window,
    /// Whether that is now.
    pub is_now: bool,
    /// Within which limits.
    pub limits: Vec<String>,
    /// Why the reader may not take it away.
    pub no_removing: Option<String>,
}

/// Who has a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Users {
    /// The revision it was read at.
    pub revision: u64,
    /// Those that were asked for: all users, groups, people, service accounts, each by name.
    pub rows: Page<UserRow>,
    /// How many there are without the search.
    pub all: u64,
    /// Why the reader may not read who they are; there are then no rows.
    pub no_seeing: Option<String>,
    /// Why the reader may give it nowhere.
    pub no_giving: Option<String>,
    /// The place that it is given on unless another one is chosen.
    pub place: Option<Choice>,
}

/// Somebody or some place is looked for, for a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleSearch {
    /// Which role.
    pub role: RoleId,
    /// Part of a name.
    pub search: String,
}

/// What is done to who has a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleAct {
    /// Some have it somewhere.
    Give {
        /// Who.
        whom: Vec<Subject>,
        /// Where.
        object: ObjectId,
        /// From when until when.
        window: Window,
        /// Whether a half that is missing is given as well.
        #[serde(default)]
        with_half: bool,
    },
    /// Some no longer have it.
    Take {
        /// The role assignments.
        grants: Vec<GrantId>,
    },
    /// It is deleted.
    Remove {
        /// The role that who has it gets instead; none: they lose it.
        to: Option<RoleId>,
    },
}

/// What is wished for a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleWish {
    /// Which role.
    pub role: RoleId,
    /// What.
    pub act: RoleAct,
    /// The revision that the screen was made from.
    pub seen: u64,
}

/// Some permissions by name: the first of them, and how many they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SomeNames {
    /// The first.
    pub names: Vec<String>,
    /// How many there are.
    pub total: u64,
}

/// A role that could take the place of one that is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// Which.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// What it gives that the other does not.
    pub more: SomeNames,
    /// What the other gives and it does not.
    pub less: SomeNames,
}

/// Who has a role that is about to be deleted, and what could become of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The revision it was read at.
    pub revision: u64,
    /// The first who have it; none when the reader may not see people.
    pub holders: Vec<UserRow>,
    /// How many assignments there are.
    pub total: u64,
    /// The roles that could take its place, the nearest first.
    pub successors: Vec<Successor>,
    /// The nearest one that is the reader's to give to all who have it.
    pub nearest: Option<RoleId>,
}
