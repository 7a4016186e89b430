//! Objects: where they stand and what they are called.

use super::{exists, gone, overtaken};
use crate::grant::Grant;
use crate::id::ObjectId;
use crate::limit::Value;
use crate::misfit::Misfit;
use crate::object::{Bearer, How, Link, Object};
use crate::role::Owner;
use crate::state::{Space, State};
use std::sync::Arc;

impl State {
    pub(super) fn create_object(&mut self, object: &Object) -> Result<(), Misfit> {
        if self.objects.contains_key(&object.id) {
            return Err(exists("place"));
        }
        let misplaced = Misfit::Misplaced { what: object.name.clone() };
        let parent = object.parent.ok_or(misplaced)?;
        self.check_place(&object.kind, &object.name, parent)?;
        self.check_depth(&object.kind, &object.name, 1, parent)?;
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
        let holds = self.children(id).next().is_some() || !self.links_of(id).is_empty();
        let owns =
            !self.roles_owned_by(Owner::Tenant(id)).is_empty() || !self.accounts_of_robot(id).is_empty();
        let named = self.is_named(Bearer::Object(id), &Value::Place(id));
        if holds || owns || named || self.grants_on(id).next().is_some() {
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
        // It has the name in every place that holds it.
        let mut after = self.clone();
        after.take_name(Space::Child(parent), Some(was), now, id.bits())?;
        for place in self.shared_into(id) {
            after.take_name(Space::Child(place), Some(was), now, id.bits())?;
        }
        after.objects.insert(id, Arc::new(Object { name: now.to_owned(), ..object }));
        *self = after;
        Ok(())
    }

    pub(super) fn move_object(&mut self, id: ObjectId, was: ObjectId, now: ObjectId) -> Result<(), Misfit> {
        let object = self.object(id).ok_or_else(|| gone("place"))?.clone();
        if object.parent != Some(was) || was == now {
            return Err(overtaken(&object.name));
        }
        if self.is_within(now, id) {
            return Err(Misfit::Cycle { what: object.name });
        }
        let passed_down = Link { object: id, holder: was, how: How::PassedDown };
        if self.is_linked(&passed_down) || self.placements(id).any(|place| place == now) {
            return Err(Misfit::InUse { what: object.name });
        }
        self.check_place(&object.kind, &object.name, now)?;
        self.check_same_tenant(id, now)?;
        self.check_depth(&object.kind, &object.name, self.height(id), now)?;
        self.take_name(Space::Child(now), None, &object.name, id.bits())?;
        self.free_name(Space::Child(was), &object.name);
        if let Some(siblings) = self.children.get_mut(&was) {
            siblings.remove(&id);
        }
        self.children.entry(now).or_default().insert(id);
        self.objects.insert(id, Arc::new(Object { parent: Some(now), ..object }));
        Ok(())
    }

    /// Whether something of that kind may be in that place.
    pub(super) fn check_place(&self, kind: &str, name: &str, place: ObjectId) -> Result<(), Misfit> {
        let holder = self.object(place).ok_or_else(|| gone("place"))?;
        match self.catalog.kind(kind) {
            Some(kind) if kind.within.contains(&holder.kind) => Ok(()),
            _ => Err(Misfit::Misplaced { what: name.to_owned() }),
        }
    }

    /// INVARIANT: tenants share nothing, and nothing goes from one to another.
    pub(super) fn check_same_tenant(&self, object: ObjectId, place: ObjectId) -> Result<(), Misfit> {
        if self.tenant_of(object) == self.tenant_of(place) {
            return Ok(());
        }
        Err(Misfit::OtherTenant { what: self.object(place).map(|one| one.name.clone()).unwrap_or_default() })
    }

    /// Whether something that holds `height` levels of its own kind, itself counted, may be in that place.
    fn check_depth(&self, kind: &str, name: &str, height: usize, place: ObjectId) -> Result<(), Misfit> {
        let Some(deepest) = self.catalog.kind(kind).and_then(|kind| kind.deepest) else { return Ok(()) };
        let above = match self.object(place) {
            Some(holder) if holder.kind == kind => self.depth(place),
            _ => 0,
        };
        match above + height > usize::from(deepest) {
            true => Err(Misfit::TooDeep { what: name.to_owned(), deepest: usize::from(deepest) + 1 }),
            false => Ok(()),
        }
    }

    /// Whether something bears properties, or a property or a limit names it.
    pub(super) fn is_named(&self, of: Bearer, value: &Value) -> bool {
        let named = |grant: &Grant| {
            grant.limits.iter().any(|one| one.values().is_some_and(|values| values.contains(value)))
        };
        !self.properties(of).is_empty()
            || !self.properties_with(value).is_empty()
            || self.limited_grants().any(|grant| named(&grant))
    }
}
