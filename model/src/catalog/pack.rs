//! What a pack is made of: data, and nothing that decides.
//!
//! Packs of an organization stand whole in the log: what is added here later has a default, and is left out
//! of the text where it has it. A field that nobody knows is refused, for a limit with a typing error would
//! be no limit.

use super::{Kind, PermissionEntry};
use crate::id::RoleId;
use crate::limit::{Side, Sort};
use crate::object::Level;
use serde::{Deserialize, Serialize};
use std::ops::Not;

/// A pack of kinds and permissions. People see it as an *area*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Its key, e.g. `applications`.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// What an organization manages with it.
    #[serde(default)]
    pub about: String,
    /// Its kinds of object.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Its permissions, in the order of the screen.
    pub permissions: Vec<PermissionEntry>,
    /// How its kinds belong together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// What limits can compare.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<PropertyDef>,
    /// What needs several permissions at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// The rows of its grid, in the order of the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// The built-in roles that come with it. Only shipped packs have any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleEntry>,
    /// Sets of roles that teams are advised to have. Only shipped packs have any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<Bundle>,
}

/// How two kinds belong together, read from the holder to the held: *an environment contains robots*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Its key, e.g. `environment-robots`.
    pub key: String,
    /// Its words from holder to held, e.g. *contains*.
    pub name: String,
    /// Its words from held to holder, e.g. *is in*.
    pub reverse: String,
    /// The kind of the holder.
    pub from: String,
    /// The kind of the held.
    pub to: String,
    /// Whether access to the holder reaches the held.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub contains: bool,
    /// Whether what is held has at most one holder.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub one: bool,
}

/// A property that limits can compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PropertyDef {
    /// Its key, e.g. `owner`: unique among those of the same side.
    pub key: String,
    /// Whose it is.
    pub of: Side,
    /// For an object's: the kinds that have it. None: every kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Its name on screens.
    pub name: String,
    /// What its values are.
    pub sort: Sort,
    /// For a place: the kind that it must be. None: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether a value that a question brings counts where none is stored.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub from_request: bool,
}

impl PropertyDef {
    /// Whether a question may say what it is: of actions and contexts it always does.
    #[must_use]
    pub fn may_be_sent(&self) -> bool {
        self.from_request || matches!(self.of, Side::Action | Side::Context)
    }
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its key.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// What it is called in files and interfaces of the software that it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Whether nothing is known of it, so that it is folded under *Other*.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub other: bool,
}

/// On what an action needs a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// What the question is about; for something that is yet to be made, what will hold it.
    Object,
    /// The process: the object itself, or the one that it is related to, or the one that the context names.
    Process,
    /// The robot that the context names; when none is named, its environment; when none is, the folder that
    /// holds the process.
    Runner,
}

/// One permission of those that an action needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The key of the permission.
    pub permission: String,
    /// On what.
    pub on: On,
}

/// Something that needs several permissions at once. Where its key is that of a permission, asking for the
/// one asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its key, e.g. `processes.start`.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// What it does and needs, in one or two sentences.
    pub opens: String,
    /// The kind of object that it is done with.
    pub kind: String,
    /// All that it needs.
    pub needs: Vec<Need>,
}

/// A built-in role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleEntry {
    /// Its number: unique among all shipped packs, and the same forever.
    pub id: u16,
    /// Its key.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// The level on which it is given.
    pub level: Level,
    /// The keys of its permissions.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// The keys of roles that its holder may hand out to others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegates: Vec<String>,
    /// The other half: a tenant role and a folder role that belong together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<String>,
    /// Whether it stores an access setting of one tenant, which has its own screen: not in lists of roles.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub setting: bool,
    /// Of an access setting: whether everyone has it on a place that was just made.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub at_first: bool,
}

impl RoleEntry {
    /// The numbers that built-in roles may have.
    pub const NUMBERS: std::ops::RangeInclusive<u16> = 16..=1023;

    /// The id of the role.
    #[must_use]
    pub fn role(&self) -> RoleId {
        RoleId::shipped(self.id)
    }
}

/// A set of roles that a team is advised to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Its key.
    pub key: String,
    /// Its name on screens: the team.
    pub name: String,
    /// What the team can then do.
    pub about: String,
    /// The keys of its roles.
    pub roles: Vec<String>,
}
