//! Who may do what, where and when.

use crate::world::{NOW, ROOT, World, window};
use model::change::Change;
use model::decide::{self, allows};
use model::grant::Subject;
use model::id::{ObjectId, RoleId, UserId};
use model::person::Status;

const MERGE: &str = "merge.sandbox";

/// Two applications with a stage each, and Tom who may merge on the first.
fn two_applications() -> (World, UserId, [ObjectId; 4]) {
    let mut world = World::new();
    let first = world.application("First");
    let second = world.application("Second");
    let places = [first, world.stage("Test", first), second, world.stage("Test", second)];
    let tom = world.person("Tom");
    let tester = world.role("Tester", &[MERGE]);
    world.give(tom, tester, first);
    (world, tom, places)
}

#[test]
fn a_grant_reaches_the_object_and_everything_beneath() {
    let (world, tom, [first, stage, ..]) = two_applications();
    assert!(world.may(tom, MERGE, first));
    assert!(world.may(tom, MERGE, stage));
}

#[test]
fn a_grant_reaches_neither_a_sibling_nor_what_lies_above() {
    let (world, tom, [_, _, second, other_stage]) = two_applications();
    assert!(!world.may(tom, MERGE, second));
    assert!(!world.may(tom, MERGE, other_stage));
    assert!(!world.may(tom, MERGE, ROOT));
}

#[test]
fn a_role_means_no_more_than_its_cells() {
    let (world, tom, [first, ..]) = two_applications();
    assert!(!world.may(tom, "merge.production", first));
    assert!(!world.may(tom, "no.such.permission", first));
    assert!(!world.may(tom, MERGE, ObjectId::from_bits(7)), "an unknown place");
    assert!(!world.may(UserId::from_bits(7), MERGE, first), "an unknown person");
}

#[test]
fn windows_open_and_close() {
    let (mut world, _, [first, ..]) = two_applications();
    let tester = world.role("Second tester", &[MERGE]);
    for (from, until, open) in [
        (None, None, [true, true, true, true]),
        (Some(10), None, [false, true, true, true]),
        (None, Some(20), [true, true, false, false]),
        (Some(10), Some(20), [false, true, false, false]),
        (Some(20), Some(21), [false, false, true, false]),
    ] {
        let user = world.person(&format!("From {from:?} until {until:?}"));
        world.give_for(user, tester, first, window(from, until));
        let found = [9, 10, 20, 21].map(|at| allows(&world.state, user, MERGE, first, at));
        assert_eq!(found, open, "{from:?} {until:?}");
    }
}

#[test]
fn a_group_gives_to_its_members_while_they_are_in_it() {
    let (mut world, _, [first, ..]) = two_applications();
    let uma = world.person("Uma");
    let group = world.group("Testers", &[uma]);
    let role = world.role("Of the group", &[MERGE]);
    world.give(group, role, first);
    assert!(world.may(uma, MERGE, first));
    world.apply(Change::MemberRemoved { group, user: uma });
    assert!(!world.may(uma, MERGE, first));
}

#[test]
fn everyone_is_all_active_people() {
    let (mut world, tom, [first, ..]) = two_applications();
    let role = world.role("For all", &["rollback"]);
    world.give(Subject::Everyone, role, ROOT);
    let invited = world.person_who_is("Ines", Status::Invited);
    let left = world.person_who_is("Leo", Status::Deactivated);
    assert!(world.may(tom, "rollback", first));
    assert!(!world.may(invited, "rollback", first));
    assert!(!world.may(left, "rollback", first));
    let mut all = world.state.people_of(Subject::Everyone);
    all.sort();
    assert_eq!(all, [world.anna, tom]);
}

#[test]
fn invited_and_deactivated_people_may_do_nothing_until_they_are_active() {
    let mut world = World::new();
    let ines = world.person_who_is("Ines", Status::Invited);
    world.give(ines, RoleId::ADMIN, ROOT);
    assert!(!world.may(ines, "people.view", ROOT));
    assert!(decide::holdings(&world.state, ines, NOW).is_empty());
    world.apply(Change::UserJoined { user: ines });
    assert!(world.may(ines, "people.view", ROOT));
    world.apply(Change::UserDeactivated { user: ines });
    assert!(!world.may(ines, "people.view", ROOT));
    world.apply(Change::UserReactivated { user: ines });
    assert!(world.may(ines, "people.view", ROOT));
}

#[test]
fn an_area_that_is_off_does_not_count_and_comes_back_as_it_was() {
    let (mut world, tom, [first, ..]) = two_applications();
    world.apply(Change::AreaTurnedOff { area: "applications".into() });
    assert!(!world.may(tom, MERGE, first));
    assert!(!world.may(world.anna, MERGE, first), "not even for an Admin");
    world.apply(Change::AreaTurnedOn { area: "applications".into() });
    assert!(world.may(tom, MERGE, first));
}

#[test]
fn admin_is_every_cell_that_is_on() {
    let mut world = World::new();
    assert_eq!(&world.state.permissions_of(RoleId::ADMIN), world.state.catalog().all_on());
    let before = world.state.permissions_of(RoleId::ADMIN).len();
    assert!(!world.may(world.anna, "tenants.view", ROOT));
    world.apply(Change::AreaTurnedOn { area: "packaging".into() });
    assert!(world.may(world.anna, "tenants.view", ROOT));
    let added = world.state.catalog().permissions_of("packaging").count();
    assert_eq!(world.state.permissions_of(RoleId::ADMIN).len(), before + added);
    world.apply(Change::AreaTurnedOn { area: "automation".into() });
    for permission in world.state.catalog().all_on().iter() {
        let entry = world.state.catalog().entry(permission).unwrap();
        assert!(world.state.role_allows(RoleId::ADMIN, permission), "{}", entry.key);
        // What is limited for everybody is limited for an Admin too.
        assert_eq!(world.may(world.anna, &entry.key, ROOT), entry.limits.is_none(), "{}", entry.key);
    }
}

#[test]
fn a_new_member_may_do_nothing() {
    let mut world = World::new();
    let mia = world.person("Mia");
    world.give(mia, RoleId::MEMBER, ROOT);
    assert!(decide::permissions_on(&world.state, mia, ROOT, NOW).is_empty());
}

#[test]
fn every_grant_that_allows_is_a_path() {
    let (mut world, tom, [first, stage, ..]) = two_applications();
    let merge = world.state.catalog().number(MERGE).unwrap();
    let other = world.role("Other", &[MERGE]);
    world.give(Subject::Everyone, other, ROOT);
    world.give_for(tom, other, first, window(Some(NOW + 1), None));
    assert_eq!(decide::paths(&world.state, tom, merge, stage, NOW).count(), 2);
    assert_eq!(decide::paths(&world.state, tom, merge, ROOT, NOW).count(), 1);
    assert_eq!(decide::paths(&world.state, tom, merge, stage, NOW + 1).count(), 3);
}
