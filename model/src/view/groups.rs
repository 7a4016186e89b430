//! Groups: the list, one group, and what is asked for it.

use crate::grant::Window;
use crate::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use crate::person::Status;
use crate::view::Page;
use crate::view::effect::Effect;
use crate::view::people::{Half, Named, PeopleCounts, Place, RefusedFor, RoleHeld};
use serde::{Deserialize, Serialize};

/// How many groups, or members of one, stand on a page.
pub const PAGE: u32 = 50;

/// One group in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Which.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many are in it.
    pub members: u64,
    /// Its roles.
    pub roles: Vec<RoleHeld>,
}

/// Which groups are listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsQuery {
    /// Part of a name or description.
    pub search: String,
    /// Which page; the first is 1.
    pub page: u32,
}

/// The screen with the list of groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsScreen {
    /// The revision it was read at.
    pub revision: u64,
    /// A page of those that were asked for, by name.
    pub groups: Page<GroupRow>,
    /// For the tabs.
    pub counts: PeopleCounts,
    /// Why the reader may not manage groups.
    pub no_managing: Option<String>,
    /// Why the reader may invite nobody.
    pub no_inviting: Option<String>,
}

/// Somebody in a group, or to be found for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub id: UserId,
    /// The name, or the address.
    pub name: String,
    /// The address.
    pub email: String,
    /// Where they stand.
    pub status: Status,
}

/// The page of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPage {
    /// The revision it was read at.
    pub revision: u64,
    /// Which.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Who is in it.
    pub members: Page<Member>,
    /// Its roles.
    pub roles: Vec<RoleHeld>,
    /// Places on which roles can be given.
    pub places: Vec<Place>,
    /// Why the reader may not rename, describe or delete it.
    pub no_managing: Option<String>,
    /// Why the reader may not say who is in it.
    pub no_members: Option<String>,
    /// Why the reader may give it no roles on the organization.
    pub no_giving: Option<String>,
}

/// What is asked of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupAct {
    /// Another name.
    Rename {
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// Another description.
    Describe {
        /// The description before.
        was: String,
        /// The description now.
        now: String,
    },
    /// A role more.
    Give {
        /// The role.
        role: RoleId,
        /// Where.
        object: ObjectId,
        /// When.
        window: Window,
        /// Whether a half that is missing is given as well.
        #[serde(default)]
        with_half: bool,
    },
    /// An assignment less.
    Take {
        /// The assignment.
        grant: GrantId,
    },
    /// Some people more.
    Add {
        /// Who.
        people: Vec<UserId>,
    },
    /// Some people less.
    Drop {
        /// Who.
        people: Vec<UserId>,
    },
    /// The group goes, with its roles.
    Remove,
}

/// What is asked, and of which group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupWish {
    /// The group.
    pub group: GroupId,
    /// What.
    pub act: GroupAct,
    /// The revision that the screen was made from.
    pub seen: u64,
}

/// What it would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GroupPlan {
    /// Who gains and loses what.
    pub effect: Effect,
    /// For whom it is refused, and why.
    pub refused: Vec<RefusedFor>,
    /// The half that is missing where a role is given.
    #[serde(default)]
    pub half: Option<Half>,
}

/// A new group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGroup {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
}

/// The page of a group that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupQuery {
    /// Which.
    pub group: GroupId,
    /// Part of a member's name or address.
    pub search: String,
    /// Which page of members; the first is 1.
    pub page: u32,
}

/// Somebody to be found by name or address who is not in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The first of them.
    pub people: Vec<Member>,
    /// How many there are.
    pub total: u64,
}

/// A group that was made.
pub type Made = Named<GroupId>;
