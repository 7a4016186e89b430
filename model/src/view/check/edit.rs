//! The edits that end a path or allow what was refused, as they are offered and wished for.

use crate::grant::{Who, Window};
use crate::id::{GrantId, GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use serde::{Deserialize, Serialize};

/// Edits that can be previewed and saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// What they do, as on a button.
    pub words: String,
    /// What is said when they are saved.
    pub done: String,
    /// Why the reader may not make them.
    pub refused: Option<String>,
}

/// Edits that would allow what is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The edits.
    pub edit: Prepared,
    /// What else they would give.
    pub gives: String,
}

/// One edit, as the answers offer them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// Somebody is no longer in a group.
    Leave {
        /// The group.
        group: GroupId,
        /// Who.
        user: UserId,
    },
    /// Somebody is in a group.
    Join {
        /// The group.
        group: GroupId,
        /// Who.
        user: UserId,
    },
    /// A role assignment less.
    Take {
        /// The assignment.
        grant: GrantId,
    },
    /// A role more, for good.
    Give {
        /// For whom.
        who: Who,
        /// Which.
        role: RoleId,
        /// Where.
        object: ObjectId,
    },
    /// A role assignment holds at other times, or without its limits.
    Widen {
        /// The assignment.
        grant: GrantId,
        /// When it then holds.
        window: Window,
        /// Whether its limits go.
        without_limits: bool,
    },
    /// A role allows one permission more.
    Allow {
        /// The role.
        role: RoleId,
        /// The key of the permission.
        permission: String,
    },
    /// Somebody may again do what their roles allow.
    Reactivate {
        /// Who.
        user: UserId,
    },
    /// A service account may again do what its roles allow.
    Enable {
        /// Which.
        account: ServiceAccountId,
    },
    /// An area counts.
    TurnOn {
        /// Its key.
        area: String,
    },
}

/// Edits that are wished for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditWish {
    /// The edits, in order; saved together.
    pub edits: Vec<Edit>,
    /// Whether halves that are missing where roles are given are given as well.
    #[serde(default)]
    pub with_half: bool,
    /// The revision that the screen was made from.
    pub seen: u64,
}
