//! A removal takes along all that hangs on it, carries what it removes, and can be taken back.

use crate::dump::dump;
use crate::world::{ROOT, World, object, role};
use model::change::{Change, expand, inverse};
use model::id::RoleId;
use model::object::Object;
use model::person::{Group, Status};
use model::role::Delegate;

fn busy() -> (World, Vec<Change>) {
    let mut world = World::new();
    let shop = world.application("Shop");
    let test = world.stage("Test", shop);
    let tom = world.person("Tom");
    let mia = world.person("Mia");
    let tester = world.role("Tester", &["rollback"]);
    world.delegating("Security", &["access.manage"], &[tester]);
    let group = world.group("Testers", &[tom, mia]);
    world.give(tom, tester, shop);
    world.give(group, tester, ROOT);
    world.give(group, RoleId::MEMBER, test);
    world.give(tom, RoleId::MEMBER, ROOT);
    let removals = vec![
        Change::RoleRemoved { role: role(tester, "", &[]) },
        Change::GroupRemoved { group: Group { id: group, name: String::new(), description: String::new() } },
        Change::ObjectRemoved { object: Object { parent: None, ..object(shop, "", "", ROOT) } },
        Change::UserRemoved { user: tom, status: Status::Invited, called: "Former".into() },
    ];
    (world, removals)
}

#[test]
fn a_removal_leaves_nothing_hanging_and_carries_what_it_removes() {
    let (world, removals) = busy();
    for removal in &removals {
        assert!(world.state.clone().apply(removal).is_err(), "bare, it does not fit: {removal:?}");
        let expanded = expand(&world.state, std::slice::from_ref(removal));
        let mut after = world.state.clone();
        after.apply_all(&expanded).unwrap();
        for grant in after.grants() {
            assert!(after.role(grant.role).is_some() && after.object(grant.object).is_some());
        }
        assert_eq!(dump(&crate::dump::rebuilt(&after)), dump(&after), "{removal:?}");
    }
}

#[test]
fn a_removal_is_taken_back_whole_unless_it_erases_a_person() {
    let (world, removals) = busy();
    for removal in &removals {
        let expanded = expand(&world.state, std::slice::from_ref(removal));
        let mut after = world.state.clone();
        after.apply_all(&expanded).unwrap();
        match (inverse(&expanded), removal) {
            (None, Change::UserRemoved { .. }) => {}
            (Some(back), _) => {
                after.apply_all(&back).unwrap();
                assert_eq!(dump(&after), dump(&world.state));
            }
            (None, other) => panic!("{other:?} cannot be taken back"),
        }
    }
}

#[test]
fn many_removals_of_what_hangs_together_fit() {
    let (world, removals) = busy();
    for rotated in 0..removals.len() {
        let mut all = removals.clone();
        all.rotate_left(rotated);
        let expanded = expand(&world.state, &all);
        let mut after = world.state.clone();
        after.apply_all(&expanded).unwrap();
        assert_eq!(after.grants().count(), 1, "Anna's alone");
        assert_eq!(expand(&world.state, &expanded), expanded, "what is expanded stays as it is");
    }
}

#[test]
fn a_role_reads_back_the_same_however_it_was_written() {
    let mut world = World::new();
    let (a, b) = (world.role("A", &[]), world.role("B", &[]));
    let mut messy = role(RoleId::from_bits(900), "Messy", &["rollback", "people.view", "rollback"]);
    messy.delegates = [b, a, b].map(Delegate::Role).to_vec();
    let before = dump(&world.state);
    let created = Change::RoleCreated { role: messy };
    world.apply(created.clone());
    world.apply(created.inverse().unwrap());
    assert_eq!(dump(&world.state), before);
    let saved = expand(&world.state, &[created]);
    let mut after = world.state.clone();
    after.apply_all(&saved).unwrap();
    let back = inverse(&saved).unwrap();
    assert_eq!(expand(&after, &back), back, "what is saved is taken back as it stands");
}

#[test]
fn what_cannot_be_taken_back_says_so() {
    let mut world = World::new();
    let user = world.person("Tom");
    for change in [
        Change::UserAdded { user, status: Status::Active },
        Change::UserJoined { user },
        Change::ProfileEdited { user },
        Change::UserRemoved { user, status: Status::Active, called: "Former".into() },
    ] {
        assert_eq!(change.inverse(), None);
        assert_eq!(
            inverse(&[Change::OrganizationRenamed { was: "A".into(), now: "B".into() }, change]),
            None
        );
    }
}
