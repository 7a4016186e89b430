//! What belongs to a place, and how it is tied to it.

use crate::id::ObjectId;
use crate::view::jobs::Jobs;
use serde::{Deserialize, Serialize};

/// Something that belongs to a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Near {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// The key of its kind.
    pub kind: String,
    /// Where it is.
    pub about: String,
}

/// How things of a list are tied to the place, where they are tied and not merely beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieBy {
    /// The key of the relation.
    pub relation: String,
    /// Whether the place is the one that holds.
    pub holds: bool,
    /// What one of the others is: *Environment*.
    pub what: String,
    /// Whether another can be added.
    pub has_room: bool,
}

/// Things that belong to a place in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relatives {
    /// In which way: *Is in environments*.
    pub title: String,
    /// The first of them, by name.
    pub all: Vec<Near>,
    /// How many more there are that the reader may see.
    pub more: u64,
    /// How many there are that the reader may not see.
    pub hidden: u64,
    /// How they are tied.
    pub tie: Option<TieBy>,
}

/// What belongs to a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The revision it was read at.
    pub revision: u64,
    /// Which place.
    pub id: ObjectId,
    /// The lists.
    pub lists: Vec<Relatives>,
    /// Why the reader may not tie it to others.
    pub no_changing: Option<String>,
    /// Its jobs; none for what has none.
    pub jobs: Option<Jobs>,
}
