//! The state as changes: the shortest list that leads to it from nothing.
//!
//! The same state gives the same list, so two states are compared by it, and one is stored and loaded by it.

use super::{RoleState, State};
use crate::catalog::ADMINISTRATION;
use crate::change::Change;
use crate::id::{ObjectId, RoleId};
use crate::object::How;
use crate::person::{ServiceAccount, Status};
use crate::role::Role;
use std::sync::Arc;

impl State {
    /// The changes that lead from [`State::new`] with this organization's name to this state, in an order in
    /// which they fit. Profiles are not in it: they stand beside the log.
    #[must_use]
    pub fn as_changes(&self) -> Vec<Change> {
        let mut all = Vec::new();
        self.dump_catalog(&mut all);
        self.dump_roles(&mut all);
        self.dump_people(&mut all);
        self.dump_objects(ObjectId::ORGANIZATION, &mut all);
        let mut links = self.links();
        // What is passed down hangs on a placement.
        links.sort_by_key(|link| link.how == How::PassedDown);
        all.extend(links.into_iter().map(|link| Change::Linked { link }));
        for account in self.accounts.values() {
            let added = ServiceAccount { disabled: false, ..account.as_ref().clone() };
            all.push(Change::ServiceAccountAdded { account: added });
            all.extend(account.disabled.then_some(Change::ServiceAccountDisabled { account: account.id }));
        }
        self.dump_tenants_roles(&mut all);
        all.extend(self.all_properties().map(|(of, property, value)| Change::PropertySet {
            of,
            property: property.to_owned(),
            was: None,
            now: Some(value.clone()),
        }));
        let mut grants: Vec<_> = self.grants().collect();
        grants.sort_by_key(|grant| grant.id);
        all.extend(grants.into_iter().map(|grant| Change::GrantAdded { grant }));
        all
    }

    fn dump_catalog(&self, all: &mut Vec<Change>) {
        for installed in self.catalog.packs() {
            let pack = Arc::clone(&installed.pack);
            match (installed.shipped, installed.on) {
                (true, true) if pack.key != ADMINISTRATION => {
                    all.push(Change::AreaTurnedOn { area: pack.key.clone() });
                }
                (true, _) => {}
                (false, on) => {
                    all.push(Change::PackInstalled { pack: Arc::clone(&pack) });
                    all.extend((!on).then_some(Change::PackRemoved { pack }));
                }
            }
        }
    }

    /// The role as a change carries it, its permissions by key: their numbers differ where packs came in
    /// another order.
    fn dumped(&self, role: &RoleState) -> Role {
        let mut record = Role { delegates: Vec::new(), ..self.record(role) };
        record.permissions.sort();
        record
    }

    fn dump_roles(&self, all: &mut Vec<Change>) {
        for role in self.roles.values().filter(|role| role.owner.is_organization()) {
            let record = self.dumped(role);
            match role.id {
                RoleId::MEMBER => all.extend(
                    record
                        .permissions
                        .into_iter()
                        .map(|permission| Change::PermissionAdded { role: role.id, permission }),
                ),
                id if id.is_built_in() => {}
                _ => all.push(Change::RoleCreated { role: record }),
            }
        }
    }

    /// What belongs to tenants stands after them; and delegation last: what is delegated must be there.
    fn dump_tenants_roles(&self, all: &mut Vec<Change>) {
        for role in self.roles.values().filter(|role| !role.owner.is_organization()) {
            all.push(Change::RoleCreated { role: self.dumped(role) });
        }
        for role in self.roles.values().filter(|role| !role.id.is_built_in()) {
            let delegates = role.delegates.iter().cloned();
            all.extend(delegates.map(|delegate| Change::DelegationAdded { role: role.id, delegate }));
        }
    }

    fn dump_people(&self, all: &mut Vec<Change>) {
        let mut people: Vec<_> = self.people().collect();
        people.sort_by_key(|person| person.id);
        for person in &people {
            let status = if person.status == Status::Invited { Status::Invited } else { Status::Active };
            all.push(Change::UserAdded { user: person.id, status });
            if person.status == Status::Deactivated {
                all.push(Change::UserDeactivated { user: person.id });
            }
        }
        let mut former: Vec<_> = self.former_people().collect();
        former.sort_unstable();
        for (user, called) in former {
            all.push(Change::UserAdded { user, status: Status::Active });
            all.push(Change::UserRemoved { user, status: Status::Active, called: called.to_owned() });
        }
        all.extend(self.groups.values().map(|group| Change::GroupCreated { group: group.as_ref().clone() }));
        for person in &people {
            let groups = person.groups.iter();
            all.extend(groups.map(|group| Change::MemberAdded { group: *group, user: person.id }));
        }
    }

    fn dump_objects(&self, parent: ObjectId, all: &mut Vec<Change>) {
        for child in self.children(parent) {
            all.push(Change::ObjectCreated { object: child.clone() });
            self.dump_objects(child.id, all);
        }
    }
}
