//! Folders & robots: a place with its chain and what it holds, and what is done there; the tree, and what is related.

mod related;
mod tree;

pub use related::{Near, Related, Relatives, TieBy};
pub use tree::{MOST_OPEN, OpenBranch, Tree, TreeQuery, TreeRow};

use crate::catalog::InForceHere;
use crate::grant::{Subject, Window};
use crate::id::{GrantId, ObjectId, RoleId};
use crate::limit::Limits;
use crate::view::Page;
use crate::view::people::Named;
use crate::view::use_cases::{Given, Occupancy, Offer};
use serde::{Deserialize, Serialize};

/// How many of what a place holds are shown at once.
pub const PAGE: u32 = 100;

/// What a place holds, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldsQuery {
    /// Which place.
    pub of: ObjectId,
    /// Part of a name.
    pub search: String,
    /// Which page; the first is 1.
    pub page: u32,
}

/// One thing that a place holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HeldRow {
    /// What.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// The key of its kind.
    pub kind: String,
    /// What it is.
    pub what: String,
    /// How many it holds itself; none for what holds nothing.
    pub holds: Option<u64>,
    /// Why it stands here, where this is not its first place: *shared*, *passed down from HR*.
    pub via: Option<String>,
}

/// What a place holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    /// Those that were asked for: folders first, then by kind and name.
    pub rows: Page<HeldRow>,
    /// How many there are without the search.
    pub all: u64,
}

/// A kind of thing that a place may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKind {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Why the reader may make none here.
    pub refused: Option<String>,
}

/// A place of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Which; none: the reader may not see it.
    pub id: Option<ObjectId>,
    /// Its name.
    pub name: String,
    /// The key of its kind; empty where it may not be seen.
    pub kind: String,
    /// What it is to the place that is shown: *folder*, *runs on machine*.
    pub what: String,
}

/// How a place hangs together with others: what access is given on that reaches it, and what it runs on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chain {
    /// Along its first placement, topmost first, without itself.
    pub above: Vec<Link>,
    /// What contains it as well: its environments, its robot.
    pub containing: Vec<Link>,
    /// What it is tied to without access following: the machine it runs on, the process it starts.
    pub beside: Vec<Link>,
    /// Its further placements that the reader may see.
    pub shared: Vec<Link>,
    /// In how many further places it is that the reader may not see.
    pub hidden: u64,
}

/// One placement of a thing that can be in several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The folder.
    pub folder: ObjectId,
    /// Its name after those of what holds it.
    pub name: String,
    /// Whether it is the first one, which cannot be ended.
    pub is_first: bool,
    /// Whether it is passed down to all folders beneath.
    pub passed_down: bool,
}

/// A place, with what can be done there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The revision it was read at.
    pub revision: u64,
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// The key of its kind.
    pub kind: String,
    /// What it is.
    pub what: String,
    /// How far access that is given there is in force.
    pub in_force: InForceHere,
    /// How it hangs together with others.
    pub chain: Chain,
    /// Whether it can hold others.
    pub can_hold: bool,
    /// What can be made in it.
    pub kinds: Vec<NewKind>,
    /// Its placements, where things of its kind can have several; else empty.
    pub placements: Vec<Placement>,
    /// Whether its placements can be passed down.
    pub passes_down: bool,
    /// Why the reader may not see what was changed here.
    pub no_history: Option<String>,
    /// Whether it can be moved; a tenant cannot.
    pub can_move: bool,
    /// Whether it can be tied to others.
    pub has_relations: bool,
    /// Why the reader may not rename, move, share or tie it.
    pub no_changing: Option<String>,
    /// Why the reader may not remove it.
    pub no_removing: Option<String>,
    /// Why the reader may not see who has what there.
    pub no_reading_access: Option<String>,
    /// What can be given there in one sentence.
    pub offers: Vec<Offer>,
    /// Whether it is busy; none where that was never reported.
    pub occupancy: Option<Occupancy>,
}

impl Place {
    /// Whether it is of a kind that is busy at times.
    #[must_use]
    pub fn may_be_busy(&self) -> bool {
        ["robot", "machine"].contains(&self.kind.as_str())
    }

    /// In how many folders it is.
    #[must_use]
    pub fn folders(&self) -> u64 {
        self.placements.len() as u64 + self.chain.hidden
    }
}

/// The page without a place: what can be made at the top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Top {
    /// The revision it was read at.
    pub revision: u64,
    /// How many tenants the reader may see.
    pub tenants: u64,
    /// Whether tenants have screens of their own, where they are added.
    pub has_screen: bool,
    /// Why the reader may add no tenant.
    pub no_adding: Option<String>,
}

/// A place is looked for, to go to or to put something into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceSearch {
    /// Words of its name or of what holds it.
    pub search: String,
    /// For what.
    pub to: SearchFor,
}

/// For what a place is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SearchFor {
    /// To go there.
    Open,
    /// To put that thing into it: only what may hold such a thing, in its tenant.
    Hold(ObjectId),
    /// To tie that thing to it: only things of the kind at the other end, in its tenant.
    Tie {
        /// The thing.
        object: ObjectId,
        /// The key of the relation.
        relation: String,
        /// Whether the thing is the one that holds.
        holds: bool,
    },
    /// To name it beside that place: only things of a kind, in its tenant.
    Beside {
        /// The place.
        object: ObjectId,
        /// The key of the kind.
        kind: String,
    },
}

/// Something new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct New {
    /// The key of its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What will hold it.
    pub within: ObjectId,
}

/// What was made.
pub type Made = Named<ObjectId>;

/// What is done with a place or to who has access there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FolderAct {
    /// Another name.
    Rename {
        /// Of what.
        object: ObjectId,
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// Another first place.
    Move {
        /// Of what.
        object: ObjectId,
        /// What holds it now.
        was: ObjectId,
        /// What will hold it.
        to: ObjectId,
    },
    /// A further placement, or the end of one.
    Share {
        /// Of what.
        object: ObjectId,
        /// The folder.
        folder: ObjectId,
        /// Whether it begins.
        on: bool,
    },
    /// A placement is passed down to all folders beneath, or no longer.
    PassDown {
        /// Of what.
        object: ObjectId,
        /// Its placement.
        folder: ObjectId,
        /// Whether it begins.
        on: bool,
    },
    /// Two things belong together, or no longer.
    Tie {
        /// The key of the relation.
        relation: String,
        /// What is held.
        object: ObjectId,
        /// What holds it.
        holder: ObjectId,
        /// Whether it begins.
        on: bool,
    },
    /// It goes, with all that it holds.
    Remove {
        /// What.
        object: ObjectId,
    },
    /// Somebody has a role there.
    Give {
        /// Who.
        subject: Subject,
        /// Which role.
        role: RoleId,
        /// Where.
        object: ObjectId,
        /// From when until when.
        window: Window,
        /// Within which limits.
        #[serde(default)]
        limits: Limits,
        /// Whether a half that is missing is given as well.
        #[serde(default)]
        with_half: bool,
    },
    /// Somebody is given what a sentence says.
    GiveCase {
        /// Who, and what.
        given: Given,
        /// From when until when.
        window: Window,
    },
    /// Somebody no longer has a role there, nor what it was given together with in one sentence.
    Take {
        /// The role assignment.
        grant: GrantId,
    },
}

/// Something to be done, and what whoever wishes it was looking at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderWish {
    /// What.
    pub act: FolderAct,
    /// The revision that the screen was made from.
    pub seen: u64,
}
