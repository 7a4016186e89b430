//! What somebody holds on an object, compared with what they hold in another state.

use crate::Millis;
use crate::catalog::PermissionSet;
use crate::decide::{self, Context, Unsaid};
use crate::grant::{Subject, Who};
use crate::id::{ObjectId, UserId};
use crate::limit::{Limits, Met, Property};
use crate::state::State;
use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};

/// What is held on one side alone, by what it depends on.
pub(super) type Beyond = (Vec<Property>, PermissionSet);
/// Mostly one: what does not depend on anything.
pub(super) type Beyonds = SmallVec<[Beyond; 1]>;

/// What somebody holds on an object.
#[derive(Default)]
pub(super) struct Holding {
    /// Without conditions.
    pub(super) plain: PermissionSet,
    /// Under limits that the object does not settle.
    limited: Vec<(PermissionSet, Limits)>,
}

impl Holding {
    /// Whether a permission is held under limits that admit these.
    fn admits(&self, permissions: &PermissionSet, limits: &Limits) -> PermissionSet {
        let mut admitted = self.plain.both(permissions);
        for (mine, wider) in &self.limited {
            if wider == limits || wider.admit(limits) {
                admitted.add(&mine.both(permissions));
            }
        }
        admitted
    }

    /// What is held here and not there: what it depends on, and what.
    pub(super) fn beyond(&self, other: &Self) -> Beyonds {
        let plain = self.plain.without(&other.plain);
        if plain.is_empty() && self.limited.is_empty() {
            return Beyonds::new();
        }
        let mut found: Beyonds = smallvec![(Vec::new(), plain)];
        for (permissions, limits) in &self.limited {
            let fresh = permissions.without(&self.plain).without(&other.admits(permissions, limits));
            let mut depends: Vec<Property> = limits.iter().map(|one| one.property.clone()).collect();
            depends.dedup();
            add(&mut found, depends, &fresh);
        }
        found.retain(|(_, permissions)| !permissions.is_empty());
        found
    }
}

/// Adds permissions to those that depend on the same.
pub(super) fn add(all: &mut Beyonds, depends: Vec<Property>, permissions: &PermissionSet) {
    match all.iter_mut().find(|(on, _)| *on == depends) {
        Some((_, same)) => same.add(permissions),
        None => all.push((depends, permissions.clone())),
    }
}

/// What somebody holds of these permissions on an object and, with [`Unsaid::OpenBeneath`], on what is beneath.
pub(super) fn hold(
    state: &State,
    who: Who,
    object: ObjectId,
    scope: Unsaid,
    permissions: &PermissionSet,
    at: Millis,
) -> Holding {
    let context = Context { unsaid: scope, ..Context::default() };
    let mut holding = Holding::default();
    state.any_grant(who, object, |grant| {
        let Some(role) = grant.role().filter(|_| grant.is_open(at)) else { return false };
        let given = state.permissions_of(role).both(permissions).without(&holding.plain);
        if given.is_empty() {
            return false;
        }
        for (limits, permissions) in by_own_limits(state, &given, grant.limits()) {
            match decide::met(state, &limits, who, object, &context) {
                Met::Yes => holding.plain.add(&permissions),
                Met::No => {}
                Met::Depends(_) => holding.limited.push((permissions, limits)),
            }
        }
        holding.plain.len() == permissions.len()
    });
    holding
}

/// A grant's permissions, by the grant's limits and those that permissions have themselves.
fn by_own_limits(state: &State, given: &PermissionSet, limits: &Limits) -> Vec<(Limits, PermissionSet)> {
    let own = given.both(state.catalog().limited());
    let mut all = vec![(limits.clone(), given.without(&own))];
    for permission in own.iter() {
        let both = limits.iter().chain(state.catalog().limits(permission).into_iter().flat_map(Limits::iter));
        all.push((Limits::new(both.cloned().collect()), std::iter::once(permission).collect()));
    }
    all
}

/// What everybody holds of some permissions on an object for whom nothing counts there but what all have.
pub(super) struct Ordinary<'s> {
    state: &'s State,
    pub(super) holding: Holding,
    /// For whom a grant of their own, or of a group of theirs, counts as well.
    apart: FxHashSet<UserId>,
}

impl<'s> Ordinary<'s> {
    /// None, where what all have is under limits: whether these are met each has to be asked.
    pub(super) fn of(
        state: &'s State,
        object: ObjectId,
        permissions: &PermissionSet,
        at: Millis,
    ) -> Option<Self> {
        let roles = state.every_role().map(|role| role.id);
        let roles: Vec<_> =
            roles.filter(|role| !state.permissions_of(*role).both(permissions).is_empty()).collect();
        let places = state.above(object).into_iter();
        let counting = places.flat_map(|place| state.grants_of_any(&roles, place));
        let mut ordinary = Self { state, holding: Holding::default(), apart: FxHashSet::default() };
        for grant in counting.filter(|grant| grant.window.holds(at)) {
            if grant.subject != Subject::Everyone {
                ordinary.apart.extend(state.people_of(grant.subject));
                continue;
            }
            let given = state.permissions_of(grant.role).both(permissions);
            if !grant.limits.is_none() || !given.both(state.catalog().limited()).is_empty() {
                return None;
            }
            ordinary.holding.plain.add(&given);
        }
        Some(ordinary)
    }

    /// Whether somebody holds that and no more.
    pub(super) fn is_one(&self, who: Who) -> bool {
        let Who::User(user) = who else { return false };
        !self.apart.contains(&user) && self.state.is_active(who)
    }
}
