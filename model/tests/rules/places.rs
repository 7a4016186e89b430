//! Creating, naming, removing and moving places.

use crate::world::{ROOT, Refused, World, object};
use model::change::Change;
use model::guard::{self, Actor, Refusal};
use model::id::{ObjectId, UserId};
use model::misfit::Misfit;

/// Ben makes sandboxes on *Shop*, and may do nothing on *Bank*.
fn ben() -> (World, UserId, ObjectId, ObjectId) {
    let mut world = World::new();
    let shop = world.application("Shop");
    let bank = world.application("Bank");
    let builder = world.role("Builder", &["sandboxes.create", "merge.sandbox"]);
    let ben = world.person("Ben");
    world.give(ben, builder, shop);
    (world, ben, shop, bank)
}

#[test]
fn a_place_is_made_named_and_removed_by_who_may_where_it_stands() {
    let (mut world, ben, shop, bank) = ben();
    let id = ObjectId::from_bits(70);
    let made = Change::ObjectCreated { object: object(id, "stage", "Test", shop) };
    assert_eq!(world.save(ben, &[made]), Ok(()));
    let renamed = Change::ObjectRenamed { object: id, was: "Test".into(), now: "Trial".into() };
    assert_eq!(world.save(ben, &[renamed]), Ok(()));
    let removed = Change::ObjectRemoved { object: object(id, "stage", "Trial", shop) };
    assert_eq!(world.save(ben, &[removed]), Ok(()));
    let elsewhere = Change::ObjectCreated { object: object(id, "stage", "Test", bank) };
    assert!(matches!(world.refuses(ben, &[elsewhere]), Refusal::Needs { .. }));
    let application = Change::ObjectCreated { object: object(id, "application", "New", ROOT) };
    assert!(matches!(world.refuses(ben, &[application]), Refusal::Needs { .. }));
    let tenant = Change::ObjectCreated { object: object(id, "tenant", "New", ROOT) };
    assert!(matches!(world.refuses(ben, &[tenant]), Refusal::Needs { .. }));
}

#[test]
fn noting_something_of_a_place_is_a_right_beside_that_of_naming_it() {
    let (mut world, ben, shop, bank) = ben();
    let (stage, other) = (world.stage("Test", shop), world.stage("Trial", bank));
    let releaser = world.role("Releaser", &["merge.production"]);
    let rita = world.person("Rita");
    world.give(rita, releaser, shop);
    let noted = |object| Change::DetailsEdited { object };
    let renamed = Change::ObjectRenamed { object: stage, was: "Test".into(), now: "Trial".into() };
    for who in [ben, rita] {
        assert_eq!(world.save(who, &[noted(stage)]), Ok(()));
        assert!(matches!(world.refuses(who, &[noted(other)]), Refusal::Needs { .. }));
        assert!(matches!(world.refuses(who, &[noted(shop)]), Refusal::Needs { .. }));
    }
    assert!(matches!(world.refuses(rita, std::slice::from_ref(&renamed)), Refusal::Needs { .. }));
    assert_eq!(world.save(ben, &[renamed]), Ok(()));
}

#[test]
fn an_application_is_made_with_its_chain_of_sandboxes_and_its_access_at_once() {
    let (mut world, ben, ..) = ben();
    let (application, stage) = (ObjectId::from_bits(70), ObjectId::from_bits(71));
    let tester = world.role("Tester", &["rollback"]);
    let changes = [
        Change::ObjectCreated { object: object(application, "application", "New", ROOT) },
        Change::ObjectCreated { object: object(stage, "stage", "Production", application) },
        world.giving(ben, tester, stage),
    ];
    assert!(matches!(world.refuses(ben, &changes), Refusal::Needs { .. }));
    let anna = world.anna;
    assert_eq!(world.save(anna, &changes), Ok(()));
    let maker = world.person_who_may("Max", &["applications.create"]);
    let next = [
        Change::ObjectCreated { object: object(ObjectId::from_bits(72), "application", "Next", ROOT) },
        Change::ObjectCreated {
            object: object(ObjectId::from_bits(73), "stage", "Production", ObjectId::from_bits(72)),
        },
    ];
    assert!(
        matches!(world.refuses(maker, &next), Refusal::Needs { .. }),
        "sandboxes are a right of their own"
    );
}

#[test]
fn a_removal_that_says_something_else_than_is_so_does_not_fit() {
    let (mut world, ben, shop, bank) = ben();
    let forged = [Change::ObjectRemoved { object: object(bank, "stage", "Bank", shop) }];
    assert_eq!(
        guard::check(&world.state, Actor::User(ben), &forged, 0),
        Ok(()),
        "not judged: it does not fit"
    );
    let refused = world.state.apply_all(&forged);
    assert!(matches!(refused, Err((0, Misfit::Overtaken { .. }))), "{refused:?}");
    assert!(matches!(world.save(ben, &forged), Err(Refused::Guard(_))), "expanded, it says what is so");
}

#[test]
fn a_place_is_not_moved_under_one_where_its_mover_may_do_more() {
    let (mut world, ben, shop, bank) = ben();
    let vault = world.stage("Vault", bank);
    let creator = world.role("Creator", &["sandboxes.create"]);
    world.give(ben, creator, bank);
    assert!(!world.may(ben, "merge.sandbox", vault));
    let moved = [
        Change::ObjectRemoved { object: object(vault, "stage", "Vault", bank) },
        Change::ObjectCreated { object: object(vault, "stage", "Vault", shop) },
    ];
    assert!(matches!(world.refuses(ben, &moved), Refusal::NotYours { .. }));
    let put_back = [
        Change::ObjectRemoved { object: object(vault, "stage", "Vault", bank) },
        Change::ObjectCreated { object: object(vault, "stage", "Vault 2", bank) },
    ];
    assert_eq!(world.save(ben, &put_back), Ok(()));
    let anna = world.anna;
    let moved = [
        Change::ObjectRemoved { object: object(vault, "stage", "Vault 2", bank) },
        Change::ObjectCreated { object: object(vault, "stage", "Vault", shop) },
    ];
    assert_eq!(world.save(anna, &moved), Ok(()));
}
