//! Whether a pack is well formed, beside all others that are there.
//!
//! Everything that it refers to must be defined, in it or in another pack, and nothing may be defined twice.
//! What fits here holds in every state: kinds never hold each other in a circle, so neither do objects.

use super::kind::AnyOf;
use super::{ADMINISTRATION, BadPack, Column, Kind, MOST_PARTS, MOST_PERMISSIONS, On, Pack, PermissionEntry};
use crate::limit::{Property, Side, Sort, Value};
use crate::name::{self, LONGEST_DESCRIPTION};
use crate::object::Level;
use rustc_hash::{FxHashMap, FxHashSet};

/// The keys of built-in roles that no pack brings.
const RESERVED_ROLES: [&str; 2] = ["admin", "member"];

/// A pack among others.
pub(super) struct Check<'a> {
    pack: &'a Pack,
    shipped: bool,
    others: Vec<&'a Pack>,
    kinds: FxHashMap<&'a str, &'a Kind>,
    permissions: FxHashMap<&'a str, &'a PermissionEntry>,
    resources: FxHashSet<&'a str>,
    roles: FxHashMap<&'a str, &'a super::RoleEntry>,
}

impl<'a> Check<'a> {
    /// `others`: all packs that are there beside it.
    pub(super) fn new(pack: &'a Pack, others: Vec<&'a Pack>, shipped: bool) -> Self {
        // The pack comes last: where it takes a key that is there, that is found by `once`.
        let all = || others.iter().copied().chain([pack]);
        let kinds = all().flat_map(|p| &p.kinds).map(|kind| (kind.key.as_str(), kind)).collect();
        let permissions = all().flat_map(|p| &p.permissions).map(|one| (one.key.as_str(), one)).collect();
        let resources = all().flat_map(|p| &p.resources).map(|one| one.key.as_str()).collect();
        let roles = all().flat_map(|p| &p.roles).map(|one| (one.key.as_str(), one)).collect();
        Self { pack, shipped, others, kinds, permissions, resources, roles }
    }

    /// Refuses the pack for the first thing that is wrong with it.
    pub(super) fn whole(&self) -> Result<(), BadPack> {
        let pack = self.pack;
        named("area", &pack.key, &pack.name)?;
        if self.others.iter().any(|other| other.key == pack.key) {
            return Err(BadPack::KeyTaken(pack.key.clone()));
        }
        if name::clean_description(&pack.about).is_err() {
            return Err(BadPack::BadText { at: format!("area {}", pack.key), most: LONGEST_DESCRIPTION });
        }
        self.few_enough()?;
        self.nothing_twice()?;
        self.shipped_parts()?;
        self.references()
    }

    /// Refuses what refers to something that is not there, or not as it must be.
    pub(super) fn references(&self) -> Result<(), BadPack> {
        self.kinds_fit()?;
        self.no_circle()?;
        self.relations_fit()?;
        self.properties_fit()?;
        self.permissions_fit()?;
        self.actions_fit()?;
        self.roles_fit()
    }

    fn few_enough(&self) -> Result<(), BadPack> {
        let all = || self.others.iter().copied().chain([self.pack]);
        let count = |of: fn(&Pack) -> usize| all().map(of).sum::<usize>();
        for (what, most, found) in [
            ("permissions", MOST_PERMISSIONS, count(|p| p.permissions.len())),
            ("kinds of place", MOST_PARTS, count(|p| p.kinds.len())),
            ("relations", MOST_PARTS, count(|p| p.relations.len())),
            ("properties", MOST_PARTS, count(|p| p.properties.len())),
            ("actions", MOST_PARTS, count(|p| p.actions.len())),
            ("rows", MOST_PARTS, count(|p| p.resources.len())),
        ] {
            if found > most {
                return Err(BadPack::TooMany { what: what.to_owned(), most });
            }
        }
        Ok(())
    }

    /// Keys and names, each once.
    fn nothing_twice(&self) -> Result<(), BadPack> {
        self.once("kind", |p| Box::new(p.kinds.iter().map(|one| (one.key.clone(), &*one.name))))?;
        self.once("permission", |p| Box::new(p.permissions.iter().map(|one| (one.key.clone(), &*one.name))))?;
        self.once("relation", |p| Box::new(p.relations.iter().map(|one| (one.key.clone(), &*one.name))))?;
        self.once("action", |p| Box::new(p.actions.iter().map(|one| (one.key.clone(), &*one.name))))?;
        self.once("row", |p| Box::new(p.resources.iter().map(|one| (one.key.clone(), &*one.name))))?;
        self.once("role", |p| Box::new(p.roles.iter().map(|one| (one.key.clone(), &*one.name))))?;
        self.once("set of roles", |p| Box::new(p.bundles.iter().map(|one| (one.key.clone(), &*one.name))))?;
        for side in [Side::Subject, Side::Object, Side::Action, Side::Context] {
            let of = move |p: &'a Pack| -> Box<dyn Iterator<Item = (String, &'a str)> + 'a> {
                let mine = p.properties.iter().filter(move |one| one.of == side);
                Box::new(mine.map(|one| (one.key.clone(), &*one.name)))
            };
            self.once("property", of)?;
        }
        Ok(())
    }

    fn once(
        &self,
        what: &str,
        of: impl Fn(&'a Pack) -> Box<dyn Iterator<Item = (String, &'a str)> + 'a>,
    ) -> Result<(), BadPack> {
        let mut seen: FxHashSet<String> =
            self.others.iter().flat_map(|other| of(other)).map(|(key, _)| key).collect();
        for (key, name) in of(self.pack) {
            named(what, &key, name)?;
            if seen.contains(&key) {
                return Err(BadPack::DefinedTwice { at: format!("{what} {key}") });
            }
            seen.insert(key);
        }
        Ok(())
    }

    /// Built-in roles come with Rolecall alone: their ids are fixed, and what hands out roles is no data of
    /// an organization's.
    fn shipped_parts(&self) -> Result<(), BadPack> {
        if self.shipped {
            return Ok(());
        }
        let role = self.pack.roles.first().map(|role| format!("role {}", role.key));
        let bundle = self.pack.bundles.first().map(|bundle| format!("set of roles {}", bundle.key));
        let delegates = self.pack.permissions.iter().find(|entry| !entry.delegates.is_empty());
        let delegates = delegates.map(|entry| format!("permission {}, delegates", entry.key));
        match role.or(bundle).or(delegates) {
            Some(at) => Err(BadPack::ShippedOnly { at }),
            None => Ok(()),
        }
    }

    fn kind(&self, at: impl Fn() -> String, key: &str) -> Result<&'a Kind, BadPack> {
        self.kinds.get(key).copied().ok_or_else(|| BadPack::Unknown { at: at(), what: key.to_owned() })
    }

    fn permission(&self, at: impl Fn() -> String, key: &str) -> Result<&'a PermissionEntry, BadPack> {
        self.permissions.get(key).copied().ok_or_else(|| BadPack::Unknown { at: at(), what: key.to_owned() })
    }

    fn kinds_fit(&self) -> Result<(), BadPack> {
        for kind in &self.pack.kinds {
            let at = |field: &str| format!("kind {}{field}", kind.key);
            if kind.within.is_empty() && self.pack.key != ADMINISTRATION {
                return Err(BadPack::Unknown { at: at(", within"), what: String::new() });
            }
            let mut nesting = false;
            for key in &kind.within {
                let holder = self.kind(|| at(", within"), key)?;
                nesting |= holder.nests();
                if holder.shared {
                    return Err(BadPack::WithinShared { at: at(""), what: key.clone() });
                }
                if !holder.level.reaches(kind.level) {
                    return Err(BadPack::WrongLevel { at: at(", within"), what: key.clone() });
                }
            }
            let meaningless = |what: &str| BadPack::Meaningless { at: at(""), what: what.to_owned() };
            if kind.passes_down && !nesting {
                return Err(meaningless("passes_down"));
            }
            if kind.deepest.is_some_and(|deepest| deepest == 0 || !kind.nests()) {
                return Err(meaningless("deepest"));
            }
            if !kind.plural.is_empty() && name::clean(&kind.plural).is_err() {
                return Err(BadPack::BadName { at: at(", plural") });
            }
            let rights: [(&str, &AnyOf); 5] = [
                (", create", &kind.create),
                (", edit", &kind.edit),
                (", note", &kind.note),
                (", delete", &kind.delete),
                (", view", &kind.view),
            ];
            for (field, any) in rights {
                any.keys().iter().try_for_each(|key| self.permission(|| at(field), key).map(drop))?;
            }
        }
        Ok(())
    }

    /// INVARIANT: no kind comes to lie within itself through other kinds, by placement or by a relation that
    /// access follows. Only one that nests lies within its own kind, and there objects form a tree.
    fn no_circle(&self) -> Result<(), BadPack> {
        let mut beneath: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for kind in self.kinds.values() {
            for holder in kind.within.iter().filter(|holder| **holder != kind.key) {
                beneath.entry(holder).or_default().push(&kind.key);
            }
        }
        for relation in self.others.iter().copied().chain([self.pack]).flat_map(|pack| &pack.relations) {
            if relation.contains {
                beneath.entry(&relation.from).or_default().push(&relation.to);
            }
        }
        let mut starts: Vec<&str> = self.pack.kinds.iter().map(|kind| kind.key.as_str()).collect();
        starts.extend(self.pack.relations.iter().map(|relation| relation.from.as_str()));
        for start in starts {
            let (mut open, mut seen) = (vec![start], FxHashSet::default());
            while let Some(kind) = open.pop() {
                for next in beneath.get(kind).into_iter().flatten() {
                    if *next == start {
                        return Err(BadPack::Circle { at: format!("kind {start}") });
                    }
                    if seen.insert(*next) {
                        open.push(next);
                    }
                }
            }
        }
        Ok(())
    }

    fn permissions_fit(&self) -> Result<(), BadPack> {
        let mut cells: FxHashMap<(&str, Column), &str> = FxHashMap::default();
        for entry in &self.pack.permissions {
            let at = |field: &str| format!("permission {}{field}", entry.key);
            said(|| at(""), &entry.opens)?;
            self.levels_fit(entry)?;
            for key in &entry.needs {
                self.permission(|| at(", needs"), key)?;
            }
            match (&entry.resource, entry.column) {
                (Some(key), _) if !self.resources.contains(key.as_str()) => {
                    return Err(BadPack::Unknown { at: at(", resource"), what: key.clone() });
                }
                (None, Column::Further) | (Some(_), Column::Further) => {}
                (None, _) => {
                    return Err(BadPack::Meaningless { at: at(""), what: "column".to_owned() });
                }
                (Some(key), column) => {
                    if let Some(there) = cells.insert((key, column), &entry.key) {
                        return Err(BadPack::CellTaken { at: at(""), what: there.to_owned() });
                    }
                }
            }
            let checked = entry.limits.check(
                |property| self.sort_of(property, entry),
                // A pack knows no place and no person.
                |value| !matches!(value, Value::Person(_) | Value::Place(_)),
            );
            checked.map_err(|why| BadPack::Limits { at: at(""), why })?;
        }
        Ok(())
    }

    /// A permission's kinds lie one beneath the other, so that it has one lowest level.
    fn levels_fit(&self, entry: &PermissionEntry) -> Result<(), BadPack> {
        let at = |field: &str| format!("permission {}{field}", entry.key);
        let mut lowest: (Level, &str) = (self.kind(|| at(", kind"), &entry.kind)?.level, &entry.kind);
        for key in &entry.also {
            let level = self.kind(|| at(", also"), key)?.level;
            if !lowest.0.reaches(level) {
                return Err(BadPack::WrongLevel { at: at(", also"), what: lowest.1.to_owned() });
            }
            lowest = (level, key);
        }
        Ok(())
    }

    fn sort_of(&self, property: &Property, entry: &PermissionEntry) -> Option<Sort> {
        let all = self.others.iter().copied().chain([self.pack]).flat_map(|pack| &pack.properties);
        let found = all.into_iter().find(|one| one.of == property.of && one.key == property.key)?;
        let has = |kind: &String| found.kinds.is_empty() || found.kinds.contains(kind);
        (property.of != Side::Object || has(&entry.kind)).then_some(found.sort)
    }

    fn relations_fit(&self) -> Result<(), BadPack> {
        for relation in &self.pack.relations {
            let at = |field: &str| format!("relation {}{field}", relation.key);
            self.kind(|| at(", from"), &relation.from)?;
            self.kind(|| at(", to"), &relation.to)?;
            if name::clean(&relation.reverse).is_err() {
                return Err(BadPack::BadName { at: at(", reverse") });
            }
        }
        Ok(())
    }

    fn properties_fit(&self) -> Result<(), BadPack> {
        for property in &self.pack.properties {
            let at = |field: &str| format!("property {}{field}", property.key);
            let meaningless = |what: &str| BadPack::Meaningless { at: at(""), what: what.to_owned() };
            if property.of != Side::Object && !property.kinds.is_empty() {
                return Err(meaningless("kinds"));
            }
            if property.sort != Sort::Place && property.place.is_some() {
                return Err(meaningless("place"));
            }
            for key in property.kinds.iter().chain(&property.place) {
                self.kind(|| at(""), key)?;
            }
        }
        Ok(())
    }

    fn actions_fit(&self) -> Result<(), BadPack> {
        for action in &self.pack.actions {
            let at = |field: &str| format!("action {}{field}", action.key);
            said(|| at(""), &action.opens)?;
            self.kind(|| at(", kind"), &action.kind)?;
            if action.needs.is_empty() {
                return Err(BadPack::Unknown { at: at(", needs"), what: String::new() });
            }
            for need in &action.needs {
                self.permission(|| at(", needs"), &need.permission)?;
            }
            // Asking for the permission asks for the action: it must not need less, nor be another pack's.
            if self.permissions.contains_key(action.key.as_str()) {
                let own = self.pack.permissions.iter().any(|entry| entry.key == action.key);
                let itself = |need: &super::Need| need.permission == action.key && need.on == On::Object;
                if !own || !action.needs.iter().any(itself) {
                    return Err(BadPack::NotItself { at: at("") });
                }
            }
        }
        Ok(())
    }

    fn roles_fit(&self) -> Result<(), BadPack> {
        let known = |key: &str| RESERVED_ROLES.contains(&key) || self.roles.contains_key(key);
        let unknown = |at: String, what: &str| BadPack::Unknown { at, what: what.to_owned() };
        for entry in &self.pack.permissions {
            if let Some(key) = entry.delegates.iter().find(|key| !known(key)) {
                return Err(unknown(format!("permission {}, delegates", entry.key), key));
            }
        }
        for role in &self.pack.roles {
            let at = |field: &str| format!("role {}{field}", role.key);
            let taken = self.roles.values().any(|other| other.id == role.id && other.key != role.key);
            if taken || RESERVED_ROLES.contains(&role.key.as_str()) {
                return Err(BadPack::DefinedTwice { at: at("") });
            }
            if !super::RoleEntry::NUMBERS.contains(&role.id) {
                return Err(BadPack::BadKey { at: at(", id"), key: role.id.to_string() });
            }
            said(|| at(""), &role.about)?;
            for key in &role.permissions {
                let entry = self.permission(|| at(", permissions"), key)?;
                if !fits(role.level, entry, |kind| self.kinds.get(kind).copied()) {
                    return Err(BadPack::WrongLevel {
                        at: format!("permission {key}"),
                        what: role.key.clone(),
                    });
                }
            }
            if let Some(key) = role.delegates.iter().chain(&role.pair).find(|key| !known(key)) {
                return Err(unknown(at(""), key));
            }
        }
        for bundle in &self.pack.bundles {
            if let Some(key) = bundle.roles.iter().find(|key| !known(key)) {
                return Err(unknown(format!("set of roles {}", bundle.key), key));
            }
        }
        Ok(())
    }
}

/// Whether a role of that level may hold the permission: only what lies at its level or beneath.
pub(super) fn fits<'k>(
    level: Level,
    entry: &PermissionEntry,
    kind: impl Fn(&str) -> Option<&'k Kind>,
) -> bool {
    let mut kinds = [&entry.kind].into_iter().chain(&entry.also);
    entry.everywhere || kinds.any(|key| kind(key).is_some_and(|kind| level.reaches(kind.level)))
}

fn is_key(key: &str) -> bool {
    (1..=64).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b))
}

fn named(what: &str, key: &str, name: &str) -> Result<(), BadPack> {
    if !is_key(key) {
        return Err(BadPack::BadKey { at: what.to_owned(), key: key.to_owned() });
    }
    match name::clean(name) {
        Ok(_) => Ok(()),
        Err(_) => Err(BadPack::BadName { at: format!("{what} {key}") }),
    }
}

fn said(at: impl Fn() -> String, text: &str) -> Result<(), BadPack> {
    match name::clean_description(text) {
        Ok(text) if !text.is_empty() => Ok(()),
        _ => Err(BadPack::BadText { at: at(), most: LONGEST_DESCRIPTION }),
    }
}
