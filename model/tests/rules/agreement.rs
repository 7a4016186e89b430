//! Whatever is fast agrees with the plainest telling of the rule: decisions, and the effect of changes.

use crate::naive;
use crate::random::{TIMES, dice, fitting, keys, user, world};
use model::catalog::Permission;
use model::decide;
use model::grant::Window;
use model::id::{ObjectId, UserId};
use model::preview::{self, Line};
use model::state::State;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

fn everybody() -> Vec<UserId> {
    (0..6).map(user).collect()
}

fn all_objects(state: &State) -> Vec<ObjectId> {
    state.objects().map(|object| object.id).collect()
}

#[test]
fn decisions_agree_with_the_plain_rule() {
    let mut runner = TestRunner::deterministic();
    let (mut asked, mut allowed) = (0_u64, 0_u64);
    for _ in 0..40 {
        let state = world(&dice(80).new_tree(&mut runner).unwrap().current());
        let mut settled = state.clone();
        settled.settle();
        assert_eq!(settled.unsettled(), 0);
        assert_eq!(settled.as_changes(), state.as_changes());
        let keys = keys(&state);
        for user in everybody() {
            for object in all_objects(&state) {
                for at in TIMES {
                    let held = decide::permissions_on(&state, user, object, at);
                    for key in &keys {
                        let number = state.catalog().number(key).unwrap();
                        let expected = naive::may(&state, user, key, object, at);
                        asked += 1;
                        allowed += u64::from(expected);
                        assert_eq!(decide::may(&state, user, number, object, at), expected);
                        assert_eq!(decide::may(&settled, user, number, object, at), expected, "settled");
                        assert_eq!(held.contains(number), expected);
                        let paths: BTreeSet<_> =
                            decide::paths(&state, user, number, object, at).map(|grant| grant.id).collect();
                        let giving: BTreeSet<_> = state
                            .grants()
                            .filter(|grant| {
                                naive::is_on(&state, key)
                                    && naive::gives(&state, grant, user, key, object, at)
                            })
                            .map(|grant| grant.id)
                            .collect();
                        assert_eq!(paths, giving);
                    }
                }
            }
        }
    }
    assert!(asked >= 20_000, "{asked}");
    assert!(allowed * 20 >= asked, "a fair part is allowed: {allowed} of {asked}");
}

#[test]
fn administrators_agree_with_the_plain_rule() {
    let mut runner = TestRunner::deterministic();
    let mut found = 0;
    for _ in 0..300 {
        let state = world(&dice(60).new_tree(&mut runner).unwrap().current());
        let expected: BTreeSet<UserId> = everybody()
            .into_iter()
            .filter(|user| decide::is_active(&state, *user))
            .filter(|user| {
                let entries = &state.catalog().pack(model::catalog::ADMINISTRATION).unwrap().pack.permissions;
                entries.iter().all(|entry| {
                    state.grants().any(|grant| {
                        grant.subject != model::grant::Subject::Everyone
                            && grant.window == Window::ALWAYS
                            && naive::gives(&state, &grant, *user, &entry.key, ObjectId::ORGANIZATION, 0)
                    })
                })
            })
            .collect();
        found += expected.len();
        assert_eq!(decide::administrators(&state), expected);
    }
    assert!(found > 20, "{found}");
}

/// By person and permission: the topmost objects where it is so in `one` and not in `other`.
type Found = BTreeSet<(UserId, Permission, ObjectId)>;

fn brute(one: &State, other: &State, at: i64) -> Found {
    let mut found = Found::new();
    for user in everybody() {
        for key in keys(one) {
            let number = one.catalog().number(&key).unwrap();
            let differs = |object: ObjectId| {
                naive::may(one, user, &key, object, at) && !naive::may(other, user, &key, object, at)
            };
            for object in all_objects(one) {
                // A place that is only in one of the two gains and loses nothing by itself.
                let above = one.object(object).unwrap().parent;
                if other.object(object).is_none() || !differs(object) {
                    continue;
                }
                if !above.is_some_and(differs) {
                    found.insert((user, number, object));
                }
            }
        }
    }
    found
}

fn flat(lines: &[Line], other: &State) -> Found {
    let mut found = Found::new();
    for line in lines.iter().filter(|line| other.object(line.object).is_some()) {
        for user in &line.people {
            for permission in line.permissions.iter() {
                assert!(found.insert((*user, permission, line.object)), "said twice");
            }
        }
    }
    found
}

/// Whether the person holds all of a line in `state`; `after` knows every permission by number.
fn has_all(state: &State, after: &State, user: UserId, line: &Line, at: i64) -> bool {
    line.permissions.iter().all(|permission| {
        let key = &after.catalog().entry(permission).unwrap().key;
        naive::may(state, user, key, line.object, at)
    })
}

fn is_a_move(changes: &[model::change::Change]) -> bool {
    use model::change::Change::{ObjectCreated, ObjectRemoved};
    let removed: BTreeSet<ObjectId> = changes
        .iter()
        .filter_map(|c| if let ObjectRemoved { object } = c { Some(object.id) } else { None })
        .collect();
    changes.iter().any(|c| matches!(c, ObjectCreated { object } if removed.contains(&object.id)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_preview_says_exactly_who_gains_and_who_loses_what(shape in dice(50), next in dice(8), at in 0..7_usize) {
        let before = world(&shape);
        let changes = fitting(&before, &next);
        prop_assume!(!is_a_move(&changes));
        let mut after = before.clone();
        after.apply_all(&changes).unwrap();
        let at = TIMES[at];
        let effect = preview::effect(&before, &after, &changes, at);
        prop_assert_eq!(flat(&effect.gains, &before), brute(&after, &before, at), "gains by {:?}", changes);
        prop_assert_eq!(flat(&effect.loses, &after), brute(&before, &after, at), "loses by {:?}", changes);
        let mut by_key: BTreeMap<(bool, ObjectId, Vec<Permission>), u32> = BTreeMap::new();
        for (gain, line) in effect.gains.iter().map(|l| (true, l)).chain(effect.loses.iter().map(|l| (false, l))) {
            *by_key.entry((gain, line.object, line.permissions.iter().collect())).or_default() += 1;
            prop_assert!(!line.people.is_empty() && line.people.is_sorted() && line.unchanged.is_sorted());
            for user in everybody() {
                let kept = has_all(&before, &after, user, line, at) && has_all(&after, &after, user, line, at);
                let said = line.unchanged.contains(&user);
                prop_assert!(!said || kept, "{:?} is said to keep {:?}", user, line);
                prop_assert!(!(said && line.people.contains(&user)));
            }
        }
        prop_assert!(by_key.values().all(|count| *count == 1), "one line for what belongs together");
        prop_assert_eq!(&preview::effect(&before, &after, &changes, at), &effect, "the same each time");
    }
}

#[test]
fn who_is_reached_and_keeps_it_is_listed_as_unchanged() {
    let mut world = crate::world::World::new();
    let tester = world.role("Tester", &["rollback"]);
    let other = world.role("Other", &["rollback"]);
    let (tom, mia) = (world.person("Tom"), world.person("Mia"));
    let group = world.group("Testers", &[tom, mia]);
    let grant = world.give(group, tester, crate::world::ROOT);
    world.give(mia, other, crate::world::ROOT);
    let before = world.state.clone();
    let changes = [model::change::Change::GrantRemoved { grant }];
    world.state.apply_all(&changes).unwrap();
    let effect = preview::effect(&before, &world.state, &changes, crate::world::NOW);
    assert!(effect.gains.is_empty());
    assert_eq!(effect.loses.len(), 1);
    assert_eq!((&effect.loses[0].people, &effect.loses[0].unchanged), (&vec![tom], &vec![mia]));
    let shown = model::view::effect::Effect::of(&effect, &before, &world.state, true, |_| None);
    assert_eq!(shown.loses[0].names, ["Tom"]);
    assert_eq!(shown.loses[0].kept_by, ["Other"]);
}
