//! Roles are given on applications and stages and taken away; paths of the matrix are ended; the matrix as a file.

use super::*;
use crate::applications::{assign, assign_plan, assigned, matrix, matrix_file, paths, roles, whom};
use crate::test_database::for_each_database;
use crate::{check, people};
use model::grant::Who;
use model::view::access::{AccessQuery, EVERYONE, WhomSearch};
use model::view::applications::{Assigned, CellQuery, MatrixQuery, RightsAct, RightsWish};
use model::view::check::EditWish;
use model::view::people::{ChoicesFor, Plan, Saved};

fn gives(user: UserId, number: u64, object: ObjectId) -> RightsAct {
    let window = Window { from: None, until: Some(5_000) };
    RightsAct::Give { subject: Subject::User(user), role: role(number), object, window }
}

async fn would(backend: &Backend, user: UserId, act: RightsAct) -> Result<Plan> {
    let by = caller(backend, user);
    assign_plan(backend, &by, &RightsWish { act, seen: by.state.revision() }).await
}

async fn does(backend: &Backend, user: UserId, act: RightsAct) -> Result<Saved> {
    let by = caller(backend, user);
    assign(backend, &by, &RightsWish { act, seen: by.state.revision() }).await
}

async fn listed(backend: &Backend, user: UserId, application: ObjectId) -> Result<Assigned> {
    assigned(backend, &caller(backend, user), &AccessQuery { of: application, page: 1 }).await
}

/// *Bob Role 36 here*
fn lines(shown: &Assigned) -> Vec<String> {
    let line = |row: &model::view::access::AccessRow| {
        let from = row.from.as_ref().map_or("here", |(_, name, _)| name.as_str());
        format!("{} {} {from}", row.name, row.role_name)
    };
    shown.rows.rows.iter().map(line).collect()
}

async fn bank(backend: &Backend) -> ObjectId {
    let new = NewApplication { name: "Bank".to_owned(), chain: true };
    create(backend, &caller(backend, ALICE), &new).await.unwrap().id
}

#[tokio::test]
async fn a_role_is_given_on_an_application_or_one_stage_with_its_effect_told_first_and_taken_away() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let testing = stage(&backend, shop, "Testing");
        give(&backend, 2, BOB, 36, shop).await;
        let bob = caller(&backend, BOB);
        let found = whom(&backend, &bob, &WhomSearch { of: shop, search: "da".to_owned() }).await.unwrap();
        assert_eq!((found.total, found.options[0].name.as_str()), (1, "Dan"));
        let all = whom(&backend, &bob, &WhomSearch { of: testing, search: String::new() }).await.unwrap();
        assert_eq!(all.options[0].value, EVERYONE);
        let asked = ChoicesFor { subject: Subject::User(DAN), object: testing };
        let offered = roles(&backend, &bob, asked).await.unwrap();
        let refused = |number| {
            let option = offered.options.iter().find(|one| one.role == role(number));
            option.map(|one| one.refused.is_some())
        };
        assert_eq!(refused(31), Some(false));
        assert_eq!(refused(30), Some(true), "it gives more than Bob has");

        let plan = would(&backend, BOB, gives(DAN, 31, testing)).await.unwrap();
        assert_eq!(plan.effect.gains[0].names, ["Dan"]);
        assert!(does(&backend, BOB, gives(DAN, 31, testing)).await.unwrap().undoable);
        let again = does(&backend, BOB, gives(DAN, 31, testing)).await;
        assert!(matches!(again, Err(Error::NothingToDo)));
        assert!(is_refused(would(&backend, BOB, gives(DAN, 30, shop)).await));
        assert!(is_refused(does(&backend, BOB, gives(DAN, 30, shop)).await));

        let shown = listed(&backend, BOB, shop).await.unwrap();
        assert_eq!(lines(&shown), ["Bob Role 36 here", "Dan Role 31 Testing", "Alice Admin Example"]);
        let places: Vec<&str> = shown.places.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(places, ["Shop", "Production", "Acceptance", "Testing", "Development"]);
        let dans = &shown.rows.rows[1];
        assert_eq!((dans.window.until, dans.is_now, dans.no_removing.clone()), (Some(5_000), true, None));
        let take = RightsAct::Take { grant: dans.grant };
        let plan = would(&backend, BOB, take.clone()).await.unwrap();
        assert_eq!(plan.effect.loses[0].names, ["Dan"]);
        let saved = does(&backend, BOB, take.clone()).await.unwrap();
        assert!(is_not_there(does(&backend, BOB, take).await));
        assert!(is_not_there(one(&backend, &caller(&backend, DAN), shop).await));
        people::take_back(&backend, &caller(&backend, BOB), saved.revision).await.unwrap();
        assert!(one(&backend, &caller(&backend, DAN), shop).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_role_is_given_to_all_users_and_to_nobody_by_who_may_not() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let (testing, production) = (stage(&backend, shop, "Testing"), stage(&backend, shop, "Production"));
        let everyone = RightsAct::Give {
            subject: Subject::Everyone,
            role: role(31),
            object: testing,
            window: Window::ALWAYS,
        };
        does(&backend, ALICE, everyone).await.unwrap();
        assert!(one(&backend, &caller(&backend, DAN), shop).await.is_ok());

        // Cara sees people, and so who has what; why she may not give she is told.
        give(&backend, 2, CARA, 42, ObjectId::ORGANIZATION).await;
        let shown = listed(&backend, CARA, shop).await.unwrap();
        assert!(shown.no_giving.is_some() && shown.places.is_empty());
        assert!(shown.rows.rows[0].no_removing.is_some(), "{shown:?}");
        let all = RightsAct::Take { grant: shown.rows.rows[0].grant };
        assert!(is_refused(would(&backend, CARA, all.clone()).await));
        assert!(is_refused(does(&backend, CARA, gives(DAN, 31, shop)).await));

        // Who merges sees neither, and takes nothing.
        assert!(is_refused(listed(&backend, DAN, shop).await));
        assert!(is_not_there(does(&backend, DAN, all).await));
        let search = WhomSearch { of: testing, search: String::new() };
        assert!(is_refused(whom(&backend, &caller(&backend, DAN), &search).await));
        let asked = ChoicesFor { subject: Subject::User(BOB), object: testing };
        assert!(is_refused(roles(&backend, &caller(&backend, DAN), asked).await));

        // Who gives roles on one stage does so there, and on no other.
        give(&backend, 3, DAN, 36, testing).await;
        does(&backend, DAN, gives(BOB, 31, testing)).await.unwrap();
        assert!(is_refused(does(&backend, DAN, gives(BOB, 31, shop)).await));
        assert!(is_not_there(does(&backend, DAN, gives(BOB, 31, production)).await));
        // Access settings of tenants are none of this.
        assert!(is_not_there(
            does(
                &backend,
                ALICE,
                RightsAct::Give {
                    subject: Subject::User(BOB),
                    role: RoleId::shipped(41),
                    object: shop,
                    window: Window::ALWAYS,
                }
            )
            .await
        ));
    })
    .await;
}

#[tokio::test]
async fn on_an_application_that_one_may_not_see_nothing_is_given_or_taken() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let (shop, bank) = (shop(&backend).await, bank(&backend).await);
        give(&backend, 2, BOB, 36, shop).await;
        give(&backend, 3, CARA, 31, bank).await;
        let bob = caller(&backend, BOB);
        let testing = stage(&backend, bank, "Testing");
        assert!(is_not_there(listed(&backend, BOB, bank).await));
        for of in [bank, testing] {
            let search = WhomSearch { of, search: String::new() };
            assert!(is_not_there(whom(&backend, &bob, &search).await));
            let asked = ChoicesFor { subject: Subject::User(DAN), object: of };
            assert!(is_not_there(roles(&backend, &bob, asked).await));
            assert!(is_not_there(does(&backend, BOB, gives(DAN, 31, of)).await));
        }
        let caras = RightsAct::Take { grant: GrantId::from_bits(3) };
        assert!(is_not_there(would(&backend, BOB, caras.clone()).await));
        assert!(is_not_there(does(&backend, BOB, caras).await));
        // Neither is what was given elsewhere than on an application.
        let alices = RightsAct::Take { grant: GrantId::from_bits(1) };
        assert!(is_not_there(does(&backend, ALICE, alices).await));
    })
    .await;
}

#[tokio::test]
async fn a_path_of_the_matrix_names_what_ends_it_for_who_may() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        give(&backend, 2, BOB, 30, shop).await;
        give(&backend, 3, CARA, 42, ObjectId::ORGANIZATION).await;
        let bobs = CellQuery { who: Who::User(BOB), application: shop };
        let told = paths(&backend, &caller(&backend, CARA), &bobs).await.unwrap();
        assert!(told.paths[0].ends.refused.is_some(), "Cara only sees it");
        let alice = caller(&backend, ALICE);
        let told = paths(&backend, &alice, &bobs).await.unwrap();
        let ends = told.paths[0].ends.clone();
        assert_eq!((ends.words.as_str(), ends.refused.clone()), ("Remove Role 30 from Bob", None));
        let wish = EditWish { edits: ends.edits, with_half: false, seen: alice.state.revision() };
        let plan = check::preview(&backend, &alice, &wish).await.unwrap();
        assert_eq!(plan.effect.loses[0].names, ["Bob"]);
        let saved = check::save(&backend, &alice, &wish).await.unwrap();
        let told = paths(&backend, &caller(&backend, ALICE), &bobs).await.unwrap();
        assert!(told.sentence.starts_with("Bob may not") && told.paths.is_empty());
        people::take_back(&backend, &caller(&backend, ALICE), saved.revision).await.unwrap();
        // The last one in charge is not shut out by it.
        let alices = CellQuery { who: Who::User(ALICE), application: shop };
        let told = paths(&backend, &caller(&backend, ALICE), &alices).await.unwrap();
        assert!(told.paths[0].ends.refused.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_matrix_is_a_file_with_all_applications_for_who_sees_the_page() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let shop = shop(&backend).await;
        let new = NewApplication { name: "=Bank, old".to_owned(), chain: false };
        create(&backend, &caller(&backend, ALICE), &new).await.unwrap();
        let changes = vec![Change::GrantAdded {
            grant: Grant {
                id: GrantId::from_bits(2),
                subject: Subject::User(BOB),
                role: role(30),
                object: shop,
                window: Window { from: None, until: Some(5_000) },
                limits: Limits::NONE,
            },
        }];
        backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
        let time = |at: model::Millis| format!("<{at}>");
        let text = matrix_file(&backend, &caller(&backend, ALICE), time).await.unwrap();
        let wanted = concat!(
            "\u{feff}Who,What,By,\"'=Bank, old\",Shop,In all\r\n",
            "Alice,person,Admin,\"may, through the organization\",\"may, through the organization\",2\r\n",
            "Bob,person,Role 30,may not,may until <5000>,1\r\n",
        );
        assert_eq!(text, wanted);
        // The page and the file ask for the same.
        let bob = caller(&backend, BOB);
        assert!(is_refused(matrix(&backend, &bob, &MatrixQuery::default()).await));
        assert!(is_refused(matrix_file(&backend, &bob, time).await));
    })
    .await;
}
