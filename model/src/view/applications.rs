//! Applications and their stages: the list, one with its stages, rights and history, and who may merge where.
//!
//! A stage whose name the reader may not see has none here, and no version.

mod moves;
mod rights;

pub use self::moves::{
    Ending, MergePlan, MergeWish, MoveRow, Moves, MovesQuery, RollbackPlan, RollbackWish, Step,
};
pub use self::rights::{
    Assigned, Cell, CellQuery, Column, Holder, Matrix, MatrixQuery, MatrixRow, PathLine, Paths, RightRow,
    Rights, RightsAct, RightsWish,
};
use crate::Millis;
use crate::catalog::InForceHere;
use crate::id::{MoveId, ObjectId};
use crate::view::Page;
use crate::view::people::{Named, Saved};
use serde::{Deserialize, Serialize};

/// How many rows stand on one page of a list.
pub const PAGE: u32 = 50;

/// How many applications stand beside each other in the matrix.
pub const COLUMNS: u32 = 40;

/// The longest description of an application, a merge or a rollback, in characters.
pub const LONGEST_TEXT: usize = 500;

/// The longest version, in characters.
pub const LONGEST_VERSION: usize = 60;

/// The most owners of an application.
pub const MOST_OWNERS: usize = 20;

/// How far an application has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is being built.
    #[default]
    Development,
    /// It is in use.
    Live,
    /// It is kept for the record, and nothing is merged.
    Archived,
}

impl Status {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Development, Self::Live, Self::Archived];

    /// As it stands in addresses and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Live => "live",
            Self::Archived => "archived",
        }
    }

    /// The one of that key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

/// What moved the version of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoveKind {
    /// What the stage below held was brought in.
    Merge,
    /// It has a version of its own.
    Update,
    /// Merges were taken back.
    Rollback,
}

impl MoveKind {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Merge, Self::Update, Self::Rollback];

    /// As it stands in addresses and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Update => "update",
            Self::Rollback => "rollback",
        }
    }

    /// The one of that key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// How a merge or rollback ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It runs, and locks its stages.
    Running,
    /// It is done: the version has moved.
    Done,
    /// It failed: no version has moved.
    Failed,
}

impl Outcome {
    /// As it stands in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The one of that key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Running, Self::Done, Self::Failed].into_iter().find(|outcome| outcome.key() == key)
    }
}

/// What is looked for in the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ApplicationsQuery {
    /// Part of a name.
    pub search: String,
    /// Only these.
    pub status: Option<Status>,
    /// Which page; the first is 1.
    pub page: u32,
}

/// Who may do something, for who may read that.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Mergers {
    /// The first names of people, then of service accounts.
    pub names: Vec<String>,
    /// How many people may.
    pub people: u64,
    /// How many service accounts may.
    pub accounts: u64,
    /// How many more may under conditions.
    pub depends: u64,
}

/// An application in the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ApplicationRow {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// How far it has come.
    pub status: Status,
    /// The day on which it is planned to go live; empty: none is.
    pub planned_on: String,
    /// What is in production; empty: not known.
    pub version: String,
    /// How many stages stand below production.
    pub sandboxes: u64,
    /// Who may merge to production.
    pub mergers: Option<Mergers>,
}

/// The list of applications that the reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationsScreen {
    /// The revision it was read at.
    pub revision: u64,
    /// Those that were asked for, by name.
    pub applications: Page<ApplicationRow>,
    /// How many the reader may see in all.
    pub all: u64,
    /// Why the reader may create none.
    pub no_adding: Option<String>,
    /// Why the reader may create none with sandboxes.
    pub no_chain: Option<String>,
}

/// A new application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApplication {
    /// Its name.
    pub name: String,
    /// Whether it has the chain Development, Testing, Acceptance, Production.
    pub chain: bool,
}

/// Something that was made.
pub type Made = Named<ObjectId>;

/// A person or a group that an application belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedBy {
    /// Who, as it stands in addresses.
    pub key: String,
    /// Their name.
    pub name: String,
}

/// A merge or rollback that runs and locks a stage.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Running {
    /// Which.
    pub id: MoveId,
    /// What it is.
    pub kind: MoveKind,
    /// Where a merge comes from.
    pub from: String,
    /// The stage whose version it moves.
    pub to: String,
    /// Whether that is production.
    pub to_production: bool,
    /// What the stage has until it ends.
    pub version_before: String,
    /// What the stage will have.
    pub version_after: String,
    /// What it brings, or takes away.
    pub versions: Vec<String>,
    /// What was said of it.
    pub description: String,
    /// Who began it.
    pub by: String,
    /// When.
    pub at: Millis,
    /// Why the reader may not say how it ended.
    pub no_ending: Option<String>,
}

/// A stage of an application.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stage {
    /// Which.
    pub id: ObjectId,
    /// Its name; none: not for the reader to see.
    pub name: Option<String>,
    /// The stage above it; none: it is production.
    pub above: Option<ObjectId>,
    /// How many stages stand above it.
    pub depth: u32,
    /// Whether it is a branch beside the chain.
    pub branch: bool,
    /// Its version; empty: not known.
    pub version: String,
    /// How many versions it holds that the stage above lacks.
    pub ahead: u64,
    /// How many it lacks that the stage above holds.
    pub behind: u64,
    /// What locks it.
    pub lock: Option<MoveId>,
    /// Why the reader may not merge from it.
    pub no_merging: Option<String>,
    /// Why the reader may not roll it back by one merge.
    pub no_rollback: Option<String>,
    /// Why the reader may not delete it.
    pub no_removing: Option<String>,
}

/// The page of one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The revision it was read at.
    pub revision: u64,
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// How far access that is given there is in force.
    pub in_force: InForceHere,
    /// What it is for.
    pub description: String,
    /// Who it belongs to.
    pub owners: Vec<OwnedBy>,
    /// How far it has come.
    pub status: Status,
    /// The day on which it is planned to go live, `2026-11-25`; empty: none is.
    pub planned_on: String,
    /// Since when the status is so, where that is known.
    pub since: Option<Millis>,
    /// Its stages, each after the one above it.
    pub stages: Vec<Stage>,
    /// What runs on them.
    pub running: Vec<Running>,
    /// Who may merge to production.
    pub mergers: Option<Mergers>,
    /// Why the reader may not see who holds which right on it.
    pub no_rights: Option<String>,
    /// Why the reader may not name, describe or give it to others.
    pub no_editing: Option<String>,
    /// Why the reader may not change its status.
    pub no_status: Option<String>,
    /// Why the reader may not add or rename stages.
    pub no_sandbox: Option<String>,
    /// Why the reader may not delete it.
    pub no_removing: Option<String>,
}

/// Another name, description or owners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationEdit {
    /// Of which application.
    pub application: ObjectId,
    /// Its name before and now.
    pub name: Option<(String, String)>,
    /// What was noted before, and what is now.
    pub details: Option<(Details, Details)>,
    /// The revision that the editor was looking at.
    pub seen: u64,
}

/// What is noted of an application, but for its status.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// What it is for.
    pub description: String,
    /// Who it belongs to, as they stand in addresses.
    pub owners: Vec<String>,
}

/// Another status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusEdit {
    /// Of which application.
    pub application: ObjectId,
    /// The status before.
    pub was: Status,
    /// The status now.
    pub now: Status,
    /// For development: the day on which it is planned to go live; empty: none is.
    pub planned_on: String,
}

/// A new stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewStage {
    /// In which application.
    pub application: ObjectId,
    /// The stage above it; none: it is the production stage, which comes first.
    pub above: Option<ObjectId>,
    /// Its name.
    pub name: String,
    /// Whether it is a branch beside the chain.
    pub branch: bool,
}

/// A stage that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewlyMade {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// The change that made it.
    pub saved: Saved,
}
