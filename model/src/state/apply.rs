//! Applying a change to the state, whole or not at all.
//!
//! Here is decided whether a change *fits*: names are free, ids are known, what it replaces is still so.
//! Whether its actor *may* make it is decided in [`crate::guard`].

use super::base::Base;
use super::grants::Grants;
use super::{RoleState, Space, State};
use crate::catalog::{Permission, PermissionSet};
use crate::change::{Change, Touched};
use crate::grant::{Grant, Subject};
use crate::id::{GroupId, ObjectId, RoleId, UserId};
use crate::misfit::Misfit;
use crate::name;
use crate::object::Object;
use crate::person::{Group, Person, Profile, Status};
use crate::role::{Delegate, Role};
use std::sync::Arc;

fn gone(what: &str) -> Misfit {
    Misfit::Gone { what: what.to_owned() }
}

fn exists(what: &str) -> Misfit {
    Misfit::Exists { what: what.to_owned() }
}

fn overtaken(what: &str) -> Misfit {
    Misfit::Overtaken { what: what.to_owned() }
}

/// A name as it must stand in a change: already clean.
fn check_name(text: &str) -> Result<(), Misfit> {
    let wrong = |error| Misfit::Name { field: "name".to_owned(), error };
    match name::clean(text) {
        Ok(clean) if clean == text => Ok(()),
        Ok(_) => Err(wrong(name::BadName::Control)),
        Err(error) => Err(wrong(error)),
    }
}

fn check_description(text: &str) -> Result<(), Misfit> {
    match name::clean_description(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(Misfit::Name { field: "description".to_owned(), error }),
    }
}

impl State {
    /// Applies one change.
    ///
    /// # Errors
    /// When it does not fit; the state is then as it was.
    pub fn apply(&mut self, change: &Change) -> Result<(), Misfit> {
        self.fit(change)?;
        self.moved |= matches!(change.touches(), Touched::People | Touched::Groups | Touched::Objects);
        Ok(())
    }

    fn fit(&mut self, change: &Change) -> Result<(), Misfit> {
        match change {
            Change::OrganizationRenamed { was, now } => self.rename_organization(was, now),
            Change::AreaTurnedOn { area } => self.turn_area(area, true),
            Change::AreaTurnedOff { area } => self.turn_area(area, false),
            Change::PackInstalled { pack } => self.install(pack),
            Change::PackRemoved { pack } => self.uninstall(pack),
            Change::RoleCreated { role } => self.create_role(role),
            Change::RoleRemoved { role } => self.remove_role(role),
            Change::RoleRenamed { role, was, now } => self.rename_role(*role, was, now),
            Change::RoleDescribed { role, was, now } => self.describe_role(*role, was, now),
            Change::PermissionAdded { role, permission } => self.set_permission(*role, permission, true),
            Change::PermissionRemoved { role, permission } => self.set_permission(*role, permission, false),
            Change::DelegationAdded { role, delegate } => self.set_delegate(*role, delegate, true),
            Change::DelegationRemoved { role, delegate } => self.set_delegate(*role, delegate, false),
            Change::UserAdded { user, status } => self.add_user(*user, *status),
            Change::UserJoined { user } => self.set_status(*user, Status::Invited, Status::Active),
            Change::UserDeactivated { user } => self.set_status(*user, Status::Active, Status::Deactivated),
            Change::UserReactivated { user } => self.set_status(*user, Status::Deactivated, Status::Active),
            Change::UserRemoved { user, status, called } => self.remove_user(*user, *status, called),
            Change::ProfileEdited { user } => self.person(*user).map(|_| ()).ok_or_else(|| gone("person")),
            Change::GroupCreated { group } => self.create_group(group),
            Change::GroupRemoved { group } => self.remove_group(group),
            Change::GroupRenamed { group, was, now } => self.rename_group(*group, was, now),
            Change::GroupDescribed { group, was, now } => self.describe_group(*group, was, now),
            Change::MemberAdded { group, user } => self.add_member(*group, *user),
            Change::MemberRemoved { group, user } => self.remove_member(*group, *user),
            Change::ObjectCreated { object } => self.create_object(object),
            Change::ObjectRemoved { object } => self.remove_object(object),
            Change::ObjectRenamed { object, was, now } => self.rename_object(*object, was, now),
            Change::GrantAdded { grant } => self.add_grant(grant),
            Change::GrantRemoved { grant } => self.remove_grant(grant),
        }
    }

    /// Applies changes one after the other.
    ///
    /// # Errors
    /// When one does not fit: its place in the list, and why. The state is then as it was.
    pub fn apply_all(&mut self, changes: &[Change]) -> Result<(), (usize, Misfit)> {
        let mut after = self.clone();
        for (place, change) in changes.iter().enumerate() {
            after.apply(change).map_err(|misfit| (place, misfit))?;
        }
        *self = after;
        Ok(())
    }

    /// Takes a name in a space, giving up the one that its holder had.
    fn take_name(&mut self, space: Space, was: Option<&str>, now: &str, bits: u64) -> Result<(), Misfit> {
        check_name(now)?;
        let key: Arc<str> = name::fold(now).into();
        if self.names.get(&(space, Arc::clone(&key))).is_some_and(|holder| *holder != bits) {
            let what = match space {
                Space::Role => "a role",
                Space::Group => "a group",
                Space::Email | Space::Child(_) => "something here",
            };
            return Err(Misfit::NameTaken { what: what.to_owned(), name: now.to_owned() });
        }
        if let Some(was) = was {
            self.free_name(space, was);
        }
        self.names.insert((space, key), bits);
        Ok(())
    }

    fn free_name(&mut self, space: Space, name: &str) {
        self.names.remove(&(space, name::fold(name).into()));
    }

    fn rename_organization(&mut self, was: &str, now: &str) -> Result<(), Misfit> {
        check_name(now)?;
        if self.organization() != was {
            return Err(overtaken("The organization's name"));
        }
        self.organization = now.into();
        if let Some(root) = self.objects.get(&ObjectId::ORGANIZATION) {
            let root = Object { name: now.to_owned(), ..Object::clone(root) };
            self.objects.insert(root.id, Arc::new(root));
        }
        Ok(())
    }

    fn turn_area(&mut self, area: &str, on: bool) -> Result<(), Misfit> {
        match self.catalog.pack(area) {
            Some(installed) if installed.shipped => {}
            _ => return Err(Misfit::UnknownArea { area: area.to_owned() }),
        }
        match Arc::make_mut(&mut self.catalog).turn(area, on) {
            true => Ok(()),
            false => Err(overtaken("What the organization manages")),
        }
    }

    fn install(&mut self, pack: &Arc<crate::catalog::Pack>) -> Result<(), Misfit> {
        let catalog = Arc::make_mut(&mut self.catalog);
        // One that was removed comes back as it was: its numbers are still there.
        if catalog.pack(&pack.key).is_some_and(|there| !there.on && !there.shipped && there.pack == *pack) {
            catalog.turn(&pack.key, true);
            return Ok(());
        }
        catalog.install(Arc::clone(pack)).map_err(Misfit::Pack)
    }

    fn uninstall(&mut self, pack: &Arc<crate::catalog::Pack>) -> Result<(), Misfit> {
        let there = self.catalog.pack(&pack.key).filter(|there| !there.shipped && there.on);
        match there.map(|there| there.pack == *pack) {
            Some(true) => drop(Arc::make_mut(&mut self.catalog).uninstall(&pack.key)),
            // Its inverse must bring back what was there.
            Some(false) => return Err(overtaken(&pack.name)),
            None => return Err(Misfit::UnknownArea { area: pack.key.clone() }),
        }
        Ok(())
    }

    fn create_role(&mut self, role: &Role) -> Result<(), Misfit> {
        if self.roles.contains_key(&role.id) {
            return Err(exists("role"));
        }
        check_description(&role.description)?;
        let state = self.read_role(role)?;
        for Delegate::Role(handed_out) in &state.delegates {
            self.check_delegable(*handed_out)?;
        }
        self.take_name(Space::Role, None, &role.name, role.id.bits())?;
        self.roles.insert(role.id, Arc::new(state));
        Ok(())
    }

    /// A new role with its parts in the order in which the state gives them back; `None` if it does not fit.
    pub(crate) fn in_order(&self, role: &Role) -> Option<Role> {
        self.read_role(role).ok().map(|read| self.record(&read))
    }

    /// A role as the state holds it, whatever the order in which a change names its parts.
    fn read_role(&self, role: &Role) -> Result<RoleState, Misfit> {
        let mut permissions = PermissionSet::default();
        for key in &role.permissions {
            let permission = self
                .catalog
                .number(key)
                .ok_or_else(|| Misfit::UnknownPermission { permission: key.clone() })?;
            if !self.catalog.fits(role.level, permission) {
                return Err(Misfit::AboveLevel { role: role.name.clone(), what: key.clone() });
            }
            permissions.insert(permission);
        }
        let mut delegates = role.delegates.clone();
        delegates.sort();
        delegates.dedup();
        Ok(RoleState {
            id: role.id,
            name: role.name.clone(),
            description: role.description.clone(),
            level: role.level,
            origin: role.origin,
            permissions,
            delegates,
        })
    }

    fn own_role(&self, id: RoleId) -> Result<RoleState, Misfit> {
        let role = self.role(id).ok_or_else(|| gone("role"))?;
        match id.is_built_in() {
            true => Err(Misfit::BuiltIn { role: role.name.clone() }),
            false => Ok(role.clone()),
        }
    }

    fn remove_role(&mut self, record: &Role) -> Result<(), Misfit> {
        let role = self.own_role(record.id)?;
        if self.grants_of_role(role.id).next().is_some() || self.roles_delegating(role.id).next().is_some() {
            return Err(Misfit::InUse { what: role.name });
        }
        if self.read_role(record).as_ref() != Ok(&role) {
            return Err(overtaken(&role.name));
        }
        self.free_name(Space::Role, &role.name);
        self.roles.remove(&role.id);
        Ok(())
    }

    fn rename_role(&mut self, id: RoleId, was: &str, now: &str) -> Result<(), Misfit> {
        let mut role = self.own_role(id)?;
        if role.name != was {
            return Err(overtaken(&role.name));
        }
        self.take_name(Space::Role, Some(was), now, id.bits())?;
        now.clone_into(&mut role.name);
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }

    fn describe_role(&mut self, id: RoleId, was: &str, now: &str) -> Result<(), Misfit> {
        check_description(now)?;
        let mut role = self.own_role(id)?;
        if role.description != was {
            return Err(overtaken(&role.name));
        }
        now.clone_into(&mut role.description);
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }

    fn set_permission(&mut self, id: RoleId, key: &str, on: bool) -> Result<(), Misfit> {
        let mut role = self.role(id).ok_or_else(|| gone("role"))?.clone();
        // INVARIANT: built-in roles stay as they came; of Member the permissions are set like any role's.
        if id == RoleId::ADMIN {
            return Err(Misfit::BuiltIn { role: role.name });
        }
        let permission = self
            .catalog
            .number(key)
            .ok_or_else(|| Misfit::UnknownPermission { permission: key.to_owned() })?;
        if !self.catalog.fits(role.level, permission) {
            return Err(Misfit::AboveLevel { role: role.name, what: key.to_owned() });
        }
        if on && self.delegates_by_itself(permission) && self.roles_delegating(id).next().is_some() {
            return Err(Misfit::DelegationChain { role: role.name });
        }
        let fresh =
            if on { role.permissions.insert(permission) } else { role.permissions.remove(permission) };
        if !fresh {
            return Err(overtaken(&role.name));
        }
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }

    /// Whether the permission alone lets its holder hand out a role.
    fn delegates_by_itself(&self, permission: Permission) -> bool {
        self.catalog.entry(permission).is_some_and(|entry| !entry.delegates.is_empty())
    }

    /// Whether holders of some role may be allowed to hand this one out: it must not delegate itself.
    fn check_delegable(&self, id: RoleId) -> Result<(), Misfit> {
        let role = self.role(id).ok_or_else(|| gone("role"))?;
        let delegates = role.permissions.iter().any(|permission| self.delegates_by_itself(permission));
        if delegates || !role.delegates.is_empty() || id == RoleId::ADMIN {
            return Err(Misfit::DelegationChain { role: role.name.clone() });
        }
        Ok(())
    }

    fn set_delegate(&mut self, id: RoleId, delegate: &Delegate, on: bool) -> Result<(), Misfit> {
        let mut role = self.own_role(id)?;
        let there = role.delegates.contains(delegate);
        if there == on {
            return Err(overtaken(&role.name));
        }
        if on {
            let Delegate::Role(handed_out) = delegate;
            self.check_delegable(*handed_out)?;
            // INVARIANT: nothing that delegates can be delegated.
            if *handed_out == id || self.roles_delegating(id).next().is_some() {
                return Err(Misfit::DelegationChain { role: role.name });
            }
            role.delegates.push(delegate.clone());
            role.delegates.sort();
        } else {
            role.delegates.retain(|one| one != delegate);
        }
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }

    fn add_user(&mut self, id: UserId, status: Status) -> Result<(), Misfit> {
        // The id of somebody who was removed is never given again.
        if self.people.contains_key(&id) || self.former.contains_key(&id) {
            return Err(exists("person"));
        }
        self.people.insert(id, Arc::new(Person { id, status, profile: Profile::default(), groups: vec![] }));
        self.people_by_name.insert(("".into(), id));
        Ok(())
    }

    fn set_status(&mut self, id: UserId, was: Status, now: Status) -> Result<(), Misfit> {
        let person = self.person(id).ok_or_else(|| gone("person"))?;
        if person.status != was {
            return Err(overtaken(person.profile.called()));
        }
        let person = Person { status: now, ..person.clone() };
        self.people.insert(id, Arc::new(person));
        Ok(())
    }

    fn remove_user(&mut self, id: UserId, status: Status, called: &str) -> Result<(), Misfit> {
        check_name(called)?;
        let person = self.person(id).ok_or_else(|| gone("person"))?.clone();
        if person.status != status {
            return Err(overtaken(person.profile.called()));
        }
        if !person.groups.is_empty() || self.grants_of(Subject::User(id)).next().is_some() {
            return Err(Misfit::InUse { what: person.profile.called().to_owned() });
        }
        self.names.remove(&(Space::Email, person.profile.email_key.as_str().into()));
        self.people_by_name.remove(&(super::sort_key(&person.profile), id));
        self.people.remove(&id);
        self.former.insert(id, called.into());
        Ok(())
    }

    fn create_group(&mut self, group: &Group) -> Result<(), Misfit> {
        if self.groups.contains_key(&group.id) {
            return Err(exists("group"));
        }
        check_description(&group.description)?;
        self.take_name(Space::Group, None, &group.name, group.id.bits())?;
        self.groups.insert(group.id, Arc::new(group.clone()));
        Ok(())
    }

    fn remove_group(&mut self, record: &Group) -> Result<(), Misfit> {
        let id = record.id;
        let group = self.group(id).ok_or_else(|| gone("group"))?.clone();
        if group != *record {
            return Err(overtaken(&group.name));
        }
        if self.member_count(id) > 0 || self.grants_of(Subject::Group(id)).next().is_some() {
            return Err(Misfit::InUse { what: group.name });
        }
        self.free_name(Space::Group, &group.name);
        self.groups.remove(&id);
        self.members.remove(&id);
        Ok(())
    }

    fn rename_group(&mut self, id: GroupId, was: &str, now: &str) -> Result<(), Misfit> {
        let group = self.group(id).ok_or_else(|| gone("group"))?.clone();
        if group.name != was {
            return Err(overtaken(&group.name));
        }
        self.take_name(Space::Group, Some(was), now, id.bits())?;
        self.groups.insert(id, Arc::new(Group { name: now.to_owned(), ..group }));
        Ok(())
    }

    fn describe_group(&mut self, id: GroupId, was: &str, now: &str) -> Result<(), Misfit> {
        check_description(now)?;
        let group = self.group(id).ok_or_else(|| gone("group"))?.clone();
        if group.description != was {
            return Err(overtaken(&group.name));
        }
        self.groups.insert(id, Arc::new(Group { description: now.to_owned(), ..group }));
        Ok(())
    }

    fn add_member(&mut self, group: GroupId, user: UserId) -> Result<(), Misfit> {
        let name = self.group(group).ok_or_else(|| gone("group"))?.name.clone();
        let mut person = self.person(user).ok_or_else(|| gone("person"))?.clone();
        if person.groups.contains(&group) {
            return Err(overtaken(&name));
        }
        person.groups.push(group);
        person.groups.sort();
        self.people.insert(user, Arc::new(person));
        self.members.entry(group).or_default().insert(user);
        Ok(())
    }

    fn remove_member(&mut self, group: GroupId, user: UserId) -> Result<(), Misfit> {
        let name = self.group(group).ok_or_else(|| gone("group"))?.name.clone();
        let mut person = self.person(user).ok_or_else(|| gone("person"))?.clone();
        if !person.groups.contains(&group) {
            return Err(overtaken(&name));
        }
        person.groups.retain(|one| *one != group);
        self.people.insert(user, Arc::new(person));
        if let Some(members) = self.members.get_mut(&group) {
            members.remove(&user);
        }
        Ok(())
    }

    fn create_object(&mut self, object: &Object) -> Result<(), Misfit> {
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

    fn remove_object(&mut self, record: &Object) -> Result<(), Misfit> {
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

    fn rename_object(&mut self, id: ObjectId, was: &str, now: &str) -> Result<(), Misfit> {
        let object = self.object(id).ok_or_else(|| gone("place"))?.clone();
        let parent = object.parent.ok_or_else(|| Misfit::Misplaced { what: object.name.clone() })?;
        if object.name != was {
            return Err(overtaken(&object.name));
        }
        self.take_name(Space::Child(parent), Some(was), now, id.bits())?;
        self.objects.insert(id, Arc::new(Object { name: now.to_owned(), ..object }));
        Ok(())
    }

    /// Whether a grant fits; alters nothing.
    fn check_grant(&self, grant: &Grant) -> Result<(), Misfit> {
        match grant.subject {
            Subject::User(user) if self.person(user).is_none() => return Err(gone("person")),
            Subject::Group(group) if self.group(group).is_none() => return Err(gone("group")),
            _ => {}
        }
        let role = self.role(grant.role).ok_or_else(|| gone("role"))?;
        let object = self.object(grant.object).ok_or_else(|| gone("place"))?;
        let level = self.catalog.kind(&object.kind).map(|kind| kind.level);
        if !level.is_some_and(|level| role.level.reaches(level)) {
            return Err(Misfit::AboveLevel { role: role.name.clone(), what: object.name.clone() });
        }
        match (grant.window.from, grant.window.until) {
            (Some(from), Some(until)) if until <= from => Err(Misfit::ReversedWindow),
            _ => Ok(()),
        }
    }

    fn add_grant(&mut self, grant: &Grant) -> Result<(), Misfit> {
        if self.grant(grant.id).is_some() {
            return Err(exists("role assignment"));
        }
        self.check_grant(grant)?;
        if self.held(grant.subject, grant.object).any(|held| held == (grant.role, grant.window)) {
            let role = self.role(grant.role).map_or("This role", |role| role.name.as_str());
            return Err(overtaken(role));
        }
        self.grants.insert(*grant);
        Ok(())
    }

    fn remove_grant(&mut self, grant: &Grant) -> Result<(), Misfit> {
        if self.grant(grant.id) != Some(*grant) {
            return Err(gone("role assignment"));
        }
        self.grants.remove(*grant);
        Ok(())
    }

    /// Adds all grants of a stored state at once and settles it.
    ///
    /// # Errors
    /// When one does not fit; the state is then as it was.
    pub fn load_grants(&mut self, grants: Vec<Grant>) -> Result<(), Misfit> {
        let mut ids: Vec<_> = grants.iter().map(|grant| grant.id).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) || self.grants.len() > 0 {
            return Err(exists("role assignment"));
        }
        grants.iter().try_for_each(|grant| self.check_grant(grant))?;
        self.grants = Grants::settled(Base::of(self, grants));
        self.moved = false;
        Ok(())
    }
}
