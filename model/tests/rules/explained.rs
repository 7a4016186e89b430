//! Explanations hold what they promise: the edits named for a path end it, and a suggested fix allows.

use crate::naive::Tables;
use crate::random::{asks, dice, question, world};
use model::change::Change;
use model::decide::{Verdict, verdict};
use model::explain::{Path, fixes, why, why_not};
use model::grant::Subject;
use model::state::State;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::Cell;
use std::collections::BTreeSet;

fn cases() -> TestRunner {
    let cases = if cfg!(debug_assertions) { 25 } else { 500 };
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    })
}

fn with(state: &State, changes: &[Change]) -> Option<State> {
    let mut after = state.clone();
    after.apply_all(changes).ok().map(|()| after)
}

#[test]
fn every_path_is_named_and_ending_each_one_ends_the_right() {
    let (allowed, ended) = (Cell::new(0), Cell::new(0));
    cases()
        .run(&(dice(60), any::<u64>()), |(shape, seed)| {
            let state = world(&shape);
            let tables = Tables::of(&state);
            for (question, key) in asks(seed).take(40).map(|ask| question(&state, ask)) {
                let paths = why(&state, &question);
                let may = verdict(&state, &question);
                prop_assert_eq!(paths.is_empty(), may == Verdict::Denied, "{:?}", question);
                let plain = paths.iter().any(|path| path.depends.is_empty());
                prop_assert_eq!(plain, may == Verdict::Allowed);
                let giving: BTreeSet<_> = tables
                    .grants
                    .iter()
                    .filter(|g| tables.gives(g, question.who, &key, question.object, question.at))
                    .filter(|g| {
                        let met = tables.met(&g.limits, question.who, question.object, &question.context);
                        met != crate::naive::Three::No
                    })
                    .map(|grant| grant.id)
                    .collect();
                let named: BTreeSet<_> = paths.iter().map(|path| path.grant.id).collect();
                prop_assert!(paths.is_empty() || giving == named, "{:?}: {:?} {:?}", question, giving, named);
                allowed.set(allowed.get() + u64::from(plain));
                // One by one: that path is gone and no other one came.
                for path in &paths {
                    let Some(after) = with(&state, std::slice::from_ref(&path.ends)) else {
                        return Err(TestCaseError::fail(format!("{:?} does not fit", path.ends)));
                    };
                    let left: Vec<Path> = why(&after, &question);
                    prop_assert!(left.iter().all(|one| one.grant.id != path.grant.id), "{:?}", path.ends);
                    ended.set(ended.get() + 1);
                }
                // All of them: nothing is left.
                let mut ends: Vec<Change> = paths.iter().map(|path| path.ends.clone()).collect();
                let mut seen = Vec::new();
                ends.retain(|end| {
                    !seen.contains(end) && {
                        seen.push(end.clone());
                        true
                    }
                });
                if let Some(after) = with(&state, &ends) {
                    let everyone = paths.iter().any(|path| path.grant.subject == Subject::Everyone);
                    prop_assert!(!plain || everyone || verdict(&after, &question) == Verdict::Denied);
                }
            }
            Ok(())
        })
        .unwrap();
    println!("{} allowed, {} paths ended", allowed.get(), ended.get());
    assert!(allowed.get() > 100 && ended.get() > 100);
}

#[test]
fn every_suggested_fix_allows_and_a_refusal_has_its_reason() {
    let (refused, fixed) = (Cell::new(0_u32), Cell::new(0_u32));
    cases()
        .run(&(dice(60), any::<u64>()), |(shape, seed)| {
            let state = world(&shape);
            for (question, _) in asks(seed).take(40).map(|ask| question(&state, ask)) {
                let reasons = why_not(&state, &question).reasons;
                let denied = verdict(&state, &question) == Verdict::Denied;
                prop_assert_eq!(!reasons.is_empty(), denied, "{:?}", question);
                if !denied {
                    continue;
                }
                refused.set(refused.get() + 1);
                let mut next = 10_000;
                let found = fixes(&state, &question, 5, || {
                    next += 1;
                    next
                });
                prop_assert!(found.len() <= 5);
                for fix in &found {
                    let after = with(&state, &fix.changes);
                    let Some(after) = after else {
                        return Err(TestCaseError::fail(format!("{fix:?} does not fit")));
                    };
                    prop_assert_eq!(verdict(&after, &question), Verdict::Allowed, "{:?}", fix);
                    fixed.set(fixed.get() + 1);
                }
            }
            Ok(())
        })
        .unwrap();
    println!("{} refused, {} fixes", refused.get(), fixed.get());
    assert!(fixed.get() > refused.get(), "{} fixes for {}", fixed.get(), refused.get());
}
