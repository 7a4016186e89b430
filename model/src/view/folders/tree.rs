//! The tree: which branches are open, and its lines.

use crate::id::ObjectId;
use serde::{Deserialize, Serialize};

/// The most branches of the tree that are open at once.
pub const MOST_OPEN: usize = 100;

/// A branch of the tree that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenBranch {
    /// Whose.
    pub of: ObjectId,
    /// How many pages of it are shown; the least is 1.
    pub pages: u32,
}

/// Which part of the tree is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TreeQuery {
    /// The place that is shown: it is open, and so is what holds it.
    pub at: Option<ObjectId>,
    /// What else is open.
    pub open: Vec<OpenBranch>,
    /// What is closed though it is, or holds, the place that is shown.
    pub shut: Vec<ObjectId>,
}

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TreeRow {
    /// What.
    pub id: ObjectId,
    /// Under what it stands: a thing that is shared stands under several.
    pub within: ObjectId,
    /// Its name.
    pub name: String,
    /// The key of its kind.
    pub kind: String,
    /// How far in it stands; the first is 1.
    pub level: u32,
    /// Its number among those beside it; the first is 1.
    pub number: u64,
    /// How many stand beside each other there.
    pub beside: u64,
    /// Whether it is open; none: it holds nothing that the reader may see.
    pub open: Option<bool>,
    /// How many it holds.
    pub holds: u64,
    /// Why it stands here, where this is not its first place: *shared*.
    pub via: Option<String>,
    /// How many more there are. Such a line stands for them, and `id` is the place that holds them.
    pub rest: u64,
}

/// The open part of the tree, from the top down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// The revision it was read at.
    pub revision: u64,
    /// Its lines.
    pub rows: Vec<TreeRow>,
}
