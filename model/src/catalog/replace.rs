//! A new version of a pack of the organization's own.
//!
//! What keeps its key keeps its number. What is dropped is named to the caller, who refuses it while
//! something uses it; what would come to mean something else is refused here.

use super::check::Check;
use super::{BadPack, Catalog, Kind, Pack, PermissionEntry, PropertyDef, Relation};
use crate::limit::Property;
use std::sync::Arc;

/// What a new version of a pack no longer has, by its keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dropped {
    /// Permissions: no role may hold one.
    pub permissions: Vec<String>,
    /// Kinds: no object may be of one.
    pub kinds: Vec<String>,
    /// Relations: no two objects may have one.
    pub relations: Vec<String>,
    /// Properties: no object may have one, and no grant may be limited by one.
    pub properties: Vec<Property>,
}

impl Dropped {
    /// Whether everything is still there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Catalog {
    /// Puts a new version of a pack of the organization's own in the place of the one that is there, on or
    /// off as that was. Numbers of permissions stay; the number of one that is dropped is kept for its key.
    ///
    /// # Errors
    /// When there is none, when the new version is not well formed, when another pack refers to something that
    /// it drops, or when something in it would mean something else than before. The catalog is then as it was.
    pub fn replace(&mut self, pack: Arc<Pack>) -> Result<Dropped, BadPack> {
        let at = self.packs.iter().position(|there| there.pack.key == pack.key && !there.shipped);
        let at = at.ok_or_else(|| BadPack::NotThere(pack.key.clone()))?;
        let others = || self.packs.iter().enumerate().filter(move |(place, _)| *place != at);
        let packs: Vec<&Pack> = others().map(|(_, there)| &*there.pack).collect();
        Check::new(&pack, packs, false).whole()?;
        // It may use only what stands before it, so that all packs can be installed again in their order.
        let before = self.packs.iter().take(at).map(|there| &*there.pack).collect();
        Check::new(&pack, before, false).references()?;
        for (place, there) in others().filter(|(_, there)| !there.shipped) {
            let beside = others().filter(|(other, _)| *other != place).map(|(_, there)| &*there.pack);
            Check::new(&there.pack, beside.chain([&*pack]).collect(), false).references()?;
        }
        let was = self.packs.get(at).map(|there| Arc::clone(&there.pack)).unwrap_or_default();
        let dropped = dropped(&was, &pack)?;
        if let Some(there) = self.packs.get_mut(at) {
            there.pack = pack;
        }
        self.index();
        Ok(dropped)
    }
}

/// What the new version no longer has; refuses what it redefines.
fn dropped(was: &Pack, now: &Pack) -> Result<Dropped, BadPack> {
    let keep = |at: String, kept: bool| if kept { Ok(()) } else { Err(BadPack::Redefined { at }) };
    let mut dropped = Dropped::default();
    for one in &was.permissions {
        match now.permissions.iter().find(|other| other.key == one.key) {
            Some(other) => keep(format!("permission {}", one.key), permission_stays(one, other))?,
            None => dropped.permissions.push(one.key.clone()),
        }
    }
    for one in &was.kinds {
        match now.kinds.iter().find(|other| other.key == one.key) {
            Some(other) => keep(format!("kind {}", one.key), kind_stays(one, other))?,
            None => dropped.kinds.push(one.key.clone()),
        }
    }
    for one in &was.relations {
        match now.relations.iter().find(|other| other.key == one.key) {
            Some(other) => keep(format!("relation {}", one.key), relation_stays(one, other))?,
            None => dropped.relations.push(one.key.clone()),
        }
    }
    for one in &was.properties {
        match now.properties.iter().find(|other| other.key == one.key && other.of == one.of) {
            Some(other) => keep(format!("property {}", one.key), property_stays(one, other))?,
            None => dropped.properties.push(Property::new(one.of, &one.key)),
        }
    }
    Ok(dropped)
}

fn all_of(was: &[String], now: &[String]) -> bool {
    was.iter().all(|key| now.contains(key))
}

/// Roles that hold it still may.
fn permission_stays(was: &PermissionEntry, now: &PermissionEntry) -> bool {
    was.kind == now.kind && all_of(&was.also, &now.also) && (now.everywhere || !was.everywhere)
}

/// Objects of the kind still stand where they may.
fn kind_stays(was: &Kind, now: &Kind) -> bool {
    let depth = |kind: &Kind| kind.deepest.unwrap_or(u8::MAX);
    was.level == now.level
        && all_of(&was.within, &now.within)
        && depth(was) <= depth(now)
        && (now.shared || !was.shared)
        && (now.passes_down || !was.passes_down)
}

fn relation_stays(was: &Relation, now: &Relation) -> bool {
    was.from == now.from && was.to == now.to && was.contains == now.contains && (was.one || !now.one)
}

/// Values and limits of it still are of its sort, on kinds that have it.
fn property_stays(was: &PropertyDef, now: &PropertyDef) -> bool {
    let kinds = now.kinds.is_empty() || (!was.kinds.is_empty() && all_of(&was.kinds, &now.kinds));
    was.sort == now.sort && kinds && (now.place.is_none() || now.place == was.place)
}
