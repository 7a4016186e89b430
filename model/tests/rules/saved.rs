//! No escalation, on random worlds: for every revision that the guard lets an actor save, whoever gains
//! something gains what the actor held there before, or it came by a role that the actor's role delegates,
//! and then to somebody else. What is taken away is judged the same.

use crate::naive;
use crate::random::{Dice, TIMES, change, dice, fitting, keys, user, world};
use model::catalog::ADMINISTRATION;
use model::change::{self, Change};
use model::grant::{Grant, Subject, Window};
use model::guard::{self, Actor};
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::role::Delegate;
use model::state::State;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use std::cell::Cell;

/// The actor gets a role of their own with some of the administration permissions, perhaps only for a time.
fn empowered(shape: &[Dice], (mask, more, what): (u16, u16, u8)) -> State {
    let mut state = world(shape);
    let id = RoleId::from_bits(999);
    let mut picked: Vec<String> = Vec::new();
    for (n, key) in keys(&state).into_iter().enumerate() {
        let mask = if n < 10 { mask } else { more };
        if mask & (1 << (n % 10)) != 0 {
            picked.push(key);
        }
    }
    let plain = crate::world::role(id, "What the actor may", &[]);
    state.apply(&Change::RoleCreated { role: model::role::Role { permissions: picked, ..plain } }).unwrap();
    let window = if what % 4 == 0 { Window { from: None, until: Some(10) } } else { Window::ALWAYS };
    let own =
        [(RoleId::from_bits(999), window), (RoleId::from_bits(302 + u64::from(what % 8)), Window::ALWAYS)];
    for (n, (role, window)) in own.into_iter().enumerate() {
        let grant = Grant {
            id: GrantId::from_bits(900 + n as u64),
            subject: Subject::User(user(0)),
            role,
            object: ObjectId::ORGANIZATION,
            window,
            limits: Limits::NONE,
        };
        let _ = state.apply(&Change::GrantAdded { grant });
    }
    state
}

/// Whether the actor's roles delegate that role there, at that time.
fn delegates(before: &State, actor: UserId, grant: &Grant, object: ObjectId, at: i64) -> bool {
    let by_role = before.grants().any(|mine| {
        naive::is_for(before, &mine, actor)
            && naive::is_open(&mine, at)
            && naive::stands_above(before, mine.object, object)
            && before.role(mine.role).is_some_and(|r| r.delegates.contains(&Delegate::Role(grant.role)))
    });
    by_role || (grant.role == RoleId::MEMBER && naive::may(before, actor, "people.invite", object, at))
}

/// Areas arm and disarm what roles hold of them: that is for administrators, and told in `escalation`.
fn turns_an_area(change: &Change) -> bool {
    matches!(change, Change::AreaTurnedOn { .. } | Change::PackInstalled { .. })
}

fn holds_all_administration(state: &State, actor: UserId, at: i64) -> bool {
    let entries = &state.catalog().pack(ADMINISTRATION).unwrap().pack.permissions;
    entries.iter().all(|entry| naive::may(state, actor, &entry.key, ObjectId::ORGANIZATION, at))
}

/// Checks one revision; says how many gains and losses were looked at, or `None` when it was refused.
fn judged(before: &State, actor: UserId, changes: &[Change], at: i64) -> Result<Option<u64>, TestCaseError> {
    let changes = change::expand(before, changes);
    let mut after = before.clone();
    if guard::check(before, Actor::User(actor), &changes, at).is_err() || after.apply_all(&changes).is_err() {
        return Ok(None);
    }
    if matches!(changes.as_slice(), [Change::UserJoined { user }] if *user == actor) {
        return Ok(Some(0));
    }
    if changes.iter().any(turns_an_area) {
        prop_assert!(holds_all_administration(before, actor, at));
        return Ok(Some(0));
    }
    let mut looked_at = 0;
    for object in before.objects().map(|object| object.id).filter(|id| after.object(*id).is_some()) {
        for person in (0..6).map(user) {
            for key in keys(before) {
                for then in TIMES.into_iter().filter(|then| *then >= at) {
                    let was = naive::may(before, person, &key, object, then);
                    let is = naive::may(&after, person, &key, object, then);
                    if was == is {
                        continue;
                    }
                    looked_at += 1;
                    let held = naive::may(before, actor, &key, object, then);
                    let state = if is { &after } else { before };
                    let by_delegation = person != actor
                        && state.grants().any(|grant| {
                            naive::gives(state, &grant, person, &key, object, then)
                                && delegates(before, actor, &grant, object, at)
                        });
                    prop_assert!(
                        held || by_delegation,
                        "{actor} {} {key} on {object} for {person} at {then} (now {at}) by {changes:#?}",
                        if is { "adds" } else { "takes" },
                    );
                }
            }
        }
    }
    Ok(Some(looked_at))
}

#[test]
fn nobody_ends_with_more_than_the_actor_had_but_by_delegation() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 2_500,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let (accepted, looked_at) = (Cell::new(0_u64), Cell::new(0_u64));
    let numbers = (dice(30), any::<(u16, u16, u8)>(), prop::collection::vec(any::<Dice>(), 1..5), 0..4_usize);
    runner
        .run(&numbers, |(shape, power, next, at)| {
            let before = empowered(&shape, power);
            let changes = fitting(&before, &next);
            if let (Some(found), false) = (judged(&before, user(0), &changes, TIMES[at])?, changes.is_empty())
            {
                accepted.set(accepted.get() + 1);
                looked_at.set(looked_at.get() + found);
            }
            Ok(())
        })
        .unwrap();
    // The test says nothing where all is refused.
    assert!(accepted.get() > 300, "{} accepted", accepted.get());
    assert!(looked_at.get() > 300, "{} gains and losses", looked_at.get());
}

#[test]
fn nor_by_an_undo() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let numbers = (dice(30), any::<(u16, u16, u8)>(), prop::collection::vec(any::<Dice>(), 1..5), 0..4_usize);
    runner
        .run(&numbers, |(shape, power, next, at)| {
            let mut state = empowered(&shape, power);
            let changes = fitting(&state, &next);
            state.apply_all(&changes).unwrap();
            if let Some(undo) = change::inverse(&changes) {
                judged(&state, user(0), &undo, TIMES[at])?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn raw_changes_are_judged_as_well_as_expanded_ones() {
    // Whoever calls the guard without expanding first gets no further.
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let numbers = (dice(30), any::<(u16, u16, u8)>(), any::<Dice>(), 0..4_usize);
    runner
        .run(&numbers, |(shape, power, next, at)| {
            let before = empowered(&shape, power);
            let raw = [change(&before, next)];
            let at = TIMES[at];
            let passes = |changes: &[Change]| {
                guard::check(&before, Actor::User(user(0)), changes, at).is_ok()
                    && before.clone().apply_all(changes).is_ok()
            };
            prop_assert!(!passes(&raw) || passes(&change::expand(&before, &raw)), "{:?}", raw);
            Ok(())
        })
        .unwrap();
}
