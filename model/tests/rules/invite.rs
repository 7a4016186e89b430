//! Inviting: Member by delegation, any other role only by who holds all of it.

use crate::world::{NOW, ROOT, World, window};
use model::change::Change;
use model::guard::{Actor, Refusal, inviting};
use model::id::{ObjectId, RoleId, UserId};
use model::person::Status;

fn invitation(world: &mut World, role: RoleId, object: ObjectId) -> (UserId, Vec<Change>) {
    let user = UserId::from_bits(world.bits());
    let added = Change::UserAdded { user, status: Status::Invited };
    let given = world.giving(user, role, object);
    (user, vec![added, Change::ProfileEdited { user }, given])
}

#[test]
fn someone_with_invite_users_and_nothing_else_invites_a_member_and_is_refused_an_admin() {
    let mut world = World::new();
    let vera = world.person_who_may("Vera", &["people.invite"]);
    let (mia, changes) = invitation(&mut world, RoleId::MEMBER, ROOT);
    assert_eq!(inviting(&world.state, Actor::User(vera), RoleId::MEMBER, NOW), Ok(()));
    assert_eq!(world.save(vera, &changes), Ok(()));
    assert_eq!(world.state.person(mia).unwrap().status, Status::Invited);
    let (_, changes) = invitation(&mut world, RoleId::ADMIN, ROOT);
    assert!(matches!(world.refuses(vera, &changes), Refusal::NotYours { .. }));
    assert!(inviting(&world.state, Actor::User(vera), RoleId::ADMIN, NOW).is_err());
}

#[test]
fn someone_who_may_invite_is_refused_any_role_that_gives_more_than_she_holds() {
    let mut world = World::new();
    let vera = world.person_who_may("Vera", &["people.invite", "people.view"]);
    let viewer = world.role("Viewer", &["people.view"]);
    let tester = world.role("Tester", &["people.view", "rollback"]);
    let (_, changes) = invitation(&mut world, tester, ROOT);
    assert!(matches!(world.refuses(vera, &changes), Refusal::NotYours { .. }));
    let (_, changes) = invitation(&mut world, viewer, ROOT);
    assert_eq!(world.save(vera, &changes), Ok(()));
}

#[test]
fn member_is_delegated_also_when_it_holds_what_the_inviter_lacks_but_never_to_herself() {
    let mut world = World::new();
    let vera = world.person_who_may("Vera", &["people.invite", "access.manage", "groups.manage"]);
    world.apply(Change::PermissionAdded { role: RoleId::MEMBER, permission: "rollback".into() });
    let (mia, changes) = invitation(&mut world, RoleId::MEMBER, ROOT);
    assert_eq!(world.save(vera, &changes), Ok(()));
    world.apply(Change::UserJoined { user: mia });
    assert!(world.may(mia, "rollback", ROOT));
    let to_herself = world.giving(vera, RoleId::MEMBER, ROOT);
    assert!(matches!(world.refuses(vera, &[to_herself]), Refusal::NotYours { .. }));
    let own_group = world.group("Own", &[vera]);
    let to_her_group = world.giving(own_group, RoleId::MEMBER, ROOT);
    assert!(matches!(world.refuses(vera, &[to_her_group]), Refusal::NotYours { .. }));
    let to_all = world.giving(model::grant::Subject::Everyone, RoleId::MEMBER, ROOT);
    assert!(matches!(world.refuses(vera, &[to_all]), Refusal::NotYours { .. }));
}

#[test]
fn member_is_not_delegated_once_it_lets_its_holders_invite() {
    let mut world = World::new();
    let vera = world.person_who_may("Vera", &["people.invite"]);
    for permission in ["people.invite", "rollback"] {
        world.apply(Change::PermissionAdded { role: RoleId::MEMBER, permission: permission.into() });
    }
    let (_, changes) = invitation(&mut world, RoleId::MEMBER, ROOT);
    assert!(matches!(world.refuses(vera, &changes), Refusal::NotYours { .. }));
}

#[test]
fn an_inviter_for_a_time_invites_for_that_time() {
    let mut world = World::new();
    let inviters = world.role("Inviters", &["people.invite"]);
    let vera = world.person("Vera");
    world.give_for(vera, inviters, ROOT, window(None, Some(NOW + 10)));
    world.apply(Change::PermissionAdded { role: RoleId::MEMBER, permission: "rollback".into() });
    let (_, changes) = invitation(&mut world, RoleId::MEMBER, ROOT);
    assert!(matches!(world.refuses(vera, &changes), Refusal::NotYours { .. }));
    let user = UserId::from_bits(world.bits());
    let grant = world.grant(user, RoleId::MEMBER, ROOT, window(None, Some(NOW + 10)));
    let changes = [Change::UserAdded { user, status: Status::Invited }, Change::GrantAdded { grant }];
    assert_eq!(world.save(vera, &changes), Ok(()));
}

#[test]
fn without_invite_users_nobody_is_invited_and_nobody_is_added_as_active() {
    let mut world = World::new();
    let carl = world.person_who_may("Carl", &["access.manage", "people.manage"]);
    let (user, changes) = invitation(&mut world, RoleId::MEMBER, ROOT);
    assert!(matches!(world.refuses(carl, &changes), Refusal::Needs { .. }));
    let vera = world.person_who_may("Vera", &["people.invite"]);
    let active = Change::UserAdded { user, status: Status::Active };
    assert_eq!(world.refuses(vera, &[active]), Refusal::AdministratorsOnly);
}

#[test]
fn who_could_invite_somebody_as_they_are_may_withdraw_the_invitation() {
    let mut world = World::new();
    let vera = world.person_who_may("Vera", &["people.invite"]);
    let (mia, changes) = invitation(&mut world, RoleId::MEMBER, ROOT);
    world.save(vera, &changes).unwrap();
    let withdrawn = |user| Change::UserRemoved { user, status: Status::Invited, called: "Nobody".into() };
    assert_eq!(world.save(vera, &[withdrawn(mia)]), Ok(()));
    let (ada, changes) = invitation(&mut world, RoleId::ADMIN, ROOT);
    let anna = world.anna;
    world.save(anna, &changes).unwrap();
    assert!(matches!(world.refuses(vera, &[withdrawn(ada)]), Refusal::Needs { .. }));
    let joined = Change::UserJoined { user: ada };
    assert!(matches!(world.refuses(vera, &[joined]), Refusal::Needs { .. }), "nobody joins for others");
}
