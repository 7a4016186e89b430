//! What the finder offers by itself: pages, what is done on them, the theme.

use crate::frame::places::PLACES;
use crate::frame::theme::{THEMES, Theme};
use crate::frame::{shell_here, why_not};

/// What choosing an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Goes there.
    Open(String),
    /// Shows this theme.
    Theme(Theme),
}

/// Something to find, with the reason against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub act: Act,
    pub name: String,
    /// A word that tells it from others; may be empty.
    pub note: String,
    pub icon: &'static str,
    pub barred: Option<String>,
    /// Not offered before a word is typed.
    pub on_demand: bool,
}

/// What is done on pages: its words, where, its icon, and the permission that it needs, by key and by name.
const DEEDS: [(&str, &str, &str, (&str, &str)); 5] = [
    ("Invite people", "/people/invite", "plus", ("people.invite", "Invite users to organization")),
    ("Add role", "/roles?new=1", "plus", ("roles.manage", "Manage roles & permissions")),
    ("Add group", "/groups?new=1", "plus", ("groups.manage", "Manage groups")),
    ("Groups", "/groups", "group", ("people.view", "See people and groups")),
    ("Pending invitations", "/people/invitations", "clock", ("people.view", "See people and groups")),
];

/// All of them, in the order in which they are offered.
pub(super) fn entries() -> Vec<Entry> {
    let shell = shell_here();
    let go = |name: &str, path: &str, icon, barred| Entry {
        act: Act::Open(path.to_owned()),
        name: name.to_owned(),
        note: String::new(),
        icon,
        barred,
        on_demand: false,
    };
    let there = PLACES.iter().filter(|place| shell.as_ref().is_none_or(|shell| place.is_there(shell)));
    let pages = there.map(|place| {
        go(place.name, place.path, place.icon, shell.as_ref().and_then(|shell| place.barred(shell)))
    });
    let deeds =
        DEEDS.iter().map(|(name, path, icon, (key, called))| go(name, path, icon, why_not(key, called)));
    let own = go("Your account", "/account", "lock", None);
    let themes = THEMES.iter().map(|(theme, words)| Entry {
        act: Act::Theme(*theme),
        name: (*words).to_owned(),
        note: String::new(),
        icon: "settings",
        barred: None,
        on_demand: true,
    });
    pages.chain([own]).chain(deeds).chain(themes).collect()
}

/// Those whose name has every one of the words, at the start of a word or within one; starts first.
pub(super) fn matching(entries: &[Entry], words: &str) -> Vec<Entry> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(bool, &Entry)> = entries
        .iter()
        .filter(|entry| !entry.on_demand || !words.is_empty())
        .filter_map(|entry| {
            let name = entry.name.to_lowercase();
            let has_all = words.iter().all(|word| name.contains(word));
            let starts = words.first().is_none_or(|word| name.starts_with(word));
            has_all.then_some((!starts, entry))
        })
        .collect();
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_in_the_name_and_starts_come_first() {
        let all = ["History", "Your account", "Settings", "Roles & permissions", "Tenants", "Dark theme"];
        let all = all.map(|name| Entry {
            act: Act::Open("/".to_owned()),
            name: name.to_owned(),
            note: String::new(),
            icon: "ask",
            barred: None,
            on_demand: name == "Dark theme",
        });
        let names = |words| matching(&all, words).into_iter().map(|entry| entry.name).collect::<Vec<_>>();
        assert_eq!(names("t"), ["Tenants", "History", "Your account", "Settings", "Dark theme"]);
        assert_eq!(names("PERM role"), ["Roles & permissions"]);
        assert_eq!(names("  ").len(), 5, "the theme waits for a word");
        assert!(names("xyz").is_empty());
    }
}
