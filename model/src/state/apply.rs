//! Applying a change to the state, whole or not at all.
//!
//! Here is decided whether a change *fits*: names are free, ids are known, what it replaces is still so.
//! Whether its actor *may* make it is decided in [`crate::guard`].

mod grants;
mod links;
mod objects;
mod people;
mod properties;
mod roles;
mod service_accounts;

use super::{Space, State};
use crate::catalog::{Catalog, Dropped};
use crate::change::{Change, Touched};
use crate::id::ObjectId;
use crate::limit::Property;
use crate::misfit::Misfit;
use crate::name;
use crate::object::{How, Object};
use crate::person::Status;
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
        self.moved |= matches!(
            change.touches(),
            Touched::People | Touched::Groups | Touched::ServiceAccounts | Touched::Objects
        );
        Ok(())
    }

    fn fit(&mut self, change: &Change) -> Result<(), Misfit> {
        match change {
            Change::OrganizationRenamed { was, now } => self.rename_organization(was, now),
            Change::AreaTurnedOn { area } => self.turn_area(area, true),
            Change::AreaTurnedOff { area } => self.turn_area(area, false),
            Change::PackInstalled { pack } => self.install(pack),
            Change::PackReplaced { was, now } => self.replace_pack(was, now),
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
            Change::ObjectMoved { object, was, now } => self.move_object(*object, *was, *now),
            Change::DetailsEdited { object } => self.object(*object).map(|_| ()).ok_or_else(|| gone("place")),
            Change::Linked { link } => self.link(link),
            Change::Unlinked { link } => self.unlink(link),
            Change::PropertySet { of, property, was, now } => {
                self.set_property(*of, property, was.as_ref(), now.as_ref())
            }
            Change::ServiceAccountAdded { account } => self.add_service_account(account),
            Change::ServiceAccountRemoved { account } => self.remove_service_account(account),
            Change::ServiceAccountRenamed { account, was, now } => {
                self.rename_service_account(*account, was, now)
            }
            Change::ServiceAccountDisabled { account } => self.disable_service_account(*account, true),
            Change::ServiceAccountEnabled { account } => self.disable_service_account(*account, false),
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

    /// Applies changes that are asked for now. What a revision of the past may hold and a new one may not is refused
    /// as well: a role under the name of one that ships with Rolecall, which an older version did not have.
    ///
    /// # Errors
    /// As [`State::apply_all`].
    pub fn propose(&mut self, changes: &[Change]) -> Result<(), (usize, Misfit)> {
        for (place, change) in changes.iter().enumerate() {
            let (Change::RoleCreated { role: Role { name, .. } } | Change::RoleRenamed { now: name, .. }) =
                change
            else {
                continue;
            };
            let key = name::fold(name);
            if self.built_in_roles().any(|role| name::fold(&role.name) == key) {
                return Err((place, Misfit::NameTaken { what: "a role".to_owned(), name: name.clone() }));
            }
        }
        self.apply_all(changes)
    }

    /// Takes a name in a space, giving up the one that its holder had.
    fn take_name(&mut self, space: Space, was: Option<&str>, now: &str, bits: u64) -> Result<(), Misfit> {
        check_name(now)?;
        let key: Arc<str> = name::fold(now).into();
        if self.names.get(&(space, Arc::clone(&key))).is_some_and(|holder| *holder != bits) {
            let what = match space {
                Space::Role => "a role",
                Space::Group => "a group",
                Space::ServiceAccount => "a service account",
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
        self.call_organization(now);
        Ok(())
    }

    pub(super) fn call_organization(&mut self, name: &str) {
        self.organization = name.into();
        if let Some(root) = self.objects.get(&ObjectId::ORGANIZATION) {
            let root = Object { name: name.to_owned(), ..Object::clone(root) };
            self.objects.insert(root.id, Arc::new(root));
        }
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

    fn replace_pack(
        &mut self,
        was: &Arc<crate::catalog::Pack>,
        now: &Arc<crate::catalog::Pack>,
    ) -> Result<(), Misfit> {
        match self.catalog.pack(&was.key) {
            Some(there) if there.pack == *was && !there.shipped && there.on && was.key == now.key => {}
            Some(_) => return Err(overtaken(&was.name)),
            None => return Err(Misfit::UnknownArea { area: was.key.clone() }),
        }
        let mut catalog = Catalog::clone(&self.catalog);
        let dropped = catalog.replace(Arc::clone(now)).map_err(Misfit::Pack)?;
        if let Some(what) = self.uses(&dropped) {
            return Err(Misfit::InUse { what });
        }
        self.catalog = Arc::new(catalog);
        Ok(())
    }

    /// The first of what a new version of a pack no longer has that something still uses, by its key.
    fn uses(&self, dropped: &Dropped) -> Option<String> {
        let in_role = |key: &&String| {
            let number = self.catalog.number(key);
            self.roles.values().any(|role| {
                number.is_some_and(|number| role.permissions.contains(number))
                    || role.delegates.contains(&Delegate::Permission(String::clone(key)))
            })
        };
        let of_kind = |key: &&String| self.objects.values().any(|object| object.kind == **key);
        let related =
            |key: &&String| self.links().iter().any(|link| link.how == How::Related(String::clone(key)));
        let compared = |property: &&Property| {
            self.all_properties().any(|(of, key, _)| of.side() == property.of && key == property.key)
                || self
                    .limited_grants()
                    .any(|grant| grant.limits.iter().any(|one| one.property == **property))
        };
        let permission = dropped.permissions.iter().find(in_role);
        let part = permission
            .or_else(|| dropped.kinds.iter().find(of_kind))
            .or_else(|| dropped.relations.iter().find(related));
        part.cloned().or_else(|| dropped.properties.iter().find(compared).map(|one| one.key.clone()))
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
}
