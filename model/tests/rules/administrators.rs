//! No lock-out: whatever takes the last administrator away leaves nobody, and that is seen.

use crate::world::{ROOT, World, role, window};
use model::change::{self, Change};
use model::decide::administrators;
use model::grant::Subject;
use model::id::{RoleId, UserId};
use model::person::Status;

fn left(world: &World, changes: &[Change]) -> Vec<UserId> {
    let mut after = world.state.clone();
    after.apply_all(&change::expand(&world.state, changes)).unwrap();
    administrators(&after).into_iter().collect()
}

/// Dora alone is an administrator, by a role of the organization's own that her group has.
fn by_a_group() -> (World, UserId, model::id::GroupId, RoleId, model::grant::Grant) {
    let mut world = World::new();
    let keys: Vec<String> = world
        .state
        .catalog()
        .permissions_of(model::catalog::ADMINISTRATION)
        .map(|permission| world.state.catalog().entry(permission).unwrap().key.clone())
        .collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let board = world.role("Board", &keys);
    let dora = world.person("Dora");
    let group = world.group("Directors", &[dora]);
    let grant = world.give(group, board, ROOT);
    let anna = world.anna;
    let anna_leaves = Change::UserRemoved { user: anna, status: Status::Active, called: "Former".into() };
    let leaving = change::expand(&world.state, &[anna_leaves]);
    world.state.apply_all(&leaving).unwrap();
    (world, dora, group, board, grant)
}

#[test]
fn an_administrator_is_active_and_holds_every_administration_permission_for_good() {
    let mut world = World::new();
    let anna = world.anna;
    assert_eq!(left(&world, &[]), [anna]);
    let invited = world.person_who_is("Ines", Status::Invited);
    world.give(invited, RoleId::ADMIN, ROOT);
    let for_a_day = world.person("Dana");
    world.give_for(for_a_day, RoleId::ADMIN, ROOT, window(None, Some(i64::MAX)));
    let nearly = world.person_who_may("Nina", &["people.view", "people.manage", "roles.manage"]);
    let shop = world.application("Shop");
    let only_there = world.person("Olga");
    world.give(only_there, RoleId::ADMIN, shop);
    world.give(Subject::Everyone, RoleId::ADMIN, ROOT);
    assert_eq!(left(&world, &[]), [anna], "not {invited}, {for_a_day}, {nearly}, {only_there}");
}

#[test]
fn two_roles_together_make_an_administrator() {
    let mut world = World::new();
    let all = world.state.catalog().permissions_of(model::catalog::ADMINISTRATION);
    let keys: Vec<String> =
        all.map(|permission| world.state.catalog().entry(permission).unwrap().key.clone()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let (some, others) = keys.split_at(4);
    let carl = world.person_who_may("Carl", some);
    assert_eq!(left(&world, &[]), [world.anna]);
    let rest = world.role("The rest", others);
    let group = world.group("Rest", &[carl]);
    world.give(group, rest, ROOT);
    assert_eq!(left(&world, &[]), [world.anna, carl]);
}

#[test]
fn every_route_that_takes_the_last_administrator_away_leaves_nobody() {
    let (world, dora, group, board, grant) = by_a_group();
    assert_eq!(left(&world, &[]), [dora]);
    let mut windowed = grant.clone();
    windowed.id = model::id::GrantId::from_bits(9_999);
    windowed.window = window(None, Some(i64::MAX));
    let whole_group = world.state.group(group).unwrap().clone();
    for (route, changes) in [
        ("deactivate", vec![Change::UserDeactivated { user: dora }]),
        ("remove", vec![Change::UserRemoved { user: dora, status: Status::Active, called: "Former".into() }]),
        ("grant removed", vec![Change::GrantRemoved { grant: grant.clone() }]),
        ("member removed", vec![Change::MemberRemoved { group, user: dora }]),
        ("group deleted", vec![Change::GroupRemoved { group: whole_group }]),
        ("role deleted", vec![Change::RoleRemoved { role: role(board, "Board", &[]) }]),
        (
            "permission removed",
            vec![Change::PermissionRemoved { role: board, permission: "history.view".into() }],
        ),
        ("window put", vec![Change::GrantRemoved { grant }, Change::GrantAdded { grant: windowed }]),
    ] {
        assert_eq!(left(&world, &changes), [], "{route}");
    }
    let harmless = [Change::PermissionAdded { role: board, permission: "rollback".into() }];
    assert_eq!(left(&world, &harmless), [dora]);
}
