//! Three opinions on every decision, and they are the same: Rolecall's own, which is fast; the plainest telling
//! of the rule; and Cedar's.
//!
//! `ROLECALL_FUZZ` is how many random worlds are looked at, and makes the seed a random one, which is printed;
//! `ROLECALL_SEED` asks for one again.

use crate::cedar::{Answer, Cedar};
use crate::naive::Tables;
use crate::random::{asks, dice, everybody, keys, question, user, world};
use model::catalog::ADMINISTRATION;
use model::decide::{self, Question, Unsaid, Verdict};
use model::grant::{Subject, Who, Window};
use model::id::{ObjectId, UserId};
use model::state::State;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

/// Worlds in `make test`, fewer where it takes longer; and questions in each.
const WORLDS: u32 = if cfg!(debug_assertions) { 40 } else { 480 };
const QUESTIONS: usize = 220;

/// How many worlds, and a runner that makes them.
fn runner() -> (u32, TestRunner) {
    let number = |name| std::env::var(name).ok().and_then(|text: String| text.parse::<u64>().ok());
    let fuzz = number("ROLECALL_FUZZ").and_then(|worlds| u32::try_from(worlds).ok());
    let random = || RandomState::new().hash_one("seed");
    let seed = number("ROLECALL_SEED").unwrap_or_else(|| if fuzz.is_some() { random() } else { 2024 });
    let worlds = fuzz.unwrap_or(WORLDS);
    println!("{worlds} worlds, ROLECALL_SEED={seed}");
    let bytes: Vec<u8> = seed.to_le_bytes().into_iter().cycle().take(32).collect();
    let config = ProptestConfig {
        cases: worlds,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    };
    (worlds, TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)))
}

/// What Rolecall says in whatever way it can be asked.
fn decided(states: &[State], question: &Question) -> Result<Verdict, TestCaseError> {
    let verdict = decide::verdict(&states[0], question);
    let Question { who, permission, object, at, .. } = *question;
    for (n, state) in states.iter().enumerate() {
        prop_assert_eq!(&decide::verdict(state, question), &verdict, "state {} of {:?}", n, question);
        if question.context.unsaid == Unsaid::Nothing && question.context.says.is_empty() {
            prop_assert_eq!(decide::may(state, who, permission, object, at), verdict.is_allowed());
        }
    }
    Ok(verdict)
}

/// The same world three times: as it was built, settled, and settled before the last changes.
fn settled(shape: &[crate::random::Dice]) -> [State; 3] {
    let plain = world(shape);
    let mut whole = plain.clone();
    whole.settle();
    let (first, rest) = shape.split_at(shape.len() / 2);
    let mut half = world(first);
    half.settle();
    let changes = crate::random::fitting(&half, rest);
    half.apply_all(&changes).unwrap();
    [plain, whole, half]
}

#[test]
fn three_opinions_agree_on_every_decision() {
    let (worlds, mut runner) = runner();
    let start = std::time::Instant::now();
    let counts: Cell<HashMap<&str, u64>> = Cell::default();
    let shapes = (dice(110), any::<u64>());
    runner
        .run(&shapes, |(shape, asking)| {
            let states = settled(&shape);
            prop_assert_eq!(states[0].as_changes(), states[1].as_changes());
            prop_assert_eq!(states[0].as_changes(), states[2].as_changes());
            let tables = Tables::of(&states[0]);
            let cedar = Cedar::of(&tables);
            let mut found = counts.take();
            for ask in asks(asking).take(QUESTIONS) {
                let (question, key) = question(&states[0], ask);
                let verdict = decided(&states, &question)?;
                prop_assert_eq!(&tables.verdict(&question, &key), &verdict, "the plain rule: {:?}", question);
                let (answer, name) = match verdict {
                    Verdict::Allowed => (Answer::Allowed, "allowed"),
                    Verdict::Denied => (Answer::Denied, "denied"),
                    Verdict::Depends(_) => (Answer::Depends, "depending"),
                };
                prop_assert_eq!(cedar.answer(&question, &key), answer, "Cedar: {:?}", question);
                *found.entry(name).or_default() += 1;
                let asks = match question.who {
                    Who::User(_) => "by people",
                    Who::ServiceAccount(_) => "by service accounts",
                    Who::Group(_) => "of groups",
                };
                *found.entry(asks).or_default() += 1;
            }
            counts.set(found);
            Ok(())
        })
        .unwrap();
    let counts = counts.take();
    let all = counts["allowed"] + counts["denied"] + counts["depending"];
    println!("{all} decisions by three in {:.1} s: {counts:?}", start.elapsed().as_secs_f64());
    assert!(all >= u64::from(worlds) * QUESTIONS as u64);
    for (kind, at_least) in
        [("allowed", 5), ("denied", 5), ("depending", 40), ("by service accounts", 20), ("of groups", 20)]
    {
        assert!(counts[kind] * at_least >= all, "too few {kind}: {counts:?}");
    }
}

#[test]
fn everything_that_lists_what_is_held_agrees_with_the_plain_rule() {
    let mut runner = TestRunner::deterministic();
    let mut held = 0;
    for _ in 0..30 {
        let state = world(&dice(80).new_tree(&mut runner).unwrap().current());
        let tables = Tables::of(&state);
        for who in everybody() {
            for object in &tables.objects {
                let on = decide::permissions_on(&state, who, object.id, 10);
                for key in keys(&state) {
                    let number = state.catalog().number(&key).unwrap();
                    let limitless = tables.grants.iter().filter(|grant| grant.limits.is_none());
                    let given = limitless.filter(|g| tables.gives(g, who, &key, object.id, 10)).count();
                    assert_eq!(on.contains(number), given > 0, "{who:?} {key}");
                    held += u32::from(on.contains(number));
                }
            }
        }
    }
    assert!(held > 1_000, "{held}");
}

#[test]
fn administrators_agree_with_the_plain_rule() {
    let mut runner = TestRunner::deterministic();
    let mut found = 0;
    for _ in 0..300 {
        let state = world(&dice(60).new_tree(&mut runner).unwrap().current());
        let tables = Tables::of(&state);
        let entries = &state.catalog().pack(ADMINISTRATION).unwrap().pack.permissions;
        let expected: BTreeSet<UserId> = (0..6)
            .map(user)
            .filter(|user| {
                entries.iter().all(|entry| {
                    tables.grants.iter().any(|grant| {
                        grant.subject != Subject::Everyone
                            && grant.window == Window::ALWAYS
                            && grant.limits.is_none()
                            && tables.gives(grant, (*user).into(), &entry.key, ObjectId::ORGANIZATION, 0)
                    })
                })
            })
            .collect();
        found += expected.len();
        assert_eq!(decide::administrators(&state), expected);
    }
    assert!(found > 20, "{found}");
}
