//! Kinds of object, and what making, renaming, removing and seeing one needs.

use crate::object::Level;
use serde::{Deserialize, Serialize};
use std::ops::Not;

/// Permissions of which any one is enough. Written as one key or as a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "OneOrMany", into = "OneOrMany")]
pub struct AnyOf(Vec<String>);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for AnyOf {
    fn from(text: OneOrMany) -> Self {
        match text {
            OneOrMany::One(key) => Self(vec![key]),
            OneOrMany::Many(keys) => Self(keys),
        }
    }
}

impl From<AnyOf> for OneOrMany {
    fn from(mut any: AnyOf) -> Self {
        match any.0.len() {
            1 => Self::One(any.0.swap_remove(0)),
            _ => Self::Many(any.0),
        }
    }
}

impl From<&str> for AnyOf {
    fn from(key: &str) -> Self {
        Self(vec![key.to_owned()])
    }
}

impl AnyOf {
    /// The keys of the permissions.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.0
    }

    /// Whether it names none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A kind of object, as a pack defines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its key, e.g. `application`.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// The level at which roles must be to hold permissions of this kind.
    pub level: Level,
    /// The kinds that may hold it; itself, when it nests.
    pub within: Vec<String>,
    /// The permissions that creating one needs, on the object that will hold it. None: an administrator's.
    #[serde(default, skip_serializing_if = "AnyOf::is_empty")]
    pub create: AnyOf,
    /// The permissions that renaming, moving and sharing one needs, on itself. None: those of `create`.
    #[serde(default, skip_serializing_if = "AnyOf::is_empty")]
    pub edit: AnyOf,
    /// The permissions that noting something of one beside the access state needs, on itself. None: those of
    /// `edit`.
    #[serde(default, skip_serializing_if = "AnyOf::is_empty")]
    pub note: AnyOf,
    /// The permissions that removing one needs, on itself. None: those of `create`.
    #[serde(default, skip_serializing_if = "AnyOf::is_empty")]
    pub delete: AnyOf,
    /// The permissions that show one in lists. None: whatever is held on it, or beneath it.
    #[serde(default, skip_serializing_if = "AnyOf::is_empty")]
    pub view: AnyOf,
    /// The name of several, on screens. Empty: the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plural: String,
    /// Whether one may have several placements. Such a kind holds nothing.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub shared: bool,
    /// Whether a placement may be passed down to all that nests in its holder.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub passes_down: bool,
    /// How many of a kind that nests may stand in each other. None: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deepest: Option<u8>,
}

/// What somebody does with an object as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See that it is there.
    View,
    /// Make it.
    Create,
    /// Rename, move or share it.
    Edit,
    /// Note something of it that alters no access.
    Note,
    /// Remove it.
    Delete,
}

/// What a right on an object of some kind needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The keys of permissions of which any one is enough.
    pub any_of: &'a [String],
    /// Whether they are asked on what holds the object, and not on the object itself.
    pub on_holder: bool,
}

impl Kind {
    /// Whether one may stand in another of its kind.
    #[must_use]
    pub fn nests(&self) -> bool {
        self.within.contains(&self.key)
    }

    /// What several are called.
    #[must_use]
    pub fn several(&self) -> &str {
        if self.plural.is_empty() { &self.name } else { &self.plural }
    }

    /// What a right on one needs. What is asked on the object itself must hold along each of its placements;
    /// a grant on the object counts for all of them.
    #[must_use]
    pub fn asks(&self, right: Right) -> Asked<'_> {
        let on_itself = |any: &'_ AnyOf| !any.is_empty();
        let (any, on_holder) = match right {
            Right::View => (&self.view, false),
            Right::Note if on_itself(&self.note) => (&self.note, false),
            Right::Edit | Right::Note if on_itself(&self.edit) => (&self.edit, false),
            Right::Delete if on_itself(&self.delete) => (&self.delete, false),
            Right::Create | Right::Edit | Right::Note | Right::Delete => (&self.create, true),
        };
        Asked { any_of: any.keys(), on_holder }
    }
}
