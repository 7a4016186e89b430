//! What has a meaning on places of a kind, and how much of that is in force.

use super::{AnyOf, Catalog, InForce, Permission, PermissionEntry};
use serde::{Deserialize, Serialize};

/// How far access that is given on a place is in force: of the permissions of its kind and of the kinds that it may
/// hold, and of those that seeing or changing such places asks for, how many this console obeys. No program asks for
/// the others yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InForceHere {
    /// How many there are.
    pub all: u32,
    /// How many of them are in force in this console.
    pub console: u32,
}

impl Catalog {
    /// A kind, and the kinds of what may stand in such a place or further beneath.
    #[must_use]
    pub fn kinds_in<'c>(&'c self, kind: &'c str) -> Vec<&'c str> {
        let mut found: Vec<&str> = vec![kind];
        let mut next = 0;
        while let Some(here) = found.get(next).copied() {
            next += 1;
            for kind in self.kinds().filter(|kind| kind.within.iter().any(|within| within == here)) {
                if !found.contains(&kind.key.as_str()) {
                    found.push(&kind.key);
                }
            }
        }
        found
    }

    /// How far access that is given on a place of a kind is in force. Areas that are off do not count, and neither
    /// does what is only given further up, or has a meaning everywhere: it says nothing of this place.
    #[must_use]
    pub fn in_force_on(&self, kind: &str) -> InForceHere {
        let kinds = self.kinds_in(kind);
        let level = self.kind(kind).map(|kind| kind.level).unwrap_or_default();
        let asked: Vec<&String> = kinds
            .iter()
            .filter_map(|key| self.kind(key))
            .flat_map(|kind| [&kind.view, &kind.create, &kind.edit, &kind.note, &kind.delete])
            .flat_map(AnyOf::keys)
            .collect();
        let is_here = |permission: Permission, entry: &PermissionEntry| {
            std::iter::once(&entry.kind).chain(&entry.also).any(|kind| kinds.contains(&kind.as_str()))
                || (asked.contains(&&entry.key) && self.fits(level, permission))
        };
        let mut here = InForceHere::default();
        for permission in self.all_on().iter() {
            let Some(entry) = self.entry(permission).filter(|entry| is_here(permission, entry)) else {
                continue;
            };
            here.all += 1;
            here.console += u32::from(entry.in_force == InForce::Console);
        }
        here
    }
}
