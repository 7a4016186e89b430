//! One permission as a pack states it: what it opens, where it stands in the grid, what is known of it.

use crate::limit::Limits;
use serde::{Deserialize, Serialize};
use std::ops::Not;

/// Where a permission is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InForce {
    /// This console obeys it.
    Console,
    /// No program asks for it yet.
    #[default]
    Nowhere,
}

/// The column of a grid in which a permission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// View.
    View,
    /// Edit.
    Edit,
    /// Create.
    Create,
    /// Delete.
    Delete,
    /// Beside them: what those four cannot say.
    #[default]
    Further,
}

/// What is known of a permission's effect in the software that it was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// What its words say.
    #[default]
    Known,
    /// It can be ticked, and nothing is known to ask for it.
    None,
    /// It had one in releases up to 2020.10 only.
    Legacy,
    /// What it opens is not published.
    Unknown,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// One permission: `resource.action`, and what it opens in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermissionEntry {
    /// Its key, e.g. `people.invite`.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// The kind of object that it belongs to.
    pub kind: String,
    /// What it opens, in one or two sentences.
    pub opens: String,
    /// Permissions without which it is useless.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// Built-in roles that its holder may hand out to others without holding all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegates: Vec<String>,
    /// Whether it has a meaning on every kind of object, so that roles of every level may hold it.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub everywhere: bool,
    /// Where it is in force.
    #[serde(default)]
    pub in_force: InForce,
    /// Further kinds on which it has a meaning of its own, at the level of its kind or beneath.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The row of the grid in which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The column of the grid in which it stands.
    #[serde(default, skip_serializing_if = "is_default")]
    pub column: Column,
    /// What is known of its effect.
    #[serde(default, skip_serializing_if = "is_default")]
    pub effect: Effect,
    /// Limits of its own, which hold besides those of a grant: *own items only*.
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
}
