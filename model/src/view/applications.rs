//! Applications and their stages: the list, one with its stages, rights and history, and who may merge where.
//!
//! A stage whose name the reader may not see has none here, and no version.

use crate::Millis;
use crate::grant::{Who, Window};
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

/// What a merge would do, and whether it may be begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePlan {
    /// From which stage.
    pub from: ObjectId,
    /// Its name.
    pub from_name: String,
    /// Its version.
    pub from_version: String,
    /// The name of the stage above it.
    pub to_name: String,
    /// The version of the stage above it.
    pub to_version: String,
    /// Whether that is production.
    pub to_production: bool,
    /// The versions that it brings.
    pub brings: Vec<String>,
    /// The versions of the stage above that this one lacks.
    pub lacks: Vec<String>,
}

/// A merge that is wanted, with the versions of its plan: it is refused where they have moved on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeWish {
    /// From which stage.
    pub from: ObjectId,
    /// Its version.
    pub from_version: String,
    /// The version of the stage above it.
    pub to_version: String,
    /// What is in it.
    pub description: String,
}

/// A merge that can be taken back, with all that came after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The merge.
    pub merge: MoveId,
    /// Where it came from.
    pub from: String,
    /// When it was begun.
    pub at: Millis,
    /// Who began it.
    pub by: String,
    /// What the stage would have again.
    pub version: String,
    /// The versions that this takes away.
    pub takes: Vec<String>,
    /// How many merges this takes back.
    pub merges: u64,
    /// Why the reader may not.
    pub barred: Option<String>,
}

/// What can be taken back of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackPlan {
    /// Which.
    pub stage: ObjectId,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Whether it is production.
    pub is_production: bool,
    /// The last merge first.
    pub steps: Vec<Step>,
}

/// A rollback that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackWish {
    /// Of which stage.
    pub stage: ObjectId,
    /// Its version in the plan.
    pub version: String,
    /// The merge that is taken back, with all that came after it.
    pub merge: MoveId,
    /// Why.
    pub description: String,
}

/// How something that runs has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Which.
    pub id: MoveId,
    /// Whether it is done; else it failed.
    pub is_done: bool,
}

/// What is looked for in the history of versions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MovesQuery {
    /// Of which application; none: of all.
    pub application: Option<ObjectId>,
    /// Only these.
    pub kind: Option<MoveKind>,
    /// Only of this stage.
    pub stage: Option<ObjectId>,
    /// Only by whom: the key of an actor.
    pub by: String,
    /// Only the last so many days; 0: of any time.
    pub days: u32,
    /// Which page; the first is 1.
    pub page: u32,
}

/// A merge, an update or a rollback.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MoveRow {
    /// Which.
    pub id: MoveId,
    /// What it is.
    pub kind: MoveKind,
    /// The application.
    pub application: Named<ObjectId>,
    /// Where a merge comes from; empty for others.
    pub from: String,
    /// The stage whose version it moves.
    pub to: String,
    /// What the stage had.
    pub version_before: String,
    /// What it has, or would have.
    pub version_after: String,
    /// How many versions it brings or takes away.
    pub versions: u64,
    /// What was said of it.
    pub description: String,
    /// Who.
    pub by: String,
    /// When it was begun.
    pub at: Millis,
    /// How it ended.
    pub outcome: Outcome,
    /// The platform that carried it out; empty: Rolecall only recorded it.
    pub carried_by: String,
    /// Whether a rollback took it back.
    pub is_taken_back: bool,
}

/// The history of versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// The revision it was read at.
    pub revision: u64,
    /// The newest first.
    pub moves: Page<MoveRow>,
    /// The stages to choose from, where one application is shown.
    pub stages: Vec<Named<ObjectId>>,
    /// Whoever made some, to choose from: key and name.
    pub actors: Vec<(String, String)>,
}

/// Somebody who holds a permission on an application or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Holder {
    /// Their name.
    pub name: String,
    /// A person, a group of so many …
    pub about: String,
    /// By which role.
    pub role: String,
    /// Where the role is given.
    pub place: String,
    /// Whether that lies above the application.
    pub is_inherited: bool,
    /// When it counts.
    pub window: Window,
    /// Each limit in words.
    pub limits: Vec<String>,
}

/// Who holds one permission.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RightRow {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it opens.
    pub opens: String,
    /// The first by whom it is held.
    pub holders: Vec<Holder>,
    /// How many more there are.
    pub more: u64,
    /// How many people hold it on the whole application.
    pub people: u64,
    /// How many service accounts do.
    pub accounts: u64,
}

/// Who holds which permission on an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// The revision it was read at.
    pub revision: u64,
    /// Each permission, in the order of the catalog.
    pub rows: Vec<RightRow>,
}

/// What is looked for in the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MatrixQuery {
    /// Part of the name of an application; where none has it, of a person.
    pub search: String,
    /// Only service accounts.
    pub accounts_only: bool,
    /// Which page of applications; the first is 1.
    pub page: u32,
}

/// Whether somebody may merge an application to production.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cell {
    /// By what is given on the application or on a stage of it.
    Given,
    /// By what is given on the organization.
    Inherited,
    /// From some stages only, for some time only, or under conditions: which.
    Depends(String),
    /// As before, until then.
    Until(Millis),
    /// They may not.
    No,
}

/// An application in the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Column {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// How far it has come.
    pub status: Status,
}

/// Somebody in the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Who.
    pub who: Who,
    /// Their name.
    pub name: String,
    /// The roles by which they may, or what they are.
    pub about: String,
    /// One for each application of the page.
    pub cells: Vec<Cell>,
    /// In how many of all applications they may.
    pub may: u64,
}

/// Who may merge to production, over all applications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The revision it was read at.
    pub revision: u64,
    /// The applications of this page.
    pub columns: Page<Column>,
    /// Everybody who may merge at least one of all, by name.
    pub rows: Vec<MatrixRow>,
    /// How many people are in it, before the search.
    pub people: u64,
    /// How many service accounts.
    pub accounts: u64,
    /// How many applications the reader sees whose rights are not theirs to see.
    pub others: u64,
}

/// Which cell is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellQuery {
    /// Who.
    pub who: Who,
    /// Which application.
    pub application: ObjectId,
}

/// Why somebody may merge an application to production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paths {
    /// The verdict.
    pub sentence: String,
    /// Each path in words.
    pub paths: Vec<String>,
    /// The stage about which *Check access* answers more.
    pub stage: ObjectId,
}
