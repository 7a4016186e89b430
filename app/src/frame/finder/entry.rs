//! What the finder offers by itself: pages, what is done on them, the theme.

use crate::frame::places::{PLACES, Place};
use crate::frame::theme::{THEMES, Theme};
use crate::frame::{needs, shell_here};
use model::view::shell::Shell;

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

/// A page beside those of the menu, or something that is done on a page.
struct Deed {
    /// What it is called on the screen.
    name: &'static str,
    /// The page that it is a part of, where its name alone does not tell.
    note: &'static str,
    /// Where it is. What opens the place of the menu that it belongs to is needed as well.
    path: &'static str,
    /// Its icon.
    icon: &'static str,
    /// The permissions that it needs itself, by key and by name.
    needs: &'static [(&'static str, &'static str)],
}

impl Deed {
    const fn page(
        name: &'static str,
        note: &'static str,
        path: &'static str,
        icon: &'static str,
        needs: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, note, path, icon, needs }
    }

    /// The place of the menu that it belongs to.
    fn place(&self) -> Option<&'static Place> {
        Place::of(self.path.split('?').next().unwrap_or_default())
    }

    /// Why the reader may not open it.
    fn barred(&self, shell: &Shell) -> Option<String> {
        let lacking = self.needs.iter().find(|(key, _)| !shell.may(key));
        let barred = self.place().and_then(|place| place.barred(shell));
        barred.or_else(|| lacking.map(|(_, called)| needs(called)))
    }
}

/// All of them.
const DEEDS: [Deed; 10] = [
    Deed::page(
        "Invite people",
        "",
        "/people/invite",
        "plus",
        &[("people.invite", "Invite users to organization")],
    ),
    Deed::page("Add role", "", "/roles?new=1", "plus", &[("roles.manage", "Manage roles & permissions")]),
    Deed::page("Add group", "", "/groups?new=1", "plus", &[("groups.manage", "Manage groups")]),
    Deed::page("Groups", "", "/groups", "group", &[]),
    Deed::page("Pending invitations", "", "/people/invitations", "clock", &[]),
    Deed::page("Compare roles", "", "/roles/compare", "grid", &[]),
    Deed::page("Access", "Tenants", "/tenants/access", "tenant", &[]),
    Deed::page(
        "Set up access",
        "Tenants",
        "/tenants/set-up",
        "tenant",
        &[("people.view", "See people and groups"), ("roles.view", "See roles & permissions")],
    ),
    Deed::page("Who can merge to production", "", "/applications/rights", "stages", &[]),
    Deed::page("History", "Applications & sandboxes", "/applications/history", "clock", &[]),
];

/// All entries, in the order in which they are offered.
pub(super) fn entries() -> Vec<Entry> {
    offered(shell_here().as_ref())
}

/// What is offered to a reader; while it is not known who that is, all of it.
fn offered(shell: Option<&Shell>) -> Vec<Entry> {
    let go = |name: &str, note: &str, path: &str, icon, barred| Entry {
        act: Act::Open(path.to_owned()),
        name: name.to_owned(),
        note: note.to_owned(),
        icon,
        barred,
        on_demand: false,
    };
    let is_there = |place: &Place| shell.is_none_or(|shell| place.is_there(shell));
    let pages = PLACES
        .iter()
        .filter(|place| is_there(place))
        .map(|place| go(place.name, "", place.path, place.icon, shell.and_then(|shell| place.barred(shell))));
    let deeds = DEEDS.iter().filter(|deed| deed.place().is_none_or(is_there)).map(|deed| {
        go(deed.name, deed.note, deed.path, deed.icon, shell.and_then(|shell| deed.barred(shell)))
    });
    let own = go("Your account", "", "/account", "lock", None);
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

/// Those whose name or note has every one of the words, at the start of a word or within one; names that start so first.
pub(super) fn matching(entries: &[Entry], words: &str) -> Vec<Entry> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(bool, &Entry)> = entries
        .iter()
        .filter(|entry| !entry.on_demand || !words.is_empty())
        .filter_map(|entry| {
            let name = entry.name.to_lowercase();
            let note = entry.note.to_lowercase();
            let has_all = words.iter().all(|word| name.contains(word) || note.contains(word));
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

    fn shell(permissions: &[&str], areas: &[&str]) -> Shell {
        let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        Shell {
            organization: "Nordhavn".to_owned(),
            user: model::id::UserId::from_bits(1),
            name: String::new(),
            email: String::new(),
            permissions: owned(permissions),
            in_tenants: Vec::new(),
            areas: owned(areas),
            revision: 1,
            version: String::new(),
        }
    }

    const AREAS: [&str; 3] = ["packaging", "automation", "applications"];

    /// The addresses that are offered, and of those the ones that may be opened.
    fn paths(shell: &Shell) -> (Vec<String>, Vec<String>) {
        let all = offered(Some(shell)).into_iter().filter_map(|entry| match entry.act {
            Act::Open(path) => Some((path, entry.barred.is_none())),
            Act::Theme(_) => None,
        });
        let all: Vec<(String, bool)> = all.collect();
        let open = all.iter().filter(|(_, is_open)| *is_open).map(|(path, _)| path.clone()).collect();
        (all.into_iter().map(|(path, _)| path).collect(), open)
    }

    #[test]
    fn every_page_that_needs_no_name_is_found() {
        let pages = include_str!("../../pages.rs");
        let routes = pages.split("path!(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let routes: Vec<&str> = routes.filter(|route| !route.contains(':')).collect();
        assert!(routes.contains(&"/roles/compare") && routes.len() > 10, "{routes:?}");
        let (all, _) = paths(&shell(&[], &AREAS));
        for route in routes {
            assert!(all.iter().any(|path| path == route), "{route}");
        }
    }

    #[test]
    fn what_belongs_to_an_area_that_is_off_is_not_found() {
        let (all, _) = paths(&shell(&[], &["applications"]));
        assert!(all.iter().any(|path| path == "/applications/rights"));
        assert!(all.iter().all(|path| !path.starts_with("/tenants") && !path.starts_with("/folders")));
    }

    #[test]
    fn who_lacks_a_permission_opens_nothing_that_needs_it() {
        let nobody = paths(&shell(&[], &AREAS)).1;
        let (_, reader) = paths(&shell(&["roles.view"], &AREAS));
        let (_, both) = paths(&shell(&["roles.view", "people.view"], &AREAS));
        let has = |all: &[String], path: &str| all.iter().any(|one| one == path);
        assert!(!has(&nobody, "/roles/compare") && has(&reader, "/roles/compare"));
        assert!(!has(&reader, "/tenants/set-up") && has(&both, "/tenants/set-up"));
        assert!(!has(&both, "/roles?new=1"), "seeing roles is not making them");
        assert!(has(&nobody, "/tenants/access") && has(&nobody, "/account"));
    }
}
