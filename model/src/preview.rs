//! The effect of changes before they are saved: who gains and who loses what, and where.
//!
//! The changes say for whom, where and of what the answer can differ; just there it is asked on both sides.
//! The unit is (person, permission, topmost object): who gains something on the organization gains it
//! everywhere, and that is said once. What is held only under limits that a question would have to meet is
//! said with what it depends on.

mod reach;

use crate::Millis;
use crate::catalog::PermissionSet;
use crate::change::Change;
use crate::decide::{self, Context, Unsaid};
use crate::grant::Who;
use crate::id::{ObjectId, ServiceAccountId, UserId};
use crate::limit::{Limits, Met, Property};
use crate::state::State;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

/// Some who gain, or lose, the same permissions on the same object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The topmost object.
    pub object: ObjectId,
    /// What they gain or lose there.
    pub permissions: PermissionSet,
    /// What it depends on; empty: nothing.
    pub depends: Vec<Property>,
    /// Who, of the people.
    pub people: Vec<UserId>,
    /// Who, of the service accounts.
    pub accounts: Vec<ServiceAccountId>,
    /// People who are reached by the changes and had, or keep, all of it in another way.
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

/// Compares what may be done before and after, at one time. `changes` lead from one to the other.
#[must_use]
pub fn effect(before: &State, after: &State, changes: &[Change], at: Millis) -> Effect {
    let asked: Vec<Asked> = reach::of(before, after, changes)
        .into_iter()
        .map(|((who, object, scope), permissions)| Asked {
            who,
            object,
            was: hold(before, who, object, scope, &permissions, at),
            is: hold(after, who, object, scope, &permissions, at),
        })
        .collect();
    Effect {
        gains: lines(&asked, after, |one| (&one.was, &one.is)),
        loses: lines(&asked, before, |one| (&one.is, &one.was)),
    }
}

/// One who is reached by the changes at an object, and what they hold of what may differ there.
struct Asked {
    who: Who,
    object: ObjectId,
    was: Holding,
    is: Holding,
}

/// What is held on one side alone, by what it depends on.
type Beyond = (Vec<Property>, PermissionSet);
/// Mostly one: what does not depend on anything.
type Beyonds = SmallVec<[Beyond; 1]>;

/// What somebody holds on an object.
#[derive(Default)]
struct Holding {
    /// Without conditions.
    plain: PermissionSet,
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
    fn beyond(&self, other: &Self) -> Beyonds {
        let plain = self.plain.without(&other.plain);
        if plain.is_empty() && self.limited.is_empty() {
            return Beyonds::new();
        }
        let mut found: Beyonds = smallvec![(Vec::new(), plain)];
        for (permissions, limits) in &self.limited {
            let fresh = permissions.without(&self.plain).without(&other.admits(permissions, limits));
            let mut depends: Vec<Property> = limits.iter().map(|one| one.property.clone()).collect();
            depends.dedup();
            match found.iter_mut().find(|(on, _)| *on == depends) {
                Some((_, all)) => all.add(&fresh),
                None => found.push((depends, fresh)),
            }
        }
        found.retain(|(_, permissions)| !permissions.is_empty());
        found
    }
}

/// What somebody holds of these permissions on an object and, with [`Unsaid::OpenBeneath`], on what is beneath.
fn hold(
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

/// A row of the answer before it is put into words: where, what it depends on, and what.
type Key = (ObjectId, Vec<Property>, PermissionSet);

/// The lines of what is held in one of the states and not in the other: `sides` gives the other one first.
fn lines<'a>(
    asked: &'a [Asked],
    state: &State,
    sides: impl Fn(&'a Asked) -> (&'a Holding, &'a Holding),
) -> Vec<Line> {
    let mut beyond: FxHashMap<(Who, ObjectId), Beyonds> = FxHashMap::default();
    for one in asked {
        let (other, this) = sides(one);
        let found = this.beyond(other);
        if found.is_empty() {
            continue;
        }
        // Two changes may reach the same one at the same object, each for permissions of its own.
        let known = beyond.entry((one.who, one.object)).or_default();
        for (depends, permissions) in found {
            match known.iter_mut().find(|(on, _)| *on == depends) {
                Some((_, all)) => all.add(&permissions),
                None => known.push((depends, permissions)),
            }
        }
    }
    let mut above: FxHashMap<ObjectId, Vec<ObjectId>> = FxHashMap::default();
    let mut lines: FxHashMap<Key, Vec<Who>> = FxHashMap::default();
    for ((who, object), found) in &beyond {
        let higher =
            above.entry(*object).or_insert_with(|| state.above(*object).into_iter().skip(1).collect());
        for (depends, permissions) in found {
            let mut left = permissions.clone();
            // Said once, on the topmost object.
            for place in higher.iter() {
                for (on, there) in beyond.get(&(*who, *place)).into_iter().flatten() {
                    if on.is_empty() || on == depends {
                        left = left.without(there);
                    }
                }
            }
            if !left.is_empty() {
                lines.entry((*object, depends.clone(), left)).or_default().push(*who);
            }
        }
    }
    let unchanged = |object: ObjectId, permissions: &PermissionSet, who: &FxHashSet<Who>| {
        let here = asked.iter().filter(|one| one.object == object && !who.contains(&one.who));
        let keeps = |holding: &Holding| permissions.without(&holding.plain).is_empty();
        let kept = here.filter(|one| keeps(&one.was) && keeps(&one.is));
        let mut kept: Vec<UserId> = kept.filter_map(|one| one.who.person()).collect();
        kept.sort_unstable();
        kept.dedup();
        kept
    };
    let mut lines: Vec<Line> = lines
        .into_iter()
        .map(|((object, depends, permissions), mut who)| {
            who.sort_unstable();
            let people: Vec<UserId> = who.iter().filter_map(|who| who.person()).collect();
            let accounts = who.iter().filter_map(|who| match who {
                Who::ServiceAccount(account) => Some(*account),
                _ => None,
            });
            let (accounts, who) = (accounts.collect(), who.iter().copied().collect());
            let unchanged = unchanged(object, &permissions, &who);
            Line { object, permissions, depends, people, accounts, unchanged }
        })
        .collect();
    lines.sort_by_cached_key(|line| {
        let count = line.people.len() + line.accounts.len();
        let first = (line.people.first().copied(), line.accounts.first().copied());
        (std::cmp::Reverse(count), line.object, first, line.depends.clone())
    });
    lines
}
