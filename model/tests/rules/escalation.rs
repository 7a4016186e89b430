//! Nobody gives himself more, by any route, nor passes on more widely what he holds narrowly.

use crate::world::{NOW, ROOT, Refused, World, role, window};
use model::change::Change;
use model::grant::Subject;
use model::guard::Refusal;
use model::id::{RoleId, UserId};
use model::person::Status;
use model::role::Delegate;

/// Carl runs people, groups, roles and access, and holds nothing of the applications.
const RUNS: [&str; 7] = [
    "people.view",
    "people.manage",
    "people.invite",
    "groups.manage",
    "roles.view",
    "roles.manage",
    "access.manage",
];

fn carl() -> (World, UserId, RoleId) {
    let mut world = World::new();
    let carl = world.person_who_may("Carl", &RUNS);
    let tester = world.role("Tester", &["rollback"]);
    (world, carl, tester)
}

#[track_caller]
fn not_his(refusal: &Refusal) {
    assert!(matches!(refusal, Refusal::NotYours { .. }), "{refusal:?}");
}

#[test]
fn by_a_role_given_to_himself_or_to_everyone_or_to_another() {
    let (mut world, carl, tester) = carl();
    let mia = world.person("Mia");
    for change in [
        world.giving(carl, tester, ROOT),
        world.giving(Subject::Everyone, tester, ROOT),
        world.giving(mia, tester, ROOT),
        world.giving(carl, RoleId::ADMIN, ROOT),
    ] {
        not_his(&world.refuses(carl, &[change]));
    }
}

#[test]
fn by_taking_away_what_he_does_not_hold() {
    let (mut world, carl, tester) = carl();
    let tom = world.person("Tom");
    let group = world.group("Testers", &[tom]);
    let of_tom = world.give(tom, tester, ROOT);
    world.give(group, tester, ROOT);
    not_his(&world.refuses(carl, &[Change::GrantRemoved { grant: of_tom }]));
    not_his(&world.refuses(carl, &[Change::MemberRemoved { group, user: tom }]));
    let removed = Change::PermissionRemoved { role: tester, permission: "rollback".into() };
    not_his(&world.refuses(carl, &[removed]));
    let deleted = Change::RoleRemoved { role: role(tester, "Tester", &[]) };
    not_his(&world.refuses(carl, &[deleted]));
}

#[test]
fn by_group_membership() {
    let (mut world, carl, tester) = carl();
    let group = world.group("Testers", &[]);
    world.give(group, tester, ROOT);
    let mia = world.person("Mia");
    not_his(&world.refuses(carl, &[Change::MemberAdded { group, user: carl }]));
    not_his(&world.refuses(carl, &[Change::MemberAdded { group, user: mia }]));
    let unarmed = world.group("Readers", &[]);
    assert_eq!(world.save(carl, &[Change::MemberAdded { group: unarmed, user: carl }]), Ok(()));
}

#[test]
fn by_editing_his_own_role() {
    let (mut world, carl, _) = carl();
    let own = world.state.grants_of(Subject::User(carl)).next().unwrap().role;
    let changes = [Change::PermissionAdded { role: own, permission: "rollback".into() }];
    not_his(&world.refuses(carl, &changes));
    let member = [Change::PermissionAdded { role: RoleId::MEMBER, permission: "rollback".into() }];
    not_his(&world.refuses(carl, &member));
}

#[test]
fn by_cloning_admin() {
    let (mut world, carl, _) = carl();
    let keys: Vec<String> = world
        .state
        .permissions_of(RoleId::ADMIN)
        .iter()
        .map(|permission| world.state.catalog().entry(permission).unwrap().key.clone())
        .collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let clone = model::role::Role {
        origin: Some(RoleId::ADMIN),
        ..role(RoleId::from_bits(50), "Copy of Admin", &keys)
    };
    not_his(&world.refuses(carl, &[Change::RoleCreated { role: clone }]));
}

#[test]
fn by_a_role_created_filled_and_given_in_one_revision() {
    let (mut world, carl, _) = carl();
    let id = RoleId::from_bits(50);
    let to_himself = world.giving(carl, id, ROOT);
    let created = Change::RoleCreated { role: role(id, "Harmless", &[]) };
    let filled = Change::PermissionAdded { role: id, permission: "rollback".into() };
    not_his(&world.refuses(carl, &[created.clone(), filled, to_himself.clone()]));
    let full = Change::RoleCreated { role: role(id, "Harmless", &["rollback"]) };
    not_his(&world.refuses(carl, &[full, to_himself.clone()]));
    assert_eq!(world.save(carl, &[created, to_himself]), Ok(()), "an empty role arms nobody");
}

#[test]
fn by_joining_a_group_and_arming_it_in_one_revision() {
    let (mut world, carl, tester) = carl();
    let security = world.delegating("Security", &["access.manage"], &[tester]);
    world.give(carl, security, ROOT);
    let group = world.group("New", &[]);
    let joins = Change::MemberAdded { group, user: carl };
    let arms = world.giving(group, tester, ROOT);
    not_his(&world.refuses(carl, &[joins.clone(), arms.clone()]));
    not_his(&world.refuses(carl, &[arms.clone(), joins]));
    let in_it = world.group("His", &[carl]);
    let leaves = Change::MemberRemoved { group: in_it, user: carl };
    let comes_back = Change::MemberAdded { group: in_it, user: carl };
    let arms = world.giving(in_it, tester, ROOT);
    not_his(&world.refuses(carl, &[leaves, arms, comes_back]));
}

#[test]
fn by_setting_delegation_on_his_own_role() {
    let (mut world, carl, tester) = carl();
    let own = world.state.grants_of(Subject::User(carl)).next().unwrap().role;
    let set = Change::DelegationAdded { role: own, delegate: Delegate::Role(tester) };
    not_his(&world.refuses(carl, &[set]));
    let id = RoleId::from_bits(50);
    let born = model::role::Role {
        delegates: vec![Delegate::Role(tester)],
        ..role(id, "Handing out", &["access.manage"])
    };
    not_his(&world.refuses(carl, &[Change::RoleCreated { role: born }]));
}

#[test]
fn by_undoing_somebodys_demotion() {
    let (mut world, carl, tester) = carl();
    let grant = world.give(carl, tester, ROOT);
    let demotion = [Change::GrantRemoved { grant }];
    let anna = world.anna;
    assert_eq!(world.save(anna, &demotion), Ok(()));
    let undo = model::change::inverse(&demotion).unwrap();
    not_his(&world.refuses(carl, &undo));
    assert_eq!(world.save(anna, &undo), Ok(()));
}

#[test]
fn by_reactivating_a_stronger_account() {
    let (mut world, carl, tester) = carl();
    let arne = world.person_who_is("Arne", Status::Deactivated);
    world.give(arne, tester, ROOT);
    let refusal = world.refuses(carl, &[Change::UserReactivated { user: arne }]);
    assert!(matches!(refusal, Refusal::Stronger { .. }), "{refusal:?}");
}

#[test]
fn by_turning_an_area_on_or_off() {
    let mut world = World::new();
    let (on, off) = (
        Change::AreaTurnedOn { area: "packaging".into() },
        Change::AreaTurnedOff { area: "applications".into() },
    );
    let sara = world.person_who_may("Sara", &["settings.manage", "roles.manage", "access.manage"]);
    let armed = world.role("Armed", &["tenants.upload"]);
    world.give(sara, armed, ROOT);
    assert_eq!(world.refuses(sara, std::slice::from_ref(&on)), Refusal::AdministratorsOnly);
    assert_eq!(world.refuses(sara, std::slice::from_ref(&off)), Refusal::AdministratorsOnly);
    let into_a_role = Change::PermissionAdded { role: armed, permission: "tenants.view".into() };
    assert_eq!(world.refuses(sara, &[into_a_role]), Refusal::AdministratorsOnly);
    let anna = world.anna;
    assert_eq!(world.save(anna, &[on, off]), Ok(()));
}

/// Olaf holds every administration permission, and nothing of the applications.
fn olaf() -> (World, UserId) {
    let mut world = World::new();
    let all = world.state.catalog().permissions_of(model::catalog::ADMINISTRATION);
    let keys: Vec<String> =
        all.map(|permission| world.state.catalog().entry(permission).unwrap().key.clone()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let olaf = world.person_who_may("Olaf", &keys);
    (world, olaf)
}

#[test]
fn by_turning_an_area_off_so_that_admin_looks_small() {
    let (mut world, olaf) = olaf();
    let off = Change::AreaTurnedOff { area: "applications".into() };
    not_his(&world.refuses(olaf, std::slice::from_ref(&off)));
    let admin = world.giving(olaf, RoleId::ADMIN, ROOT);
    let on = Change::AreaTurnedOn { area: "applications".into() };
    not_his(&world.refuses(olaf, &[off, admin, on]));
}

#[test]
fn by_a_role_that_sleeps_because_its_area_is_off() {
    let (mut world, carl, _) = carl();
    let sleeping = world.role("Packager", &["tenants.upload"]);
    let change = world.giving(carl, sleeping, ROOT);
    assert_eq!(world.refuses(carl, &[change]), Refusal::AdministratorsOnly);
    let group = world.group("Packagers", &[]);
    world.give(group, sleeping, ROOT);
    let joins = Change::MemberAdded { group, user: carl };
    assert_eq!(world.refuses(carl, &[joins]), Refusal::AdministratorsOnly);
}

#[test]
fn by_being_an_administrator_for_a_while() {
    let mut world = World::new();
    let dana = world.person("Dana");
    world.give_for(dana, RoleId::ADMIN, ROOT, window(None, Some(NOW + 10)));
    let own = world.role("Own", &[]);
    world.give(dana, own, ROOT);
    let arms = Change::PermissionAdded { role: own, permission: "tenants.view".into() };
    assert_eq!(world.refuses(dana, &[arms]), Refusal::AdministratorsOnly);
    let on = Change::AreaTurnedOn { area: "packaging".into() };
    assert_eq!(world.refuses(dana, &[on]), Refusal::AdministratorsOnly);
    let filled = Change::PermissionAdded { role: own, permission: "rollback".into() };
    not_his(&world.refuses(dana, &[filled]));
    let for_good = world.giving(dana, RoleId::ADMIN, ROOT);
    not_his(&world.refuses(dana, &[for_good]));
}

#[test]
fn windowed_power_is_passed_on_at_least_as_narrowly() {
    let mut world = World::new();
    let carl = world.person_who_may("Carl", &["access.manage"]);
    let tester = world.role("Tester", &["rollback"]);
    world.give_for(carl, tester, ROOT, window(Some(NOW - 10), Some(NOW + 10)));
    let mia = world.person("Mia");
    for (from, until, passes) in [
        (None, None, false),
        (None, Some(NOW + 10), true),
        (Some(NOW), Some(NOW + 10), true),
        (Some(NOW + 5), Some(NOW + 9), true),
        (None, Some(NOW + 11), false),
        (Some(NOW + 5), None, false),
    ] {
        let grant = world.grant(mia, tester, ROOT, window(from, until));
        let change = Change::GrantAdded { grant };
        if passes {
            assert_eq!(world.save(carl, &[change]), Ok(()), "{from:?} {until:?}");
        } else {
            not_his(&world.refuses(carl, &[change]));
        }
    }
}

#[test]
fn power_that_is_over_or_to_come_is_not_passed_on() {
    let mut world = World::new();
    let carl = world.person_who_may("Carl", &["access.manage"]);
    let tester = world.role("Tester", &["rollback"]);
    world.give_for(carl, tester, ROOT, window(None, Some(NOW)));
    world.give_for(carl, tester, ROOT, window(Some(NOW + 1), None));
    let mia = world.person("Mia");
    for (from, until) in [(None, Some(NOW)), (None, None), (Some(NOW + 1), None)] {
        let grant = world.grant(mia, tester, ROOT, window(from, until));
        not_his(&world.refuses(carl, &[Change::GrantAdded { grant }]));
    }
}

#[test]
fn access_on_one_place_is_passed_on_there_alone() {
    let mut world = World::new();
    let shop = world.application("Shop");
    let other = world.application("Other");
    let stage = world.stage("Test", shop);
    let owner = world.role("Owner", &["access.manage", "rollback"]);
    let carl = world.person("Carl");
    world.give(carl, owner, shop);
    let mia = world.person("Mia");
    for (place, passes) in [(shop, true), (stage, true), (other, false), (ROOT, false)] {
        let change = world.giving(mia, owner, place);
        assert_eq!(world.save(carl, &[change]).is_ok(), passes);
    }
}

#[test]
fn built_in_roles_stay_as_they_came() {
    let mut world = World::new();
    let anna = world.anna;
    let tester = world.role("Tester", &[]);
    let named = |id: RoleId| world.state.record(world.state.role(id).unwrap());
    let mut table: Vec<Change> = Vec::new();
    for (id, name) in [(RoleId::ADMIN, "Admin"), (RoleId::MEMBER, "Member")] {
        let record = named(id);
        table.extend([
            Change::RoleDescribed { role: id, was: record.description.clone(), now: "Other".into() },
            Change::RoleRemoved { role: record },
            Change::RoleRenamed { role: id, was: name.into(), now: "Other".into() },
            Change::DelegationAdded { role: id, delegate: Delegate::Role(tester) },
        ]);
    }
    table.push(Change::PermissionAdded { role: RoleId::ADMIN, permission: "people.view".into() });
    table.push(Change::PermissionRemoved { role: RoleId::ADMIN, permission: "people.view".into() });
    for change in table {
        let misfit = world.save(anna, std::slice::from_ref(&change));
        let built_in = matches!(&misfit, Err(Refused::Misfit(model::misfit::Misfit::BuiltIn { .. })));
        assert!(built_in, "{change:?}: {misfit:?}");
    }
    for (id, name) in [(RoleId::ADMIN, "Another"), (RoleId::MEMBER, "More")] {
        let again = Change::RoleCreated { role: role(id, name, &[]) };
        assert!(matches!(world.save(anna, &[again]), Err(Refused::Misfit(_))));
    }
    let set = Change::PermissionAdded { role: RoleId::MEMBER, permission: "people.view".into() };
    assert_eq!(world.save(anna, &[set]), Ok(()), "of Member the permissions are set");
}
