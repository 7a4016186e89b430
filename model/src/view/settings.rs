//! Settings: the organization's name, what it manages, and facts about this console.

use serde::{Deserialize, Serialize};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The organization's name.
    pub organization: String,
    /// The areas that can be turned on and off.
    pub areas: Vec<AreaSetting>,
    /// Facts that are set outside.
    pub facts: Facts,
    /// The revision at which this was read.
    pub revision: u64,
}

/// Something that an organization can manage with Rolecall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaSetting {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// How many permissions it brings.
    pub permissions: u64,
    /// Whether it is on.
    pub is_on: bool,
    /// Why the reader may not turn it on or off; `None` where they may.
    pub stays: Option<String>,
}

/// Facts about this console, for reading only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The version.
    pub version: String,
    /// The kind of database.
    pub database: String,
    /// Where people find the console.
    pub address: String,
    /// Whether mail can be sent.
    pub has_mail: bool,
    /// After how many hours without use a person is signed out.
    pub idle_hours: u64,
    /// After how many days a person is signed out in any case.
    pub most_days: u64,
}

/// Edits that are staged on the page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SettingsEdit {
    /// The revision that the editor was looking at.
    pub seen: u64,
    /// Another name for the organization.
    #[serde(default)]
    pub organization: Option<Renamed>,
    /// Areas to turn on or off, by key.
    #[serde(default)]
    pub areas: Vec<(String, bool)>,
}

/// A name and what it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// The name before.
    pub was: String,
    /// The name from now on.
    pub now: String,
}

impl SettingsEdit {
    /// How many edits it holds.
    #[must_use]
    pub fn count(&self) -> usize {
        usize::from(self.organization.is_some()) + self.areas.len()
    }
}
