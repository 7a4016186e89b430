//! Who has what in a place, of whatever area: given there or inherited; and whom to give something.

use crate::grant::{Subject, Window};
use crate::id::{GrantId, ObjectId, RoleId};
use crate::view::Page;
use serde::{Deserialize, Serialize};

/// How many role assignments stand on one page.
pub const ACCESS_PAGE: u32 = 50;

/// A page of who has what in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessQuery {
    /// Which place.
    pub of: ObjectId,
    /// Which page; the first is 1.
    pub page: u32,
}

/// Somebody who has a role that reaches a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccessRow {
    /// The role assignment.
    pub grant: GrantId,
    /// Who.
    pub subject: Subject,
    /// What they are called.
    pub name: String,
    /// What tells them from others.
    pub about: String,
    /// The role.
    pub role: RoleId,
    /// The role, by name.
    pub role_name: String,
    /// Where it was given, if not here: the place, its path and what it is.
    pub from: Option<(ObjectId, String, String)>,
    /// From when until when.
    pub window: Window,
    /// Whether that is now.
    pub is_now: bool,
    /// Within which limits.
    pub limits: Vec<String>,
    /// What it comes to in one sentence, if it was given so: *may start Pay run on hr-robot-02 only*.
    pub says: Option<String>,
    /// Why the reader may not take it away. What was given elsewhere is taken away there.
    pub no_removing: Option<String>,
}

/// Who has what in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The revision it was read at.
    pub revision: u64,
    /// Which place.
    pub id: ObjectId,
    /// Those that were asked for: given here, then inherited.
    pub rows: Page<AccessRow>,
    /// How many are given here.
    pub here: u64,
    /// How many people have access through places that the reader may not see.
    pub hidden: u64,
    /// Why the reader may give no role here.
    pub no_giving: Option<String>,
}

/// Somebody is looked for, to be given a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhomSearch {
    /// In which place.
    pub of: ObjectId,
    /// Part of a name or address.
    pub search: String,
}

/// *All users*, as a picker's options spell it; people, groups and service accounts are spelled as by
/// [`who_key`](crate::view::check::who_key).
pub const EVERYONE: &str = "everyone";

/// Whom an option of a picker stands for.
#[must_use]
pub fn subject_of_key(key: &str) -> Option<Subject> {
    match key {
        EVERYONE => Some(Subject::Everyone),
        key => crate::view::check::who_of_key(key).map(crate::grant::Who::subject),
    }
}
