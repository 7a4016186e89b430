//! The catalog: every permission there is, in packs.
//!
//! A pack is data: kinds of object, permissions in words, what needs what. The shipped packs are the JSON
//! files in `packs/`; an organization may add packs of its own. The catalog numbers permissions so that a
//! role is a set of bits; a number is never given twice, also when a pack is turned off.

use crate::object::Level;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

/// The key of the pack that is always on.
pub const ADMINISTRATION: &str = "administration";

/// A kind of object, as a pack defines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its key, e.g. `application`.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// The level at which roles must be to hold permissions of this kind.
    pub level: Level,
    /// The kinds that may hold it.
    pub within: Vec<String>,
    /// The permission that creating, renaming and removing one needs on the object that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create: Option<String>,
    #[serde(default)] pub shared: bool,
    #[serde(default)] pub edit: Option<String>,
    #[serde(default)] pub remove: Option<String>,
    #[serde(default)] pub nests: bool,
    #[serde(default)] pub passes_down: bool,
    #[serde(default)] pub deepest: Option<u8>,
}
pub struct Relation { pub name: String, pub key: String, pub from: String, pub to: String, pub contains: bool }
pub struct PropertyDef { pub name: String, pub key: String, pub of: crate::limit::Side, pub kinds: Vec<String>, pub sort: crate::limit::Sort, pub from_request: bool }

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

/// One permission: `resource.action`, and what it opens in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everywhere: bool,
    /// Where it is in force.
    #[serde(default)]
    pub in_force: InForce,
    #[serde(default)] pub limits: crate::limit::Limits,
}

/// A pack of kinds and permissions. People see it as an *area*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Its key, e.g. `applications`.
    pub key: String,
    /// Its name on screens.
    pub name: String,
    /// What an organization manages with it.
    #[serde(default)]
    pub about: String,
    /// Its kinds of object.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Its permissions, in the order of the screen.
    pub permissions: Vec<PermissionEntry>,
}

/// Why a pack is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BadPack {
    /// A pack of that key is there already.
    #[error("There is already an area with the key “{0}”. Choose another key.")]
    KeyTaken(String),
    /// A permission or kind of that key is there already.
    #[error("“{0}” is defined twice. Give it another key.")]
    DefinedTwice(String),
    /// A key is empty, too long or has other characters than a–z, 0–9, `.`, `-` and `_`.
    #[error("“{0}” is not a key. Use 1 to 64 of a–z, 0–9, dot, dash and underscore.")]
    BadKey(String),
    /// Something refers to a kind or permission that is not there.
    #[error("“{0}” refers to “{1}”, which is not defined.")]
    Unknown(String, String),
    /// A name or text is empty or too long.
    #[error("The name of “{0}” is empty or too long.")]
    BadName(String),
    /// More permissions than a catalog holds.
    #[error("An organization can have up to {0} permissions.")]
    TooMany(usize),
}

/// The number of a permission in its catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission(u16);

impl Permission {
    /// The number itself.
    #[must_use]
    pub fn number(self) -> usize {
        usize::from(self.0)
    }
}

/// The most permissions that a catalog holds.
pub const MOST_PERMISSIONS: usize = 4096;

/// A pack in a catalog, and whether it is on.
#[derive(Debug, Clone)]
pub struct Installed {
    /// The pack.
    pub pack: Arc<Pack>,
    /// Whether its permissions count. *Administration* is always on.
    pub on: bool,
    /// Whether it came with Rolecall, and not from the organization.
    pub shipped: bool,
}

/// All packs of an organization.
#[derive(Debug, Clone)]
pub struct Catalog {
    packs: Vec<Installed>,
    /// For each permission: the pack and the place within it.
    places: Vec<(usize, usize)>,
    numbers: FxHashMap<String, Permission>,
    kinds: FxHashMap<String, (usize, usize)>,
    on: PermissionSet,
}

/// The packs that come with Rolecall, *administration* first.
pub fn shipped() -> &'static [Arc<Pack>] {
    static PACKS: OnceLock<Vec<Arc<Pack>>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let texts = [
            include_str!("../packs/administration.json"),
            include_str!("../packs/packaging.json"),
            include_str!("../packs/applications.json"),
        ];
        // A test reads each of them, so none is ever left out here.
        texts.iter().filter_map(|text| serde_json::from_str(text).ok()).map(Arc::new).collect()
    })
}

impl Default for Catalog {
    fn default() -> Self {
        Self::new()
    }
}

impl Catalog {
    /// The shipped packs, only *administration* on.
    #[must_use]
    pub fn new() -> Self {
        let mut catalog = Self {
            packs: Vec::new(),
            places: Vec::new(),
            numbers: FxHashMap::default(),
            kinds: FxHashMap::default(),
            on: PermissionSet::default(),
        };
        for pack in shipped() {
            catalog.push(Arc::clone(pack), pack.key == ADMINISTRATION, true);
        }
        catalog
    }

    fn push(&mut self, pack: Arc<Pack>, on: bool, shipped: bool) {
        let at = self.packs.len();
        for (place, entry) in pack.permissions.iter().enumerate() {
            let number = Permission(u16::try_from(self.places.len()).unwrap_or(u16::MAX));
            self.places.push((at, place));
            self.numbers.insert(entry.key.clone(), number);
            if on {
                self.on.insert(number);
            }
        }
        for (place, kind) in pack.kinds.iter().enumerate() {
            self.kinds.insert(kind.key.clone(), (at, place));
        }
        self.packs.push(Installed { pack, on, shipped });
    }

    /// Adds a pack of the organization's own, turned on.
    ///
    /// # Errors
    /// When it redefines something, refers to what is not there, or is not well formed.
    pub fn install(&mut self, pack: Arc<Pack>) -> Result<(), BadPack> {
        self.check(&pack)?;
        self.push(pack, true, false);
        Ok(())
    }

    fn check(&self, pack: &Pack) -> Result<(), BadPack> {
        let is_key = |key: &str| {
            (1..=64).contains(&key.len())
                && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b))
        };
        let named = |key: &str, name: &str| match (is_key(key), crate::name::clean(name)) {
            (false, _) => Err(BadPack::BadKey(key.to_owned())),
            (_, Err(_)) => Err(BadPack::BadName(key.to_owned())),
            _ => Ok(()),
        };
        named(&pack.key, &pack.name)?;
        if self.packs.iter().any(|p| p.pack.key == pack.key) {
            return Err(BadPack::KeyTaken(pack.key.clone()));
        }
        if self.places.len() + pack.permissions.len() > MOST_PERMISSIONS {
            return Err(BadPack::TooMany(MOST_PERMISSIONS));
        }
        let mut seen = rustc_hash::FxHashSet::default();
        for kind in &pack.kinds {
            named(&kind.key, &kind.name)?;
            if self.kinds.contains_key(&kind.key) || !seen.insert(format!("kind {}", kind.key)) {
                return Err(BadPack::DefinedTwice(kind.key.clone()));
            }
            let holder =
                |key: &&String| !self.kinds.contains_key(*key) && !pack.kinds.iter().any(|k| k.key == **key);
            let right = |key: &&String| {
                !self.numbers.contains_key(*key) && !pack.permissions.iter().any(|p| p.key == **key)
            };
            let missing = kind.within.iter().find(holder).or(kind.create.as_ref().filter(right));
            if let Some(missing) = missing {
                return Err(BadPack::Unknown(kind.key.clone(), missing.clone()));
            }
        }
        for entry in &pack.permissions {
            named(&entry.key, &entry.name)?;
            if self.numbers.contains_key(&entry.key) || !seen.insert(entry.key.clone()) {
                return Err(BadPack::DefinedTwice(entry.key.clone()));
            }
            let own_kind = pack.kinds.iter().any(|k| k.key == entry.kind);
            if !own_kind && !self.kinds.contains_key(&entry.kind) {
                return Err(BadPack::Unknown(entry.key.clone(), entry.kind.clone()));
            }
            let known = |key: &String| {
                self.numbers.contains_key(key) || pack.permissions.iter().any(|p| &p.key == key)
            };
            if let Some(missing) = entry.needs.iter().find(|key| !known(key)) {
                return Err(BadPack::Unknown(entry.key.clone(), missing.clone()));
            }
            // Only shipped packs hand out built-in roles: anything else would be a way round the guards.
            if let Some(role) = entry.delegates.first() {
                return Err(BadPack::Unknown(entry.key.clone(), role.clone()));
            }
        }
        Ok(())
    }

    pub fn limits(&self, permission: Permission) -> Option<&crate::limit::Limits> { self.entry(permission).map(|e| &e.limits).filter(|l| !l.is_none()) }
    pub fn delegating(&self) -> PermissionSet {
        (0..self.places.len()).filter_map(|n| u16::try_from(n).ok().map(Permission)).filter(|p| self.entry(*p).is_some_and(|e| !e.delegates.is_empty())).collect()
    }
    pub fn delegated_by(&self, p: Permission) -> impl Iterator<Item = crate::id::RoleId> + '_ {
        self.entry(p).into_iter().flat_map(|e| e.delegates.iter()).filter_map(|k| (k == "member").then_some(crate::id::RoleId::MEMBER))
    }
    pub fn limited(&self) -> &PermissionSet { static N: PermissionSet = PermissionSet(Vec::new()); &N }
    pub fn relation(&self, _: &str) -> Option<&Relation> { None }
    pub fn property(&self, _: &crate::limit::Property) -> Option<&PropertyDef> { None }
    /// Turns a pack on or off. Returns whether that altered anything; *administration* never alters.
    pub fn turn(&mut self, key: &str, on: bool) -> bool {
        let Some(at) = self.packs.iter().position(|p| p.pack.key == key) else { return false };
        let Some(installed) = self.packs.get_mut(at) else { return false };
        if installed.on == on || key == ADMINISTRATION {
            return false;
        }
        installed.on = on;
        for (number, (pack, _)) in self.places.iter().enumerate() {
            if *pack == at {
                self.on.set(Permission(u16::try_from(number).unwrap_or(u16::MAX)), on);
            }
        }
        true
    }

    /// Takes out the pack that was installed last, if it is that one. Numbers stay what they were.
    pub fn uninstall(&mut self, key: &str) -> bool {
        self.packs.iter().any(|p| p.pack.key == key && !p.shipped) && self.turn(key, false)
    }

    /// All packs, in the order of the screen.
    #[must_use]
    pub fn packs(&self) -> &[Installed] {
        &self.packs
    }

    /// The pack of that key.
    #[must_use]
    pub fn pack(&self, key: &str) -> Option<&Installed> {
        self.packs.iter().find(|p| p.pack.key == key)
    }

    /// The number of the permission of that key, also when its pack is off.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<Permission> {
        self.numbers.get(key).copied()
    }

    /// What stands in the pack about a permission.
    #[must_use]
    pub fn entry(&self, permission: Permission) -> Option<&PermissionEntry> {
        let (pack, place) = self.places.get(permission.number())?;
        self.packs.get(*pack)?.pack.permissions.get(*place)
    }

    /// The permissions that are on: what *Admin* holds.
    #[must_use]
    pub fn all_on(&self) -> &PermissionSet {
        &self.on
    }

    /// The permissions of one pack, in its order.
    pub fn permissions_of(&self, key: &str) -> impl Iterator<Item = Permission> + '_ {
        let at = self.packs.iter().position(|p| p.pack.key == key);
        self.places
            .iter()
            .enumerate()
            .filter(move |(_, (pack, _))| Some(*pack) == at)
            .filter_map(|(number, _)| u16::try_from(number).ok().map(Permission))
    }

    /// The kind of that key.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        let (pack, place) = self.kinds.get(key)?;
        self.packs.get(*pack)?.pack.kinds.get(*place)
    }

    /// Whether a role of that level may hold the permission: only what lies at its level or beneath.
    #[must_use]
    pub fn fits(&self, level: Level, permission: Permission) -> bool {
        let Some(entry) = self.entry(permission) else { return false };
        entry.everywhere || self.kind(&entry.kind).is_some_and(|kind| level.reaches(kind.level))
    }
}

/// A set of permissions: one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PermissionSet(Vec<u64>);

impl PermissionSet {
    /// Whether it holds the permission.
    #[must_use]
    pub fn contains(&self, permission: Permission) -> bool {
        let n = permission.number();
        self.0.get(n / 64).is_some_and(|word| word & (1 << (n % 64)) != 0)
    }

    /// Adds a permission; says whether it was new.
    pub fn insert(&mut self, permission: Permission) -> bool {
        let was = self.contains(permission);
        self.set(permission, true);
        !was
    }

    /// Takes a permission out; says whether it was there.
    pub fn remove(&mut self, permission: Permission) -> bool {
        let was = self.contains(permission);
        self.set(permission, false);
        was
    }

    fn set(&mut self, permission: Permission, on: bool) {
        let n = permission.number();
        if on && self.0.len() <= n / 64 {
            self.0.resize(n / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(n / 64) {
            *word = if on { *word | (1 << (n % 64)) } else { *word & !(1 << (n % 64)) };
        }
        // Equal sets have equal words: no empty ones at the end.
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Adds all of another set.
    pub fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let theirs = other.0.iter().copied().chain(std::iter::repeat(0));
        let mut left = Self(self.0.iter().zip(theirs).map(|(a, b)| a & !b).collect());
        while left.0.last() == Some(&0) {
            left.0.pop();
        }
        left
    }

    /// What is in both sets.
    #[must_use]
    pub fn both(&self, other: &Self) -> Self {
        self.without(&self.without(other))
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Its permissions, in order.
    pub fn iter(&self) -> impl Iterator<Item = Permission> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            (0..64_usize)
                .filter(move |bit| word & (1 << bit) != 0)
                .filter_map(move |bit| u16::try_from(at * 64 + bit).ok().map(Permission))
        })
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        let mut set = Self::default();
        for permission in permissions {
            set.insert(permission);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_pack_is_well_formed() {
        assert_eq!(shipped().len(), 3);
        let mut catalog = Catalog::new();
        catalog.packs.clear();
        catalog.places.clear();
        catalog.numbers.clear();
        catalog.kinds.clear();
        for pack in shipped() {
            let mut undelegated = Pack::clone(pack);
            for entry in &mut undelegated.permissions {
                entry.delegates.clear();
                assert!(!entry.opens.is_empty(), "{}", entry.key);
            }
            catalog.install(Arc::new(undelegated)).unwrap();
        }
    }

    #[test]
    fn the_seven_permissions_have_the_names_that_people_know() {
        let catalog = Catalog::new();
        for name in [
            "Create applications",
            "Create sandboxes (and branches)",
            "Invite users to organization",
            "Merge changes to production application",
            "Merge changes within sandbox manager",
            "Rollback changes (to version prior to the last merge)",
            "Change application status (promote application to production)",
        ] {
            assert!(
                catalog.packs().iter().flat_map(|p| &p.pack.permissions).any(|entry| entry.name == name),
                "{name}"
            );
        }
    }

    #[test]
    fn a_pack_that_redefines_a_permission_is_refused() {
        let mut catalog = Catalog::new();
        let pack = Pack {
            key: "own".into(),
            name: "Own".into(),
            about: String::new(),
            kinds: vec![],
            permissions: vec![PermissionEntry {
                key: "people.view".into(),
                name: "See".into(),
                kind: "organization".into(),
                opens: String::new(),
                needs: vec![],
                delegates: vec![],
                everywhere: false,
                in_force: InForce::Nowhere,
            }],
        };
        assert_eq!(catalog.install(Arc::new(pack)), Err(BadPack::DefinedTwice("people.view".into())));
    }

    #[test]
    fn sets_of_permissions_add_and_subtract() {
        let set = |numbers: &[u16]| numbers.iter().map(|n| Permission(*n)).collect::<PermissionSet>();
        let mut a = set(&[1, 64, 200]);
        assert_eq!(a.len(), 3);
        assert_eq!(a.without(&set(&[64, 3])), set(&[1, 200]));
        assert_eq!(a.both(&set(&[64, 3])), set(&[64]));
        assert!(a.remove(Permission(200)) && a.remove(Permission(64)));
        assert_eq!(a, set(&[1]));
        assert_eq!(a.iter().collect::<Vec<_>>(), vec![Permission(1)]);
    }
}
