//! Handing out access without giving a role: by moving, sharing, passing down, relating, and by a property that a
//! limit reads. And what is held narrowly is handed on as narrowly.

use crate::world::{NOW, ROOT, World, window};
use model::change::Change;
use model::grant::{Grant, Window};
use model::guard::Refusal;
use model::id::{ObjectId, RoleId, UserId};
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::object::{Bearer, How, Link};

/// Carl may shape both folders of the tenant and give access there, and holds *Start* on the first alone.
struct Hands {
    world: World,
    carl: UserId,
    first: ObjectId,
    second: ObjectId,
    process: ObjectId,
    robot: ObjectId,
    starter: RoleId,
}

fn hands() -> Hands {
    let mut world = World::with(&["automation"]);
    let tenant = world.object("tenant", "North", ROOT);
    let [first, second] = ["First", "Second"].map(|name| world.object("folder", name, tenant));
    let process = world.object("process", "Pay", second);
    let robot = world.object("robot", "One", second);
    let carl = world.person("Carl");
    let shaper = world.role(
        "Shaper",
        &[
            "access.manage",
            "subfolders.edit",
            "subfolders.create",
            "processes.create",
            "processes.edit",
            "tenant-robots.create",
            "tenant-robots.edit",
            "tenant-machines.create",
            "tenant-machines.edit",
            "environments.create",
            "environments.edit",
            "roles.manage",
        ],
    );
    world.give(carl, shaper, tenant);
    let starter = world.role("Starter", &["processes.start", "robots.use"]);
    world.give(carl, starter, first);
    Hands { world, carl, first, second, process, robot, starter }
}

#[track_caller]
fn not_his(refusal: &Refusal) {
    assert!(matches!(refusal, Refusal::NotYours { .. }), "{refusal:?}");
}

fn limited(key: &str, test: Test, of: Side) -> Limits {
    Limits::new(vec![Comparison::new(Property::new(of, key), test)])
}

fn on_robots(robots: &[ObjectId]) -> Limits {
    limited("robot", Test::In(robots.iter().map(|robot| Value::Place(*robot)).collect()), Side::Context)
}

impl Hands {
    fn link(&self, object: ObjectId, holder: ObjectId, how: How) -> Change {
        let _ = self;
        Change::Linked { link: Link { object, holder, how } }
    }

    fn giving(&mut self, to: UserId, object: ObjectId, window: Window, limits: Limits) -> Change {
        let plain = self.world.grant(to, self.starter, object, window);
        Change::GrantAdded { grant: Grant { limits, ..plain } }
    }
}

#[test]
fn a_thing_is_not_moved_to_where_its_mover_may_do_more() {
    let mut h = hands();
    let moved = Change::ObjectMoved { object: h.process, was: h.second, now: h.first };
    not_his(&h.world.refuses(h.carl, &[moved]));
    h.world.give(h.carl, h.starter, h.second);
    let moved = Change::ObjectMoved { object: h.process, was: h.second, now: h.first };
    assert_eq!(h.world.save(h.carl, &[moved]), Ok(()), "who holds it in both gains nothing");
}

#[test]
fn nor_is_it_moved_away_from_who_holds_what_the_mover_does_not() {
    let mut h = hands();
    let mia = h.world.person("Mia");
    h.world.give(mia, h.starter, h.second);
    let third = h.world.object("folder", "Third", h.second);
    let away = Change::ObjectMoved { object: h.process, was: h.second, now: h.first };
    not_his(&h.world.refuses(h.carl, &[away]));
    let within = Change::ObjectMoved { object: h.process, was: h.second, now: third };
    assert_eq!(h.world.save(h.carl, &[within]), Ok(()), "Mia keeps it beneath");
}

#[test]
fn a_folder_is_not_moved_with_all_that_is_in_it() {
    let mut h = hands();
    let moved = Change::ObjectMoved {
        object: h.second,
        was: h.world.state.object(h.second).unwrap().parent.unwrap(),
        now: h.first,
    };
    not_his(&h.world.refuses(h.carl, &[moved]));
}

#[test]
fn a_robot_is_not_shared_into_a_folder_where_its_sharer_may_do_more() {
    let mut h = hands();
    let shared = h.link(h.robot, h.first, How::Shared);
    not_his(&h.world.refuses(h.carl, std::slice::from_ref(&shared)));
    let anna = h.world.anna;
    assert_eq!(h.world.save(anna, std::slice::from_ref(&shared)), Ok(()));
    // Nor taken out again, which takes it from all who have it by that folder.
    let mia = h.world.person("Mia");
    let other = h.world.role("Other", &["robots.view"]);
    h.world.give(mia, other, h.first);
    not_his(&h.world.refuses(h.carl, &[shared.inverse().unwrap()]));
}

#[test]
fn a_machine_is_not_passed_down_to_folders_where_somebody_holds_more() {
    let mut h = hands();
    let machine = h.world.object("machine", "Press", h.second);
    let beneath = h.world.object("folder", "Beneath", h.second);
    let mia = h.world.person("Mia");
    let keeper = h.world.role("Keeper", &["tenant-machines.view"]);
    h.world.give(mia, keeper, beneath);
    let passed = h.link(machine, h.second, How::PassedDown);
    not_his(&h.world.refuses(h.carl, std::slice::from_ref(&passed)));
    assert!(!h.world.may(mia, "tenant-machines.view", machine));
    let anna = h.world.anna;
    assert_eq!(h.world.save(anna, &[passed]), Ok(()));
    assert!(h.world.may(mia, "tenant-machines.view", machine));
}

#[test]
fn a_robot_is_not_put_into_an_environment_on_which_somebody_holds_more() {
    let mut h = hands();
    let environment = h.world.object("environment", "Staging", h.second);
    let mia = h.world.person("Mia");
    h.world.give(mia, h.starter, environment);
    let put = h.link(h.robot, environment, How::Related("environment-robots".into()));
    not_his(&h.world.refuses(h.carl, std::slice::from_ref(&put)));
    let anna = h.world.anna;
    assert_eq!(h.world.save(anna, std::slice::from_ref(&put)), Ok(()));
    assert!(h.world.may(mia, "robots.use", h.robot));
    not_his(&h.world.refuses(h.carl, &[put.inverse().unwrap()]));
}

#[test]
fn the_owner_of_a_thing_is_not_set_where_a_limit_reads_it() {
    let mut h = hands();
    let mia = h.world.person("Mia");
    let own = Limits::new(vec![Comparison::own_items()]);
    let given = h.giving(mia, h.second, Window::ALWAYS, own);
    h.world.apply(given);
    let set = |now| Change::PropertySet {
        of: Bearer::Object(h.process),
        property: "owner".into(),
        was: None,
        now: Some(Value::Person(now)),
    };
    assert!(!h.world.may(mia, "processes.start", h.process));
    let to_mia = set(mia);
    not_his(&h.world.refuses(h.carl, std::slice::from_ref(&to_mia)));
    let anna = h.world.anna;
    assert_eq!(h.world.save(anna, &[to_mia]), Ok(()));
    assert!(h.world.may(mia, "processes.start", h.process));
}

#[test]
fn what_is_held_for_a_time_or_for_robots_is_handed_on_as_narrowly() {
    let mut h = hands();
    let [r, s, t] = ["R", "S", "T"].map(|name| h.world.object("robot", name, h.second));
    let until = window(None, Some(NOW + 10));
    let plain = h.world.grant(h.carl, h.starter, h.second, until);
    h.world.apply(Change::GrantAdded { grant: Grant { limits: on_robots(&[r, s]), ..plain } });
    let mia = h.world.person("Mia");
    for (limits, window, passes) in [
        (on_robots(&[r]), until, true),
        (on_robots(&[s, r]), window(Some(NOW + 1), Some(NOW + 9)), true),
        (on_robots(&[r]), Window::ALWAYS, false),
        (on_robots(&[r]), window(None, Some(NOW + 11)), false),
        (on_robots(&[r, t]), until, false),
        (on_robots(&[t]), until, false),
        (Limits::NONE, until, false),
        (Limits::new(vec![Comparison::own_items()]), until, false),
    ] {
        let given = h.giving(mia, h.second, window, limits.clone());
        let saved = h.world.save(h.carl, std::slice::from_ref(&given));
        assert_eq!(saved.is_ok(), passes, "{limits:?} {window:?}: {saved:?}");
        if passes {
            h.world.apply(given.inverse().unwrap());
        }
    }
}

#[test]
fn own_items_of_one_person_are_not_handed_on() {
    let mut h = hands();
    let own = Limits::new(vec![Comparison::own_items()]);
    let carls = h.giving(h.carl, h.second, Window::ALWAYS, own.clone());
    h.world.apply(carls);
    let mia = h.world.person("Mia");
    let given = h.giving(mia, h.second, Window::ALWAYS, own);
    not_his(&h.world.refuses(h.carl, &[given]));
}

#[test]
fn what_its_holder_can_never_use_is_not_handed_on() {
    let mut h = hands();
    h.world.lab();
    let mia = h.world.person("Mia");
    let department = |of, now: &str| Change::PropertySet {
        of: Bearer::User(of),
        property: "department".into(),
        was: None,
        now: Some(Value::Text(now.into())),
    };
    let hr = limited("department", Test::Equals(Value::Text("HR".into())), Side::Subject);
    let carls = h.giving(h.carl, h.second, Window::ALWAYS, hr.clone());
    h.world.apply(carls);
    h.world.apply(department(mia, "HR"));
    // Carl is of no department: to start here is not his, and so not his to give.
    assert!(!h.world.may(h.carl, "processes.start", h.process));
    let given = h.giving(mia, h.second, Window::ALWAYS, hr);
    not_his(&h.world.refuses(h.carl, std::slice::from_ref(&given)));
    h.world.apply(department(h.carl, "HR"));
    assert!(h.world.may(h.carl, "processes.start", h.process));
    assert_eq!(h.world.save(h.carl, &[given]), Ok(()));
}

#[test]
fn a_property_that_limits_a_permission_itself_is_set_by_who_holds_it_on_every_kind_that_it_is_for() {
    let mut h = hands();
    h.world.lab();
    let opener = h.world.role("Opener", &["lab.open"]);
    h.world.give(h.carl, opener, h.second);
    let mia = h.world.person("Mia");
    let runner = h.world.role("Runner", &["lab.run"]);
    h.world.give(mia, runner, h.second);
    for (kind, name) in [("sample", "Blood"), ("bench", "Wide")] {
        let thing = h.world.object(kind, name, h.second);
        let set = Change::PropertySet {
            of: Bearer::Object(thing),
            property: "critical".into(),
            was: None,
            now: Some(Value::Truth(false)),
        };
        not_his(&h.world.refuses(h.carl, std::slice::from_ref(&set)));
        let anna = h.world.anna;
        assert_eq!(h.world.save(anna, &[set]), Ok(()));
        assert!(h.world.may(mia, "lab.run", thing), "{kind}");
    }
}
