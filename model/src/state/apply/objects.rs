//! Objects: where they stand and what they are called.

use super::{exists, gone, overtaken};
use crate::id::ObjectId;
use crate::misfit::Misfit;
use crate::object::Object;
use crate::state::{Space, State};
use std::sync::Arc;

impl State {
    pub(super) fn create_object(&mut self, object: &Object) -> Result<(), Misfit> {
        if self.objects.contains_key(&object.id) {
            return Err(exists("place"));
        }
        let misplaced = || Misfit::Misplaced { what: object.name.clone() };
        let parent = object.parent.ok_or_else(misplaced)?;
        let holder = self.object(parent).ok_or_else(|| gone("place"))?;
        let kind = self.catalog.kind(&object.kind).ok_or_else(misplaced)?;
        if !kind.within.contains(&holder.kind) {
            return Err(misplaced());
        }
        self.take_name(Space::Child(parent), None, &object.name, object.id.bits())?;
        self.objects.insert(object.id, Arc::new(object.clone()));
        self.children.entry(parent).or_default().insert(object.id);
        Ok(())
    }

    pub(super) fn remove_object(&mut self, record: &Object) -> Result<(), Misfit> {
        let id = record.id;
        let object = self.object(id).ok_or_else(|| gone("place"))?.clone();
        // INVARIANT: what a removal says is so, for the guard judges by it.
        if object != *record {
            return Err(overtaken(&object.name));
        }
        let parent = object.parent.ok_or_else(|| Misfit::Misplaced { what: object.name.clone() })?;
        if self.children(id).next().is_some() || self.grants_on(id).next().is_some() {
            return Err(Misfit::InUse { what: object.name });
        }
        self.free_name(Space::Child(parent), &object.name);
        if let Some(siblings) = self.children.get_mut(&parent) {
            siblings.remove(&id);
        }
        self.objects.remove(&id);
        Ok(())
    }

    pub(super) fn rename_object(&mut self, id: ObjectId, was: &str, now: &str) -> Result<(), Misfit> {
        let object = self.object(id).ok_or_else(|| gone("place"))?.clone();
        let parent = object.parent.ok_or_else(|| Misfit::Misplaced { what: object.name.clone() })?;
        if object.name != was {
            return Err(overtaken(&object.name));
        }
        self.take_name(Space::Child(parent), Some(was), now, id.bits())?;
        self.objects.insert(id, Arc::new(Object { name: now.to_owned(), ..object }));
        Ok(())
    }
}
