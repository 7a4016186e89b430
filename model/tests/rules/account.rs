//! Acting on somebody's account: never on that of a person who holds more.

use crate::world::{NOW, ROOT, World, window};
use model::change::Change;
use model::grant::Subject;
use model::guard::{Actor, Refusal, account};
use model::id::{RoleId, UserId};
use model::person::Status;

fn routes(user: UserId, status: Status) -> Vec<Change> {
    vec![
        match status {
            Status::Deactivated => Change::UserReactivated { user },
            _ => Change::UserDeactivated { user },
        },
        Change::UserRemoved { user, status, called: "Former user".into() },
        Change::ProfileEdited { user },
    ]
}

#[test]
fn who_manages_people_may_act_on_who_holds_no_more() {
    let mut world = World::new();
    let paul = world.person_who_may("Paul", &["people.view", "people.manage"]);
    let mia = world.person_who_may("Mia", &["people.view"]);
    assert_eq!(account(&world.state, Actor::User(paul), mia, NOW), Ok(()));
    assert_eq!(world.save(paul, &[Change::ProfileEdited { user: mia }]), Ok(()));
    assert_eq!(world.save(paul, &[Change::UserDeactivated { user: mia }]), Ok(()));
    assert_eq!(world.save(paul, &[Change::UserReactivated { user: mia }]), Ok(()));
    let removed = Change::UserRemoved { user: mia, status: Status::Active, called: "Former user".into() };
    assert_eq!(world.save(paul, &[removed]), Ok(()));
    assert!(world.state.person(mia).is_none());
}

#[test]
fn who_manages_people_cannot_touch_the_account_of_a_person_who_holds_more() {
    let mut world = World::new();
    let paul = world.person_who_may("Paul", &["people.view", "people.manage"]);
    let admin = world.anna;
    let shop = world.application("Shop");
    let tester = world.role("Tester", &["rollback"]);
    let on_one_place = world.person("Olga");
    world.give(on_one_place, tester, shop);
    let later = world.person("Lena");
    world.give_for(later, tester, ROOT, window(Some(NOW + 5), None));
    let in_a_group = world.person("Gina");
    let group = world.group("Testers", &[in_a_group]);
    world.give(group, tester, ROOT);
    let asleep = world.person_who_is("Arne", Status::Deactivated);
    world.give(asleep, tester, ROOT);
    for (person, status) in [
        (admin, Status::Active),
        (on_one_place, Status::Active),
        (later, Status::Active),
        (in_a_group, Status::Active),
        (asleep, Status::Deactivated),
    ] {
        let reset = account(&world.state, Actor::User(paul), person, NOW);
        assert!(matches!(reset, Err(Refusal::Stronger { .. })), "{reset:?}");
        for change in routes(person, status) {
            let refusal = world.refuses(paul, std::slice::from_ref(&change));
            assert!(matches!(refusal, Refusal::Stronger { .. }), "{change:?}: {refusal:?}");
        }
    }
}

#[test]
fn what_a_person_held_once_no_longer_protects() {
    let mut world = World::new();
    let paul = world.person_who_may("Paul", &["people.view", "people.manage"]);
    let tom = world.person("Tom");
    let tester = world.role("Tester", &["rollback"]);
    world.give_for(tom, tester, ROOT, window(None, Some(NOW)));
    assert_eq!(account(&world.state, Actor::User(paul), tom, NOW), Ok(()));
    assert!(account(&world.state, Actor::User(paul), tom, NOW - 1).is_err());
}

#[test]
fn power_in_a_window_does_not_match_power_for_good() {
    let mut world = World::new();
    let paul = world.person_who_may("Paul", &["people.view", "people.manage"]);
    let tester = world.role("Tester", &["rollback"]);
    world.give_for(paul, tester, ROOT, window(None, Some(NOW + 5)));
    let tom = world.person("Tom");
    let grant = world.give(tom, tester, ROOT);
    assert!(account(&world.state, Actor::User(paul), tom, NOW).is_err());
    world.apply(Change::GrantRemoved { grant });
    world.give_for(tom, tester, ROOT, window(None, Some(NOW + 5)));
    assert_eq!(account(&world.state, Actor::User(paul), tom, NOW), Ok(()));
}

#[test]
fn what_everyone_has_makes_nobody_stronger() {
    let mut world = World::new();
    let paul = world.person_who_may("Paul", &["people.view", "people.manage"]);
    let all = world.role("For all", &["rollback"]);
    world.give(Subject::Everyone, all, ROOT);
    let tom = world.person("Tom");
    assert_eq!(account(&world.state, Actor::User(paul), tom, NOW), Ok(()));
}

#[test]
fn without_manage_people_nobody_elses_account_can_be_touched() {
    let mut world = World::new();
    let vera = world.person_who_may("Vera", &["people.view", "people.invite", "roles.manage"]);
    let mia = world.person("Mia");
    for change in routes(mia, Status::Active) {
        let refusal = world.refuses(vera, &[change]);
        assert!(matches!(refusal, Refusal::Needs { .. }), "{refusal:?}");
    }
    assert_eq!(world.save(vera, &[Change::ProfileEdited { user: vera }]), Ok(()), "one's own name");
}

#[test]
fn an_account_that_is_not_active_may_change_nothing_but_join() {
    let mut world = World::new();
    let ines = world.person_who_is("Ines", Status::Invited);
    world.give(ines, RoleId::ADMIN, ROOT);
    assert_eq!(world.refuses(ines, &[Change::ProfileEdited { user: ines }]), Refusal::NotActive);
    assert!(account(&world.state, Actor::User(ines), world.anna, NOW).is_err());
    assert_eq!(world.save(ines, &[Change::UserJoined { user: ines }]), Ok(()));
    let anna = world.anna;
    assert_eq!(world.save(ines, &[Change::UserDeactivated { user: anna }]), Ok(()));
    assert_eq!(world.refuses(anna, &[Change::UserReactivated { user: anna }]), Refusal::NotActive);
}

#[test]
fn an_account_whose_holder_hands_out_strong_roles_is_strong() {
    let mut world = World::new();
    let paul = world.person_who_may("Paul", &["people.view", "people.manage", "access.manage"]);
    let writer = world.role("Writer", &["rollback"]);
    let security = world.delegating("Security", &["access.manage"], &[writer]);
    let sven = world.person("Sven");
    world.give(sven, security, ROOT);
    // Signed in as Sven, Paul could give himself Writer.
    let refusal = account(&world.state, Actor::User(paul), sven, NOW);
    assert!(matches!(refusal, Err(Refusal::Stronger { .. })), "{refusal:?}");
}
