//! For whom, where and of what the answer can differ once changes are made. Never too little; what does not
//! differ after all falls out when it is asked.

use crate::catalog::PermissionSet;
use crate::change::Change;
use crate::decide::{self, Unsaid};
use crate::grant::{Grant, Subject, Who};
use crate::id::{ObjectId, RoleId, UserId};
use crate::limit::{Limits, Property, Side};
use crate::object::Bearer;
use crate::state::State;
use rustc_hash::FxHashMap;

/// Who is asked about, where, and whether what lies beneath is meant as well.
pub(super) type Place = (Who, ObjectId, Unsaid);

/// What may differ there.
pub(super) type Reach = FxHashMap<Place, PermissionSet>;

pub(super) fn of(before: &State, after: &State, changes: &[Change]) -> Reach {
    let mut reaching = Reaching { states: [before, after], found: Reach::default() };
    for change in changes {
        reaching.change(change);
    }
    reaching.found.retain(|(_, object, _), permissions| {
        // A place that is only on one side gains and loses nothing by itself.
        !permissions.is_empty() && before.object(*object).is_some() && after.object(*object).is_some()
    });
    reaching.found
}

struct Reaching<'a> {
    states: [&'a State; 2],
    found: Reach,
}

impl Reaching<'_> {
    fn change(&mut self, change: &Change) {
        match change {
            Change::GrantAdded { grant } | Change::GrantRemoved { grant } => self.grant(grant, grant.object),
            Change::PermissionAdded { role, permission } | Change::PermissionRemoved { role, permission } => {
                let [before, after] = self.states;
                let number = after.catalog().number(permission).or(before.catalog().number(permission));
                self.role(*role, &number.into_iter().collect());
            }
            Change::MemberAdded { group, user } | Change::MemberRemoved { group, user } => {
                self.grants_to(Subject::Group(*group), Who::User(*user));
            }
            Change::UserAdded { user, .. }
            | Change::UserJoined { user }
            | Change::UserDeactivated { user }
            | Change::UserReactivated { user }
            | Change::UserRemoved { user, .. } => self.person(*user),
            Change::ServiceAccountAdded { account } | Change::ServiceAccountRemoved { account } => {
                self.grants_to(Subject::ServiceAccount(account.id), account.id.into());
            }
            Change::ServiceAccountDisabled { account } | Change::ServiceAccountEnabled { account } => {
                self.grants_to(Subject::ServiceAccount(*account), (*account).into());
            }
            Change::AreaTurnedOn { area } | Change::AreaTurnedOff { area } => self.area(area),
            Change::PackInstalled { pack } | Change::PackRemoved { pack } => self.area(&pack.key),
            Change::PackReplaced { now, .. } => self.area(&now.key),
            Change::ObjectMoved { object, .. } => self.hung(*object),
            Change::Linked { link } | Change::Unlinked { link } => self.hung(link.object),
            Change::PropertySet { of, property, .. } => self.property(*of, property),
            Change::OrganizationRenamed { .. }
            | Change::RoleCreated { .. }
            | Change::RoleRemoved { .. }
            | Change::RoleRenamed { .. }
            | Change::RoleDescribed { .. }
            | Change::DelegationAdded { .. }
            | Change::DelegationRemoved { .. }
            | Change::ProfileEdited { .. }
            | Change::DetailsEdited { .. }
            | Change::GroupCreated { .. }
            | Change::GroupRemoved { .. }
            | Change::GroupRenamed { .. }
            | Change::GroupDescribed { .. }
            | Change::ObjectCreated { .. }
            | Change::ObjectRemoved { .. }
            | Change::ObjectRenamed { .. }
            | Change::ServiceAccountRenamed { .. } => {}
        }
    }

    fn add(&mut self, who: Who, object: ObjectId, scope: Unsaid, permissions: &PermissionSet) {
        self.found.entry((who, object, scope)).or_default().add(permissions);
    }

    /// What a grant gives may differ on an object for all who have it.
    fn grant(&mut self, grant: &Grant, object: ObjectId) {
        let permissions = self.gives(grant.role);
        self.grant_of(grant, object, &permissions);
    }

    fn grant_of(&mut self, grant: &Grant, object: ObjectId, permissions: &PermissionSet) {
        for who in self.who(grant.subject) {
            self.add(who, object, Unsaid::OpenBeneath, permissions);
        }
    }

    /// What a role gives on either side.
    fn gives(&self, role: RoleId) -> PermissionSet {
        let mut all = PermissionSet::default();
        for state in self.states {
            all.add(&state.permissions_of(role));
        }
        all
    }

    /// Whom a subject stands for on either side.
    fn who(&self, subject: Subject) -> Vec<Who> {
        if let Subject::ServiceAccount(account) = subject {
            return vec![account.into()];
        }
        let [before, after] = self.states;
        let mut all: Vec<Who> = before.people_of(subject).into_iter().map(Who::User).collect();
        all.extend(after.people_of(subject).into_iter().map(Who::User));
        all.sort_unstable();
        all.dedup();
        all
    }

    fn role(&mut self, role: RoleId, permissions: &PermissionSet) {
        for state in self.states {
            for grant in state.grants_of_role(role) {
                self.grant_of(&grant, grant.object, permissions);
            }
        }
    }

    fn grants_to(&mut self, subject: Subject, who: Who) {
        for state in self.states {
            for grant in state.grants_of(subject) {
                let permissions = self.gives(grant.role);
                self.add(who, grant.object, Unsaid::OpenBeneath, &permissions);
            }
        }
    }

    fn person(&mut self, user: UserId) {
        for state in self.states {
            for subject in state.subjects_of(user) {
                self.grants_to(subject, user.into());
            }
        }
    }

    fn area(&mut self, area: &str) {
        for state in self.states {
            let all: PermissionSet = state.catalog().permissions_of(area).collect();
            for role in state.every_role().map(|role| role.id) {
                let permissions = self.gives(role).both(&all);
                if !permissions.is_empty() {
                    self.role(role, &permissions);
                }
            }
        }
    }

    /// An object hangs elsewhere: what stands on the places that begin or end to be above it.
    fn hung(&mut self, object: ObjectId) {
        let [before, after] = self.states;
        let mut moved: Vec<ObjectId> = before.moves_along(object);
        moved.extend(after.moves_along(object));
        moved.sort_unstable();
        moved.dedup();
        for object in moved {
            let (was, is) = (before.above(object), after.above(object));
            for (state, places, others) in [(before, &was, &is), (after, &is, &was)] {
                for place in places.iter().filter(|place| !others.contains(place)) {
                    for grant in state.grants_on(*place) {
                        self.grant(&grant, object);
                    }
                }
            }
        }
    }

    fn property(&mut self, of: Bearer, key: &str) {
        match of {
            Bearer::Object(object) => self.property_of_object(object, &Property::new(Side::Object, key)),
            Bearer::User(user) => self.property_of_subject(user.into(), &Property::new(Side::Subject, key)),
            Bearer::ServiceAccount(account) => {
                self.property_of_subject(account.into(), &Property::new(Side::Subject, key));
            }
        }
    }

    /// The object itself, since what is beneath has properties of its own.
    fn property_of_object(&mut self, object: ObjectId, read: &Property) {
        for state in self.states {
            let limited = reading(state, read);
            for place in state.above(object) {
                for grant in state.grants_on(place) {
                    let all = self.gives(grant.role);
                    let differ = if reads(&grant.limits, read) { all } else { all.both(&limited) };
                    if differ.is_empty() {
                        continue;
                    }
                    for who in self.who(grant.subject) {
                        self.add(who, object, Unsaid::Open, &differ);
                    }
                }
            }
        }
    }

    fn property_of_subject(&mut self, who: Who, read: &Property) {
        for state in self.states {
            let limited = reading(state, read);
            for grant in decide::grants_for(state, who) {
                let all = self.gives(grant.role);
                let differ = if reads(&grant.limits, read) { all } else { all.both(&limited) };
                self.add(who, grant.object, Unsaid::OpenBeneath, &differ);
            }
        }
    }
}

fn reads(limits: &Limits, property: &Property) -> bool {
    limits.iter().any(|one| one.property == *property)
}

/// The permissions whose own limits read a property.
fn reading(state: &State, property: &Property) -> PermissionSet {
    let limited = state.catalog().limited().iter();
    limited.filter(|one| state.catalog().limits(*one).is_some_and(|limits| reads(limits, property))).collect()
}
