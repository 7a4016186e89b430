//! The effect of changes before they are saved: who gains and who loses what, and where.
//!
//! The changes say for whom, where and of what the answer can differ; just there it is asked on both sides.
//! The unit is (person, permission, topmost object): who gains something on the organization gains it
//! everywhere, and that is said once. What is held only under limits that a question would have to meet is
//! said with what it depends on.

mod holding;
mod reach;

use self::holding::{Beyonds, Holding, Ordinary, hold};
use self::reach::Reached;
use crate::Millis;
use crate::catalog::PermissionSet;
use crate::change::Change;
use crate::grant::Who;
use crate::id::{ObjectId, ServiceAccountId, UserId};
use crate::limit::Property;
use crate::state::State;
use rustc_hash::FxHashMap;
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
    let reached = reach::of(before, after, changes);
    let asked: Vec<Asked> = reached.into_iter().flat_map(|one| ask(before, after, one, at)).collect();
    Effect {
        gains: lines(&asked, after, |one| (&one.was, &one.is)),
        loses: lines(&asked, before, |one| (&one.is, &one.was)),
    }
}

/// Some who are reached by the changes at an object and hold the same of what may differ there.
struct Asked {
    who: SmallVec<[Who; 1]>,
    object: ObjectId,
    /// Whether they are asked about no place above or beneath it, and there only once.
    alone: bool,
    was: Holding,
    is: Holding,
}

/// So many are looked at for what they have in common before each is asked.
const MANY: usize = 256;

/// What all who are reached at an object hold there on both sides. What everybody has is found once.
fn ask(before: &State, after: &State, reached: Reached, at: Millis) -> Vec<Asked> {
    let Reached { object, scope, permissions, who: all, alone } = reached;
    let ordinary = |state| match all.len() {
        MANY.. => Ordinary::of(state, object, &permissions, at),
        _ => None,
    };
    let both = ordinary(before).zip(ordinary(after));
    let mut together = SmallVec::new();
    let mut asked = Vec::new();
    for who in all {
        if both.as_ref().is_some_and(|(was, is)| was.is_one(who) && is.is_one(who)) {
            together.push(who);
            continue;
        }
        let was = hold(before, who, object, scope, &permissions, at);
        let is = hold(after, who, object, scope, &permissions, at);
        asked.push(Asked { who: smallvec![who], object, alone, was, is });
    }
    if let Some((was, is)) = both.filter(|_| !together.is_empty()) {
        asked.push(Asked { who: together, object, alone, was: was.holding, is: is.holding });
    }
    asked
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
    let mut lines: FxHashMap<Key, Vec<Who>> = FxHashMap::default();
    for one in asked {
        let (other, this) = sides(one);
        let found = this.beyond(other);
        if one.alone {
            for (depends, permissions) in found {
                lines.entry((one.object, depends, permissions)).or_default().extend_from_slice(&one.who);
            }
            continue;
        }
        for who in one.who.iter().filter(|_| !found.is_empty()) {
            // Reached twice at the same object, with and without what is beneath.
            let known = beyond.entry((*who, one.object)).or_default();
            for (depends, permissions) in &found {
                holding::add(known, depends.clone(), permissions);
            }
        }
    }
    let mut above: FxHashMap<ObjectId, Vec<ObjectId>> = FxHashMap::default();
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
    // `who`: in order.
    let unchanged = |object: ObjectId, permissions: &PermissionSet, who: &[Who]| {
        let keeps = |holding: &Holding| permissions.without(&holding.plain).is_empty();
        let kept = asked.iter().filter(|one| one.object == object && keeps(&one.was) && keeps(&one.is));
        let kept = kept.flat_map(|one| &one.who).filter(|one| who.binary_search(one).is_err());
        let mut kept: Vec<UserId> = kept.filter_map(|one| one.person()).collect();
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
            let accounts = accounts.collect();
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
