//! The catalog: every permission there is, in packs.
//!
//! A pack is data: kinds of object and how they belong together, permissions in words, what needs what, the
//! roles that come with it. The shipped packs are the JSON files in `packs/`; an organization may add packs of
//! its own. The catalog numbers permissions so that a role is a set of bits; a number is never given to another
//! key, also when a pack is turned off or a permission is dropped.

mod bad;
mod check;
mod entry;
mod here;
mod kind;
mod pack;
mod replace;
mod set;

pub use bad::BadPack;
pub use entry::{Column, Effect, InForce, PermissionEntry};
pub use here::InForceHere;
pub use kind::{AnyOf, Asked, Kind, Right};
pub use pack::{Action, Bundle, Need, On, Pack, PropertyDef, Relation, Resource, RoleEntry};
pub use replace::Dropped;
pub use set::{Permission, PermissionSet};

use crate::id::RoleId;
use crate::limit::{Limits, Property, Sort};
use crate::object::Level;
use check::Check;
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

/// The key of the pack that is always on.
pub const ADMINISTRATION: &str = "administration";

/// The most permissions that a catalog holds.
pub const MOST_PERMISSIONS: usize = 4096;

/// The most kinds, relations, properties, actions and rows, of each, that a catalog holds.
pub const MOST_PARTS: usize = 512;

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

/// The pack, and the place within its list.
type Place = (usize, usize);

/// Where the parts of packs stand, by their keys. Also those of packs that are off.
#[derive(Debug, Clone, Default)]
struct Index {
    kinds: FxHashMap<String, Place>,
    relations: FxHashMap<String, Place>,
    properties: FxHashMap<Property, Place>,
    actions: FxHashMap<String, Place>,
    resources: FxHashMap<String, Place>,
    roles: FxHashMap<String, Place>,
    role_ids: FxHashMap<RoleId, Place>,
}

/// All packs of an organization.
#[derive(Debug, Clone)]
pub struct Catalog {
    packs: Vec<Installed>,
    /// For each number: where its permission stands; none when it was dropped.
    places: Vec<Option<Place>>,
    /// The number of every key that ever had one.
    numbers: FxHashMap<String, Permission>,
    index: Index,
    on: PermissionSet,
    /// Those that have limits of their own.
    limited: PermissionSet,
    /// Those that let their holder hand out roles.
    delegating: PermissionSet,
}

/// The packs that come with Rolecall, *administration* first.
pub fn shipped() -> &'static [Arc<Pack>] {
    static PACKS: OnceLock<Vec<Arc<Pack>>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let texts = [
            include_str!("../packs/administration.json"),
            include_str!("../packs/packaging.json"),
            include_str!("../packs/automation.json"),
            include_str!("../packs/applications.json"),
        ];
        // A test reads each of them, so none is ever left out here.
        texts.iter().filter_map(|text| serde_json::from_str(text).ok()).map(Arc::new).collect()
    })
}

/// Whether a shipped pack is well formed beside the others: asked by tests, for these packs are not refused.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check_shipped(pack: &Pack) -> Result<(), BadPack> {
    let others = shipped().iter().map(|other| &**other).filter(|other| other.key != pack.key);
    Check::new(pack, others.collect(), true).whole()
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
        static NEW: OnceLock<Catalog> = OnceLock::new();
        let new = NEW.get_or_init(|| {
            let installed = |pack: &Arc<Pack>| Installed {
                pack: Arc::clone(pack),
                on: pack.key == ADMINISTRATION,
                shipped: true,
            };
            let mut catalog = Self {
                packs: shipped().iter().map(installed).collect(),
                places: Vec::new(),
                numbers: FxHashMap::default(),
                index: Index::default(),
                on: PermissionSet::default(),
                limited: PermissionSet::default(),
                delegating: PermissionSet::default(),
            };
            catalog.index();
            catalog
        });
        new.clone()
    }

    /// Finds all places anew, and gives numbers to new keys.
    fn index(&mut self) {
        let Self { packs, places, numbers, index, on, limited, delegating } = self;
        *index = Index::default();
        for set in [&mut *on, limited, delegating] {
            *set = PermissionSet::default();
        }
        places.iter_mut().for_each(|place| *place = None);
        for (at, installed) in packs.iter().enumerate() {
            let pack = &installed.pack;
            for (n, entry) in pack.permissions.iter().enumerate() {
                let number = *numbers.entry(entry.key.clone()).or_insert_with(|| {
                    places.push(None);
                    // `check` refuses more than fit.
                    Permission(u16::try_from(places.len() - 1).unwrap_or(u16::MAX))
                });
                if let Some(place) = places.get_mut(number.number()) {
                    *place = Some((at, n));
                }
                let sets = [
                    (&mut *on, installed.on),
                    (&mut *limited, !entry.limits.is_none()),
                    (&mut *delegating, !entry.delegates.is_empty()),
                ];
                for (set, _) in sets.into_iter().filter(|(_, belongs)| *belongs) {
                    set.insert(number);
                }
            }
            let keyed = |map: &mut FxHashMap<String, Place>, keys: &mut dyn Iterator<Item = &String>| {
                map.extend(keys.cloned().enumerate().map(|(n, key)| (key, (at, n))));
            };
            keyed(&mut index.kinds, &mut pack.kinds.iter().map(|one| &one.key));
            keyed(&mut index.relations, &mut pack.relations.iter().map(|one| &one.key));
            keyed(&mut index.actions, &mut pack.actions.iter().map(|one| &one.key));
            keyed(&mut index.resources, &mut pack.resources.iter().map(|one| &one.key));
            keyed(&mut index.roles, &mut pack.roles.iter().map(|one| &one.key));
            let ids = pack.roles.iter().enumerate().map(|(n, one)| (one.role(), (at, n)));
            index.role_ids.extend(ids);
            let properties = pack.properties.iter().enumerate();
            index.properties.extend(properties.map(|(n, p)| (Property::new(p.of, &p.key), (at, n))));
        }
    }

    /// Adds a pack of the organization's own, turned on.
    ///
    /// # Errors
    /// When it redefines something, refers to what is not there, or is not well formed.
    pub fn install(&mut self, pack: Arc<Pack>) -> Result<(), BadPack> {
        let others = self.packs.iter().map(|installed| &*installed.pack).collect();
        Check::new(&pack, others, false).whole()?;
        self.packs.push(Installed { pack, on: true, shipped: false });
        self.index();
        Ok(())
    }

    /// Turns a pack on or off. Returns whether that altered anything; *administration* never alters.
    pub fn turn(&mut self, key: &str, on: bool) -> bool {
        let Some(installed) = self.packs.iter_mut().find(|installed| installed.pack.key == key) else {
            return false;
        };
        if installed.on == on || key == ADMINISTRATION {
            return false;
        }
        installed.on = on;
        self.index();
        true
    }

    /// Takes out a pack of the organization's own. Numbers stay what they were.
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

    fn at<T>(&self, place: Option<&Place>, list: impl Fn(&Pack) -> &[T]) -> Option<&T> {
        let (pack, n) = place?;
        list(&self.packs.get(*pack)?.pack).get(*n)
    }

    fn all<T: 'static>(&self, list: impl Fn(&Pack) -> &[T]) -> impl Iterator<Item = &T> {
        self.packs.iter().flat_map(move |installed| list(&installed.pack))
    }

    /// The number of the permission of that key, also when its pack is off.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<Permission> {
        let number = self.numbers.get(key).copied()?;
        self.places.get(number.number())?.map(|_| number)
    }

    /// What stands in the pack about a permission; none when it was dropped.
    #[must_use]
    pub fn entry(&self, permission: Permission) -> Option<&PermissionEntry> {
        self.at(self.places.get(permission.number())?.as_ref(), |pack| &pack.permissions)
    }

    /// The pack that a permission is in.
    #[must_use]
    pub fn area(&self, permission: Permission) -> Option<&Installed> {
        let (pack, _) = (*self.places.get(permission.number())?)?;
        self.packs.get(pack)
    }

    /// What limits a permission itself, whoever holds it: *own flows only*.
    #[must_use]
    pub fn limits(&self, permission: Permission) -> Option<&Limits> {
        self.entry(permission).filter(|_| self.limited.contains(permission)).map(|entry| &entry.limits)
    }

    /// The permissions that have limits of their own.
    #[must_use]
    pub fn limited(&self) -> &PermissionSet {
        &self.limited
    }

    /// The permissions that let their holder hand out roles.
    #[must_use]
    pub fn delegating(&self) -> &PermissionSet {
        &self.delegating
    }

    /// The permissions that are on: what *Admin* holds.
    #[must_use]
    pub fn all_on(&self) -> &PermissionSet {
        &self.on
    }

    /// The permissions of one pack, in its order.
    pub fn permissions_of(&self, key: &str) -> impl Iterator<Item = Permission> + '_ {
        let entries = self.pack(key).into_iter().flat_map(|installed| &installed.pack.permissions);
        entries.filter_map(|entry| self.number(&entry.key))
    }

    /// The kind of that key.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        self.at(self.index.kinds.get(key), |pack| &pack.kinds)
    }

    /// The pack that a kind is in.
    #[must_use]
    pub fn area_of_kind(&self, key: &str) -> Option<&Installed> {
        self.packs.get(self.index.kinds.get(key)?.0)
    }

    /// The kinds of all packs.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.all(|pack| &pack.kinds)
    }

    /// The relation of that key.
    #[must_use]
    pub fn relation(&self, key: &str) -> Option<&Relation> {
        self.at(self.index.relations.get(key), |pack| &pack.relations)
    }

    /// The relations of all packs.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.all(|pack| &pack.relations)
    }

    /// What stands in the pack about a property.
    #[must_use]
    pub fn property(&self, property: &Property) -> Option<&PropertyDef> {
        self.at(self.index.properties.get(property), |pack| &pack.properties)
    }

    /// What the values of a property are: for [`crate::limit::Limits::check`].
    #[must_use]
    pub fn sort_of(&self, property: &Property) -> Option<Sort> {
        self.property(property).map(|found| found.sort)
    }

    /// The properties of all packs.
    pub fn properties(&self) -> impl Iterator<Item = &PropertyDef> {
        self.all(|pack| &pack.properties)
    }

    /// The action of that key. Whoever asks by a key asks for the action, where there is one.
    #[must_use]
    pub fn action(&self, key: &str) -> Option<&Action> {
        self.at(self.index.actions.get(key), |pack| &pack.actions)
    }

    /// The actions of all packs.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.all(|pack| &pack.actions)
    }

    /// The row of that key.
    #[must_use]
    pub fn resource(&self, key: &str) -> Option<&Resource> {
        self.at(self.index.resources.get(key), |pack| &pack.resources)
    }

    /// The built-in role of that key, unless it is *Admin* or *Member*.
    #[must_use]
    pub fn role(&self, key: &str) -> Option<&RoleEntry> {
        self.at(self.index.roles.get(key), |pack| &pack.roles)
    }

    /// The built-in role of that id, unless it is *Admin* or *Member*.
    #[must_use]
    pub fn built_in(&self, role: RoleId) -> Option<&RoleEntry> {
        self.at(self.index.role_ids.get(&role), |pack| &pack.roles)
    }

    /// The pack that a built-in role came with; none for *Admin* and *Member*, which are always there.
    #[must_use]
    pub fn area_of_role(&self, role: RoleId) -> Option<&Installed> {
        self.packs.get(self.index.role_ids.get(&role)?.0)
    }

    /// The built-in roles of all packs, without *Admin* and *Member*.
    pub fn roles(&self) -> impl Iterator<Item = &RoleEntry> {
        self.all(|pack| &pack.roles)
    }

    /// The id of the built-in role of that key, *Admin* and *Member* included.
    #[must_use]
    pub fn role_id(&self, key: &str) -> Option<RoleId> {
        match key {
            "admin" => Some(RoleId::ADMIN),
            "member" => Some(RoleId::MEMBER),
            _ => self.role(key).map(RoleEntry::role),
        }
    }

    /// The roles that the holder of a permission may hand out to others.
    pub fn delegated_by(&self, permission: Permission) -> impl Iterator<Item = RoleId> + '_ {
        let keys = self.entry(permission).into_iter().flat_map(|entry| &entry.delegates);
        keys.filter_map(|key| self.role_id(key))
    }

    /// The permission that governs an access setting: whose holder may set it. None for all other roles.
    #[must_use]
    pub fn governs(&self, setting: RoleId) -> Option<Permission> {
        let entry = self.built_in(setting).filter(|entry| entry.setting)?;
        self.delegating.iter().find(|governs| {
            self.delegated_by(*governs).any(|role| role == setting)
                || self.entry(*governs).is_some_and(|one| entry.permissions.contains(&one.key))
        })
    }

    /// The access settings that the holders of a permission may set, in the order of the pack.
    pub fn governed_by(&self, permission: Permission) -> impl Iterator<Item = &RoleEntry> {
        self.roles().filter(move |entry| self.governs(entry.role()) == Some(permission))
    }

    /// Whether a role of that level may hold the permission: only what lies at its level or beneath.
    #[must_use]
    pub fn fits(&self, level: Level, permission: Permission) -> bool {
        self.entry(permission).is_some_and(|entry| check::fits(level, entry, |kind| self.kind(kind)))
    }

    /// The lowest level whose roles may hold the permission; none when roles of every level may.
    #[must_use]
    pub fn level(&self, permission: Permission) -> Option<Level> {
        let entry = self.entry(permission).filter(|entry| !entry.everywhere)?;
        // One lies beneath the other: the last is the lowest.
        self.kind(entry.also.last().unwrap_or(&entry.kind)).map(|kind| kind.level)
    }
}
