//! Merging and rolling back: what it would do, what is wanted, and the history of it.

use super::{MoveKind, Outcome};
use crate::Millis;
use crate::id::{MoveId, ObjectId};
use crate::view::Page;
use crate::view::people::Named;
use serde::{Deserialize, Serialize};

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
