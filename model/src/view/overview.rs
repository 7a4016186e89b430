//! The Overview page: how far the organization is, how large it is, and what changed last.

use crate::Millis;
use crate::words::Mark;
use serde::{Deserialize, Serialize};

/// The whole page. What its reader may not see is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The organization's name.
    pub organization: String,
    /// The names of the areas that are on, *administration* left out.
    pub areas: Vec<String>,
    /// How many people and groups there are.
    pub people: Option<People>,
    /// How many roles there are.
    pub roles: Option<Roles>,
    /// How far the set-up is: for those who see people and roles.
    pub steps: Option<Steps>,
    /// The last changes, the newest first.
    pub recent: Option<Vec<Recent>>,
}

/// How many people there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Those who may sign in.
    pub active: u64,
    /// Those who have not come yet.
    pub invited: u64,
    /// Those who may do nothing.
    pub deactivated: u64,
    /// How many groups there are.
    pub groups: u64,
}

/// How many roles there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// All of them.
    pub all: u64,
    /// Those that the organization made.
    pub own: u64,
}

/// What there is to do first, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// How many people have the role Admin or are invited with it.
    pub admins: u64,
    /// Whether the reader is one of them.
    pub is_admin: bool,
    /// How many permissions Member has.
    pub member_allows: u64,
    /// How many people there are beside the Admins.
    pub others: u64,
}

/// One of the last changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Its number.
    pub revision: u64,
    /// When.
    pub at: Millis,
    /// Who made it.
    pub actor: String,
    /// The sign of its first line.
    pub mark: Mark,
    /// Its first line.
    pub line: String,
    /// How many more lines it has.
    pub more: u64,
}
