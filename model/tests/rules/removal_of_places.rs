//! Removing places, robots and people takes along all that hangs on them, and leaves what is shared elsewhere.

use crate::dump::{dump, rebuilt};
use crate::world::{NOW, ROOT, World, object};
use model::change::{Change, expand, inverse};
use model::grant::{Grant, Window};
use model::id::{GrantId, ObjectId, RoleId, ServiceAccountId, UserId};
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::object::{Bearer, How, Level, Link, Object};
use model::person::{ServiceAccount, Status};
use model::role::{Owner, Role};

/// *North* with *HR* and, in it, *Payroll*; *Finance* beside them, into which a robot and a machine of HR are
/// shared. The robot has an account, an asset, and a limit that names it; Tom owns a process.
struct Office {
    world: World,
    north: ObjectId,
    hr: ObjectId,
    finance: ObjectId,
    robot: ObjectId,
    machine: ObjectId,
    process: ObjectId,
    account: ServiceAccountId,
    tom: UserId,
    on_both: Grant,
    on_robot: Grant,
}

fn office() -> Office {
    let mut world = World::with(&["automation", "packaging"]);
    let north = world.object("tenant", "North", ROOT);
    let [hr, finance] = ["HR", "Finance"].map(|name| world.object("folder", name, north));
    let payroll = world.object("folder", "Payroll", hr);
    let robot = world.object("robot", "One", payroll);
    let other = world.object("robot", "Two", finance);
    let machine = world.object("machine", "Press", hr);
    let process = world.object("process", "Pay", payroll);
    let asset = world.object("asset", "Password", hr);
    let environment = world.object("environment", "Staging", hr);
    world.share(robot, finance);
    world.share(machine, finance);
    for holder in [hr, finance] {
        world.apply(Change::Linked { link: Link { object: machine, holder, how: How::PassedDown } });
    }
    world.relate("robot-assets", robot, asset);
    world.relate("environment-robots", environment, robot);
    world.relate("machine-robots", machine, robot);
    let account = ServiceAccountId::from_bits(world.bits());
    let (name, description) = ("One's".to_owned(), String::new());
    world.apply(Change::ServiceAccountAdded {
        account: ServiceAccount { id: account, name, description, robot: Some(robot), disabled: false },
    });
    let tom = world.person("Tom");
    let starter = world.role("Starter", &["processes.start", "robots.use"]);
    world.give(account, starter, hr);
    world.give(tom, starter, robot);
    let limited = |world: &mut World, robots: &[ObjectId]| {
        let plain = world.grant(tom, starter, north, Window::ALWAYS);
        let test = Test::In(robots.iter().map(|robot| Value::Place(*robot)).collect());
        let one = Comparison::new(Property::new(Side::Context, "robot"), test);
        let grant = Grant { limits: Limits::new(vec![one]), ..plain };
        world.apply(Change::GrantAdded { grant: grant.clone() });
        grant
    };
    let on_both = limited(&mut world, &[robot, other]);
    let on_robot = limited(&mut world, &[robot]);
    for (of, property, now) in [
        (Bearer::Object(process), "owner", Value::Person(tom)),
        (Bearer::Object(robot), "owner", Value::Person(tom)),
    ] {
        world.apply(Change::PropertySet { of, property: property.into(), was: None, now: Some(now) });
    }
    let own = RoleId::from_bits(world.bits());
    let plain = crate::world::role(own, "Of North", &["tenants.view"]);
    world.apply(Change::RoleCreated {
        role: Role { level: Level::Tenant, owner: Owner::Tenant(north), ..plain },
    });
    world.give(tom, own, north);
    Office { world, north, hr, finance, robot, machine, process, account, tom, on_both, on_robot }
}

fn removal(world: &World, id: ObjectId) -> Change {
    Change::ObjectRemoved { object: world.state.object(id).unwrap().clone() }
}

impl Office {
    /// The state afterwards; it holds together, and all comes back when it is taken back.
    fn without(&self, change: Change) -> model::state::State {
        let before = &self.world.state;
        assert!(before.clone().apply(&change).is_err(), "bare, it does not fit: {change:?}");
        let expanded = expand(before, &[change]);
        let mut after = before.clone();
        after.apply_all(&expanded).unwrap();
        assert_eq!(dump(&rebuilt(&after)), dump(&after));
        assert_eq!(expand(before, &expanded), expanded, "what is expanded stays as it is");
        if let Some(back) = inverse(&expanded) {
            let mut again = after.clone();
            again.apply_all(&back).unwrap();
            assert_eq!(dump(&again), dump(before), "all of it comes back");
        }
        after
    }
}

#[test]
fn a_folder_goes_with_all_that_is_in_it_but_what_is_shared_elsewhere_stays_there() {
    let office = office();
    let after = office.without(removal(&office.world, office.hr));
    assert!(after.object(office.hr).is_none() && after.object(office.process).is_none());
    for kept in [office.robot, office.machine] {
        assert_eq!(after.placements(kept).collect::<Vec<_>>(), [office.finance]);
    }
    let passed = Link { object: office.machine, holder: office.finance, how: How::PassedDown };
    assert!(after.is_linked(&passed), "what was passed down there still is");
    assert!(after.service_account(office.account).is_some(), "the robot is still there, and so its account");
    let of_account: Vec<_> = after.grants_of(model::grant::Subject::ServiceAccount(office.account)).collect();
    assert_eq!(of_account, [], "what it had on the folder is gone with the folder");
    assert_eq!(after.properties(Bearer::Object(office.robot)).len(), 1, "its owner stays");
}

#[test]
fn a_robot_goes_with_its_account_and_leaves_the_limits_that_name_it() {
    let office = office();
    let after = office.without(removal(&office.world, office.robot));
    assert!(after.object(office.robot).is_none() && after.service_account(office.account).is_none());
    assert_eq!(after.grant(office.on_robot.id), None, "what was for this robot alone is gone");
    let left = after.grant(office.on_both.id).unwrap();
    let named: Vec<_> = left.limits.iter().flat_map(|one| one.values().unwrap().to_vec()).collect();
    assert!(named.len() == 1 && named[0] != Value::Place(office.robot), "what was for two is for the other");
    assert!(after.links().iter().all(|link| link.object != office.robot && link.holder != office.robot));
}

#[test]
fn a_tenant_goes_with_its_folders_and_its_roles() {
    let office = office();
    let after = office.without(removal(&office.world, office.north));
    assert!(after.roles_owned_by(Owner::Tenant(office.north)).is_empty());
    assert_eq!(after.objects().count(), 1, "the organization alone");
    assert_eq!(after.grants().count(), 1, "Anna's");
    assert!(after.links().is_empty() && after.all_properties().next().is_none());
}

#[test]
fn a_person_who_owns_something_goes_and_it_belongs_to_nobody() {
    let office = office();
    let gone = Change::UserRemoved { user: office.tom, status: Status::Active, called: "Former".into() };
    let after = office.without(gone);
    assert!(after.properties(Bearer::Object(office.process)).is_empty());
    assert!(after.limited_grants().next().is_none());
}

#[test]
fn a_placement_that_ends_takes_what_is_passed_down_there_along() {
    let mut office = office();
    let link = Link { object: office.machine, holder: office.finance, how: How::Shared };
    let anna = office.world.anna;
    assert_eq!(office.world.save(anna, &[Change::Unlinked { link }]), Ok(()));
    let passed = Link { object: office.machine, holder: office.finance, how: How::PassedDown };
    assert!(!office.world.state.is_linked(&passed));
}

#[test]
fn what_is_passed_down_at_its_first_place_is_no_longer_when_it_moves() {
    let mut office = office();
    let beside = office.world.object("folder", "Beside", office.north);
    let moved = Change::ObjectMoved { object: office.machine, was: office.hr, now: beside };
    let anna = office.world.anna;
    assert_eq!(office.world.save(anna, &[moved]), Ok(()));
    let passed = office.world.state.holders(office.machine).filter(|link| link.how == How::PassedDown);
    assert_eq!(passed.map(|link| link.holder).collect::<Vec<_>>(), [office.finance]);
}

#[test]
fn a_thing_moves_into_a_place_that_it_was_shared_into_and_is_there_once() {
    let mut office = office();
    let was = office.world.state.object(office.robot).unwrap().parent.unwrap();
    let moved = Change::ObjectMoved { object: office.robot, was, now: office.finance };
    let anna = office.world.anna;
    let before = dump(&office.world.state);
    let expanded = expand(&office.world.state, std::slice::from_ref(&moved));
    assert_eq!(office.world.save(anna, &[moved]), Ok(()));
    assert_eq!(office.world.state.placements(office.robot).collect::<Vec<_>>(), [office.finance]);
    office.world.state.apply_all(&inverse(&expanded).unwrap()).unwrap();
    assert_eq!(dump(&office.world.state), before);
}

#[test]
fn who_may_not_remove_it_from_another_folder_does_not_remove_what_is_shared() {
    let mut office = office();
    let keeper = office.world.role("Keeper", &["tenant-robots.delete", "tenant-robots.edit"]);
    let carl = office.world.person("Carl");
    office.world.give(carl, keeper, office.hr);
    let gone = removal(&office.world, office.robot);
    assert!(office.world.save_at(carl, std::slice::from_ref(&gone), NOW).is_err());
    let renamed = Change::ObjectRenamed { object: office.robot, was: "One".into(), now: "Uno".into() };
    assert!(office.world.save(carl, std::slice::from_ref(&renamed)).is_err(), "nor renames it");
    office.world.give(carl, keeper, office.finance);
    assert_eq!(office.world.save(carl, &[renamed]), Ok(()));
}

#[test]
fn a_removal_of_nothing_leaves_all_as_it_was() {
    let office = office();
    let nothing: Object = object(ObjectId::from_bits(7), "folder", "Nothing", office.hr);
    let expanded = expand(&office.world.state, &[Change::ObjectRemoved { object: nothing }]);
    let mut after = office.world.state.clone();
    assert!(after.apply_all(&expanded).is_err());
    assert_eq!(dump(&after), dump(&office.world.state));
    assert!(after.grant(GrantId::from_bits(7)).is_none());
}
