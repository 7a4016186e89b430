//! Why a pack is not accepted: each reason with its place in the pack.

use crate::limit::BadLimits;
use serde::{Deserialize, Serialize};

/// Why a pack is not accepted. `at` is the place: *permission books.read, needs*.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BadPack {
    /// A pack of that key is there already.
    #[error("There is already an area with the key “{0}”. Choose another key.")]
    KeyTaken(String),
    /// No pack of the organization's own has that key.
    #[error("There is no area of your own with the key “{0}”.")]
    NotThere(String),
    /// Something of that key is there already.
    #[error("The {at} is defined twice. Give it another key.")]
    DefinedTwice {
        /// What.
        at: String,
    },
    /// A key is empty, too long or has other characters than a–z, 0–9, `.`, `-` and `_`.
    #[error("“{key}” ({at}) is not a key. Use 1 to 64 of a–z, 0–9, dot, dash and underscore.")]
    BadKey {
        /// The key of what.
        at: String,
        /// The key.
        key: String,
    },
    /// Something refers to what is not there.
    #[error("The {at} refers to “{what}”, which is not defined.")]
    Unknown {
        /// Where.
        at: String,
        /// What is missing.
        what: String,
    },
    /// A name is empty or too long.
    #[error("The name of the {at} is empty or too long.")]
    BadName {
        /// Of what.
        at: String,
    },
    /// A description is missing or too long.
    #[error("Say in at most {most} characters what the {at} is.")]
    BadText {
        /// Of what.
        at: String,
        /// The most characters.
        most: usize,
    },
    /// More of something than a catalog holds.
    #[error("An organization can have up to {most} {what}.")]
    TooMany {
        /// Permissions, kinds …
        what: String,
        /// How many.
        most: usize,
    },
    /// Something that only shipped packs bring: anything else would be a way round the guards.
    #[error(
        "The {at} must go: built-in roles, and permissions that hand out roles, come with Rolecall only."
    )]
    ShippedOnly {
        /// What.
        at: String,
    },
    /// Kinds that would hold each other in a circle.
    #[error("The {at} would lie within itself.")]
    Circle {
        /// A kind of the circle.
        at: String,
    },
    /// A kind in several places would hold something, so that what it holds had no place of its own.
    #[error("The {at} cannot be within “{what}”, which may be in several places itself.")]
    WithinShared {
        /// The kind.
        at: String,
        /// The kind that would hold it.
        what: String,
    },
    /// Levels that do not fit each other.
    #[error("The {at} does not lie at the level of “{what}” or beneath it.")]
    WrongLevel {
        /// What.
        at: String,
        /// What it must lie beneath.
        what: String,
    },
    /// A statement that means nothing where it stands.
    #[error("The {at} says “{what}”, which means nothing there.")]
    Meaningless {
        /// Where.
        at: String,
        /// The field.
        what: String,
    },
    /// A cell of the grid is taken.
    #[error("The {at} has the cell of “{what}”. Only one permission stands in a cell.")]
    CellTaken {
        /// The permission.
        at: String,
        /// The one that stands there.
        what: String,
    },
    /// An action has the key of a permission that it does not ask for.
    #[error("The {at} has a permission's key, so it must need that permission on the object itself.")]
    NotItself {
        /// The action.
        at: String,
    },
    /// Limits of a permission that no question can meet.
    #[error("The {at} has limits that cannot hold. {why}")]
    Limits {
        /// The permission.
        at: String,
        /// Why.
        why: BadLimits,
    },
    /// A new version gives something another meaning, under which roles or places may not fit any more.
    #[error("The {at} would mean something else than before. Give the new one another key.")]
    Redefined {
        /// What.
        at: String,
    },
}
