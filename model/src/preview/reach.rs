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
use rustc_hash::{FxHashMap, FxHashSet};

/// Some for whom the same may differ on an object.
pub(super) struct Reached {
    pub(super) object: ObjectId,
    /// Whether what lies beneath is meant as well.
    pub(super) scope: Unsaid,
    /// What may differ there.
    pub(super) permissions: PermissionSet,
    /// For whom.
    pub(super) who: Vec<Who>,
    /// Whether nothing is asked above or beneath the object, nor there in another scope.
    pub(super) alone: bool,
}

pub(super) fn of(before: &State, after: &State, changes: &[Change]) -> Vec<Reached> {
    let differ = changes.iter().any(alters_who);
    let (found, hung) = (FxHashMap::default(), FxHashSet::default());
    let mut reaching = Reaching { states: [before, after], differ, found, hung };
    for change in changes {
        reaching.change(change);
    }
    reaching.rehung();
    // A place that is only on one side gains and loses nothing by itself.
    reaching
        .found
        .retain(|(object, _), _| before.object(*object).is_some() && after.object(*object).is_some());
    let objects: Vec<ObjectId> = reaching.found.keys().map(|(object, _)| *object).collect();
    let tangled = tangled(before, after, &objects);
    let mut all = Vec::new();
    for ((object, scope), here) in reaching.found {
        let alone = !tangled.contains(&object);
        let here = each_once(here).into_iter();
        all.extend(here.map(|(permissions, who)| Reached { object, scope, permissions, who, alone }));
    }
    all
}

/// The objects that stand above or beneath another one of these, or are there twice.
fn tangled(before: &State, after: &State, objects: &[ObjectId]) -> FxHashSet<ObjectId> {
    let mut times: FxHashMap<ObjectId, usize> = FxHashMap::default();
    for object in objects {
        *times.entry(*object).or_default() += 1;
    }
    let mut tangled: FxHashSet<ObjectId> = FxHashSet::default();
    tangled.extend(times.iter().filter(|(_, times)| **times > 1).map(|(object, _)| *object));
    for object in times.keys() {
        for state in [before, after] {
            for above in state.above(*object).into_iter().filter(|above| above != object) {
                if times.contains_key(&above) {
                    tangled.extend([*object, above]);
                }
            }
        }
    }
    tangled
}

/// Everybody once, with all that may differ for them.
fn each_once(mut here: FxHashMap<PermissionSet, Vec<Who>>) -> FxHashMap<PermissionSet, Vec<Who>> {
    here.retain(|permissions, _| !permissions.is_empty());
    if here.len() > 1 {
        let mut of: FxHashMap<Who, PermissionSet> = FxHashMap::default();
        for (permissions, all) in here.drain() {
            for who in all {
                of.entry(who).or_default().add(&permissions);
            }
        }
        for (who, permissions) in of {
            here.entry(permissions).or_default().push(who);
        }
    }
    for all in here.values_mut() {
        all.sort_unstable();
        all.dedup();
    }
    here
}

/// Whether a change alters which people there are, who of them is active, or who is in which group.
fn alters_who(change: &Change) -> bool {
    matches!(
        change,
        Change::MemberAdded { .. }
            | Change::MemberRemoved { .. }
            | Change::UserAdded { .. }
            | Change::UserJoined { .. }
            | Change::UserDeactivated { .. }
            | Change::UserReactivated { .. }
            | Change::UserRemoved { .. }
    )
}

struct Reaching<'a> {
    states: [&'a State; 2],
    /// Whether a subject may stand for others on the one side than on the other.
    differ: bool,
    found: FxHashMap<(ObjectId, Unsaid), FxHashMap<PermissionSet, Vec<Who>>>,
    /// What may hang elsewhere on the one side than on the other.
    hung: FxHashSet<ObjectId>,
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
            // What is passed down to a folder comes to hang on it, or hangs on it no more.
            Change::ObjectCreated { object } | Change::ObjectRemoved { object } => self.hung(object.id),
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
            | Change::ObjectRenamed { .. }
            | Change::ServiceAccountRenamed { .. } => {}
        }
    }

    fn add(&mut self, who: Vec<Who>, object: ObjectId, scope: Unsaid, permissions: &PermissionSet) {
        let here = self.found.entry((object, scope)).or_default();
        here.entry(permissions.clone()).or_default().extend(who);
    }

    /// What a grant gives may differ on an object for all who have it.
    fn grant(&mut self, grant: &Grant, object: ObjectId) {
        let permissions = self.gives(grant.role);
        self.grant_of(grant, object, &permissions);
    }

    fn grant_of(&mut self, grant: &Grant, object: ObjectId, permissions: &PermissionSet) {
        self.add(self.who(grant.subject), object, Unsaid::OpenBeneath, permissions);
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
        if self.differ {
            all.extend(after.people_of(subject).into_iter().map(Who::User));
        }
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
                self.add(vec![who], grant.object, Unsaid::OpenBeneath, &permissions);
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

    /// An object hangs elsewhere, and so does what moves along with it.
    fn hung(&mut self, object: ObjectId) {
        self.hung.extend(self.states.into_iter().flat_map(|state| state.moves_along(object)));
    }

    /// Of all that hangs elsewhere: what stands on the places that begin or end to be above it.
    fn rehung(&mut self) {
        let [before, after] = self.states;
        let mut hung = std::mem::take(&mut self.hung);
        hung.retain(|object| before.object(*object).is_some() && after.object(*object).is_some());
        for object in hung {
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
                    self.add(self.who(grant.subject), object, Unsaid::Open, &differ);
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
                self.add(vec![who], grant.object, Unsaid::OpenBeneath, &differ);
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
