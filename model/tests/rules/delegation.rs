//! Delegation: handing out to others what one does not hold, as far as a role says so and no further.

use crate::world::{NOW, ROOT, Refused, World, role, window};
use model::change::Change;
use model::guard::Refusal;
use model::id::{RoleId, UserId};
use model::misfit::Misfit;
use model::role::Delegate;

/// Sven has *Security*, whose holders may hand out *Writer*.
fn sven() -> (World, UserId, RoleId, RoleId) {
    let mut world = World::new();
    let writer = world.role("Writer", &["rollback"]);
    let security = world.delegating("Security", &["access.manage", "groups.manage"], &[writer]);
    let sven = world.person("Sven");
    world.give(sven, security, ROOT);
    (world, sven, security, writer)
}

#[test]
fn a_delegated_role_goes_to_others_and_to_their_groups() {
    let (mut world, sven, _, writer) = sven();
    let mia = world.person("Mia");
    let group = world.group("Writers", &[]);
    for change in [
        world.giving(mia, writer, ROOT),
        world.giving(group, writer, ROOT),
        Change::MemberAdded { group, user: mia },
    ] {
        assert_eq!(world.save(sven, &[change]), Ok(()));
    }
    let joins = Change::MemberAdded { group, user: sven };
    assert!(matches!(world.refuses(sven, &[joins]), Refusal::NotYours { .. }));
}

#[test]
fn a_delegated_role_is_also_taken_away_by_delegation() {
    let (mut world, sven, _, writer) = sven();
    let mia = world.person("Mia");
    let grant = world.give(mia, writer, ROOT);
    assert_eq!(world.save(sven, &[Change::GrantRemoved { grant }]), Ok(()));
}

#[test]
fn delegation_holds_where_and_while_its_role_does() {
    let mut world = World::new();
    let writer = world.role("Writer", &["rollback"]);
    let security = world.delegating("Security", &[], &[writer]);
    let access = world.role("Access", &["access.manage"]);
    let shop = world.application("Shop");
    let sven = world.person("Sven");
    world.give(sven, access, ROOT);
    world.give_for(sven, security, shop, window(None, Some(NOW + 10)));
    let mia = world.person("Mia");
    for (place, until, passes) in [
        (ROOT, Some(NOW + 5), false),
        (shop, None, false),
        (shop, Some(NOW + 11), false),
        (shop, Some(NOW + 10), true),
    ] {
        let grant = world.grant(mia, writer, place, window(None, until));
        let saved = world.save(sven, &[Change::GrantAdded { grant }]);
        assert_eq!(saved.is_ok(), passes, "{place} {until:?} {saved:?}");
    }
}

#[test]
fn a_role_that_delegates_is_not_given_by_who_could_not_hand_out_the_same() {
    let (mut world, sven, security, _) = sven();
    let carl = world.person_who_may("Carl", &["access.manage", "groups.manage"]);
    let mia = world.person("Mia");
    // Carl holds every permission of Security, but not what it delegates.
    for to in [carl, mia] {
        let change = world.giving(to, security, ROOT);
        assert!(matches!(world.refuses(carl, &[change]), Refusal::NotYours { .. }));
    }
    let change = world.giving(mia, security, ROOT);
    assert_eq!(world.save(sven, &[change]), Ok(()), "Sven holds all that Security gives");
}

#[test]
fn only_who_could_hand_out_all_of_it_sets_a_delegation() {
    let (mut world, _, _, writer) = sven();
    let helpdesk = world.role("Helpdesk", &[]);
    let set = Change::DelegationAdded { role: helpdesk, delegate: Delegate::Role(writer) };
    let knows_roles = world.person_who_may("Rita", &["roles.manage", "rollback"]);
    assert!(matches!(world.refuses(knows_roles, std::slice::from_ref(&set)), Refusal::Needs { .. }));
    let lacks = world.person_who_may("Lars", &["roles.manage", "access.manage"]);
    assert!(matches!(world.refuses(lacks, std::slice::from_ref(&set)), Refusal::NotYours { .. }));
    let holds = world.person_who_may("Hugo", &["roles.manage", "access.manage", "rollback"]);
    assert_eq!(world.save(holds, std::slice::from_ref(&set)), Ok(()));
    let unset = set.inverse().unwrap();
    assert!(matches!(world.refuses(lacks, std::slice::from_ref(&unset)), Refusal::NotYours { .. }));
    assert_eq!(world.save(holds, &[unset]), Ok(()));
}

#[test]
fn nothing_that_delegates_can_be_delegated() {
    let (mut world, _, security, writer) = sven();
    let anna = world.anna;
    let boss = world.role("Boss", &[]);
    let inviter = world.role("Inviter", &["people.invite"]);
    let delegates = |role, other| Change::DelegationAdded { role, delegate: Delegate::Role(other) };
    let mut born = role(RoleId::from_bits(60), "Born", &[]);
    born.delegates = vec![Delegate::Role(security)];
    for (why, change) in [
        ("a delegating role", delegates(boss, security)),
        ("the role itself", delegates(boss, boss)),
        ("Admin", delegates(boss, RoleId::ADMIN)),
        ("delegation on a delegated role", delegates(writer, boss)),
        ("a role whose permission delegates", delegates(boss, inviter)),
        (
            "a permission that delegates, into a delegated role",
            Change::PermissionAdded { role: writer, permission: "people.invite".into() },
        ),
        ("a role born with it", Change::RoleCreated { role: born }),
    ] {
        let saved = world.save(anna, &[change]);
        let chain = matches!(saved, Err(Refused::Misfit(Misfit::DelegationChain { .. })));
        assert!(chain, "{why}: {saved:?}");
    }
}
