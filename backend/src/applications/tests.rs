//! Stories of applications, on SQLite and on PostgreSQL.

mod assigning;
mod merging;
mod random;
mod rolling_back;
mod screens;

use super::{begin_merge, create, end, merge_plan, one, set_version, tree};
use crate::Backend;
use crate::access::commit::Proposal;
use crate::database::Database;
use crate::error::{Error, Result};
use crate::test_organization::{caller, founded};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, MoveId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::Level;
use model::person::Status;
use model::role::{Owner, Role};
use model::view::applications::{Ending, MergeWish, NewApplication, Stage};

const ALICE: UserId = UserId::from_bits(100);
const BOB: UserId = UserId::from_bits(101);
const CARA: UserId = UserId::from_bits(102);
const DAN: UserId = UserId::from_bits(103);
const PEOPLE: [(UserId, &str); 4] = [(ALICE, "Alice"), (BOB, "Bob"), (CARA, "Cara"), (DAN, "Dan")];

/// One role for each permission, on the application or a stage of it; those for the organization begin at 40.
const ROLES: [(u64, &[&str]); 10] = [
    (30, &["merge.production"]),
    (31, &["merge.sandbox"]),
    (32, &["rollback"]),
    (33, &["rollback", "rollback.further"]),
    (34, &["sandboxes.create"]),
    (35, &["applications.status"]),
    (36, &["access.manage", "merge.sandbox"]),
    (40, &["applications.create"]),
    (41, &["applications.create", "sandboxes.create"]),
    (42, &["people.view"]),
];

fn role(number: u64) -> RoleId {
    RoleId::from_bits(number)
}

fn grant(id: u64, user: UserId, role: RoleId, object: ObjectId) -> Change {
    let (id, subject) = (GrantId::from_bits(id), Subject::User(user));
    let (window, limits) = (Window::ALWAYS, Limits::NONE);
    Change::GrantAdded { grant: Grant { id, subject, role, object, window, limits } }
}

/// Alice is the Admin. Nobody else has anything; there is a role for each permission.
async fn set_up(database: &Database) -> Backend {
    let mut changes = vec![Change::AreaTurnedOn { area: "applications".to_owned() }];
    changes.extend(ROLES.map(|(id, permissions)| Change::RoleCreated {
        role: Role {
            id: role(id),
            name: format!("Role {id}"),
            description: String::new(),
            level: if id < 40 { Level::Application } else { Level::Organization },
            owner: Owner::Organization,
            origin: None,
            permissions: permissions.iter().map(|key| (*key).to_owned()).collect(),
            delegates: vec![],
        },
    }));
    changes.extend(PEOPLE.map(|(user, _)| Change::UserAdded { user, status: Status::Active }));
    changes.push(grant(1, ALICE, RoleId::ADMIN, ObjectId::ORGANIZATION));
    founded(database, changes, &PEOPLE, ALICE).await
}

/// Gives a role to somebody, from the machine itself.
async fn give(backend: &Backend, id: u64, user: UserId, number: u64, object: ObjectId) {
    let changes = vec![grant(id, user, role(number), object)];
    backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
}

/// Takes back what [`give`] gave under that id.
async fn take(backend: &Backend, id: u64) {
    let grant = backend.state().grant(GrantId::from_bits(id)).unwrap();
    let changes = vec![Change::GrantRemoved { grant }];
    backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
}

/// *Shop* with its chain; Development holds 1, 2 and 3.
async fn shop(backend: &Backend) -> ObjectId {
    let new = NewApplication { name: "Shop".to_owned(), chain: true };
    let made = create(backend, &caller(backend, ALICE), &new).await.unwrap();
    for version in ["1", "2", "3"] {
        set_version(backend, "Shop", "Development", version).await.unwrap();
    }
    made.id
}

fn stage(backend: &Backend, application: ObjectId, name: &str) -> ObjectId {
    let state = backend.state();
    let found = tree::stages(&state, application).into_iter().map(|(id, _)| id);
    let mut named = found.filter(|id| state.object(*id).is_some_and(|stage| stage.name == name));
    named.next().unwrap()
}

async fn shown(backend: &Backend, user: UserId, application: ObjectId) -> Vec<Stage> {
    one(backend, &caller(backend, user), application).await.unwrap().stages
}

/// The version of each stage, from production down.
async fn versions_of(backend: &Backend, application: ObjectId) -> Vec<String> {
    shown(backend, ALICE, application).await.into_iter().map(|stage| stage.version).collect()
}

async fn begins(backend: &Backend, user: UserId, from: ObjectId) -> Result<MoveId> {
    let by = caller(backend, user);
    let plan = merge_plan(backend, &by, from).await?;
    let wish = MergeWish {
        from,
        from_version: plan.from_version,
        to_version: plan.to_version,
        description: "What is in it".to_owned(),
    };
    begin_merge(backend, &by, &wish).await?;
    Ok(locked_by(backend, from).await.unwrap())
}

async fn locked_by(backend: &Backend, stage: ObjectId) -> Option<MoveId> {
    let mut connection = backend.database().pool().acquire().await.unwrap();
    super::versions::of(&mut connection, stage).await.unwrap().and_then(|noted| noted.locked_by)
}

async fn ends(backend: &Backend, user: UserId, id: MoveId, is_done: bool) -> Result<u64> {
    end(backend, &caller(backend, user), &Ending { id, is_done }).await.map(|saved| saved.revision)
}

/// Merges from a stage and says that it is done.
async fn merges(backend: &Backend, user: UserId, from: ObjectId) -> Result<()> {
    let id = begins(backend, user, from).await?;
    ends(backend, user, id, true).await.map(drop)
}

fn is_refused<T>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::Refused(_)))
}

fn is_not_there<T>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::NotFound(_)))
}

/// What stands against something, in words.
fn against<T>(outcome: Result<T>) -> String {
    match outcome {
        Err(Error::Invalid { message, .. }) => message,
        Err(other) => format!("{other:?}"),
        Ok(_) => "nothing".to_owned(),
    }
}
