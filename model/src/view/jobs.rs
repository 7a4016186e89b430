//! Jobs of a robot or a process, as they were reported, and how many may read the logs of them.

use crate::Millis;
use crate::id::ObjectId;
use crate::view::people::Named;
use serde::{Deserialize, Serialize};

/// The jobs of a robot or a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jobs {
    /// Why the reader may not see them; then there are none here.
    pub refused: Option<String>,
    /// The newest of them, newest first.
    pub rows: Vec<Job>,
    /// How many older ones there are.
    pub more: u64,
    /// Who may read the logs there; none for readers who may not ask about others.
    pub log_readers: Option<Readers>,
}

/// What a robot worked on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Of a robot's job the process, of a process's job the robot or machine.
    pub with: With,
    /// From when.
    pub from: Millis,
    /// When it ended, or is about to.
    pub until: Millis,
    /// How far it is.
    pub progress: Progress,
}

/// The other end of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum With {
    /// One that the reader may see.
    Seen(Named<ObjectId>),
    /// One that the reader may not see.
    Hidden,
    /// One that was removed since.
    Removed,
    /// It was not reported.
    Untold,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// It is to begin later.
    Planned,
    /// It runs.
    Running,
    /// It has ended, or its time is over.
    Done,
}

/// How many may read something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Readers {
    /// People.
    pub people: u64,
    /// Service accounts.
    pub accounts: u64,
    /// People and service accounts who may under conditions.
    pub depends: u64,
}
