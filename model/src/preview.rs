//! The effect of changes before they are saved: who gains and who loses what, and where.
//!
//! Decisions before and after are compared for the people whom the changes can reach. The unit is
//! (person, permission, topmost object): who gains something on the organization gains it everywhere, and
//! that is said once.

use crate::Millis;
use crate::catalog::PermissionSet;
use crate::change::Change;
use crate::decide;
use crate::id::{ObjectId, UserId};
use crate::state::State;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Some people who gain, or lose, the same permissions on the same object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The topmost object.
    pub object: ObjectId,
    /// What they gain or lose there.
    pub permissions: PermissionSet,
    /// Who.
    pub people: Vec<UserId>,
    /// Who is reached by the changes and had, or keeps, all of it in another way.
    pub unchanged: Vec<UserId>,
}

/// What changes would alter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// What people gain, the largest line first.
    pub gains: Vec<Line>,
    /// What people lose, the largest line first.
    pub loses: Vec<Line>,
}

type Holdings = BTreeMap<ObjectId, PermissionSet>;

/// Compares what people may do before and after, at one time. `changes` lead from one to the other.
#[must_use]
pub fn effect(before: &State, after: &State, changes: &[Change], at: Millis) -> Effect {
    let reached = reached(before, after, changes);
    let mut gains: FxHashMap<(ObjectId, PermissionSet), Vec<UserId>> = FxHashMap::default();
    let mut loses = gains.clone();
    let mut all: Vec<(UserId, Holdings, Holdings)> = Vec::with_capacity(reached.len());
    for user in reached {
        let (was, now) = (decide::holdings(before, user, at), decide::holdings(after, user, at));
        for (object, fresh) in difference((after, &now), (before, &was)) {
            gains.entry((object, fresh)).or_default().push(user);
        }
        for (object, lost) in difference((before, &was), (after, &now)) {
            loses.entry((object, lost)).or_default().push(user);
        }
        all.push((user, was, now));
    }
    let lines = |found: FxHashMap<(ObjectId, PermissionSet), Vec<UserId>>| {
        let mut lines: Vec<Line> = found
            .into_iter()
            .map(|((object, permissions), people)| {
                let unchanged = all
                    .iter()
                    .filter(|(_, was, now)| {
                        permissions.without(&on(before, was, object)).is_empty()
                            && permissions.without(&on(after, now, object)).is_empty()
                    })
                    .map(|(user, ..)| *user)
                    .collect();
                Line { object, permissions, people, unchanged }
            })
            .collect();
        for line in &mut lines {
            line.people.sort();
        }
        lines.sort_by(|a, b| {
            let key = |line: &Line| {
                (std::cmp::Reverse(line.people.len()), line.object, line.people.first().copied())
            };
            key(a).cmp(&key(b))
        });
        lines
    };
    Effect { gains: lines(gains), loses: lines(loses) }
}

/// What is held in `one` and not in `other`, on the topmost object where that is so.
fn difference(one: (&State, &Holdings), other: (&State, &Holdings)) -> Vec<(ObjectId, PermissionSet)> {
    let mut found = Vec::new();
    for (object, here) in one.1 {
        let mut above = PermissionSet::default();
        for place in one.0.chain(*object).skip(1) {
            if let Some(there) = one.1.get(&place.id) {
                above.add(there);
            }
        }
        // An object that is only in one of the states is looked up in the state that has it.
        let state = if other.0.object(*object).is_some() { other.0 } else { one.0 };
        let fresh = here.without(&above).without(&on(state, other.1, *object));
        if !fresh.is_empty() {
            found.push((*object, fresh));
        }
    }
    found
}

/// All that is held on an object, from wherever above.
fn on(state: &State, holdings: &Holdings, object: ObjectId) -> PermissionSet {
    let mut all = PermissionSet::default();
    for place in state.chain(object) {
        if let Some(here) = holdings.get(&place.id) {
            all.add(here);
        }
    }
    all
}

/// The people whose decisions the changes can alter.
fn reached(before: &State, after: &State, changes: &[Change]) -> Vec<UserId> {
    let mut reached: FxHashSet<UserId> = FxHashSet::default();
    let mut roles = FxHashSet::default();
    for change in changes {
        match change {
            Change::GrantAdded { grant } | Change::GrantRemoved { grant } => {
                reached.extend(before.people_of(grant.subject));
                reached.extend(after.people_of(grant.subject));
            }
            Change::PermissionAdded { role, .. } | Change::PermissionRemoved { role, .. } => {
                roles.insert(*role);
            }
            Change::UserAdded { user, .. }
            | Change::UserJoined { user }
            | Change::UserDeactivated { user }
            | Change::UserReactivated { user }
            | Change::UserRemoved { user, .. }
            | Change::MemberAdded { user, .. }
            | Change::MemberRemoved { user, .. } => drop(reached.insert(*user)),
            Change::AreaTurnedOn { .. }
            | Change::AreaTurnedOff { .. }
            | Change::PackInstalled { .. }
            | Change::PackRemoved { .. } => reached.extend(after.people().map(|person| person.id)),
            _ => {}
        }
    }
    for role in roles {
        for state in [before, after] {
            for grant in state.grants_of_role(role) {
                reached.extend(state.people_of(grant.subject));
            }
        }
    }
    let mut reached: Vec<UserId> = reached.into_iter().collect();
    reached.sort();
    reached
}
