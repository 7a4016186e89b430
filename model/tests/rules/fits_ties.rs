//! Whether a change of places, ties, properties, limits and service accounts fits: one row for each way in
//! which it does not, and the state is as it was.

use crate::dump::dump;
use crate::fits::kind_of;
use crate::random::library;
use crate::world::{ROOT, World, object};
use model::catalog::Pack;
use model::change::Change;
use model::grant::{Grant, Window};
use model::id::{ObjectId, RoleId, ServiceAccountId, UserId};
use model::limit::{BadLimits, Comparison, Limits, MOST, Property, Side, Test, Value};
use model::misfit::Misfit;
use model::object::{Bearer, How, Level, Link};
use model::person::{ServiceAccount, Status};
use model::role::{Owner, Role};
use std::collections::BTreeSet;
use std::sync::Arc;

const NOTHING: ObjectId = ObjectId::from_bits(7);

struct Cast {
    world: World,
    north: ObjectId,
    south: ObjectId,
    /// Seven folders, each in the one before; then one beside them, and one of the other tenant.
    nested: Vec<ObjectId>,
    beside: ObjectId,
    foreign: ObjectId,
    robot: ObjectId,
    process: ObjectId,
    machine: ObjectId,
    environment: ObjectId,
    account: ServiceAccountId,
    tom: UserId,
    /// A role of North.
    own: RoleId,
}

fn cast() -> Cast {
    let mut world = World::with(&["automation", "packaging"]);
    world.lab();
    let [north, south] = ["North", "South"].map(|name| world.object("tenant", name, ROOT));
    let mut nested = vec![world.object("folder", "Level 1", north)];
    for level in 2..8 {
        let parent = nested[nested.len() - 1];
        nested.push(world.object("folder", &format!("Level {level}"), parent));
    }
    let beside = world.object("folder", "Beside", north);
    world.object("folder", "Inner", beside);
    let foreign = world.object("folder", "Foreign", south);
    let robot = world.object("robot", "One", nested[0]);
    world.object("queue", "One too", beside);
    let process = world.object("process", "Pay", nested[0]);
    let machine = world.object("machine", "Press", nested[0]);
    let environment = world.object("environment", "Staging", nested[0]);
    world.relate("machine-robots", machine, robot);
    let tom = world.person("Tom");
    let own = RoleId::from_bits(world.bits());
    let plain = crate::world::role(own, "Of North", &["tenants.view"]);
    world.apply(Change::RoleCreated {
        role: Role { level: Level::Tenant, owner: Owner::Tenant(north), ..plain },
    });
    let account = ServiceAccountId::from_bits(world.bits());
    world.apply(Change::ServiceAccountAdded { account: service(account, "Nightly", None) });
    Cast {
        world,
        north,
        south,
        nested,
        beside,
        foreign,
        robot,
        process,
        machine,
        environment,
        account,
        tom,
        own,
    }
}

fn service(id: ServiceAccountId, name: &str, robot: Option<ObjectId>) -> ServiceAccount {
    ServiceAccount { id, name: name.into(), description: String::new(), robot, disabled: false }
}

fn shared(object: ObjectId, holder: ObjectId) -> Change {
    Change::Linked { link: Link { object, holder, how: How::Shared } }
}

fn related(key: &str, holder: ObjectId, object: ObjectId) -> Change {
    Change::Linked { link: Link { object, holder, how: How::Related(key.into()) } }
}

fn moved(object: ObjectId, was: ObjectId, now: ObjectId) -> Change {
    Change::ObjectMoved { object, was, now }
}

/// Each change is refused for its reason; says which kinds of reason there were.
fn all_refused(world: &World, table: Vec<(Change, Misfit)>) -> BTreeSet<usize> {
    let before = dump(&world.state);
    let mut seen = BTreeSet::new();
    for (change, expected) in table {
        let mut state = world.state.clone();
        assert_eq!(state.apply(&change), Err(expected.clone()), "{change:?}");
        assert_eq!(dump(&state), before, "{change:?}");
        assert!(!expected.to_string().is_empty());
        seen.insert(kind_of(&expected));
    }
    seen
}

fn gone(what: &str) -> Misfit {
    Misfit::Gone { what: what.into() }
}

fn exists(what: &str) -> Misfit {
    Misfit::Exists { what: what.into() }
}

fn overtaken(what: &str) -> Misfit {
    Misfit::Overtaken { what: what.into() }
}

#[test]
fn places_and_ties_that_do_not_fit_are_refused() {
    let c = cast();
    let cycle = |what: &str| Misfit::Cycle { what: what.into() };
    let deep = |what: &str| Misfit::TooDeep { what: what.into(), deepest: 8 };
    let other = |what: &str| Misfit::OtherTenant { what: what.into() };
    let misplaced = |what: &str| Misfit::Misplaced { what: what.into() };
    let unrelated = |what: &str, other: &str| Misfit::Unrelated { what: what.into(), other: other.into() };
    let taken = |name: &str| Misfit::NameTaken { what: "something here".into(), name: name.into() };
    let [first, second, last] = [c.nested[0], c.nested[1], c.nested[6]];
    let passed = |object, holder| Change::Linked { link: Link { object, holder, how: How::PassedDown } };
    let cut = |object, holder, how| Change::Unlinked { link: Link { object, holder, how } };
    let folder =
        |name: &str, parent| Change::ObjectCreated { object: object(NOTHING, "folder", name, parent) };
    let seen = all_refused(
        &c.world,
        vec![
            // An eighth level, made or moved; cycles; orphans.
            (folder("Level 8", last), deep("Level 8")),
            (moved(c.beside, c.north, c.nested[5]), deep("Beside")),
            (moved(first, c.north, first), cycle("Level 1")),
            (moved(first, c.north, last), cycle("Level 1")),
            (moved(first, c.north, NOTHING), gone("place")),
            (moved(NOTHING, c.north, first), gone("place")),
            (folder("New", NOTHING), gone("place")),
            (folder("level 2", first), taken("level 2")),
            (moved(second, c.north, first), overtaken("Level 2")),
            (moved(second, first, first), overtaken("Level 2")),
            (moved(c.robot, first, c.north), misplaced("One")),
            (moved(ROOT, ROOT, first), overtaken("Example")),
            // Tenants share nothing.
            (moved(second, first, c.foreign), other("Foreign")),
            (moved(second, first, c.south), other("South")),
            (shared(c.robot, c.foreign), other("Foreign")),
            // What is shared, and where.
            (shared(c.process, c.beside), Misfit::NotShared { what: "Pay".into() }),
            (shared(c.beside, first), Misfit::NotShared { what: "Beside".into() }),
            (shared(c.robot, first), exists("placement")),
            (shared(c.robot, c.environment), misplaced("One")),
            (shared(c.robot, c.robot), cycle("One")),
            (shared(c.robot, NOTHING), gone("place")),
            (shared(NOTHING, first), gone("place")),
            (cut(c.robot, c.beside, How::Shared), gone("tie")),
            // What is passed down.
            (passed(c.robot, first), unrelated("One", "Level 1")),
            (passed(c.machine, c.beside), unrelated("Press", "Beside")),
            (cut(c.machine, first, How::PassedDown), gone("tie")),
            // What is related.
            (related("environment-robots", c.environment, c.process), unrelated("Pay", "Staging")),
            (related("environment-robots", c.robot, c.environment), unrelated("Staging", "One")),
            (related("no-such-relation", c.environment, c.robot), unrelated("One", "Staging")),
            (related("machine-robots", c.machine, c.robot), exists("tie")),
            (related("environment-robots", NOTHING, c.robot), gone("place")),
            (cut(c.robot, c.environment, How::Related("environment-robots".into())), gone("tie")),
        ],
    );
    assert_eq!(seen, [1, 3, 4, 5, 10, 15, 16, 17, 18, 19].into());
}

#[test]
fn a_name_is_taken_in_every_place_that_holds_the_thing() {
    let mut c = cast();
    c.world.share(c.robot, c.beside);
    let queue = Change::ObjectRenamed { object: c.robot, was: "One".into(), now: "ONE TOO".into() };
    let taken = Misfit::NameTaken { what: "something here".into(), name: "ONE TOO".into() };
    let other = c.world.object("robot", "Two", c.nested[1]);
    let one_too = c.world.object("robot", "One too", c.nested[2]);
    let machine = c.world.object("machine", "Big", c.beside);
    c.world.relate("machine-robots", machine, other);
    all_refused(
        &c.world,
        vec![
            (queue, taken),
            (
                shared(one_too, c.beside),
                Misfit::NameTaken { what: "something here".into(), name: "One too".into() },
            ),
            // A robot runs on one machine.
            (related("machine-robots", machine, c.robot), overtaken("One")),
            // What is passed down hangs on its placement, and what is shared there has its place already.
            (moved(c.robot, c.nested[0], c.beside), Misfit::InUse { what: "One".into() }),
        ],
    );
}

#[test]
fn properties_and_service_accounts_that_do_not_fit_are_refused() {
    let c = cast();
    let set = |of, property: &str, was: Option<Value>, now: Option<Value>| Change::PropertySet {
        of,
        property: property.into(),
        was,
        now,
    };
    let unknown =
        |what: &str, property: &str| Misfit::UnknownProperty { what: what.into(), property: property.into() };
    let (robot, process, tom) = (Bearer::Object(c.robot), Bearer::Object(c.process), Bearer::User(c.tom));
    let text = |text: &str| Some(Value::Text(text.into()));
    let added = |id, name: &str, robot| Change::ServiceAccountAdded { account: service(id, name, robot) };
    let fresh = ServiceAccountId::from_bits(900);
    let renamed = |account, was: &str, now: &str| Change::ServiceAccountRenamed {
        account,
        was: was.into(),
        now: now.into(),
    };
    let taken = Misfit::NameTaken { what: "a service account".into(), name: "NIGHTLY".into() };
    let seen = all_refused(
        &c.world,
        vec![
            (set(robot, "colour", None, text("red")), unknown("One", "colour")),
            (set(robot, "owner", None, text("Tom")), unknown("One", "owner")),
            (set(robot, "department", None, text("HR")), unknown("One", "department")),
            (set(tom, "owner", None, Some(Value::Person(c.tom))), unknown("Tom", "owner")),
            (
                set(Bearer::Object(c.machine), "home", None, Some(Value::Place(c.beside))),
                unknown("Press", "home"),
            ),
            (set(robot, "robot", None, Some(Value::Place(c.robot))), unknown("One", "robot")),
            (set(process, "owner", None, Some(Value::Person(UserId::from_bits(7)))), gone("person")),
            (set(process, "home", None, Some(Value::Place(NOTHING))), gone("place")),
            (set(process, "owner", None, None), overtaken("Pay")),
            (set(process, "owner", Some(Value::Person(c.tom)), None), overtaken("Pay")),
            (set(Bearer::Object(NOTHING), "owner", None, None), gone("bearer of a property")),
            (added(c.account, "Other", None), exists("service account")),
            (added(fresh, "NIGHTLY", None), taken),
            (added(fresh, "New", Some(NOTHING)), gone("robot")),
            (added(fresh, "New", Some(c.process)), Misfit::Misplaced { what: "New".into() }),
            (
                Change::ServiceAccountRemoved { account: service(c.account, "Other", None) },
                overtaken("Nightly"),
            ),
            (
                Change::ServiceAccountRemoved { account: service(fresh, "Nightly", None) },
                gone("service account"),
            ),
            (renamed(c.account, "Daily", "Other"), overtaken("Nightly")),
            (renamed(fresh, "Daily", "Other"), gone("service account")),
            (Change::ServiceAccountEnabled { account: c.account }, overtaken("Nightly")),
            (Change::ServiceAccountDisabled { account: fresh }, gone("service account")),
        ],
    );
    assert!(seen.contains(&20));
}

#[test]
fn limits_that_no_question_can_meet_and_grants_beyond_the_tenant_are_refused() {
    let mut c = cast();
    let role = c.world.role("Starter", &["processes.start"]);
    let mut given = |role, object, all: Vec<Comparison>| {
        let plain = c.world.grant(c.tom, role, object, Window::ALWAYS);
        Change::GrantAdded { grant: Grant { limits: Limits::new(all), ..plain } }
    };
    let on = |key: &str, test| Comparison::new(Property::new(Side::Context, key), test);
    let robot = |place| Value::Place(place);
    let mut limited = |all| given(role, c.nested[0], all);
    let many = |count: i64| {
        (0..count)
            .map(|n| Comparison::new(Property::new(Side::Action, "priority"), Test::Equals(Value::Number(n))))
    };
    let values = (0..=i64::try_from(MOST).unwrap()).map(Value::Number).collect();
    let limits = |bad| Misfit::Limits(bad);
    let text = |text: &str| text.to_owned();
    let mut table = vec![
        (limited(vec![on("robot", Test::In(vec![]))]), limits(BadLimits::Empty(text("robot")))),
        (
            limited(vec![on("robot", Test::Equals(Value::Number(1)))]),
            limits(BadLimits::WrongSort(text("robot"))),
        ),
        (limited(vec![on("robot", Test::IsSubject)]), limits(BadLimits::WrongSort(text("robot")))),
        (
            limited(vec![on("colour", Test::Equals(Value::Number(1)))]),
            limits(BadLimits::UnknownProperty(text("colour"))),
        ),
        (
            limited(vec![on("robot", Test::Equals(robot(NOTHING)))]),
            limits(BadLimits::UnknownPlace(text("robot"))),
        ),
        (
            limited(vec![
                on("robot", Test::Equals(robot(c.robot))),
                on("robot", Test::In(vec![robot(c.machine)])),
            ]),
            limits(BadLimits::Contradiction(text("robot"))),
        ),
        (
            limited(vec![Comparison::new(
                Property::new(Side::Object, "owner"),
                Test::Equals(Value::Person(UserId::from_bits(7))),
            )]),
            limits(BadLimits::UnknownPerson(text("owner"))),
        ),
        (limited(many(65).collect()), limits(BadLimits::TooMany(MOST))),
        (
            limited(vec![Comparison::new(Property::new(Side::Action, "priority"), Test::In(values))]),
            limits(BadLimits::TooMany(MOST)),
        ),
    ];
    let (own, north, south, foreign) = (c.own, c.north, c.south, c.foreign);
    let other = Misfit::OtherTenant { what: "Of North".into() };
    let above = Misfit::AboveLevel { role: "Of North".into(), what: "Example".into() };
    table.extend([
        (given(own, south, vec![]), other.clone()),
        (given(own, foreign, vec![]), other),
        (given(own, ROOT, vec![]), above),
    ]);
    let fits = given(own, north, vec![]);
    let seen = all_refused(&c.world, table);
    assert_eq!(seen, [9, 17, 21].into());
    c.world.apply(fits);
}

#[test]
fn a_role_of_a_tenant_belongs_to_one_and_lies_at_its_level() {
    let c = cast();
    let create = |level, owner| Change::RoleCreated {
        role: Role { level, owner, ..crate::world::role(RoleId::from_bits(900), "New", &[]) },
    };
    let above = |what: &str| Misfit::AboveLevel { role: "New".into(), what: what.into() };
    all_refused(
        &c.world,
        vec![
            (create(Level::Tenant, Owner::Tenant(NOTHING)), gone("tenant")),
            (create(Level::Tenant, Owner::Tenant(c.beside)), above("Beside")),
            (create(Level::Organization, Owner::Tenant(c.north)), above("North")),
        ],
    );
}

#[test]
fn what_is_named_in_properties_and_limits_does_not_go_before_they_do() {
    let mut c = cast();
    let role = c.world.role("Starter", &["processes.start"]);
    let plain = c.world.grant(c.account, role, c.nested[0], Window::ALWAYS);
    let on = Comparison::new(Property::new(Side::Context, "robot"), Test::Equals(Value::Place(c.robot)));
    c.world.apply(Change::GrantAdded { grant: Grant { limits: Limits::new(vec![on]), ..plain } });
    c.world.apply(Change::PropertySet {
        of: Bearer::Object(c.process),
        property: "owner".into(),
        was: None,
        now: Some(Value::Person(c.tom)),
    });
    let robot = c.world.state.object(c.robot).unwrap().clone();
    let machine = c.world.state.object(c.machine).unwrap().clone();
    let in_use = |what: &str| Misfit::InUse { what: what.into() };
    all_refused(
        &c.world,
        vec![
            (Change::ObjectRemoved { object: robot }, in_use("One")),
            (Change::ObjectRemoved { object: machine }, in_use("Press")),
            (
                Change::UserRemoved { user: c.tom, status: Status::Active, called: "Former".into() },
                in_use("Tom"),
            ),
            (
                Change::ServiceAccountRemoved { account: service(c.account, "Nightly", None) },
                in_use("Nightly"),
            ),
        ],
    );
}

#[test]
fn a_pack_that_drops_a_permission_in_use_is_refused() {
    let mut world = World::with(&["automation"]);
    let [small, large] = library();
    world.apply(Change::PackInstalled { pack: large.clone() });
    let lender = world.role("Lender", &["library.lend"]);
    let replaced =
        |was: &Arc<Pack>, now: &Arc<Pack>| Change::PackReplaced { was: was.clone(), now: now.clone() };
    all_refused(
        &world,
        vec![
            (replaced(large, small), Misfit::InUse { what: "library.lend".into() }),
            (replaced(small, large), overtaken("Library")),
        ],
    );
    world.apply(Change::PermissionRemoved { role: lender, permission: "library.lend".into() });
    world.apply(replaced(large, small));
    let gone = Misfit::UnknownPermission { permission: "library.lend".into() };
    let again = Change::PermissionAdded { role: lender, permission: "library.lend".into() };
    all_refused(&world, vec![(again, gone)]);
}
