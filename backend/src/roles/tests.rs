//! Stories of roles, on SQLite and on PostgreSQL: the grid and its edits here, who has a role in `users`.

mod users;

mod levels;

use super::{grid, one, preview, save};
use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::{Caller, SignedIn};
use crate::clock::Clock;
use crate::database::Database;
use crate::error::Error;
use crate::random::Random;
use crate::test_database::for_each_database;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::{Actor, Refusal};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::misfit::Misfit;
use model::name::BadName;
use model::object::{Level, Object};
use model::person::{Group, Status};
use model::role::{Owner, Role};
use model::view::roles::{Edits, Lock};
use sqlx::query;

const ALICE: UserId = UserId::from_bits(100);
const BOB: UserId = UserId::from_bits(101);
const CARA: UserId = UserId::from_bits(102);
const TESTER: RoleId = RoleId::from_bits(7);
const KEEPER: RoleId = RoleId::from_bits(8);
const TEAM: GroupId = GroupId::from_bits(50);

fn grant(id: u64, subject: Subject, role: RoleId) -> Change {
    let (id, object, window) = (GrantId::from_bits(id), ObjectId::ORGANIZATION, Window::ALWAYS);
    Change::GrantAdded { grant: Grant { id, subject, role, object, window, limits: Limits::NONE } }
}

fn role(id: RoleId, name: &str, permissions: &[&str]) -> Role {
    Role {
        id,
        name: name.to_owned(),
        description: String::new(),
        level: Level::Organization,
        owner: Owner::Organization,
        origin: None,
        permissions: permissions.iter().map(|&key| key.to_owned()).collect(),
        delegates: vec![],
    }
}

/// Alice is the Admin. Bob has *Keeper* (sees and manages roles, sees people), Cara has *Tester* twice:
/// herself and by the group *Team*, in which Bob is too.
async fn set_up(database: &Database) -> Backend {
    let backend = Backend::open(database.clone(), Clock::fixed(1_000), Random::seeded(1)).await.unwrap();
    let group = Group { id: TEAM, name: "Team".to_owned(), description: String::new() };
    let changes = vec![
        Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() },
        Change::AreaTurnedOn { area: "applications".to_owned() },
        Change::RoleCreated { role: role(TESTER, "Tester", &["people.view", "merge.sandbox"]) },
        Change::RoleCreated { role: role(KEEPER, "Keeper", &["roles.view", "roles.manage", "people.view"]) },
        Change::GroupCreated { group },
        Change::UserAdded { user: ALICE, status: Status::Active },
        Change::UserAdded { user: BOB, status: Status::Active },
        Change::UserAdded { user: CARA, status: Status::Active },
        Change::MemberAdded { group: TEAM, user: BOB },
        Change::MemberAdded { group: TEAM, user: CARA },
        grant(1, Subject::User(ALICE), RoleId::ADMIN),
        grant(2, Subject::User(BOB), KEEPER),
        grant(3, Subject::User(CARA), TESTER),
        grant(4, Subject::Group(TEAM), TESTER),
    ];
    let proposal = Proposal::new(Actor::SetUp, changes).beside(|to| {
        Box::pin(async move {
            for (user, name) in [(ALICE, "Alice"), (BOB, "Bob"), (CARA, "Cara")] {
                query(
                    "INSERT INTO profiles (user_id, name, name_key, email, email_key, created_at, updated_at) \
                     VALUES ($1, $2, $3, $4, $5, 0, 0)",
                )
                .bind(user.to_string())
                .bind(name)
                .bind(name.to_lowercase())
                .bind(format!("{name}@example.com"))
                .bind(format!("{name}@example.com").to_lowercase())
                .execute(&mut *to)
                .await?;
            }
            query("INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, 'x', 0)")
                .bind(ALICE.to_string())
                .execute(to)
                .await?;
            Ok(())
        })
    });
    backend.commit(proposal).await.unwrap();
    backend
}

fn as_user(backend: &Backend, user: UserId) -> Caller {
    backend.caller(SignedIn { user, session: String::new() }).unwrap()
}

fn edits(backend: &Backend, changes: Vec<Change>) -> Edits {
    Edits { changes, seen: backend.state().revision() }
}

fn allow(role: RoleId, key: &str) -> Change {
    Change::PermissionAdded { role, permission: key.to_owned() }
}

#[tokio::test]
async fn the_grid_has_the_areas_that_are_on_and_counts_each_person_once() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let grid = grid(&backend, &as_user(&backend, ALICE), None).await.unwrap();
        let areas: Vec<(&str, usize)> = grid.areas.iter().map(|a| (a.key.as_str(), a.rows)).collect();
        assert_eq!(areas, [("administration", 12), ("applications", 9)]);
        assert_eq!(grid.rows.len(), 21);
        let names: Vec<(&str, u64)> = grid.roles.iter().map(|r| (r.name.as_str(), r.people)).collect();
        assert_eq!(names, [("Admin", 1), ("Member", 0), ("Keeper", 1), ("Tester", 2)]);
        let row = grid.row("people.view").unwrap();
        assert_eq!(grid.rows[row].held_by, 3);
        let tester = grid.role(TESTER).unwrap();
        let cell = grid.cell(row, tester);
        assert!(cell.on && cell.lock == Lock::Open);
        assert!(!grid.cell(grid.row("rollback").unwrap(), tester).on);
        let admin = grid.role(RoleId::ADMIN).unwrap();
        assert!((0..17).all(|row| grid.cell(row, admin).on && grid.cell(row, admin).lock == Lock::Admin));
        let further = &grid.rows[grid.row("rollback.further").unwrap()];
        assert_eq!(further.needs, [grid.row("rollback").unwrap()]);
        assert_eq!((grid.adding, grid.reasons), (None, vec![]));
    })
    .await;
}

#[tokio::test]
async fn who_holds_a_permission_within_limits_alone_is_counted_apart() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let [tenant, folder, robot] = [60, 61, 62].map(ObjectId::from_bits);
        let place = |id, kind: &str, parent| Change::ObjectCreated {
            object: Object { id, kind: kind.to_owned(), name: kind.to_owned(), parent: Some(parent) },
        };
        let starter = RoleId::from_bits(9);
        let may_start = role(starter, "Starter", &["processes.view", "processes.start"]);
        let only = Comparison::new(Property::new(Side::Context, "robot"), Test::Equals(Value::Place(robot)));
        let given = |id, user, limits| Change::GrantAdded {
            grant: Grant {
                id: GrantId::from_bits(id),
                subject: Subject::User(user),
                role: starter,
                object: folder,
                window: Window::ALWAYS,
                limits,
            },
        };
        let changes = vec![
            Change::AreaTurnedOn { area: "automation".to_owned() },
            place(tenant, "tenant", ObjectId::ORGANIZATION),
            place(folder, "folder", tenant),
            place(robot, "robot", folder),
            Change::RoleCreated { role: Role { level: Level::Folder, ..may_start } },
            given(10, BOB, Limits::NONE),
            given(11, BOB, Limits::new(vec![only.clone()])),
            given(12, CARA, Limits::new(vec![only])),
        ];
        backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
        let grid = grid(&backend, &as_user(&backend, ALICE), None).await.unwrap();
        let start = &grid.rows[grid.row("processes.start").unwrap()];
        // Alice as Admin and Bob; Cara on that robot alone.
        assert_eq!((start.held_by, start.depends), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_may_not_set_is_locked_with_the_reason_and_refused_with_the_same() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let bob = as_user(&backend, BOB);
        let grid = grid(&backend, &bob, None).await.unwrap();
        let tester = grid.role(TESTER).unwrap();
        assert_eq!(grid.cell(grid.row("people.view").unwrap(), tester).lock, Lock::Open);
        let locked = grid.cell(grid.row("rollback").unwrap(), tester).lock;
        let reason = grid.reason(locked).unwrap();
        assert!(reason.starts_with("You give and take only what you hold yourself"), "{reason}");
        let wanted = edits(&backend, vec![allow(TESTER, "rollback")]);
        let error = preview(&backend, &bob, wanted.clone()).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::NotYours { .. })), "{error}");
        let error = save(&backend, &bob, wanted).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::NotYours { .. })), "{error}");
        // Cara may not even see roles.
        let cara = as_user(&backend, CARA);
        let refused = |error: Error| matches!(error, Error::Refused(Refusal::Needs { .. }));
        assert!(refused(super::grid(&backend, &cara, None).await.unwrap_err()));
        assert!(refused(one(&backend, &cara, TESTER).await.unwrap_err()));
        assert!(refused(preview(&backend, &cara, edits(&backend, vec![])).await.unwrap_err()));
        assert!(refused(save(&backend, &cara, edits(&backend, vec![])).await.unwrap_err()));
        assert_eq!(backend.state().revision(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_is_previewed_by_name_saved_and_told_as_news() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = as_user(&backend, ALICE);
        let wanted = edits(&backend, vec![allow(TESTER, "rollback")]);
        let effect = preview(&backend, &alice, wanted.clone()).await.unwrap();
        assert_eq!(effect.gains[0].names, ["Bob", "Cara"]);
        assert_eq!(save(&backend, &alice, wanted.clone()).await.unwrap().revision, 2);
        let bob = as_user(&backend, BOB);
        let grid = grid(&backend, &bob, Some(1)).await.unwrap();
        assert!(grid.cell(grid.row("rollback").unwrap(), grid.role(TESTER).unwrap()).on);
        let news = &grid.news[0];
        assert_eq!(
            (news.revision, news.by.as_deref(), news.roles.as_slice()),
            (2, Some("Alice"), &[TESTER][..])
        );
        // The same again is a conflict that says who was faster.
        let error = save(&backend, &alice, wanted).await.unwrap_err();
        let Error::Overtaken { by, .. } = &error else { panic!("{error}") };
        assert_eq!((by.name.as_str(), by.revision), ("Alice", 2));
    })
    .await;
}

#[tokio::test]
async fn names_are_cleaned_and_bad_ones_name_their_field() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = as_user(&backend, ALICE);
        let new = |name: &str| Change::RoleCreated { role: role(RoleId::from_bits(9), name, &[]) };
        for (name, wanted) in [
            ("", BadName::Empty),
            ("\u{200b}", BadName::Empty),
            (&*"x".repeat(81), BadName::TooLong(80)),
            ("a\u{202e}b", BadName::Control),
        ] {
            let error = save(&backend, &alice, edits(&backend, vec![new(name)])).await.unwrap_err();
            assert_eq!(error.field(), Some("name"), "{name:?}: {error}");
            assert!(
                matches!(&error, Error::Misfit(Misfit::Name { error, .. }) if *error == wanted),
                "{error}"
            );
        }
        let error = save(&backend, &alice, edits(&backend, vec![new("TESTER ")])).await.unwrap_err();
        assert!(matches!(&error, Error::Misfit(Misfit::NameTaken { .. })), "{error}");
        assert_eq!(error.field(), Some("name"));
        save(&backend, &alice, edits(&backend, vec![new("  Cleaner ")])).await.unwrap();
        assert_eq!(backend.state().role(RoleId::from_bits(9)).unwrap().name, "Cleaner");
    })
    .await;
}

#[tokio::test]
async fn a_save_from_a_page_that_is_ahead_of_the_log_is_refused() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = as_user(&backend, ALICE);
        let added = Change::PermissionAdded { role: TESTER, permission: "people.manage".to_owned() };
        let before = backend.state().revision();
        let ahead = Edits { changes: vec![added], seen: before + 1 };
        let error = save(&backend, &alice, ahead).await.unwrap_err();
        assert_eq!(error.field(), Some("seen"), "{error}");
        assert_eq!(backend.state().revision(), before);
    })
    .await;
}

#[tokio::test]
async fn only_edits_of_roles_are_saved_here() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = as_user(&backend, ALICE);
        let other = vec![allow(TESTER, "rollback"), grant(9, Subject::User(BOB), RoleId::ADMIN)];
        let error = save(&backend, &alice, edits(&backend, other)).await.unwrap_err();
        assert_eq!(error.field(), Some("changes"));
        let many = vec![allow(TESTER, "rollback"); super::MOST_EDITS + 1];
        let error = save(&backend, &alice, edits(&backend, many)).await.unwrap_err();
        assert_eq!(error.field(), Some("changes"));
        let unknown = edits(&backend, vec![allow(TESTER, "no.such")]);
        assert_eq!(save(&backend, &alice, unknown).await.unwrap_err().field(), Some("permission"));
        let admin = edits(
            &backend,
            vec![Change::PermissionRemoved { role: RoleId::ADMIN, permission: "people.view".to_owned() }],
        );
        let error = save(&backend, &alice, admin).await.unwrap_err();
        assert!(matches!(error, Error::Misfit(Misfit::BuiltIn { .. })), "{error}");
        assert_eq!(backend.state().revision(), 1);
    })
    .await;
}

#[tokio::test]
async fn one_role_says_who_has_it_and_what_may_be_done_with_it() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = as_user(&backend, ALICE);
        let tester = one(&backend, &alice, TESTER).await.unwrap();
        assert_eq!(tester.grid.roles.len(), 1);
        assert_eq!((tester.people, tester.groups, tester.accounts, tester.everyone), (1, 1, 0, false));
        assert_eq!((tester.renaming, tester.deleting), (None, None));

        let member = one(&backend, &alice, RoleId::MEMBER).await.unwrap();
        assert!(member.renaming.unwrap().contains("keeps its name"));
        assert!(member.deleting.unwrap().contains("came with Rolecall"));
        assert_eq!(member.grid.cell(0, &member.grid.roles[0]).lock, Lock::Open);

        // Bob may manage roles, but not delete one that gives more than he holds.
        let tester = one(&backend, &as_user(&backend, BOB), TESTER).await.unwrap();
        assert!(tester.deleting.is_some() && tester.renaming.is_none());
        let gone = one(&backend, &alice, RoleId::from_bits(99)).await.unwrap_err();
        assert!(matches!(gone, Error::NotFound("role")));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_role_takes_its_access_along_and_names_who_loses_it() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let alice = as_user(&backend, ALICE);
        let removal = edits(&backend, vec![Change::RoleRemoved { role: role(TESTER, "", &[]) }]);
        let effect = preview(&backend, &alice, removal.clone()).await.unwrap();
        let lost: Vec<&str> = effect.loses.iter().flat_map(|line| &line.names).map(String::as_str).collect();
        assert!(lost.contains(&"Cara") && lost.contains(&"Bob"), "{effect:?}");
        save(&backend, &alice, removal).await.unwrap();
        assert!(backend.state().role(TESTER).is_none());
        assert_eq!(backend.state().grants().count(), 2);
    })
    .await;
}
