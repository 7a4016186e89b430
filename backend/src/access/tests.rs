//! Stories of committing, on SQLite and on PostgreSQL.

mod every_change;

use super::{Proposal, load, log};
use crate::clock::Clock;
use crate::database::Database;
use crate::error::Error;
use crate::random::Random;
use crate::test_database::for_each_database;
use crate::{Backend, access};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::{Actor, Refusal};
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::person::Status;
use model::role::{Owner, Role};
use sqlx::query;

const ALICE: UserId = UserId::from_bits(100);
const BOB: UserId = UserId::from_bits(101);

async fn backend(database: &Database) -> Backend {
    Backend::open(database.clone(), Clock::fixed(1_000), Random::seeded(1)).await.unwrap()
}

fn grant(id: u64, user: UserId, role: RoleId) -> Grant {
    Grant {
        id: GrantId::from_bits(id),
        subject: Subject::User(user),
        role,
        object: ObjectId::ORGANIZATION,
        window: Window::ALWAYS,
        limits: Limits::NONE,
    }
}

fn role(id: u64, name: &str, permissions: &[&str]) -> Role {
    Role {
        id: RoleId::from_bits(id),
        name: name.to_owned(),
        description: String::new(),
        level: model::object::Level::Organization,
        owner: Owner::Organization,
        origin: None,
        permissions: permissions.iter().map(|&key| key.to_owned()).collect(),
        delegates: vec![],
    }
}

async fn set_up(database: &Database) -> Backend {
    let backend = backend(database).await;
    let changes = vec![
        Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() },
        Change::AreaTurnedOn { area: "applications".to_owned() },
        Change::UserAdded { user: ALICE, status: Status::Active },
        Change::GrantAdded { grant: grant(1, ALICE, RoleId::ADMIN) },
        Change::UserAdded { user: BOB, status: Status::Active },
        Change::GrantAdded { grant: grant(2, BOB, RoleId::MEMBER) },
    ];
    let proposal = Proposal::new(Actor::SetUp, changes).beside(|to| {
        Box::pin(async move {
            for (user, name) in [(ALICE, "Alice"), (BOB, "Bob")] {
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

/// What is stored, loaded and replayed must be one and the same.
async fn assert_log_equals_tables(backend: &Backend) {
    let mut connection = backend.database().pool().acquire().await.unwrap();
    let loaded = load::from_tables(&mut connection).await.unwrap();
    let replayed = log::replay(&mut connection).await.unwrap();
    assert_eq!(loaded.as_changes(), replayed.as_changes());
    assert_eq!(loaded.as_changes(), backend.state().as_changes());
    assert_eq!(loaded.organization(), replayed.organization());
    assert_eq!(loaded.revision(), replayed.revision());
    assert_eq!(log::first_break(&mut connection).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_saved_is_there_after_a_restart_and_replays_from_the_log() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let tester = role(7, "Tester", &["people.view", "merge.sandbox"]);
        let id = tester.id;
        for change in [
            Change::RoleCreated { role: tester },
            Change::PermissionAdded { role: id, permission: "rollback".to_owned() },
            Change::RoleRenamed { role: id, was: "Tester".to_owned(), now: "Checker".to_owned() },
            Change::GrantAdded { grant: grant(3, BOB, id) },
            Change::UserDeactivated { user: BOB },
        ] {
            backend.commit(Proposal::new(Actor::User(ALICE), vec![change])).await.unwrap();
        }
        assert_log_equals_tables(&backend).await;
        let again = self::backend(&database).await;
        assert_eq!(again.state().role(id).unwrap().name, "Checker");
        assert_eq!(again.state().person(BOB).unwrap().profile.name, "Bob");
        assert_eq!(again.state().revision(), 6);

        let removal = Change::RoleRemoved { role: role(7, "", &[]) };
        backend.commit(Proposal::new(Actor::User(ALICE), vec![removal])).await.unwrap();
        assert_eq!(backend.state().grants().count(), 2);
        assert_log_equals_tables(&backend).await;
    })
    .await;
}

#[tokio::test]
async fn a_refused_change_leaves_everything_as_it_was() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let wanted = vec![
            Change::RoleCreated { role: role(7, "Tester", &[]) },
            Change::RoleCreated { role: role(8, "TESTER", &[]) },
        ];
        let error = backend.commit(Proposal::new(Actor::User(ALICE), wanted)).await.unwrap_err();
        assert_eq!(error.field(), Some("name"));
        let by_bob = vec![Change::RoleCreated { role: role(7, "Tester", &[]) }];
        let error = backend.commit(Proposal::new(Actor::User(BOB), by_bob)).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::Needs { .. })), "{error}");
        assert_eq!(backend.state().revision(), 1);
        assert_log_equals_tables(&backend).await;
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_who_can_sign_in_stays() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        // Bob is made an Admin but has no password: he does not count.
        let promote = Change::GrantAdded { grant: grant(3, BOB, RoleId::ADMIN) };
        backend.commit(Proposal::new(Actor::User(ALICE), vec![promote])).await.unwrap();
        for change in [
            Change::UserDeactivated { user: ALICE },
            Change::GrantRemoved { grant: grant(1, ALICE, RoleId::ADMIN) },
            Change::UserRemoved { user: ALICE, status: Status::Active, called: "former".to_owned() },
        ] {
            for actor in [Actor::User(BOB), Actor::User(ALICE), Actor::CommandLine] {
                let proposal = Proposal::new(actor, vec![change.clone()]);
                let error = backend.commit(proposal).await.unwrap_err();
                assert!(matches!(error, Error::Refused(Refusal::LockOut)), "{change:?}: {error}");
            }
        }
        query("INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, 'x', 0)")
            .bind(BOB.to_string())
            .execute(database.pool())
            .await
            .unwrap();
        let demote = Change::GrantRemoved { grant: grant(1, ALICE, RoleId::ADMIN) };
        backend.commit(Proposal::new(Actor::User(ALICE), vec![demote])).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_who_save_at_once_both_get_an_answer_and_one_is_told_who_was_faster() {
    for_each_database(async |database| {
        let one = set_up(&database).await;
        let other = backend(&database).await;
        let change =
            |now: &str| vec![Change::OrganizationRenamed { was: "Example".to_owned(), now: now.to_owned() }];
        let seen = one.state().revision();
        let (a, b) = tokio::join!(
            one.commit(Proposal::new(Actor::User(ALICE), change("One")).seen(seen)),
            other.commit(Proposal::new(Actor::User(ALICE), change("Other")).seen(seen)),
        );
        let refused = match (a, b) {
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
            both => panic!("one must win: {both:?}"),
        };
        let Error::Overtaken { by, .. } = refused else { panic!("{refused}") };
        assert_eq!((by.name.as_str(), by.revision), ("Alice", 2));
        one.look_at_head().await.unwrap();
        other.look_at_head().await.unwrap();
        assert_eq!(one.state().organization(), other.state().organization());
        assert_log_equals_tables(&one).await;
    })
    .await;
}

#[tokio::test]
async fn a_log_that_was_tampered_with_is_found() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let wanted = vec![Change::RoleCreated { role: role(7, "Tester", &[]) }];
        backend.commit(Proposal::new(Actor::User(ALICE), wanted)).await.unwrap();
        query("UPDATE revisions SET reason = 'other' WHERE number = 1")
            .execute(database.pool())
            .await
            .unwrap();
        let mut connection = database.pool().acquire().await.unwrap();
        assert_eq!(access::log::first_break(&mut connection).await.unwrap(), Some(1));
    })
    .await;
}

#[tokio::test]
async fn listeners_hear_the_number_and_what_it_touches() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let mut heard = backend.subscribe();
        let wanted = vec![Change::RoleCreated { role: role(7, "Tester", &[]) }];
        backend.commit(Proposal::new(Actor::User(ALICE), wanted)).await.unwrap();
        let announcement = heard.recv().await.unwrap();
        assert_eq!(announcement.revision, 2);
        assert!(announcement.touched.contains(&model::change::Touched::Roles));
    })
    .await;
}
