//! Stories of folders and robots, on SQLite and on PostgreSQL: what is seen here, what is done in `acts`, what is given
//! in one sentence in `use_cases`, what is not told in `hidden`, what robots worked on in `jobs`.

mod acts;
mod hidden;
mod history;
mod jobs;
mod occupancy;
mod use_cases;

use super::{access, create, found, holds, one, preview, related, roles, save, top, tree, whom};
use crate::Backend;
use crate::access::commit::Proposal;
use crate::database::Database;
use crate::error::{Error, Result};
use crate::people;
use crate::test_database::for_each_database;
use crate::test_organization::{caller, founded};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::{How, Link, Object, TENANT};
use model::person::Status;
use model::view::access::{AccessQuery, EVERYONE, WhomSearch};
use model::view::folders::{
    FolderAct, FolderWish, HoldsQuery, New, OpenBranch, PAGE, PlaceSearch, SearchFor, Tree, TreeQuery,
};
use model::view::people::{ChoicesFor, Plan, Saved};
use sqlx::query;

const ALICE: UserId = UserId::from_bits(100);
const BOB: UserId = UserId::from_bits(101);
const CARA: UserId = UserId::from_bits(102);
const DAN: UserId = UserId::from_bits(103);
const PEOPLE: [(UserId, &str); 4] = [(ALICE, "Alice"), (BOB, "Bob"), (CARA, "Cara"), (DAN, "Dan")];
const NORTH: ObjectId = ObjectId::from_bits(60);
const SOUTH: ObjectId = ObjectId::from_bits(61);
const HR: ObjectId = ObjectId::from_bits(62);
const STAFF: ObjectId = ObjectId::from_bits(63);
const FINANCE: ObjectId = ObjectId::from_bits(64);
const ROBOT: ObjectId = ObjectId::from_bits(65);
const MACHINE: ObjectId = ObjectId::from_bits(66);
const LETTERS: ObjectId = ObjectId::from_bits(67);
const ENVIRONMENT: ObjectId = ObjectId::from_bits(68);
const FAR: ObjectId = ObjectId::from_bits(69);
const PLACES: [(ObjectId, &str, &str, ObjectId); 10] = [
    (NORTH, TENANT, "North", ObjectId::ORGANIZATION),
    (SOUTH, TENANT, "South", ObjectId::ORGANIZATION),
    (HR, "folder", "HR", NORTH),
    (STAFF, "folder", "New staff", HR),
    (FINANCE, "folder", "Finance", NORTH),
    (ROBOT, "robot", "hr-robot", HR),
    (MACHINE, "machine", "HRVM-7", HR),
    (LETTERS, "process", "Letters", HR),
    (ENVIRONMENT, "environment", "Unattended", HR),
    (FAR, "folder", "Far", SOUTH),
];

fn role(key: &str) -> RoleId {
    model::catalog::Catalog::new().role_id(key).unwrap()
}

fn grant(id: u64, user: UserId, key: &str, object: ObjectId) -> Change {
    let (id, subject, window) = (GrantId::from_bits(id), Subject::User(user), Window::ALWAYS);
    Change::GrantAdded { grant: Grant { id, subject, role: role(key), object, window, limits: Limits::NONE } }
}

fn object(id: ObjectId, kind: &str, name: &str, parent: ObjectId) -> Change {
    let (kind, name) = (kind.to_owned(), name.to_owned());
    Change::ObjectCreated { object: Object { id, kind, name, parent: Some(parent) } }
}

fn linked(object: ObjectId, holder: ObjectId, how: How) -> Change {
    Change::Linked { link: Link { object, holder, how } }
}

/// Alice is the Admin. Bob is *Folder Administrator* of HR, Cara *Automation User* in Finance, Dan nobody. In HR of
/// North stand a robot in an environment, a machine that is passed down, a process, and the folder *New staff*.
async fn set_up(database: &Database) -> Backend {
    let mut changes = vec![Change::AreaTurnedOn { area: "automation".to_owned() }];
    changes.extend(PLACES.map(|(id, kind, name, parent)| object(id, kind, name, parent)));
    changes.push(linked(ROBOT, ENVIRONMENT, How::Related("environment-robots".to_owned())));
    changes.push(linked(ROBOT, MACHINE, How::Related("machine-robots".to_owned())));
    changes.push(linked(MACHINE, HR, How::PassedDown));
    changes.extend(PEOPLE.map(|(user, _)| Change::UserAdded { user, status: Status::Active }));
    changes.push(grant(1, ALICE, "admin", ObjectId::ORGANIZATION));
    changes.push(grant(2, BOB, "folder-administrator", HR));
    changes.push(grant(3, CARA, "automation-user", FINANCE));
    founded(database, changes, &PEOPLE, ALICE).await
}

async fn add(backend: &Backend, changes: Vec<Change>) {
    backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
}

async fn does(backend: &Backend, user: UserId, act: FolderAct) -> Result<Saved> {
    let by = caller(backend, user);
    save(backend, &by, &FolderWish { act, seen: by.state.revision() }).await
}

async fn would(backend: &Backend, user: UserId, act: FolderAct) -> Result<Plan> {
    let by = caller(backend, user);
    preview(backend, &by, &FolderWish { act, seen: by.state.revision() }).await
}

fn moves(object: ObjectId, was: ObjectId, to: ObjectId) -> FolderAct {
    FolderAct::Move { object, was, to }
}

async fn grows(backend: &Backend, user: UserId, open: &[ObjectId]) -> Tree {
    let open = open.iter().map(|of| OpenBranch { of: *of, pages: 1 }).collect();
    let query = TreeQuery { at: None, open, shut: Vec::new() };
    tree(backend, &caller(backend, user), &query).await.unwrap()
}

fn names(tree: &Tree) -> Vec<String> {
    tree.rows.iter().map(|row| format!("{}{}", "-".repeat(row.level as usize - 1), row.name)).collect()
}

fn is_refused<T>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::Refused(_)))
}

fn is_not_there<T>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::NotFound(_)))
}

#[tokio::test]
async fn the_tree_shows_what_is_open_and_only_what_its_reader_may_see() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        assert_eq!(names(&grows(&backend, ALICE, &[]).await), ["North", "South"]);
        let all = grows(&backend, ALICE, &[NORTH, HR, STAFF]).await;
        let wanted = [
            "North",
            "-Finance",
            "-HR",
            "--New staff",
            "---HRVM-7",
            "--Letters",
            "--hr-robot",
            "--HRVM-7",
            "--Unattended",
            "South",
        ];
        assert_eq!(names(&all), wanted);
        let passed = all.rows.iter().find(|row| row.within == STAFF).unwrap();
        assert_eq!(passed.via.as_deref(), Some("passed down from HR"));
        // Bob sees HR and what leads there; Cara sees Finance; Dan sees nothing.
        let bobs = names(&grows(&backend, BOB, &[NORTH]).await);
        assert_eq!(bobs, ["North", "-HR"]);
        assert_eq!(names(&grows(&backend, CARA, &[NORTH]).await), ["North", "-Finance"]);
        assert!(grows(&backend, DAN, &[NORTH, HR]).await.rows.is_empty());
        for (user, place) in [(BOB, FINANCE), (BOB, SOUTH), (CARA, HR), (CARA, ROBOT), (DAN, NORTH)] {
            let by = caller(&backend, user);
            let query = HoldsQuery { of: place, search: String::new(), page: 1 };
            let who = AccessQuery { of: place, page: 1 };
            assert!(is_not_there(one(&backend, &by, place).await), "{user} {place}");
            assert!(is_not_there(holds(&backend, &by, &query).await));
            assert!(is_not_there(access(&backend, &by, &who).await));
            assert!(is_not_there(related(&backend, &by, place).await));
            assert!(is_not_there(does(&backend, user, FolderAct::Remove { object: place }).await));
        }
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_things_come_by_the_hundred_and_what_is_shown_is_among_them() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let thing =
            |n: u64| object(ObjectId::from_bits(10_000 + n), "queue", &format!("Queue {n:05}"), FINANCE);
        add(&backend, (0..350).map(thing).collect()).await;
        let by = caller(&backend, ALICE);
        let ask = |at, open, shut| TreeQuery { at, open, shut };
        let open = vec![OpenBranch { of: NORTH, pages: 1 }, OpenBranch { of: FINANCE, pages: 1 }];
        let grown = tree(&backend, &by, &ask(None, open, vec![])).await.unwrap();
        let in_finance = grown.rows.iter().filter(|row| row.within == FINANCE && row.rest == 0).count();
        let rest = grown.rows.iter().find(|row| row.rest > 0).map(|row| (row.id, row.rest));
        assert_eq!((in_finance, rest), (PAGE as usize, Some((FINANCE, 250))));
        // Nothing is open but what leads to the one that is shown.
        let at = ObjectId::from_bits(10_000 + 217);
        let grown = tree(&backend, &by, &ask(Some(at), vec![], vec![])).await.unwrap();
        let shown = grown.rows.iter().find(|row| row.id == at).unwrap();
        assert_eq!((shown.number, shown.beside, shown.level), (218, 350, 3));
        let shut = tree(&backend, &by, &ask(Some(at), vec![], vec![NORTH])).await.unwrap();
        assert_eq!(names(&shut), ["North", "South"]);
        let search = HoldsQuery { of: FINANCE, search: "queue 0021".to_owned(), page: 1 };
        let page = holds(&backend, &by, &search).await.unwrap();
        assert_eq!((page.rows.total, page.all), (10, 350));
        let search = PlaceSearch { search: "finance 00217".to_owned(), to: SearchFor::Open };
        let hits = found(&backend, &by, &search).await.unwrap();
        assert_eq!((hits.total, hits.options[0].name.as_str()), (1, "North / Finance / Queue 00217"));
        let bobs = found(&backend, &caller(&backend, BOB), &search).await.unwrap();
        assert_eq!(bobs.total, 0);
    })
    .await;
}

#[tokio::test]
async fn a_place_says_how_it_hangs_together_and_what_may_be_made_there() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        add(&backend, vec![linked(ROBOT, FINANCE, How::Shared)]).await;
        let shown = one(&backend, &caller(&backend, ALICE), ROBOT).await.unwrap();
        let called = |links: &[model::view::folders::Link]| {
            links.iter().map(|link| format!("{}, {}", link.name, link.what)).collect::<Vec<_>>()
        };
        assert_eq!(called(&shown.chain.above), ["North, tenant", "HR, folder"]);
        assert_eq!(called(&shown.chain.containing), ["Unattended, environment"]);
        assert_eq!(called(&shown.chain.beside), ["HRVM-7, runs on machine"]);
        assert_eq!(called(&shown.chain.shared), ["North / Finance, shared into"]);
        assert_eq!((shown.placements.len(), shown.no_changing), (2, None));
        // Bob is told that there is another, and not which.
        let bobs = one(&backend, &caller(&backend, BOB), ROBOT).await.unwrap();
        assert_eq!((bobs.chain.shared.len(), bobs.chain.hidden, bobs.placements.len()), (0, 1, 1));
        assert!(
            bobs.no_removing.is_some() && bobs.no_changing.is_some(),
            "robots are the tenant's to change"
        );
        let hr = one(&backend, &caller(&backend, BOB), HR).await.unwrap();
        let may = |key: &str| hr.kinds.iter().find(|kind| kind.key == key).unwrap().refused.is_none();
        assert_eq!((may("folder"), may("process"), may("robot")), (true, true, false));
        let top = top(&backend, &caller(&backend, BOB)).await.unwrap();
        assert_eq!((top.tenants, top.no_adding.is_some(), top.has_screen), (1, true, false));
    })
    .await;
}

#[tokio::test]
async fn things_are_made_by_who_may_and_where_they_fit() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let new =
            |kind: &str, name: &str, within| New { kind: kind.to_owned(), name: name.to_owned(), within };
        let makes = async |user, new: New| create(&backend, &caller(&backend, user), &new).await;
        let made = makes(BOB, new("folder", " Leaving staff ", HR)).await.unwrap();
        assert_eq!(made.name, "Leaving staff");
        makes(BOB, new("process", "Close accounts", made.id)).await.unwrap();
        let taken = makes(BOB, new("folder", "leaving STAFF", HR)).await;
        assert_eq!(taken.unwrap_err().field(), Some("name"));
        assert!(is_refused(makes(BOB, new("robot", "r", HR)).await));
        assert!(is_not_there(makes(BOB, new("folder", "x", FINANCE)).await));
        assert!(is_refused(makes(CARA, new("folder", "x", FINANCE)).await));
        assert!(matches!(makes(ALICE, new("queue", "q", NORTH)).await, Err(Error::Misfit(_))));
        assert!(is_not_there(makes(ALICE, new("application", "a", ObjectId::ORGANIZATION)).await));
        assert!(makes(ALICE, new(TENANT, "West", ObjectId::ORGANIZATION)).await.is_ok());
        let empty = makes(ALICE, new("folder", "  ", HR)).await;
        assert!(matches!(empty, Err(Error::Invalid { field: "name", .. })));
    })
    .await;
}

#[tokio::test]
async fn while_the_area_is_off_there_is_nothing() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        add(&backend, vec![Change::AreaTurnedOff { area: "automation".to_owned() }]).await;
        let by = caller(&backend, ALICE);
        assert!(is_not_there(top(&backend, &by).await));
        assert!(is_not_there(one(&backend, &by, HR).await));
        assert!(is_not_there(tree(&backend, &by, &TreeQuery::default()).await));
        assert!(is_not_there(does(&backend, ALICE, moves(STAFF, HR, FINANCE)).await));
    })
    .await;
}
