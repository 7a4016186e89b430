//! The list, rights, the matrix and the history.

use super::*;
use crate::applications::{add_stage, history, list, matrix, paths, rights};
use crate::test_database::for_each_database;
use model::grant::Who;
use model::view::applications::{
    ApplicationsQuery, Cell, CellQuery, MatrixQuery, MoveKind, MovesQuery, NewStage, Outcome,
};

async fn names(backend: &Backend, user: UserId) -> Vec<String> {
    let found = list(backend, &caller(backend, user), &ApplicationsQuery::default()).await.unwrap();
    assert_eq!(found.all as usize, found.applications.rows.len());
    found.applications.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn an_application_that_one_may_not_see_is_in_no_list_and_not_there() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let new = NewApplication { name: "Bank".to_owned(), chain: true };
        let bank = create(&backend, &caller(&backend, ALICE), &new).await.unwrap().id;
        give(&backend, 2, BOB, 31, shop).await;
        assert_eq!(names(&backend, ALICE).await, ["Bank", "Shop"]);
        assert_eq!(names(&backend, BOB).await, ["Shop"]);
        assert_eq!(names(&backend, CARA).await, Vec::<String>::new());
        let bob = caller(&backend, BOB);
        assert!(is_not_there(one(&backend, &bob, bank).await));
        assert!(is_not_there(rights(&backend, &bob, bank).await));
        assert!(is_not_there(merge_plan(&backend, &bob, stage(&backend, bank, "Testing")).await));
        let asked = MovesQuery { application: Some(bank), ..MovesQuery::default() };
        assert!(is_not_there(history(&backend, &bob, &asked).await));
        let new = NewStage { application: bank, above: None, name: "Mine".to_owned(), branch: false };
        assert!(is_not_there(add_stage(&backend, &bob, &new).await));
        // Who may merge is for who sees people.
        let found = list(&backend, &bob, &ApplicationsQuery::default()).await.unwrap();
        assert_eq!(found.applications.rows[0].mergers, None);
        assert!(is_refused(rights(&backend, &bob, shop).await));
        assert!(is_refused(matrix(&backend, &bob, &MatrixQuery::default()).await));
    })
    .await;
}

#[tokio::test]
async fn the_matrix_says_who_can_merge_to_production_and_by_which_paths() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let new = NewApplication { name: "Bank".to_owned(), chain: true };
        let bank = create(&backend, &caller(&backend, ALICE), &new).await.unwrap().id;
        let root = stage(&backend, bank, "Production");
        let new = NewStage { application: bank, above: Some(root), name: "Hotfix".to_owned(), branch: true };
        let hotfix = add_stage(&backend, &caller(&backend, ALICE), &new).await.unwrap().id;
        give(&backend, 2, BOB, 30, shop).await;
        give(&backend, 3, CARA, 30, hotfix).await;
        give(&backend, 4, DAN, 31, shop).await;
        let shown = matrix(&backend, &caller(&backend, ALICE), &MatrixQuery::default()).await.unwrap();
        let columns: Vec<&str> = shown.columns.rows.iter().map(|column| column.name.as_str()).collect();
        assert_eq!((columns, shown.people, shown.accounts), (vec!["Bank", "Shop"], 3, 0));
        let rows: Vec<(&str, &[Cell], u64)> =
            shown.rows.iter().map(|row| (row.name.as_str(), row.cells.as_slice(), row.may)).collect();
        let only = Cell::Depends("from Hotfix only".to_owned());
        let wanted: [(&str, &[Cell], u64); 3] = [
            ("Alice", &[Cell::Inherited, Cell::Inherited], 2),
            ("Bob", &[Cell::No, Cell::Given], 1),
            ("Cara", &[only, Cell::No], 1),
        ];
        assert_eq!(rows, wanted);
        let bob = CellQuery { who: Who::User(BOB), application: shop };
        let told = paths(&backend, &caller(&backend, ALICE), &bob).await.unwrap();
        assert_eq!(told.sentence, "Bob may merge Shop to production.");
        let words: Vec<&str> = told.paths.iter().map(|path| path.words.as_str()).collect();
        assert_eq!(words, ["Role 30 on Shop"]);
        let dan = CellQuery { who: Who::User(DAN), ..bob };
        let told = paths(&backend, &caller(&backend, ALICE), &dan).await.unwrap();
        assert!(told.sentence.starts_with("Dan may not") && told.paths.is_empty());
        // The search is for an application; where none has it, for a person.
        let asked = MatrixQuery { search: "ban".to_owned(), ..MatrixQuery::default() };
        let found = matrix(&backend, &caller(&backend, ALICE), &asked).await.unwrap();
        assert_eq!((found.columns.rows.len(), found.rows.len()), (1, 3));
        let asked = MatrixQuery { search: "car".to_owned(), ..MatrixQuery::default() };
        let found = matrix(&backend, &caller(&backend, ALICE), &asked).await.unwrap();
        assert_eq!((found.columns.rows.len(), found.rows.len()), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn each_right_names_by_whom_it_is_held_and_from_where() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        give(&backend, 2, BOB, 33, stage(&backend, shop, "Testing")).await;
        give(&backend, 3, CARA, 42, ObjectId::ORGANIZATION).await;
        give(&backend, 4, CARA, 32, shop).await;
        let shown = rights(&backend, &caller(&backend, CARA), shop).await.unwrap();
        let keys: Vec<&str> = shown.rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys.len(), 8, "{keys:?}");
        let rollback = shown.rows.iter().find(|row| row.key == "rollback").unwrap();
        let holders: Vec<(&str, bool, &str)> = rollback
            .holders
            .iter()
            .map(|one| (one.name.as_str(), one.is_inherited, one.place.as_str()))
            .collect();
        assert_eq!(
            holders,
            [("Alice", true, "Example"), ("Cara", false, "Shop"), ("Bob", false, "Shop / Testing")]
        );
        assert_eq!(rollback.people, 2, "on the whole application");
    })
    .await;
}

#[tokio::test]
async fn history_is_filtered_by_kind_stage_and_person() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let [testing, development] = ["Testing", "Development"].map(|name| stage(&backend, shop, name));
        give(&backend, 2, BOB, 31, shop).await;
        merges(&backend, BOB, development).await.unwrap();
        let failed = begins(&backend, ALICE, testing).await.unwrap();
        ends(&backend, ALICE, failed, false).await.unwrap();
        let all = MovesQuery { application: Some(shop), ..MovesQuery::default() };
        let found = async |asked: MovesQuery| {
            let moves = history(&backend, &caller(&backend, BOB), &asked).await.unwrap().moves;
            assert_eq!(moves.total as usize, moves.rows.len());
            moves.rows.into_iter().map(|row| (row.kind, row.to, row.outcome)).collect::<Vec<_>>()
        };
        assert_eq!(found(all.clone()).await.len(), 5);
        let merges = found(MovesQuery { kind: Some(MoveKind::Merge), ..all.clone() }).await;
        let wanted = [
            (MoveKind::Merge, "Acceptance".to_owned(), Outcome::Failed),
            (MoveKind::Merge, "Testing".to_owned(), Outcome::Done),
        ];
        assert_eq!(merges, wanted, "the newest first");
        assert_eq!(found(MovesQuery { stage: Some(testing), ..all.clone() }).await.len(), 2);
        let by = format!("user:{BOB}");
        assert_eq!(found(MovesQuery { by, ..all.clone() }).await.len(), 1);
        assert_eq!(found(MovesQuery { days: 1, ..all }).await.len(), 5);
        assert_eq!(found(MovesQuery::default()).await.len(), 5, "over all applications");
        let none = history(&backend, &caller(&backend, CARA), &MovesQuery::default()).await.unwrap();
        assert!(none.moves.rows.is_empty() && none.actors.is_empty());
    })
    .await;
}

#[tokio::test]
async fn while_the_area_is_off_there_are_no_applications() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let from = stage(&backend, shop, "Development");
        let running = begins(&backend, ALICE, from).await.unwrap();
        let off = vec![Change::AreaTurnedOff { area: "applications".to_owned() }];
        backend.commit(Proposal::new(Actor::CommandLine, off)).await.unwrap();
        let alice = caller(&backend, ALICE);
        assert!(is_not_there(list(&backend, &alice, &ApplicationsQuery::default()).await));
        assert!(is_not_there(one(&backend, &alice, shop).await));
        assert!(is_not_there(ends(&backend, ALICE, running, true).await));
        assert!(is_not_there(set_version(&backend, "Shop", "Testing", "9").await));
    })
    .await;
}
