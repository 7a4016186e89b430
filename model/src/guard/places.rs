//! Who may make, move, tie and remove places, and set properties.
//!
//! INVARIANT: where an object hangs decides who may do what on it, and a property decides whether a limit is
//! met. So who hangs it elsewhere, or sets such a property, hands out or takes away every grant that then
//! begins or ends to reach it, and is judged as if giving it on the object.

use super::say::{self, not_yours, place_name};
use super::{Judge, Refusal};
use crate::action::PROCESS;
use crate::catalog::{On, Right};
use crate::change::Change;
use crate::decide::{Context, Question, verdict};
use crate::grant::{Grant, Terms, Who};
use crate::id::ObjectId;
use crate::limit::{Limits, Property, Side, Value};
use crate::object::{Bearer, How, Link, ROBOT, TENANT};
use crate::state::State;
use std::collections::BTreeSet;

impl Judge<'_> {
    pub(super) fn places(&self, now: &State, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::ObjectCreated { object } => {
                let parent = object.parent.unwrap_or(ObjectId::ORGANIZATION);
                self.may_create(now, &object.kind, parent, object.id)?;
                // What is removed and made again elsewhere in one revision is moved.
                match self.before.object(object.id) {
                    Some(_) => self.rehangs(now, change, object.id),
                    None => Ok(()),
                }
            }
            Change::ObjectRemoved { object } if self.goes_with_its_tenant(object.id) => Ok(()),
            Change::ObjectRemoved { object } => self.may_edit(now, object.id, Right::Delete),
            Change::ObjectRenamed { object, .. } => self.may_edit(now, *object, Right::Edit),
            Change::DetailsEdited { object } => self.may_edit(now, *object, Right::Note),
            Change::ObjectMoved { object, now: place, .. } => {
                self.may_edit(now, *object, Right::Edit)?;
                self.may_create(now, &kind(now, *object), *place, *object)?;
                self.rehangs(now, change, *object)
            }
            Change::Linked { link } | Change::Unlinked { link } => {
                self.ties(now, link, matches!(change, Change::Linked { .. }))?;
                self.rehangs(now, change, link.object)
            }
            _ => Ok(()),
        }
    }

    /// Whether the tenant that holds it is removed by this very revision: removing a tenant also takes what it
    /// holds, and is judged with the tenant.
    fn goes_with_its_tenant(&self, object: ObjectId) -> bool {
        let mut holders = self.before.chain(object).skip(1);
        holders.any(|holder| holder.kind == TENANT && self.gone.contains(&holder.id))
    }

    fn ties(&self, now: &State, link: &Link, is_new: bool) -> Result<(), Refusal> {
        self.may_edit(now, link.object, Right::Edit)?;
        match link.how {
            How::Shared if is_new => self.may_create(now, &kind(now, link.object), link.holder, link.object),
            How::Related(_) => self.may_edit(now, link.holder, Right::Edit),
            How::Shared | How::PassedDown => Ok(()),
        }
    }

    fn may_create(&self, now: &State, kind: &str, parent: ObjectId, object: ObjectId) -> Result<(), Refusal> {
        let asked = now.catalog().kind(kind).map(|kind| kind.asks(Right::Create));
        match asked {
            Some(asked) if !asked.any_of.is_empty() => {
                self.needs_any(asked.any_of, self.standing(now, parent))?;
                self.needs_for_action(asked.any_of, object)
            }
            _ => self.is_administrator(ObjectId::ORGANIZATION, &self.just_now()),
        }
    }

    /// INVARIANT: removing or changing an object needs the right along every placement, or on itself.
    fn may_edit(&self, now: &State, object: ObjectId, right: Right) -> Result<(), Refusal> {
        let catalog = now.catalog();
        let asked = catalog.kind(&kind(now, object)).map(|kind| kind.asks(right));
        let Some(asked) = asked.filter(|asked| !asked.any_of.is_empty()) else {
            return self.is_administrator(ObjectId::ORGANIZATION, &self.just_now());
        };
        if matches!(right, Right::Edit | Right::Note) {
            self.needs_for_action(asked.any_of, object)?;
        }
        // What this very revision makes has nothing of its own yet.
        if self.before.object(object).is_none() {
            return self.needs_any(asked.any_of, self.standing(now, object));
        }
        let placements: Vec<ObjectId> = self.before.placements(object).collect();
        match (asked.on_holder, placements.as_slice()) {
            (false, [] | [_]) => self.needs_any(asked.any_of, object),
            (false, _) if asked.any_of.iter().any(|key| self.has_on_itself(key, object)) => Ok(()),
            (_, all) => {
                let refused = all.iter().try_for_each(|place| self.needs_any(asked.any_of, *place));
                refused.map_err(|refusal| match refusal {
                    // Whose the others are is not told: who may not see them would learn it here.
                    Refusal::Needs { permission, .. } if all.len() > 1 => {
                        let place = format!("every folder that holds {}", place_name(self.before, object));
                        Refusal::Needs { permission, place }
                    }
                    other => other,
                })
            }
        }
    }

    /// INVARIANT: what starts something by itself is no way round: making or changing it, as this revision
    /// leaves it, needs what doing that by hand needs.
    fn needs_for_action(&self, any_of: &[String], object: ObjectId) -> Result<(), Refusal> {
        let catalog = self.before.catalog();
        let Some(action) = any_of.iter().find_map(|key| catalog.action(key)) else { return Ok(()) };
        let held_by = |kind: &str| {
            let mut holders = self.after.holders(object).map(|link| link.holder);
            holders.find(|holder| self.after.object(*holder).is_some_and(|one| one.kind == kind))
        };
        let (process, robot) = (held_by(PROCESS), held_by(ROBOT));
        // It starts nothing yet.
        let Some(process) = process else { return Ok(()) };
        let mut context = Context::default().with(PROCESS, Value::Place(process));
        if let Some(robot) = robot {
            context = context.with(ROBOT, Value::Place(robot));
        }
        for need in &action.needs {
            let place = match need.on {
                On::Object => continue,
                On::Process => process,
                On::Runner => {
                    robot.or(self.after.object(process).and_then(|one| one.parent)).unwrap_or(process)
                }
            };
            self.needs_with(&need.permission, self.standing(&self.after, place), &context)?;
        }
        Ok(())
    }

    /// A permission, asked in surroundings.
    fn needs_with(&self, key: &str, object: ObjectId, context: &Context) -> Result<(), Refusal> {
        let catalog = self.before.catalog();
        let may = catalog.number(key).is_some_and(|permission| {
            let (who, at, context) = (self.actor.into(), self.at, context.clone());
            verdict(self.before, &Question { who, permission, object, at, context }).is_allowed()
        });
        if may { Ok(()) } else { Err(say::needs(self.before, key, object)) }
    }

    /// One of these permissions.
    pub(super) fn needs_any(&self, any_of: &[String], object: ObjectId) -> Result<(), Refusal> {
        let mut refused = Ok(());
        for key in any_of {
            match self.needs(key, object) {
                Ok(()) => return Ok(()),
                Err(refusal) if refused.is_ok() => refused = Err(refusal),
                Err(_) => {}
            }
        }
        refused
    }

    /// Whether a grant on the very object gives the actor a permission, for good or for now.
    fn has_on_itself(&self, key: &str, object: ObjectId) -> bool {
        let Some(permission) = self.before.catalog().number(key) else { return false };
        crate::decide::paths(self.before, self.actor, permission, object, self.at)
            .any(|grant| grant.object == object && grant.limits.is_none())
    }

    /// INVARIANT: what begins or ends to reach an object is judged as given or taken there.
    fn rehangs(&self, now: &State, change: &Change, object: ObjectId) -> Result<(), Refusal> {
        let mut after = now.clone();
        if after.apply(change).is_err() || self.before.object(object).is_none() {
            return Ok(());
        }
        let mut moved: BTreeSet<ObjectId> = self.before.moves_along(object).into_iter().collect();
        moved.extend(after.moves_along(object));
        for object in moved {
            let (was, is) = (self.before.above(object), after.above(object));
            let ends = was.iter().filter(|place| !is.contains(place));
            for place in ends.chain(is.iter().filter(|place| !was.contains(place))) {
                for grant in self.before.grants_on(*place) {
                    self.reaches_otherwise(now, &grant, object, grant.terms())?;
                }
            }
        }
        Ok(())
    }

    fn reaches_otherwise(
        &self,
        now: &State,
        grant: &Grant,
        object: ObjectId,
        terms: Terms,
    ) -> Result<(), Refusal> {
        // What has ended reaches nothing.
        if terms.window.until.is_some_and(|until| until <= self.at) {
            return Ok(());
        }
        let includes_actor = self.is_actors(now, grant.subject);
        self.hands_out(now, grant.role, object, &terms, includes_actor)
    }

    pub(super) fn property(&self, now: &State, of: Bearer, key: &str) -> Result<(), Refusal> {
        match of {
            Bearer::Object(object) if self.gone.contains(&object) => Ok(()),
            Bearer::Object(object) => {
                self.may_edit(now, object, Right::Edit)?;
                // Nobody had anything on what this very revision makes.
                if self.before.object(object).is_none() {
                    return Ok(());
                }
                self.sets_permission_limit(object, key)?;
                let read = Property::new(Side::Object, key);
                for place in self.before.above(object) {
                    let grants = self.before.grants_on(place).filter(|grant| reads(&grant.limits, &read));
                    for grant in grants {
                        self.reaches_otherwise(now, &grant, object, freed(&grant, &read))?;
                    }
                }
                Ok(())
            }
            Bearer::User(user) if self.removed.contains(&user) => Ok(()),
            Bearer::User(user) => {
                self.account(user)?;
                self.sets_subject_property(now, of, key)
            }
            Bearer::ServiceAccount(account) => {
                self.service_account(account.into())?;
                self.sets_subject_property(now, of, key)
            }
        }
    }

    fn sets_subject_property(&self, now: &State, of: Bearer, key: &str) -> Result<(), Refusal> {
        let who: Who = match of {
            Bearer::User(user) => user.into(),
            Bearer::ServiceAccount(account) => account.into(),
            Bearer::Object(_) => return Ok(()),
        };
        let read = Property::new(Side::Subject, key);
        for grant in crate::decide::grants_for(self.before, who).filter(|grant| reads(&grant.limits, &read)) {
            self.reaches_otherwise(now, &grant, grant.object, freed(&grant, &read))?;
        }
        Ok(())
    }

    /// Permissions that are limited by a property themselves, such as *own flows only*: who sets it must hold
    /// them there.
    fn sets_permission_limit(&self, object: ObjectId, key: &str) -> Result<(), Refusal> {
        let read = Property::new(Side::Object, key);
        let catalog = self.before.catalog();
        let kind = kind(self.before, object);
        let limited = catalog.all_on().iter().filter(|permission| {
            catalog.limits(*permission).is_some_and(|limits| reads(limits, &read))
                && catalog
                    .entry(*permission)
                    .is_some_and(|entry| entry.kind == kind || entry.also.contains(&kind))
        });
        let missing = self.lacks(&limited.collect(), object, &Terms::ALWAYS);
        match missing.is_empty() {
            true => Ok(()),
            false => Err(not_yours(self.before, &place_name(self.before, object), &missing)),
        }
    }
}

fn kind(state: &State, object: ObjectId) -> String {
    state.object(object).map(|object| object.kind.clone()).unwrap_or_default()
}

fn reads(limits: &Limits, property: &Property) -> bool {
    limits.iter().any(|one| one.property == *property)
}

/// The terms of a grant as if a property were right: it can be set to whatever is wanted.
fn freed(grant: &Grant, property: &Property) -> Terms {
    let rest = grant.limits.iter().filter(|one| one.property != *property).cloned().collect();
    Terms { window: grant.window, limits: Limits::new(rest) }
}
