//! Levels and owners of roles, and what stands in the matrix of resources.

use super::{ALICE, BOB, CARA, allow, as_user, edits, role, set_up};
use crate::Backend;
use crate::access::commit::Proposal;
use crate::error::Error;
use crate::roles::{grid, one, owners, preview, save};
use crate::test_database::for_each_database;
use model::catalog::{Column as Place, Effect};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::{Actor, Refusal};
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::{Level, Object};
use model::role::{Owner, Role};
use model::view::roles::Lock;

const NORTH: ObjectId = ObjectId::from_bits(60);
const SOUTH: ObjectId = ObjectId::from_bits(61);
/// Sees and makes roles, and allows processes to be seen.
const KEEPS: RoleId = RoleId::from_bits(20);
/// A folder role of North, and one of South.
const NORTHS: RoleId = RoleId::from_bits(21);
const SOUTHS: RoleId = RoleId::from_bits(22);

fn tenant(id: ObjectId, name: &str) -> Change {
    Change::ObjectCreated {
        object: Object {
            id,
            kind: "tenant".to_owned(),
            name: name.to_owned(),
            parent: Some(ObjectId::ORGANIZATION),
        },
    }
}

fn folder_role(id: RoleId, name: &str, owner: Owner, permissions: &[&str]) -> Role {
    Role { level: Level::Folder, owner, ..role(id, name, permissions) }
}

fn given(id: u64, user: UserId, role: RoleId, object: ObjectId) -> Change {
    let (id, subject, limits) = (GrantId::from_bits(id), Subject::User(user), Limits::NONE);
    Change::GrantAdded { grant: Grant { id, subject, role, object, window: Window::ALWAYS, limits } }
}

/// Besides [`set_up`]: folders and two tenants, each with a folder role of its own; Cara keeps the roles of North.
async fn with_tenants(database: &crate::database::Database) -> Backend {
    let backend = set_up(database).await;
    let keeps = Role {
        level: Level::Tenant,
        ..role(KEEPS, "Keeps roles", &["roles.view", "roles.manage", "processes.view"])
    };
    let changes = vec![
        Change::AreaTurnedOn { area: "automation".to_owned() },
        tenant(NORTH, "North"),
        tenant(SOUTH, "South"),
        Change::RoleCreated { role: keeps },
        Change::RoleCreated {
            role: folder_role(NORTHS, "Northern", Owner::Tenant(NORTH), &["processes.view"]),
        },
        Change::RoleCreated {
            role: folder_role(SOUTHS, "Southern", Owner::Tenant(SOUTH), &["processes.view"]),
        },
        given(30, CARA, KEEPS, NORTH),
    ];
    backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
    backend
}

#[tokio::test]
async fn levels_are_those_that_the_areas_use_and_rows_say_where_they_stand() {
    for_each_database(async |database| {
        let backend = set_up(&database).await;
        let before = grid(&backend, &as_user(&backend, ALICE), None).await.unwrap();
        assert_eq!(before.levels, [Level::Organization, Level::Application]);
        assert!(before.resources.is_empty() && before.makes.tenants == 0);

        let backend = with_automation(backend).await;
        let grid = grid(&backend, &as_user(&backend, ALICE), None).await.unwrap();
        assert_eq!(grid.levels, [Level::Organization, Level::Tenant, Level::Folder, Level::Application]);
        let reveal = &grid.rows[grid.row("assets.reveal").unwrap()];
        let edit = &grid.rows[grid.row("storage-files.edit").unwrap()];
        let (at, column) = reveal.stands.map(|stands| (stands.at, stands.column)).unwrap();
        assert_eq!((grid.resources[at].name.as_str(), column), ("Assets", Place::Further));
        assert_eq!((edit.effect, edit.stands.unwrap().column), (Effect::None, Place::Edit));
        assert!(grid.rows[grid.row("people.view").unwrap()].stands.is_none());
        let indexes = grid.resources.iter().find(|one| one.key == "indexes").unwrap();
        assert!(indexes.other);
        // Every resource has a row that stands at it.
        let stands = |at| grid.rows.iter().any(|row| row.stands.is_some_and(|stands| stands.at == at));
        assert!((0..grid.resources.len()).all(stands));
    })
    .await;
}

async fn with_automation(backend: Backend) -> Backend {
    let changes = vec![Change::AreaTurnedOn { area: "automation".to_owned() }];
    backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
    backend
}

#[tokio::test]
async fn who_keeps_the_roles_of_one_tenant_sees_and_makes_those_alone() {
    for_each_database(async |database| {
        let backend = with_tenants(&database).await;
        let cara = as_user(&backend, CARA);
        let shown = grid(&backend, &cara, None).await.unwrap();
        let names: Vec<&str> = shown.roles.iter().map(|role| role.name.as_str()).collect();
        assert!(names.contains(&"Northern") && names.contains(&"Keeps roles"), "{names:?}");
        assert!(
            !names.contains(&"Southern") && !names.contains(&"Tester") && !names.contains(&"Admin"),
            "{names:?}"
        );
        assert_eq!((shown.adding.as_deref(), shown.makes.tenants), (None, 1));
        assert_eq!(shown.makes.only, Some((NORTH, "North".to_owned())));
        let tenants: Vec<&str> = shown.tenants.iter().map(|tenant| tenant.name.as_str()).collect();
        assert_eq!(tenants, ["North"]);
        // Only what she holds there, and only in what the tenant owns.
        let northern = shown.role(NORTHS).unwrap();
        let lock = |key: &str, role| shown.cell(shown.row(key).unwrap(), role).lock;
        assert_eq!(lock("processes.view", northern), Lock::Open);
        let reason = shown.reason(lock("processes.start", northern)).unwrap();
        assert!(reason.starts_with("You give and take only what you hold yourself"), "{reason}");
        let keeps = shown.role(KEEPS).unwrap();
        assert!(shown.reason(lock("processes.view", keeps)).unwrap().contains("organization"));

        let found = owners(&backend, &cara, "").await.unwrap();
        assert_eq!(found.options.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["North"]);
        let mine = folder_role(RoleId::from_bits(40), "Mine", Owner::Tenant(NORTH), &["processes.view"]);
        save(&backend, &cara, edits(&backend, vec![Change::RoleCreated { role: mine }])).await.unwrap();
        assert_eq!(backend.state().role(RoleId::from_bits(40)).unwrap().owner, Owner::Tenant(NORTH));

        // Not for the organization, not for the other tenant, and not with more than she holds.
        let cara = as_user(&backend, CARA);
        let new = |owner, permissions: &[&str]| {
            let role = folder_role(RoleId::from_bits(41), "More", owner, permissions);
            edits(&backend, vec![Change::RoleCreated { role }])
        };
        let error = save(&backend, &cara, new(Owner::Organization, &[])).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::Needs { .. })), "{error}");
        let error = save(&backend, &cara, new(Owner::Tenant(SOUTH), &[])).await.unwrap_err();
        assert!(matches!(error, Error::NotFound("tenant")), "{error}");
        let error = save(&backend, &cara, new(Owner::Tenant(NORTH), &["processes.edit"])).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::NotYours { .. })), "{error}");
        assert!(backend.state().role(RoleId::from_bits(41)).is_none());
    })
    .await;
}

#[tokio::test]
async fn a_role_of_a_tenant_that_is_not_seen_is_answered_like_one_that_is_not_there() {
    for_each_database(async |database| {
        let backend = with_tenants(&database).await;
        for user in [CARA, BOB] {
            // Bob keeps the roles of the organization, and sees no tenant.
            let caller = as_user(&backend, user);
            let shown = grid(&backend, &caller, None).await.unwrap();
            assert!(shown.role(SOUTHS).is_none());
            let error = one(&backend, &caller, SOUTHS).await.unwrap_err();
            assert!(matches!(error, Error::NotFound("role")), "{error}");
            for error in [
                preview(&backend, &caller, edits(&backend, vec![allow(SOUTHS, "jobs.view")]))
                    .await
                    .unwrap_err(),
                save(&backend, &caller, edits(&backend, vec![allow(SOUTHS, "jobs.view")])).await.unwrap_err(),
            ] {
                assert!(matches!(error, Error::NotFound("role")), "{error}");
            }
            assert!(crate::find::find(&caller, "southern").await.unwrap().is_empty());
        }
        let alice = as_user(&backend, ALICE);
        let shown = grid(&backend, &alice, None).await.unwrap();
        assert!(shown.role(SOUTHS).is_some() && shown.makes.tenants == 2);
        let southern = one(&backend, &alice, SOUTHS).await.unwrap();
        assert_eq!(southern.grid.tenants[0].name, "South");
        save(&backend, &alice, edits(&backend, vec![allow(SOUTHS, "jobs.view")])).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_tenants_role_is_never_of_the_organizations_level() {
    for_each_database(async |database| {
        let backend = with_tenants(&database).await;
        let alice = as_user(&backend, ALICE);
        let wrong = Role { owner: Owner::Tenant(NORTH), ..role(RoleId::from_bits(41), "Wide", &[]) };
        let error = save(&backend, &alice, edits(&backend, vec![Change::RoleCreated { role: wrong }]))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Misfit(_)), "{error}");
    })
    .await;
}
