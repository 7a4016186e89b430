//! The past of a long story, on SQLite and on PostgreSQL.

use crate::Backend;
use crate::access::log;
use crate::access::story::{self, BOB, CARA, START};
use crate::clock::{MINUTE, SECOND};
use crate::error::Error;
use crate::test_database::for_each_database;
use model::state::State;

/// The state after every revision, as the log has it; the first one is that before all.
async fn replayed(backend: &Backend) -> Vec<State> {
    let mut connection = backend.database().pool().acquire().await.unwrap();
    let mut states = vec![State::new("")];
    for revision in log::after(&mut connection, 0).await.unwrap() {
        let mut next = states.last().unwrap().clone();
        log::forward(&mut next, &revision).unwrap();
        states.push(next);
    }
    states
}

fn assert_same(one: &State, other: &State) {
    let at = one.revision();
    assert_eq!(at, other.revision());
    assert_eq!(one.organization(), other.organization(), "as of {at}");
    assert_eq!(one.as_changes(), other.as_changes(), "as of {at}");
}

#[tokio::test]
async fn the_past_is_what_the_log_says_at_every_revision() {
    for_each_database(async |database| {
        let backend = story::whole(&database).await;
        let states = replayed(&backend).await;
        let head = backend.state().revision();
        assert!(head > 40, "{head}");
        // Backward, forward and to and fro: from the present, from what is remembered and from nothing.
        let back = (0..=head).rev();
        let to_and_fro = (0..=head).map(|n| if n % 2 == 0 { n } else { head - n });
        for revision in back.chain(0..=head).chain(to_and_fro) {
            let past = backend.as_of(revision).await.unwrap();
            assert_same(&past, &states[usize::try_from(revision).unwrap()]);
        }
        assert!(matches!(backend.as_of(head + 1).await, Err(Error::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn one_look_alone_is_right_from_wherever_it_starts() {
    for_each_database(async |database| {
        let backend = story::whole(&database).await;
        let states = replayed(&backend).await;
        for (revision, state) in states.iter().enumerate() {
            // Nothing is remembered.
            backend.past().lock().await.0.clear();
            assert_same(&backend.as_of(revision as u64).await.unwrap(), state);
        }
    })
    .await;
}

#[tokio::test]
async fn as_of_a_moment_is_the_last_change_up_to_then() {
    for_each_database(async |database| {
        let backend = story::begin(&database).await;
        for (at, revision) in [
            (START, 0),
            (START + SECOND - 1, 0),
            (START + SECOND, 1),
            (START + 7 * SECOND + 1, 7),
            (i64::MAX, backend.state().revision()),
        ] {
            assert_eq!(backend.as_of_time(at).await.unwrap().revision(), revision, "{at}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_have_the_names_of_today_in_the_past() {
    for_each_database(async |database| {
        let backend = story::whole(&database).await;
        let called =
            |state: &State, user| state.person(user).map(|person| person.profile.called().to_owned());
        let head = backend.state().revision();
        for revision in [6, head / 2, head - 10] {
            let past = backend.as_of(revision).await.unwrap();
            assert_eq!(called(&past, BOB).as_deref(), Some("Robert"), "as of {revision}");
            assert_eq!(past.person_by_email("robert@example.com").map(|person| person.id), Some(BOB));
        }
        let past = backend.as_of(6).await.unwrap();
        assert_eq!(called(&past, CARA).as_deref(), Some("Former user"));
        assert_eq!(past.people_by_name().count(), past.people_count());
    })
    .await;
}

#[tokio::test]
async fn a_remembered_past_follows_a_change_of_name() {
    for_each_database(async |database| {
        let backend = story::begin(&database).await;
        let before = backend.as_of(6).await.unwrap();
        assert_eq!(before.person(BOB).unwrap().profile.name, "Bob");
        story::save(&backend, vec![model::change::Change::ProfileEdited { user: BOB }]).await;
        let after = backend.as_of(6).await.unwrap();
        assert_eq!(after.person(BOB).unwrap().profile.name, "Robert");
        assert_eq!(after.person_by_email("bob@example.com"), None);
    })
    .await;
}

#[tokio::test]
async fn few_states_are_remembered_and_for_a_while_only() {
    for_each_database(async |database| {
        let backend = story::begin(&database).await;
        for revision in 1..10 {
            backend.as_of(revision).await.unwrap();
        }
        assert_eq!(backend.past().lock().await.0.len(), super::REMEMBERED);
        let (one, again) = (backend.as_of(9).await.unwrap(), backend.as_of(9).await.unwrap());
        assert!(std::sync::Arc::ptr_eq(&one, &again));
        backend.clock().advance(5 * MINUTE);
        backend.forget_past();
        assert!(backend.past().lock().await.0.is_empty());
    })
    .await;
}
