//! Who is selected in the list, across its pages.

use leptos::prelude::*;
use model::id::UserId;
use std::collections::BTreeMap;

/// The selected people with their names; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Selection(RwSignal<BTreeMap<UserId, String>>);

impl Selection {
    /// Nobody.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(BTreeMap::new()))
    }

    /// Whether somebody is selected.
    #[must_use]
    pub fn has(self, user: UserId) -> bool {
        self.0.with(|all| all.contains_key(&user))
    }

    /// Selects somebody, or no longer.
    pub fn set(self, user: UserId, name: &str, is_selected: bool) {
        self.0.update(|all| {
            if is_selected {
                all.insert(user, name.to_owned());
            } else {
                all.remove(&user);
            }
        });
    }

    /// How many are selected.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.with(BTreeMap::len)
    }

    /// All who are selected.
    #[must_use]
    pub fn people(self) -> Vec<UserId> {
        self.0.with(|all| all.keys().copied().collect())
    }

    /// Selects nobody any more.
    pub fn clear(self) {
        self.0.set(BTreeMap::new());
    }
}
