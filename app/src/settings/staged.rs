//! Edits that are staged on the page. They stay while others save: what was there when editing began is
//! kept beside them, so that saving over somebody else's change is noticed.

use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::settings::{Renamed, Settings, SettingsEdit};
use std::collections::BTreeMap;

/// The staged edits; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Staged {
    /// What stands in the field.
    pub name: RwSignal<String>,
    was: RwSignal<String>,
    areas: RwSignal<BTreeMap<String, bool>>,
    seen: RwSignal<u64>,
}

impl Staged {
    /// Nothing staged, following what is saved until something is.
    pub(super) fn on(settings: Signal<Settings>) -> Self {
        let first = settings.get_untracked();
        let staged = Self {
            name: RwSignal::new(first.organization.clone()),
            was: RwSignal::new(first.organization),
            areas: RwSignal::new(BTreeMap::new()),
            seen: RwSignal::new(first.revision),
        };
        whenever(move || settings.with(|now| staged.follow(now)));
        staged
    }

    fn follow(self, now: &Settings) {
        if self.name.get_untracked() == self.was.get_untracked() {
            self.was.set(now.organization.clone());
            self.name.set(now.organization.clone());
        }
        // What somebody else has done already is no edit any more.
        let is_done =
            |key: &String, on: bool| now.areas.iter().any(|area| area.key == *key && area.is_on == on);
        if self.areas.with_untracked(|areas| areas.iter().any(|(key, on)| is_done(key, *on))) {
            self.areas.update(|areas| areas.retain(|key, on| !is_done(key, *on)));
        }
        if self.edit_untracked().count() == 0 {
            self.seen.set(now.revision);
        }
    }

    /// Whether an area would be on.
    pub(super) fn is_on(self, key: &str, saved: bool) -> bool {
        self.areas.with(|areas| areas.get(key).copied().unwrap_or(saved))
    }

    /// Whether an area is to be turned on or off.
    pub(super) fn is_turned(self, key: &str) -> bool {
        self.areas.with(|areas| areas.contains_key(key))
    }

    /// Stages turning an area, or takes that back.
    pub(super) fn turn(self, key: &str, saved: bool) {
        self.areas.update(|areas| {
            if areas.remove(key).is_none() {
                areas.insert(key.to_owned(), !saved);
            }
        });
    }

    /// The edits.
    pub(super) fn edit(self) -> SettingsEdit {
        let (now, was) = (self.name.get(), self.was.get());
        SettingsEdit {
            seen: self.seen.get(),
            organization: (now != was).then_some(Renamed { was, now }),
            areas: self.areas.get().into_iter().collect(),
        }
    }

    fn edit_untracked(self) -> SettingsEdit {
        untrack(move || self.edit())
    }

    /// Takes all edits back.
    pub(super) fn discard(self, settings: Signal<Settings>) {
        self.areas.update(BTreeMap::clear);
        let saved = settings.get_untracked();
        self.was.set(saved.organization.clone());
        self.name.set(saved.organization);
        self.seen.set(saved.revision);
    }

    /// They were saved: what comes next is what there is.
    pub(super) fn saved(self) {
        self.was.set(self.name.get_untracked());
        self.areas.update(BTreeMap::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::view::settings::{AreaSetting, Facts};

    fn settings(organization: &str, is_on: bool, revision: u64) -> Settings {
        let area = AreaSetting {
            key: "applications".to_owned(),
            name: "Applications".to_owned(),
            about: String::new(),
            permissions: 6,
            is_on,
            stays: None,
        };
        let facts = Facts {
            version: String::new(),
            database: String::new(),
            address: String::new(),
            has_mail: false,
            idle_hours: 12,
            most_days: 14,
        };
        Settings { organization: organization.to_owned(), areas: vec![area], facts, revision }
    }

    #[test]
    fn staged_edits_stay_while_others_save_and_remember_what_was_there() {
        let owner = Owner::new();
        owner.with(|| {
            let saved = RwSignal::new(settings("Example", false, 7));
            let staged = Staged::on(saved.into());
            assert_eq!(staged.edit().count(), 0);
            staged.name.set("Mine".to_owned());
            staged.turn("applications", false);
            assert_eq!(staged.edit().count(), 2);

            staged.follow(&settings("Theirs", false, 8));
            let edit = staged.edit();
            let renamed = Renamed { was: "Example".to_owned(), now: "Mine".to_owned() };
            assert_eq!((edit.seen, edit.organization), (7, Some(renamed)));
            staged.follow(&settings("Theirs", true, 9));
            assert!(staged.edit().areas.is_empty(), "somebody else has turned it on");

            saved.set(settings("Theirs", true, 9));
            staged.discard(saved.into());
            assert_eq!((staged.name.get(), staged.edit().count()), ("Theirs".to_owned(), 0));
        });
    }
}
