//! Invitations: what is asked, what comes of it, and the pending ones.

use crate::Millis;
use crate::id::{GroupId, RoleId, UserId};
use crate::view::people::{Named, PeopleCounts};
use serde::{Deserialize, Serialize};

/// The most people that one invitation may be for.
pub const MOST_INVITED: usize = 500;
/// How many days an invitation is good, unless something else is chosen.
pub const DAYS: u32 = 7;
/// The most days that an invitation may be good.
pub const MOST_DAYS: u32 = 30;

/// Somebody to invite, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// The number of the line, for errors; the first is 1.
    pub line: u32,
    /// The name; may be empty.
    pub name: String,
    /// The address.
    pub email: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Who.
    pub people: Vec<Invitee>,
    /// The roles that they get.
    pub roles: Vec<RoleId>,
    /// The group that they get into.
    pub group: Option<GroupId>,
    /// How many days the links are good.
    pub days: u32,
}

/// What is wrong with one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadLine {
    /// The number of the line.
    pub line: u32,
    /// The address as typed.
    pub email: String,
    /// What is wrong with it and what to do.
    pub message: String,
}

/// A link to hand over. It is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedLink {
    /// Who.
    pub user: UserId,
    /// The name; may be empty.
    pub name: String,
    /// The address.
    pub email: String,
    /// The whole link.
    pub url: String,
}

impl std::fmt::Debug for InvitedLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvitedLink").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Some lines are wrong; nobody was invited.
    Wrong(Vec<BadLine>),
    /// Everybody was invited.
    Invited {
        /// The number of the change.
        revision: u64,
        /// The links.
        links: Vec<InvitedLink>,
        /// Until when they are good.
        until: Millis,
        /// Whether they were sent by mail as well.
        mailed: bool,
    },
}

/// A role that a new person could get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleToInvite {
    /// The role.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// Why not.
    pub refused: Option<String>,
}

/// A group that a new person could get into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupToInvite {
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Why not.
    pub refused: Option<String>,
}

/// What the form needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    /// The revision it was read at.
    pub revision: u64,
    /// The roles of the organization's level.
    pub roles: Vec<RoleToInvite>,
    /// The groups.
    pub groups: Vec<GroupToInvite>,
    /// Whether links are sent by mail as well.
    pub mails: bool,
    /// Why the reader may invite nobody.
    pub refused: Option<String>,
}

/// Somebody who was invited and has not joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingRow {
    /// Who.
    pub user: UserId,
    /// The name, or the address.
    pub name: String,
    /// The address.
    pub email: String,
    /// The names of the roles that wait for them.
    pub roles: Vec<Named<RoleId>>,
    /// Who made the link that is good, or was the last.
    pub by: Option<String>,
    /// When it was made.
    pub at: Option<Millis>,
    /// When it ends.
    pub until: Option<Millis>,
    /// Whether no link is good any more.
    pub is_expired: bool,
    /// Why the reader may not revoke it.
    pub no_revoking: Option<String>,
    /// Why the reader may not make a new link.
    pub no_resending: Option<String>,
}

/// The screen with all pending invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingScreen {
    /// The revision it was read at.
    pub revision: u64,
    /// The moment it was read at.
    pub at: Millis,
    /// All of them, by name.
    pub rows: Vec<PendingRow>,
    /// For the tabs.
    pub counts: PeopleCounts,
    /// Why the reader may invite nobody.
    pub no_inviting: Option<String>,
}
