//! Whether a change fits: one row for each way in which it does not, and the state is as it was.

use crate::dump::dump;
use crate::world::{ROOT, World, object, role, window};
use model::catalog::{BadPack, Pack};
use model::change::Change;
use model::grant::{Grant, Subject};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::misfit::Misfit;
use model::name::BadName;
use model::object::{Level, Object};
use model::person::{Group, Profile, Status};
use model::role::{Delegate, Role};
use model::state::State;
use std::collections::BTreeSet;
use std::sync::Arc;

const NOBODY: u64 = 7;

struct Cast {
    world: World,
    tom: UserId,
    tester: RoleId,
    group: GroupId,
    shop: ObjectId,
    grant: Grant,
    pack: Arc<Pack>,
}

fn pack(key: &str, name: &str) -> Arc<Pack> {
    Arc::new(
        serde_json::from_value(serde_json::json!({
            "key": key, "name": name,
            "kinds": [{ "key": format!("{key}-book"), "name": "Book", "level": "application",
                        "within": ["organization"], "create": format!("{key}.add") }],
            "permissions": [
                { "key": format!("{key}.add"), "name": "Add books", "kind": "organization", "opens": "Adds." },
                { "key": format!("{key}.read"), "name": "Read", "kind": format!("{key}-book"), "opens": "Reads." }
            ]
        }))
        .unwrap(),
    )
}

#[test]
fn a_name_of_a_role_that_ships_is_refused_to_new_roles_and_left_to_those_that_had_it_first() {
    let Cast { mut world, tester, .. } = cast();
    let new = RoleId::from_bits(900);
    let renamed = |now: &str| Change::RoleRenamed { role: tester, was: "Tester".into(), now: now.into() };
    for (change, name) in [
        (Change::RoleCreated { role: role(new, "ADMIN", &[]) }, "ADMIN"),
        (Change::RoleCreated { role: role(new, "Package  reader", &[]) }, "Package  reader"),
        (renamed("member"), "member"),
    ] {
        let before = dump(&world.state);
        let refused = Misfit::NameTaken { what: "a role".into(), name: name.into() };
        assert_eq!(world.state.propose(&[renamed("Checker"), change]), Err((1, refused)));
        assert_eq!(dump(&world.state), before, "{name}");
    }
    // An older version did not ship the role, and wrote this into its log.
    world.apply(Change::RoleCreated { role: role(new, "Package Reader", &[]) });
    world.apply(Change::AreaTurnedOn { area: "packaging".into() });
    let called = |state: &State| state.roles().iter().filter(|role| role.name == "Package Reader").count();
    assert_eq!(called(&world.state), 2);
    world.apply(Change::RoleRenamed { role: new, was: "Package Reader".into(), now: "Our Reader".into() });
    assert_eq!(called(&world.state), 1);
}

fn cast() -> Cast {
    let mut world = World::new();
    let shop = world.application("Shop");
    world.application("Bank");
    let tom = world.person("Tom");
    let tester = world.role("Tester", &["rollback", "merge.sandbox"]);
    world.role("Writer", &[]);
    let group = world.group("Testers", &[tom]);
    world.group("Writers", &[]);
    let grant = world.give(tom, tester, shop);
    let pack = pack("library", "Library");
    world.apply(Change::PackInstalled { pack: pack.clone() });
    Cast { world, tom, tester, group, shop, grant, pack }
}

fn group(id: u64, name: &str) -> Group {
    Group { id: GroupId::from_bits(id), name: name.into(), description: String::new() }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn what_does_not_fit_is_refused_with_its_reason_and_leaves_everything_as_it_was() {
    let Cast { world, tom, tester, group: testers, shop, grant, pack: library } = cast();
    let text = |text: &str| text.to_owned();
    let gone = |what: &str| Misfit::Gone { what: text(what) };
    let exists = |what: &str| Misfit::Exists { what: text(what) };
    let overtaken = |what: &str| Misfit::Overtaken { what: text(what) };
    let name = |error| Misfit::Name { field: text("name"), error };
    let description = |error| Misfit::Name { field: text("description"), error };
    let in_use = |what: &str| Misfit::InUse { what: text(what) };
    let misplaced = |what: &str| Misfit::Misplaced { what: text(what) };
    let taken = |what: &str, name: &str| Misfit::NameTaken { what: text(what), name: text(name) };
    let no_user = UserId::from_bits(NOBODY);
    let no_role = RoleId::from_bits(NOBODY);
    let no_group = GroupId::from_bits(NOBODY);
    let no_object = ObjectId::from_bits(NOBODY);
    let new = RoleId::from_bits(900);
    let long = "x".repeat(81);
    let grants = |change: fn(&mut Grant)| {
        let mut other = Grant { id: GrantId::from_bits(900), ..grant.clone() };
        change(&mut other);
        Change::GrantAdded { grant: other }
    };
    let own_pack = |key: &str, name: &str| Change::PackInstalled { pack: pack(key, name) };
    let mut changed_pack = Pack::clone(&library);
    changed_pack.about = text("Other");
    let low = Role { level: Level::Application, ..role(new, "Low", &["people.view"]) };
    let kept = |id: RoleId| world.state.record(world.state.role(id).unwrap());
    let table: Vec<(Change, Misfit)> = vec![
        // The organization and its areas.
        (
            Change::OrganizationRenamed { was: text("Other"), now: text("New") },
            overtaken("The organization's name"),
        ),
        (Change::OrganizationRenamed { was: text("Example"), now: text(" ") }, name(BadName::Empty)),
        (Change::AreaTurnedOn { area: text("applications") }, overtaken("What the organization manages")),
        (Change::AreaTurnedOn { area: text("nothing") }, Misfit::UnknownArea { area: text("nothing") }),
        (Change::AreaTurnedOff { area: text("packaging") }, overtaken("What the organization manages")),
        (Change::AreaTurnedOff { area: text("library") }, Misfit::UnknownArea { area: text("library") }),
        (Change::AreaTurnedOff { area: text("administration") }, overtaken("What the organization manages")),
        (own_pack("library", "Again"), Misfit::Pack(BadPack::KeyTaken(text("library")))),
        (own_pack("Shelf", "Shelf"), Misfit::Pack(BadPack::BadKey { at: text("area"), key: text("Shelf") })),
        (Change::PackRemoved { pack: pack("shelf", "Shelf") }, Misfit::UnknownArea { area: text("shelf") }),
        (Change::PackRemoved { pack: Arc::new(changed_pack) }, overtaken("Library")),
        (
            Change::PackRemoved { pack: model::catalog::shipped()[0].clone() },
            Misfit::UnknownArea { area: text("administration") },
        ),
        // Roles.
        (Change::RoleCreated { role: role(tester, "Other", &[]) }, exists("role")),
        (Change::RoleCreated { role: role(new, "Test\u{200b}er", &[]) }, taken("a role", "Test\u{200b}er")),
        (Change::RoleCreated { role: role(new, &long, &[]) }, name(BadName::TooLong(80))),
        (Change::RoleCreated { role: role(new, "a\u{7}b", &[]) }, name(BadName::Control)),
        (
            Change::RoleCreated { role: Role { description: "x".repeat(501), ..role(new, "New", &[]) } },
            description(BadName::TooLong(500)),
        ),
        (
            Change::RoleCreated { role: role(new, "New", &["no.such"]) },
            Misfit::UnknownPermission { permission: text("no.such") },
        ),
        (
            Change::RoleCreated { role: low },
            Misfit::AboveLevel { role: text("Low"), what: text("people.view") },
        ),
        (
            Change::RoleCreated {
                role: Role { delegates: vec![Delegate::Role(no_role)], ..role(new, "New", &[]) },
            },
            gone("role"),
        ),
        (Change::RoleRemoved { role: role(no_role, "Nobody", &[]) }, gone("role")),
        (Change::RoleRemoved { role: kept(tester) }, in_use("Tester")),
        (Change::RoleRemoved { role: kept(RoleId::MEMBER) }, Misfit::BuiltIn { role: text("Member") }),
        (Change::RoleRenamed { role: no_role, was: text("A"), now: text("B") }, gone("role")),
        (Change::RoleRenamed { role: tester, was: text("A"), now: text("B") }, overtaken("Tester")),
        (
            Change::RoleRenamed { role: tester, was: text("Tester"), now: text("writer") },
            taken("a role", "writer"),
        ),
        (
            Change::RoleRenamed { role: tester, was: text("Tester"), now: text("\u{3164}") },
            name(BadName::Empty),
        ),
        (Change::RoleDescribed { role: tester, was: text("A"), now: text("B") }, overtaken("Tester")),
        (
            Change::RoleDescribed { role: tester, was: text(""), now: text("a\nb") },
            description(BadName::Control),
        ),
        (Change::RoleDescribed { role: no_role, was: text(""), now: text("a") }, gone("role")),
        (Change::PermissionAdded { role: tester, permission: text("rollback") }, overtaken("Tester")),
        (
            Change::PermissionAdded { role: tester, permission: text("rollback ") },
            Misfit::UnknownPermission { permission: text("rollback ") },
        ),
        (Change::PermissionAdded { role: no_role, permission: text("rollback") }, gone("role")),
        (Change::PermissionRemoved { role: tester, permission: text("people.view") }, overtaken("Tester")),
        (Change::DelegationAdded { role: tester, delegate: Delegate::Role(no_role) }, gone("role")),
        (Change::DelegationAdded { role: no_role, delegate: Delegate::Role(tester) }, gone("role")),
        (
            Change::DelegationAdded { role: tester, delegate: Delegate::Role(RoleId::ADMIN) },
            Misfit::DelegationChain { role: text("Admin") },
        ),
        (Change::DelegationRemoved { role: tester, delegate: Delegate::Role(no_role) }, overtaken("Tester")),
        // People.
        (Change::UserAdded { user: tom, status: Status::Invited }, exists("person")),
        (Change::UserJoined { user: tom }, overtaken("Tom")),
        (Change::UserJoined { user: no_user }, gone("person")),
        (Change::UserDeactivated { user: no_user }, gone("person")),
        (Change::UserReactivated { user: tom }, overtaken("Tom")),
        (
            Change::UserRemoved { user: no_user, status: Status::Active, called: text("Former") },
            gone("person"),
        ),
        (Change::UserRemoved { user: tom, status: Status::Active, called: text("Former") }, in_use("Tom")),
        (Change::UserRemoved { user: tom, status: Status::Active, called: text("") }, name(BadName::Empty)),
        (
            Change::UserRemoved { user: tom, status: Status::Invited, called: text("Former") },
            overtaken("Tom"),
        ),
        (Change::ProfileEdited { user: no_user }, gone("person")),
        // Groups.
        (Change::GroupCreated { group: group(testers.bits(), "Other") }, exists("group")),
        (Change::GroupCreated { group: group(900, "TESTERS") }, taken("a group", "TESTERS")),
        (Change::GroupRemoved { group: group(NOBODY, "Nobody") }, gone("group")),
        (Change::GroupRemoved { group: group(testers.bits(), "Testers") }, in_use("Testers")),
        (Change::GroupRemoved { group: group(testers.bits(), "Other") }, overtaken("Testers")),
        (Change::GroupRenamed { group: testers, was: text("A"), now: text("B") }, overtaken("Testers")),
        (
            Change::GroupRenamed { group: testers, was: text("Testers"), now: text("Writers") },
            taken("a group", "Writers"),
        ),
        (Change::GroupRenamed { group: no_group, was: text("A"), now: text("B") }, gone("group")),
        (Change::GroupDescribed { group: testers, was: text("A"), now: text("B") }, overtaken("Testers")),
        (Change::GroupDescribed { group: no_group, was: text("A"), now: text("B") }, gone("group")),
        (Change::MemberAdded { group: testers, user: tom }, overtaken("Testers")),
        (Change::MemberAdded { group: testers, user: no_user }, gone("person")),
        (Change::MemberAdded { group: no_group, user: tom }, gone("group")),
        (Change::MemberRemoved { group: testers, user: world.anna }, overtaken("Testers")),
        // Places.
        (Change::ObjectCreated { object: object(shop, "application", "New", ROOT) }, exists("place")),
        (Change::ObjectCreated { object: object(no_object, "stage", "New", ROOT) }, misplaced("New")),
        (Change::ObjectCreated { object: object(no_object, "castle", "New", ROOT) }, misplaced("New")),
        (
            Change::ObjectCreated { object: object(no_object, "stage", "New", ObjectId::from_bits(8)) },
            gone("place"),
        ),
        (
            Change::ObjectCreated {
                object: Object { parent: None, ..object(no_object, "organization", "New", ROOT) },
            },
            misplaced("New"),
        ),
        (
            Change::ObjectCreated { object: object(no_object, "application", "shop", ROOT) },
            taken("something here", "shop"),
        ),
        (Change::ObjectRemoved { object: object(shop, "application", "Shop", ROOT) }, in_use("Shop")),
        (Change::ObjectRemoved { object: object(shop, "stage", "Shop", ROOT) }, overtaken("Shop")),
        (Change::ObjectRemoved { object: object(no_object, "stage", "Shop", shop) }, gone("place")),
        (Change::ObjectRemoved { object: world.state.object(ROOT).unwrap().clone() }, misplaced("Example")),
        (Change::ObjectRenamed { object: shop, was: text("A"), now: text("B") }, overtaken("Shop")),
        (Change::ObjectRenamed { object: ROOT, was: text("Example"), now: text("B") }, misplaced("Example")),
        (
            Change::ObjectRenamed { object: shop, was: text("Shop"), now: text("BANK") },
            taken("something here", "BANK"),
        ),
        // Grants.
        (Change::GrantAdded { grant: grant.clone() }, exists("role assignment")),
        (grants(|_| {}), overtaken("Tester")),
        (grants(|grant| grant.subject = Subject::User(UserId::from_bits(NOBODY))), gone("person")),
        (grants(|grant| grant.subject = Subject::Group(GroupId::from_bits(NOBODY))), gone("group")),
        (grants(|grant| grant.role = RoleId::from_bits(NOBODY)), gone("role")),
        (grants(|grant| grant.object = ObjectId::from_bits(NOBODY)), gone("place")),
        (grants(|grant| grant.window = window(Some(5), Some(5))), Misfit::ReversedWindow),
        (
            Change::GrantRemoved { grant: Grant { window: window(None, Some(9)), ..grant.clone() } },
            gone("role assignment"),
        ),
    ];
    let before = dump(&world.state);
    let mut seen = BTreeSet::new();
    for (change, expected) in table {
        let mut state = world.state.clone();
        assert_eq!(state.apply(&change), Err(expected.clone()), "{change:?}");
        assert_eq!(dump(&state), before, "{change:?}");
        assert!(!expected.to_string().is_empty());
        seen.insert(kind_of(&expected));
    }
    // An address is no part of a change: it is taken beside the log.
    let mut state = world.state.clone();
    let taken = state.set_profile(tom, Profile::new("Tom", "ANNA@example.com")).unwrap_err();
    assert_eq!(taken, Misfit::EmailTaken { email: text("ANNA@example.com") });
    assert_eq!(dump(&state), before);
    seen.insert(kind_of(&taken));
    assert_eq!(seen, (0..15).collect(), "every misfit has a row, here or in `fits_ties`");
}

/// A number for each kind of misfit: a new kind does not compile until it has one.
pub fn kind_of(misfit: &Misfit) -> usize {
    match misfit {
        Misfit::Name { .. } => 0,
        Misfit::NameTaken { .. } => 1,
        Misfit::EmailTaken { .. } => 2,
        Misfit::Gone { .. } => 3,
        Misfit::Exists { .. } => 4,
        Misfit::Overtaken { .. } => 5,
        Misfit::UnknownPermission { .. } => 6,
        Misfit::UnknownArea { .. } => 7,
        Misfit::BuiltIn { .. } => 8,
        Misfit::AboveLevel { .. } => 9,
        Misfit::Misplaced { .. } => 10,
        Misfit::InUse { .. } => 11,
        Misfit::ReversedWindow => 12,
        Misfit::DelegationChain { .. } => 13,
        Misfit::Pack(_) => 14,
        Misfit::TooDeep { .. } => 15,
        Misfit::Cycle { .. } => 16,
        Misfit::OtherTenant { .. } => 17,
        Misfit::NotShared { .. } => 18,
        Misfit::Unrelated { .. } => 19,
        Misfit::UnknownProperty { .. } => 20,
        Misfit::Limits(_) => 21,
    }
}

#[test]
fn a_role_is_granted_on_its_level_and_beneath_alone() {
    let Cast { mut world, tom, shop, .. } = cast();
    let id = RoleId::from_bits(900);
    let low = Role { level: Level::Application, ..role(id, "Low", &["rollback", "access.manage"]) };
    world.apply(Change::RoleCreated { role: low });
    let above = world.giving(tom, id, ROOT);
    let refused = world.state.apply(&above);
    assert_eq!(refused, Err(Misfit::AboveLevel { role: "Low".into(), what: "Example".into() }));
    world.give(tom, id, shop);
}

#[test]
fn an_own_pack_refers_to_nothing_that_is_not_there() {
    let mut world = World::new();
    let mut unknown_holder = Pack::clone(&pack("library", "Library"));
    unknown_holder.kinds[0].within.push("castle".into());
    let mut unknown_permission = Pack::clone(&pack("library", "Library"));
    unknown_permission.kinds[0].create = "castle.build".into();
    let mut delegating = Pack::clone(&pack("library", "Library"));
    delegating.permissions[0].delegates = vec!["member".into()];
    let unknown =
        |at: &str, what: &str| Misfit::Pack(BadPack::Unknown { at: at.to_owned(), what: what.to_owned() });
    let delegates = BadPack::ShippedOnly { at: "permission library.add, delegates".into() };
    for (bad, reason) in [
        (unknown_holder, unknown("kind library-book, within", "castle")),
        (unknown_permission, unknown("kind library-book, create", "castle.build")),
        (delegating, Misfit::Pack(delegates)),
    ] {
        assert_eq!(world.state.apply(&Change::PackInstalled { pack: Arc::new(bad) }), Err(reason));
    }
    world.apply(Change::PackInstalled { pack: pack("library", "Library") });
}

#[test]
fn names_are_free_again_when_given_up() {
    let Cast { mut world, tester, .. } = cast();
    world.apply(Change::RoleRenamed { role: tester, was: "Tester".into(), now: "TESTER".into() });
    world.apply(Change::RoleRenamed { role: tester, was: "TESTER".into(), now: "Checker".into() });
    world.role("Tester", &[]);
    assert!(
        world
            .state
            .apply(&Change::RoleCreated { role: role(RoleId::from_bits(901), "checker", &[]) })
            .is_err()
    );
}

#[test]
fn an_id_of_somebody_who_was_removed_is_never_given_again() {
    let mut world = World::new();
    let mia = world.person("Mia");
    world.apply(Change::UserRemoved { user: mia, status: Status::Active, called: "Former user".into() });
    assert_eq!(world.state.former(mia), Some("Former user"));
    assert!(world.state.person_by_email("mia@example.com").is_none());
    let again = world.state.apply(&Change::UserAdded { user: mia, status: Status::Invited });
    assert_eq!(again, Err(Misfit::Exists { what: "person".into() }));
}

#[test]
fn a_list_of_changes_fits_whole_or_not_at_all() {
    let Cast { mut world, tom, tester, .. } = cast();
    let before = dump(&world.state);
    let changes = [
        Change::PermissionRemoved { role: tester, permission: "rollback".into() },
        Change::UserDeactivated { user: tom },
        Change::UserDeactivated { user: tom },
        Change::UserReactivated { user: tom },
    ];
    let refused = world.state.apply_all(&changes);
    assert_eq!(refused, Err((2, Misfit::Overtaken { what: "Tom".into() })));
    assert_eq!(dump(&world.state), before);
    assert_eq!(world.state.apply_all(&changes[..2]), Ok(()));
    assert_ne!(dump(&world.state), before);
}
