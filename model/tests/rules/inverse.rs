//! Taking back is exact, and a state is no more than its tables: on random worlds.

use crate::dump::{dump, rebuilt};
use crate::random::{change, dice, fitting, world};
use model::change::{Change, expand, inverse};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_change_and_its_inverse_leave_everything_as_it_was(shape in dice(40), next in dice(12)) {
        let before = world(&shape);
        let changes: Vec<Change> =
            fitting(&before, &next).into_iter().take_while(|change| change.inverse().is_some()).collect();
        let mut state = before.clone();
        state.apply_all(&changes).unwrap();
        state.apply_all(&inverse(&changes).unwrap()).unwrap();
        prop_assert_eq!(dump(&state), dump(&before));
    }

    #[test]
    fn a_state_made_again_from_its_tables_is_the_same(shape in dice(60)) {
        let state = world(&shape);
        prop_assert_eq!(dump(&rebuilt(&state)), dump(&state));
    }

    #[test]
    fn a_state_told_as_changes_is_the_same(shape in dice(60)) {
        let state = world(&shape);
        let mut again = model::state::State::new(state.organization());
        again.apply_all(&state.as_changes()).unwrap();
        for person in state.people() {
            again.set_profile(person.id, person.profile.clone()).unwrap();
        }
        prop_assert_eq!(dump(&again), dump(&state));
        prop_assert_eq!(again.as_changes(), state.as_changes());
    }

    #[test]
    fn a_change_that_does_not_fit_leaves_everything_as_it_was(shape in dice(30), next in dice(12)) {
        let before = world(&shape);
        let text = dump(&before);
        for one in next {
            let one = change(&before, one);
            let mut state = before.clone();
            if state.apply(&one).is_err() {
                prop_assert_eq!(dump(&state), text.clone(), "{:?}", one);
            }
        }
    }

    #[test]
    fn what_is_expanded_twice_is_as_expanded_once(shape in dice(40), next in dice(12)) {
        let before = world(&shape);
        let changes = fitting(&before, &next);
        prop_assert_eq!(expand(&before, &changes), changes);
    }

    #[test]
    fn a_change_reads_back_from_its_json(shape in dice(20), next in dice(12)) {
        for change in fitting(&world(&shape), &next) {
            let text = serde_json::to_string(&change).unwrap();
            prop_assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), change);
        }
    }
}

#[test]
fn random_changes_are_of_every_kind() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut kinds = BTreeSet::new();
    for _ in 0..200 {
        let numbers = dice(60).new_tree(&mut runner).unwrap().current();
        for change in fitting(&world(&[]), &numbers) {
            let value = serde_json::to_value(&change).unwrap();
            kinds.insert(value["change"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(kinds.len(), crate::golden::VARIANTS.len(), "{kinds:?}");
}
