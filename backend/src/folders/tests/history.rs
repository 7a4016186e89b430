//! What was changed in a place and beneath it.

use super::*;
use crate::history::list;
use model::view::history::HistoryQuery;

/// The heads of the revisions that concern a place, the newest first.
async fn told(backend: &Backend, place: ObjectId) -> Vec<String> {
    let asked = HistoryQuery { place: Some(place), ..HistoryQuery::default() };
    let found = list(backend, &caller(backend, ALICE), &asked).await.unwrap().page;
    assert_eq!(found.total as usize, found.rows.len());
    found.rows.into_iter().map(|row| row.title).collect()
}

fn renames(object: ObjectId, was: &str, now: &str) -> FolderAct {
    FolderAct::Rename { object, was: was.to_owned(), now: now.to_owned() }
}

#[tokio::test]
async fn a_place_tells_what_was_changed_in_it_and_beneath_it_and_nothing_else() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        does(&backend, ALICE, renames(STAFF, "New staff", "Newcomers")).await.unwrap();
        add(&backend, vec![grant(4, DAN, "robot-user", ROBOT)]).await;
        does(&backend, ALICE, moves(STAFF, HR, FINANCE)).await.unwrap();
        let set_up = "Organization set up";
        let (moved, given, renamed) = ("Place moved", "Role assignment changed", "Details changed");
        assert_eq!(told(&backend, HR).await, [moved, given, renamed, set_up]);
        assert_eq!(told(&backend, NORTH).await, [moved, given, renamed, set_up]);
        assert_eq!(told(&backend, FINANCE).await, [moved, set_up], "from both sides");
        assert_eq!(told(&backend, ROBOT).await, [given, set_up]);
        assert_eq!(told(&backend, ENVIRONMENT).await, [given, set_up], "it contains the robot");
        assert_eq!(told(&backend, SOUTH).await, [set_up]);
        // What is gone is told of by what held it.
        does(&backend, ALICE, FolderAct::Remove { object: LETTERS }).await.unwrap();
        assert_eq!(told(&backend, HR).await.first().map(String::as_str), Some("Place removed"));
        assert_eq!(told(&backend, FINANCE).await.len(), 2);
        // The other filters hold as well.
        let asked = HistoryQuery { place: Some(HR), kind: "access".to_owned(), ..HistoryQuery::default() };
        let found = list(&backend, &caller(&backend, ALICE), &asked).await.unwrap().page;
        assert!(found.rows.iter().any(|row| row.title == given));
        assert!(!found.rows.iter().any(|row| row.title == renamed));
    })
    .await;
}

#[tokio::test]
async fn what_was_saved_before_places_were_noted_is_found_where_it_names_the_place() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        does(&backend, ALICE, renames(STAFF, "New staff", "Newcomers")).await.unwrap();
        query("UPDATE revisions SET found_by = ''").execute(backend.database().pool()).await.unwrap();
        assert_eq!(told(&backend, STAFF).await.len(), 2);
        assert_eq!(told(&backend, HR).await.len(), 1, "that it was made");
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_place_is_for_who_may_see_history() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        assert_eq!(one(&backend, &caller(&backend, ALICE), HR).await.unwrap().no_history, None);
        assert!(one(&backend, &caller(&backend, BOB), HR).await.unwrap().no_history.is_some());
        let asked = HistoryQuery { place: Some(HR), ..HistoryQuery::default() };
        assert!(is_refused(list(&backend, &caller(&backend, BOB), &asked).await));
    })
    .await;
}
