//! People: the list, and what is asked for them.

mod person;

pub use person::{AccessArea, AccessRow, GroupHeld, Path, PersonActions, PersonPage, SessionRow};

use crate::Millis;
use crate::grant::{Subject, Window};
use crate::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use crate::person::Status;
use crate::view::Page;
use crate::view::effect::Effect;
use serde::{Deserialize, Serialize};

/// How many people stand on one page of the list.
pub const PAGE: u32 = 50;
/// The most people that one change may be for.
pub const MOST_SELECTED: usize = 1_000;

/// Which people the list shows, by where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Active and invited.
    #[default]
    Present,
    /// Active.
    Active,
    /// Invited, not yet there.
    Invited,
    /// Deactivated.
    Inactive,
    /// All of them.
    All,
}

impl Standing {
    /// All, in the order of the screen.
    pub const ALL: [Self; 5] = [Self::Present, Self::Active, Self::Invited, Self::Inactive, Self::All];

    /// Its word in an address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Present => "",
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Inactive => "inactive",
            Self::All => "all",
        }
    }

    /// What it is called on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Present => "Active and invited",
            Self::Active => "Active",
            Self::Invited => "Invited",
            Self::Inactive => "Inactive",
            Self::All => "Any state",
        }
    }

    /// The one of that word; the first for a word that is none.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.key() == key).unwrap_or_default()
    }

    /// Whether somebody of that status is shown.
    #[must_use]
    pub fn shows(self, status: Status) -> bool {
        match self {
            Self::Present => status != Status::Deactivated,
            Self::Active => status == Status::Active,
            Self::Invited => status == Status::Invited,
            Self::Inactive => status == Status::Deactivated,
            Self::All => true,
        }
    }
}

/// What the list of people is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeopleQuery {
    /// Part of a name or address; empty: everybody.
    pub search: String,
    /// Only who has that role, directly.
    pub role: Option<RoleId>,
    /// Only who is in that group.
    pub group: Option<GroupId>,
    /// Only who stands there.
    pub standing: Standing,
    /// Which page; the first is 1.
    pub page: u32,
}

/// Something with a name, to choose from or to lead to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Named<I> {
    /// Its id.
    pub id: I,
    /// Its name.
    pub name: String,
}

/// A role that a person or group has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleHeld {
    /// The id of the assignment.
    pub grant: GrantId,
    /// The role.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// The place, unless it is the whole organization.
    pub place: Option<String>,
    /// When it holds.
    pub window: Window,
    /// Within which limits, in words.
    pub limits: Vec<String>,
}

impl RoleHeld {
    /// Whether it is for the whole organization, for good and without limits.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.place.is_none() && self.window == Window::ALWAYS && self.limits.is_empty()
    }
}

/// One person in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub id: UserId,
    /// The name, or the address of who has not given one.
    pub name: String,
    /// The address.
    pub email: String,
    /// Where they stand.
    pub status: Status,
    /// The roles that they have themselves.
    pub roles: Vec<RoleHeld>,
    /// Their groups.
    pub groups: Vec<Named<GroupId>>,
    /// When they were last here, if that is known.
    pub last_seen: Option<Millis>,
}

/// How many there are of each, for the tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeopleCounts {
    /// People who are active or invited.
    pub people: u64,
    /// Groups.
    pub groups: u64,
    /// People who were invited and have not joined.
    pub invitations: u64,
}

/// The screen with the list of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleScreen {
    /// The revision it was read at.
    pub revision: u64,
    /// The moment it was read at.
    pub at: Millis,
    /// The people.
    pub people: Page<PersonRow>,
    /// For the tabs.
    pub counts: PeopleCounts,
    /// All roles, to filter by.
    pub roles: Vec<Named<RoleId>>,
    /// All groups, to filter by.
    pub groups: Vec<Named<GroupId>>,
    /// Why the reader may give and take no roles on the organization.
    pub no_giving: Option<String>,
    /// Why the reader may put nobody into groups.
    pub no_groups: Option<String>,
    /// Why the reader may deactivate nobody.
    pub no_managing: Option<String>,
    /// Why the reader may invite nobody.
    pub no_inviting: Option<String>,
}

/// A role that could be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleOption {
    /// The role.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// The assignment, where it is had there already, for good.
    pub held: Option<GrantId>,
    /// Why the reader may not give it, or not take it where it is had.
    pub refused: Option<String>,
    /// How many permissions its holder would gain by picking it.
    pub gains: u64,
    /// How many they would lose.
    pub loses: u64,
    /// Within which limits it can be given there; empty where limits are not asked for.
    #[serde(default)]
    pub limits: Vec<crate::view::use_cases::LimitKind>,
}

/// The roles that somebody could be given in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChoices {
    /// The revision it was read at.
    pub revision: u64,
    /// All roles; *Admin* and *Member* first.
    pub options: Vec<RoleOption>,
    /// The one role that picking another replaces.
    pub replaces: Option<Named<RoleId>>,
    /// Whether the counts of gains and losses mean something: an inactive person may do nothing anyway.
    pub counted: bool,
}

/// What is wanted for some people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
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
    /// That role in place of the only one, which must be for the whole organization and for good.
    Replace {
        /// The role that goes.
        old: RoleId,
        /// The role that comes.
        new: RoleId,
    },
    /// A role less: what they have of it themselves for the whole organization and for good.
    Take {
        /// The role.
        role: RoleId,
    },
    /// One assignment less.
    TakeOne {
        /// The assignment.
        grant: GrantId,
    },
    /// A group more.
    Join {
        /// The group.
        group: GroupId,
    },
    /// A group less.
    Leave {
        /// The group.
        group: GroupId,
    },
    /// They may do nothing for now, and are signed out.
    Deactivate,
    /// They may again do what their roles allow.
    Reactivate,
}

/// What is wanted, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// For whom.
    pub people: Vec<UserId>,
    /// What.
    pub act: Act,
    /// The revision that the screen was made from.
    pub seen: u64,
}

/// Somebody for whom a wish is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedFor {
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// The half of a role that is missing: a folder role opens little without its half in the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Half {
    /// The name of the role.
    pub role: String,
    /// What it is for.
    pub about: String,
    /// The name of the tenant.
    pub tenant: String,
    /// How many of those chosen lack it.
    pub lacking: u64,
    /// Why it is not the reader's to give.
    pub refused: Option<String>,
}

/// What a wish would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// For how many it would be done.
    pub people: u64,
    /// For how many there is nothing to do.
    pub already: u64,
    /// For whom it is refused, and why.
    pub refused: Vec<RefusedFor>,
    /// Who gains and loses what.
    pub effect: Effect,
    /// What else is altered by it, in sentences.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The half that is missing where a role is given.
    #[serde(default)]
    pub half: Option<Half>,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The number of the change.
    pub revision: u64,
    /// Whether it can be taken back.
    pub undoable: bool,
}

/// A place on which roles can be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its id.
    pub id: ObjectId,
    /// Its name, after the names of what holds it.
    pub name: String,
    /// The name of its kind.
    pub kind: String,
}

/// What is asked when roles are chosen for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoicesFor {
    /// For whom.
    pub subject: Subject,
    /// Where.
    pub object: ObjectId,
}

/// A new name and address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileEdit {
    /// Whose.
    pub user: UserId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// A link that is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedLink {
    /// The whole address.
    pub url: String,
    /// How long it is good, in milliseconds.
    pub lifetime: Millis,
}

impl std::fmt::Debug for HandedLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HandedLink").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

/// What somebody has who is about to be removed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Removal {
    /// The names of the roles, with their places.
    pub roles: Vec<String>,
    /// The names of the groups.
    pub groups: Vec<String>,
    /// Who loses what.
    pub effect: Effect,
}
