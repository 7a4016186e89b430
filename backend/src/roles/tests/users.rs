//! Who has a role: listed, given to many, taken from many; deleting a role and moving its people to another.

use super::{ALICE, BOB, CARA, KEEPER, TEAM, TESTER, as_user, grant, role, set_up};
use crate::access::commit::Proposal;
use crate::error::{Error, Result};
use crate::roles::{act, leaving, one, places, plan, users, whom};
use crate::test_database::for_each_database;
use crate::{Backend, people};
use model::change::Change;
use model::grant::{Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::object::{Level, Object};
use model::role::Role;
use model::view::people::{MOST_SELECTED, Plan, Saved};
use model::view::role_users::{RoleAct, RoleSearch, RoleWish, Users, UsersQuery};

const SHOP: ObjectId = ObjectId::from_bits(70);

async fn add(backend: &Backend, changes: Vec<Change>) {
    backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
}

async fn listed(backend: &Backend, by: UserId, search: &str) -> Result<Users> {
    let query = UsersQuery { role: TESTER, search: search.to_owned(), page: 1 };
    users(backend, &as_user(backend, by), &query).await
}

async fn would(backend: &Backend, by: UserId, role: RoleId, act: RoleAct) -> Result<Plan> {
    let by = as_user(backend, by);
    plan(backend, &by, &RoleWish { role, act, seen: by.state.revision() }).await
}

async fn does(backend: &Backend, by: UserId, role: RoleId, wanted: RoleAct) -> Result<Saved> {
    let by = as_user(backend, by);
    act(backend, &by, &RoleWish { role, act: wanted, seen: by.state.revision() }).await
}

fn give(whom: &[Subject], object: ObjectId, window: Window) -> RoleAct {
    RoleAct::Give { whom: whom.to_vec(), object, window, with_half: true }
}

fn names(users: &Users) -> Vec<&str> {
    users.rows.rows.iter().map(|row| row.name.as_str()).collect()
}

fn is_refused<T>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::Refused(_)))
}

#[tokio::test]
async fn who_has_a_role_is_listed_with_the_place_and_found_by_name() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let all = listed(&backend, ALICE, "").await.unwrap();
        assert_eq!((names(&all), all.all), (vec!["Team", "Cara"], 2));
        assert!(all.rows.rows.iter().all(|row| row.place == "Example" && row.is_now));
        assert_eq!((all.no_giving, all.place.unwrap().name.as_str()), (None, "Example"));
        let found = listed(&backend, ALICE, "CAR").await.unwrap();
        assert_eq!((names(&found), found.all), (vec!["Cara"], 2));
        // Bob gives no roles: he sees who has it, with the reason at each.
        let seen = listed(&backend, BOB, "").await.unwrap();
        assert!(seen.no_giving.is_some());
        assert!(seen.rows.rows.iter().all(|row| row.no_removing.is_some()));
        assert!(is_refused(listed(&backend, CARA, "").await), "who may not see roles");
        // Who may not see people is told how many, and no names.
        let reader = RoleId::from_bits(9);
        let changes = vec![
            Change::PermissionRemoved { role: TESTER, permission: "people.view".to_owned() },
            Change::RoleCreated { role: role(reader, "Reader", &["roles.view"]) },
            grant(9, Subject::User(CARA), reader),
        ];
        add(&backend, changes).await;
        let told = listed(&backend, CARA, "").await.unwrap();
        assert_eq!((told.rows.rows.len(), told.all, told.no_seeing.is_some()), (0, 2, true));
        let search = RoleSearch { role: TESTER, search: String::new() };
        let cara = as_user(&backend, CARA);
        assert!(is_refused(whom(&backend, &cara, &search).await));
        assert!(is_refused(places(&backend, &cara, &search).await));
    })
    .await;
}

#[tokio::test]
async fn it_is_given_to_many_at_once_taken_from_many_and_given_back() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let window = Window { from: None, until: Some(9_000) };
        let many = [Subject::User(BOB), Subject::Everyone, Subject::Group(TEAM)];
        let wanted = give(&many, ObjectId::ORGANIZATION, window);
        let told = would(&backend, ALICE, TESTER, wanted.clone()).await.unwrap();
        assert_eq!((told.people, told.already, told.refused.len()), (3, 0, 0));
        assert!(told.half.is_none());
        let before = backend.state().revision();
        assert!(does(&backend, ALICE, TESTER, wanted.clone()).await.unwrap().undoable);
        assert_eq!(backend.state().revision(), before + 1, "one change");
        let now = listed(&backend, ALICE, "").await.unwrap();
        assert_eq!(names(&now), ["All users", "Team", "Team", "Bob", "Cara"]);
        let again = would(&backend, ALICE, TESTER, wanted).await.unwrap();
        assert_eq!((again.people, again.already), (0, 3));

        let grants: Vec<GrantId> = now.rows.rows.iter().map(|row| row.grant).collect();
        let taken = would(&backend, ALICE, TESTER, RoleAct::Take { grants: grants.clone() }).await.unwrap();
        assert_eq!(taken.people, 5);
        assert!(taken.effect.loses.iter().any(|line| line.names.contains(&"Cara".to_owned())));
        let saved = does(&backend, ALICE, TESTER, RoleAct::Take { grants }).await.unwrap();
        assert_eq!(listed(&backend, ALICE, "").await.unwrap().all, 0);
        people::take_back(&backend, &as_user(&backend, ALICE), saved.revision).await.unwrap();
        assert_eq!(listed(&backend, ALICE, "").await.unwrap().all, 5);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_is_refused_by_name_and_nothing_is_half_done() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let bob = [Subject::User(BOB)];
        let before = backend.state().revision();
        let reversed = Window { from: Some(9_000), until: Some(2_000) };
        let told =
            would(&backend, ALICE, TESTER, give(&bob, ObjectId::ORGANIZATION, reversed)).await.unwrap();
        assert_eq!((told.people, told.refused[0].name.as_str()), (0, "Bob"));
        assert!(told.refused[0].reason.contains("end must come after"), "{told:?}");
        let nowhere = give(&bob, ObjectId::from_bits(999), Window::ALWAYS);
        let gone = does(&backend, ALICE, TESTER, nowhere).await.unwrap_err();
        assert!(matches!(gone, Error::NotFound("place")), "{gone}");
        let crowd: Vec<Subject> =
            (0..=MOST_SELECTED as u64).map(|id| Subject::User(UserId::from_bits(id))).collect();
        let many = give(&crowd, ObjectId::ORGANIZATION, Window::ALWAYS);
        assert_eq!(does(&backend, ALICE, TESTER, many).await.unwrap_err().field(), Some("whom"));
        // Bob manages roles and gives none; Cara sees none.
        let plain = give(&[Subject::User(CARA)], ObjectId::ORGANIZATION, Window::ALWAYS);
        let told = would(&backend, BOB, KEEPER, plain.clone()).await.unwrap();
        assert!(told.refused[0].reason.contains("Give and take roles"), "{told:?}");
        assert_eq!(does(&backend, BOB, KEEPER, plain.clone()).await.unwrap_err().field(), Some("whom"));
        assert!(is_refused(does(&backend, CARA, TESTER, plain).await));
        // What belongs to another role is not taken through this one; the last Admin is not taken.
        let other = RoleAct::Take { grants: vec![GrantId::from_bits(2)] };
        let other = does(&backend, ALICE, TESTER, other).await.unwrap_err();
        assert!(matches!(other, Error::NotFound("role assignment")), "{other}");
        let last = RoleAct::Take { grants: vec![GrantId::from_bits(1)] };
        let told = would(&backend, ALICE, RoleId::ADMIN, last).await.unwrap();
        assert!(told.refused[0].reason.starts_with("Nobody would be left"), "{told:?}");
        assert_eq!(backend.state().revision(), before);
    })
    .await;
}

#[tokio::test]
async fn a_role_is_offered_where_its_level_allows() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let lead = RoleId::from_bits(9);
        let leading = Role { level: Level::Application, ..role(lead, "Lead", &["merge.sandbox"]) };
        let parent = Some(ObjectId::ORGANIZATION);
        let shop = Object { id: SHOP, kind: "application".to_owned(), name: "Shop".to_owned(), parent };
        add(&backend, vec![Change::ObjectCreated { object: shop }, Change::RoleCreated { role: leading }])
            .await;
        let alice = as_user(&backend, ALICE);
        let offered = async |role| {
            let search = RoleSearch { role, search: String::new() };
            let found = places(&backend, &alice, &search).await.unwrap();
            found.options.into_iter().map(|one| one.name).collect::<Vec<_>>()
        };
        assert_eq!(offered(TESTER).await, ["Example", "Shop"]);
        assert_eq!(offered(lead).await, ["Shop"]);
        let found = whom(&backend, &alice, &RoleSearch { role: lead, search: "a".to_owned() }).await.unwrap();
        let found: Vec<&str> = found.options.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(found, ["All users", "Team", "Alice", "Bob", "Cara"], "by name or address");
        let above = give(&[Subject::User(BOB)], ObjectId::ORGANIZATION, Window::ALWAYS);
        let told = would(&backend, ALICE, lead, above).await.unwrap();
        assert!(told.refused[0].reason.contains("above the level"), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_role_is_deleted_and_its_people_have_the_nearest_in_the_same_change() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let (close, lead) = (RoleId::from_bits(9), RoleId::from_bits(10));
        let leading = Role { level: Level::Application, ..role(lead, "Lead", &["merge.sandbox"]) };
        add(
            &backend,
            vec![
                Change::RoleCreated { role: role(close, "Checker", &["people.view", "rollback"]) },
                Change::RoleCreated { role: leading },
                grant(9, Subject::User(CARA), close),
            ],
        )
        .await;
        let alice = as_user(&backend, ALICE);
        let told = leaving(&backend, &alice, TESTER).await.unwrap();
        assert_eq!((told.total, told.holders[0].name.as_str()), (2, "Team"));
        let order: Vec<&str> = told.successors.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(order, ["Member", "Checker", "Keeper", "Admin"], "of the same level, the nearest first");
        assert_eq!(told.nearest, Some(RoleId::MEMBER));
        let checker = &told.successors[1];
        assert_eq!(checker.more.names, ["Rollback changes (to version prior to the last merge)"]);
        assert_eq!(checker.less.names, ["Merge changes within sandbox manager"]);

        let moved = RoleAct::Remove { to: Some(close) };
        let plan = would(&backend, ALICE, TESTER, moved.clone()).await.unwrap();
        assert!(
            plan.effect.loses.iter().any(|line| line.permissions == ["Merge changes within sandbox manager"])
        );
        assert!(plan.effect.gains.iter().any(|line| line.names == ["Bob"]), "Cara has it already: {plan:?}");
        let before = backend.state().revision();
        let saved = does(&backend, ALICE, TESTER, moved.clone()).await.unwrap();
        assert_eq!(saved.revision, before + 1, "one change");
        let roles = |subject| {
            let state = backend.state();
            state.grants_of(subject).map(|held| held.role).collect::<Vec<RoleId>>()
        };
        assert!(backend.state().role(TESTER).is_none());
        assert_eq!(roles(Subject::User(CARA)), [close], "not twice");
        assert_eq!(roles(Subject::Group(TEAM)), [close]);
        people::take_back(&backend, &as_user(&backend, ALICE), saved.revision).await.unwrap();
        assert!(backend.state().role(TESTER).is_some());
        assert_eq!(roles(Subject::Group(TEAM)), [TESTER]);
        let mut caras = roles(Subject::User(CARA));
        caras.sort_unstable();
        assert_eq!(caras, [TESTER, close]);

        // To a role of another level, or by who may not, nothing is done.
        let before = backend.state().revision();
        let other = does(&backend, ALICE, TESTER, RoleAct::Remove { to: Some(lead) }).await.unwrap_err();
        assert_eq!(other.field(), Some("to"));
        assert!(is_refused(does(&backend, BOB, TESTER, moved.clone()).await));
        assert!(is_refused(would(&backend, CARA, TESTER, moved).await));
        assert!(is_refused(leaving(&backend, &as_user(&backend, CARA), TESTER).await));
        assert_eq!(leaving(&backend, &as_user(&backend, BOB), TESTER).await.unwrap().nearest, None);
        assert_eq!(backend.state().revision(), before);
    })
    .await;
}

#[tokio::test]
async fn a_clone_knows_what_its_origin_allows_now() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let clone = RoleId::from_bits(9);
        let cloned = Role { origin: Some(TESTER), ..role(clone, "Trial", &["people.view", "merge.sandbox"]) };
        let later = Change::PermissionAdded { role: TESTER, permission: "rollback".to_owned() };
        add(&backend, vec![Change::RoleCreated { role: cloned }, later]).await;
        let seen = one(&backend, &as_user(&backend, ALICE), clone).await.unwrap();
        let names: Vec<&str> = seen.grid.roles.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["Trial"]);
        assert!(!seen.origin_is_deleted);
        let origin = seen.origin.unwrap();
        assert_eq!((origin.id, origin.name.as_str()), (TESTER, "Tester"));
        let rollback = seen.grid.row("rollback").unwrap();
        assert!(origin.allows.contains(rollback) && !seen.grid.roles[0].allows.contains(rollback));
        add(&backend, vec![Change::RoleRemoved { role: role(TESTER, "", &[]) }]).await;
        let seen = one(&backend, &as_user(&backend, ALICE), clone).await.unwrap();
        assert_eq!((seen.origin, seen.origin_is_deleted), (None, true));
        let made_new = one(&backend, &as_user(&backend, ALICE), RoleId::MEMBER).await.unwrap();
        assert!(!made_new.origin_is_deleted);
    })
    .await;
}
