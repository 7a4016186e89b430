//! Decisions: may this person do that, there, at that time? A bare answer, fast.
//!
//! The rule: an active person may do P on O at T when some grant that is for them, for a group of theirs or
//! for everyone has a role with P, stands on O or on what holds O, and has T in its window. Grants only
//! add up; there is no deny. No path, no access.

use crate::Millis;
use crate::catalog::{ADMINISTRATION, Permission, PermissionSet};
use crate::grant::{Grant, Subject, Window};
use crate::id::{ObjectId, RoleId, UserId};
use crate::person::Status;
use crate::state::State;
use std::collections::{BTreeMap, BTreeSet};

/// Whether an active person may do what the permission of that key opens, on that object, at that time.
/// An unknown key is never allowed.
#[must_use]
pub fn allows(state: &State, user: UserId, permission: &str, object: ObjectId, at: Millis) -> bool {
    state.catalog().number(permission).is_some_and(|permission| may(state, user, permission, object, at))
}

/// [`allows`], by the number of the permission.
#[must_use]
pub fn may(state: &State, user: UserId, permission: Permission, object: ObjectId, at: Millis) -> bool {
    let settled = state
        .any_settled(user, object, |role, window| window.holds(at) && state.role_allows(role, permission));
    settled.unwrap_or_else(|| {
        is_active(state, user) && reaches(state, user, permission, object, |window| window.holds(at))
    })
}

/// Whether the person is there and active.
#[must_use]
pub fn is_active(state: &State, user: UserId) -> bool {
    state.person(user).is_some_and(|person| person.status == Status::Active)
}

/// Whether a grant with a window of that sort gives the person the permission there. Does not ask whether
/// the person is active.
pub(crate) fn reaches(
    state: &State,
    user: UserId,
    permission: Permission,
    object: ObjectId,
    window: impl Fn(&Window) -> bool,
) -> bool {
    state.subjects_of(user).any(|subject| {
        state.chain(object).any(|place| {
            state
                .held(subject, place.id)
                .any(|(role, held)| window(&held) && state.role_allows(role, permission))
        })
    })
}

/// The grants by which the person has that permission there now: every one is a path of its own.
pub fn paths(
    state: &State,
    user: UserId,
    permission: Permission,
    object: ObjectId,
    at: Millis,
) -> impl Iterator<Item = Grant> + '_ {
    grants_for(state, user).filter(move |grant| {
        grant.window.holds(at)
            && state.role_allows(grant.role, permission)
            && state.is_within(object, grant.object)
    })
}

/// All grants that are for the person: their own, their groups' and everyone's.
pub fn grants_for(state: &State, user: UserId) -> impl Iterator<Item = Grant> + '_ {
    state.subjects_of(user).flat_map(|subject| state.grants_of(subject))
}

/// What a person may do at a time: for each object that a grant stands on, what the grants there give.
/// Empty for who is not active.
#[must_use]
pub fn holdings(state: &State, user: UserId, at: Millis) -> BTreeMap<ObjectId, PermissionSet> {
    let mut all: BTreeMap<ObjectId, PermissionSet> = BTreeMap::new();
    if is_active(state, user) {
        for grant in grants_for(state, user).filter(|grant| grant.window.holds(at)) {
            all.entry(grant.object).or_default().add(&state.permissions_of(grant.role));
        }
    }
    all
}

/// What a person may do on one object at a time, all of it.
#[must_use]
pub fn permissions_on(state: &State, user: UserId, object: ObjectId, at: Millis) -> PermissionSet {
    let held = holdings(state, user, at);
    let mut all = PermissionSet::default();
    for place in state.chain(object) {
        if let Some(here) = held.get(&place.id) {
            all.add(here);
        }
    }
    all
}

/// The active people who hold every administration permission on the organization, by grants without a
/// window, directly or through a group. Whether they can sign in is known to the backend alone.
#[must_use]
pub fn administrators(state: &State) -> BTreeSet<UserId> {
    let needed: PermissionSet = state.catalog().permissions_of(ADMINISTRATION).collect();
    // Whoever has all has the rarest: few people have to be looked at, however many there are.
    let rarest = needed
        .iter()
        .map(|permission| roles_with(state, permission))
        .min_by_key(|roles| roles.iter().map(|role| state.grants_of_role(*role).count()).sum::<usize>());
    let candidates =
        rarest.into_iter().flatten().flat_map(|role| state.grants_of_role(role).map(|g| g.subject));
    let people: BTreeSet<UserId> = candidates
        .filter(|subject| *subject != Subject::Everyone)
        .flat_map(|subject| state.people_of(subject))
        .collect();
    people.into_iter().filter(|user| is_administrator(state, *user, &needed)).collect()
}

fn roles_with(state: &State, permission: Permission) -> Vec<RoleId> {
    let roles = state.roles().into_iter().map(|role| role.id);
    roles.filter(|role| state.role_allows(*role, permission)).collect()
}

fn is_administrator(state: &State, user: UserId, needed: &PermissionSet) -> bool {
    let mut held = PermissionSet::default();
    for subject in state.subjects_of(user).filter(|subject| *subject != Subject::Everyone) {
        for (role, window) in state.held(subject, ObjectId::ORGANIZATION) {
            if window == Window::ALWAYS {
                held.add(&state.permissions_of(role));
            }
        }
    }
    is_active(state, user) && needed.without(&held).is_empty()
}
