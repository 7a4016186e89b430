//! History: what was changed, by whom and when, in words, and whether it can still be taken back.

use crate::Millis;
use crate::id::{GroupId, ObjectId, RoleId, UserId};
use crate::view::Page;
use crate::view::effect::Effect;
use crate::words::Mark;
use serde::{Deserialize, Serialize};

/// How many lines of a change are sent at first.
pub const FIRST_LINES: usize = 12;

/// What somebody looks for in History. Empty texts ask for everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HistoryQuery {
    /// Words that must occur: of a person, a role, a group, a place, a permission or the reason.
    #[serde(default)]
    pub search: String,
    /// Who made the change, by the key of an [`ActorOption`].
    #[serde(default)]
    pub actor: String,
    /// What was changed: `roles`, `access`, `people`, `groups`, `service-accounts`, `objects` or `settings`.
    #[serde(default)]
    pub kind: String,
    /// Since when: `day`, `week`, `month` or `year`.
    #[serde(default)]
    pub period: String,
    /// One change alone, by its number.
    #[serde(default)]
    pub number: Option<u64>,
    /// Only what concerns this place or what was beneath it.
    #[serde(default)]
    pub place: Option<ObjectId>,
    /// The page; the first is 1.
    #[serde(default)]
    pub page: u32,
}

/// A page of History.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    /// The changes, newest first.
    pub page: Page<RevisionRow>,
    /// Everybody who has made a change: for the filter.
    pub actors: Vec<ActorOption>,
    /// The revision at which this was read.
    pub revision: u64,
}

/// Somebody who has made changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorOption {
    /// What the filter sends.
    pub key: String,
    /// What they are called.
    pub name: String,
}

/// Somebody, as History names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The name that they have now, or what is kept of somebody who was removed.
    pub name: String,
    /// Their id, where the reader may open their page.
    pub person: Option<UserId>,
}

/// One revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRow {
    /// Its number.
    pub number: u64,
    /// When it was saved.
    pub at: Millis,
    /// Who saved it.
    pub by: Who,
    /// What it was, in a few words.
    pub title: String,
    /// Why, in the words of whoever saved it; may be empty.
    pub reason: String,
    /// What it changed: the first lines.
    pub lines: Vec<Told>,
    /// How many lines there are beside those.
    pub more: u64,
    /// The change that this one takes back.
    pub undoes: Option<u64>,
    /// The change by which this one was taken back.
    pub undone_by: Option<u64>,
    /// Why it cannot be undone by this reader now; `None` where it can.
    pub stays: Option<String>,
}

/// A line of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Added, cut or merely different.
    pub mark: Mark,
    /// Its words.
    pub pieces: Vec<Piece>,
}

/// A piece of a line, with names as they are to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Plain words.
    Text(String),
    /// The name of a thing, as it was then.
    Name {
        /// The name.
        name: String,
        /// Its page, where it is still there and the reader may open it.
        link: Option<Link>,
    },
    /// A person.
    Person(Who),
    /// The name before.
    Was(String),
    /// A moment.
    Time(Millis),
}

/// A thing that has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// A role.
    Role(RoleId),
    /// A group.
    Group(GroupId),
}

/// What taking a change back would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoPreview {
    /// The number of the change.
    pub number: u64,
    /// What it was, in a few words.
    pub title: String,
    /// Who would gain and who would lose what.
    pub effect: Effect,
}
