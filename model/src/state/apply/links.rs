//! Ties between objects: shared, passed down, related.

use super::{exists, gone, overtaken};
use crate::catalog::Relation;
use crate::id::ObjectId;
use crate::misfit::Misfit;
use crate::object::{How, Link};
use crate::state::{Space, State};

impl State {
    pub(super) fn link(&mut self, link: &Link) -> Result<(), Misfit> {
        if self.is_linked(link) {
            return Err(exists("tie"));
        }
        let name = self.name_of(link.object)?;
        let holder = self.name_of(link.holder)?;
        if self.is_within(link.holder, link.object) {
            return Err(Misfit::Cycle { what: name });
        }
        self.check_same_tenant(link.object, link.holder)?;
        let (held_kind, holder_kind) = (self.kind_of(link.object), self.kind_of(link.holder));
        match &link.how {
            How::Shared => {
                if !self.catalog.kind(&held_kind).is_some_and(|kind| kind.shared) {
                    return Err(Misfit::NotShared { what: name });
                }
                self.check_place(&held_kind, &name, link.holder)?;
                if self.placements(link.object).any(|place| place == link.holder) {
                    return Err(exists("placement"));
                }
                self.take_name(Space::Child(link.holder), None, &name, link.object.bits())?;
            }
            How::PassedDown => {
                let passes = self.catalog.kind(&held_kind).is_some_and(|kind| kind.passes_down);
                let nests = self.catalog.kind(&holder_kind).is_some_and(|kind| kind.nests());
                if !passes || !nests || !self.placements(link.object).any(|place| place == link.holder) {
                    return Err(Misfit::Unrelated { what: name, other: holder });
                }
            }
            How::Related(key) => {
                let relation = self.catalog.relation(key);
                let fits = |one: &&Relation| one.from == holder_kind && one.to == held_kind;
                let Some(relation) = relation.filter(fits) else {
                    return Err(Misfit::Unrelated { what: name, other: holder });
                };
                if relation.one && self.holders(link.object).any(|other| other.how == link.how) {
                    return Err(overtaken(&name));
                }
            }
        }
        self.links.insert(link);
        Ok(())
    }

    pub(super) fn unlink(&mut self, link: &Link) -> Result<(), Misfit> {
        if !self.is_linked(link) {
            return Err(gone("tie"));
        }
        let name = self.name_of(link.object)?;
        if link.how == How::Shared {
            let down = Link { how: How::PassedDown, ..link.clone() };
            if self.is_linked(&down) {
                return Err(Misfit::InUse { what: name });
            }
            self.free_name(Space::Child(link.holder), &name);
        }
        self.links.remove(link);
        Ok(())
    }

    fn name_of(&self, object: ObjectId) -> Result<String, Misfit> {
        self.object(object).map(|one| one.name.clone()).ok_or_else(|| gone("place"))
    }

    fn kind_of(&self, object: ObjectId) -> String {
        self.object(object).map(|one| one.kind.clone()).unwrap_or_default()
    }
}
