//! Each reader sees the parts that their permissions open, and no others.

use super::overview;
use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::SignedIn;
use crate::clock::Clock;
use crate::database::Database;
use crate::random::Random;
use crate::test_database::for_each_database;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::person::Status;
use model::view::overview::{Overview, Steps};
use sqlx::query;

pub(crate) const ALICE: UserId = UserId::from_bits(100);
pub(crate) const BOB: UserId = UserId::from_bits(101);

fn gives(id: u64, user: UserId, role: RoleId) -> Change {
    let (id, subject) = (GrantId::from_bits(id), Subject::User(user));
    let grant = Grant {
        id,
        subject,
        role,
        object: ObjectId::ORGANIZATION,
        window: Window::ALWAYS,
        limits: Limits::NONE,
    };
    Change::GrantAdded { grant }
}

pub(crate) async fn set_up(database: &Database) -> Backend {
    let backend = Backend::open(database.clone(), Clock::fixed(1_000), Random::seeded(1)).await.unwrap();
    let changes = vec![
        Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() },
        Change::AreaTurnedOn { area: "applications".to_owned() },
        Change::UserAdded { user: ALICE, status: Status::Active },
        gives(1, ALICE, RoleId::ADMIN),
        Change::UserAdded { user: BOB, status: Status::Active },
        gives(2, BOB, RoleId::MEMBER),
    ];
    let proposal = Proposal::new(Actor::SetUp, changes).beside(|to| {
        Box::pin(async move {
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

async fn as_seen_by(backend: &Backend, user: UserId) -> Overview {
    let caller = backend.caller(SignedIn { user, session: String::new() }).unwrap();
    overview(backend, &caller).await.unwrap()
}

pub(crate) async fn allow_members(backend: &Backend, permissions: &[&str]) {
    let changes = permissions
        .iter()
        .map(|&key| Change::PermissionAdded { role: RoleId::MEMBER, permission: key.to_owned() })
        .collect();
    backend.commit(Proposal::new(Actor::User(ALICE), changes)).await.unwrap();
}

#[tokio::test]
async fn an_admin_sees_how_far_the_set_up_is_and_what_changed() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let seen = as_seen_by(&backend, ALICE).await;
        assert_eq!(
            seen.steps,
            Some(Steps { admins: 1, is_admin: true, member_allows: 0, others: 1 }),
            "one Admin, and Bob"
        );
        assert_eq!(seen.roles.map(|roles| (roles.all, roles.own)), Some((2, 0)));
        let recent = seen.recent.unwrap();
        assert_eq!(recent.iter().map(|one| one.revision).collect::<Vec<_>>(), [1]);
        assert_eq!((recent[0].line.as_str(), recent[0].more), ("The organization was set up", 0));
    })
    .await;
}

#[tokio::test]
async fn a_member_sees_only_what_members_are_allowed() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let seen = as_seen_by(&backend, BOB).await;
        assert_eq!((seen.people, seen.roles, seen.steps, seen.recent), (None, None, None, None));
        assert_eq!(seen.organization, "Example");
        allow_members(&backend, &["people.view"]).await;
        let seen = as_seen_by(&backend, BOB).await;
        assert_eq!(seen.people.map(|people| people.active), Some(2));
        assert_eq!((seen.roles, seen.steps, seen.recent), (None, None, None));
    })
    .await;
}

#[tokio::test]
async fn the_newest_change_comes_first_and_no_more_than_eight() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        for _ in 0..5 {
            allow_members(&backend, &["people.view"]).await;
            let taken =
                Change::PermissionRemoved { role: RoleId::MEMBER, permission: "people.view".to_owned() };
            backend.commit(Proposal::new(Actor::User(ALICE), vec![taken])).await.unwrap();
        }
        let recent = as_seen_by(&backend, ALICE).await.recent.unwrap();
        assert_eq!(recent.iter().map(|one| one.revision).collect::<Vec<_>>(), [11, 10, 9, 8, 7, 6, 5, 4]);
    })
    .await;
}
