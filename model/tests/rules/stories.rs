//! What people asked for by name and were not given: each sentence is a test.

use crate::world::{NOW, ROOT, World};
use model::action::{self, Answer, Ask};
use model::change::Change;
use model::decide::{Context, Verdict};
use model::explain;
use model::guard::Refusal;
use model::id::{ObjectId, UserId};
use model::limit::{Comparison, Limits, Property, Side, Test, Value};

/// A tenant with the folder *HR*: the processes *Pay* and *Hire*, the robots *One* to *Three* in the environment
/// *HR robots*, and Pia, who has nothing yet.
struct Hr {
    world: World,
    tenant: ObjectId,
    folder: ObjectId,
    pay: ObjectId,
    hire: ObjectId,
    environment: ObjectId,
    robots: [ObjectId; 3],
    pia: UserId,
}

fn hr() -> Hr {
    let mut world = World::with(&["automation"]);
    let tenant = world.object("tenant", "North", ROOT);
    let folder = world.object("folder", "HR", tenant);
    let [pay, hire] = ["Pay", "Hire"].map(|name| world.object("process", name, folder));
    let environment = world.object("environment", "HR robots", folder);
    let robots = ["One", "Two", "Three"].map(|name| world.object("robot", name, folder));
    for robot in robots {
        world.relate("environment-robots", environment, robot);
    }
    let pia = world.person("Pia");
    Hr { world, tenant, folder, pay, hire, environment, robots, pia }
}

impl Hr {
    fn ask(&self, action: &str, object: ObjectId, context: Context) -> Answer {
        let (who, action) = (self.pia.into(), action.to_owned());
        action::ask(&self.world.state, &Ask { who, action, object, at: NOW, context })
    }

    fn may(&self, action: &str, object: ObjectId, names: &[(&str, ObjectId)]) -> bool {
        let named =
            |context: Context, (key, place): &(&str, ObjectId)| context.with(key, Value::Place(*place));
        let context = names.iter().fold(Context::default(), named);
        self.ask(action, object, context).verdict.is_allowed()
    }

    /// Whether Pia may start a process on a robot.
    fn starts(&self, process: ObjectId, robot: ObjectId) -> bool {
        self.may("processes.start", process, &[("robot", robot)])
    }

    fn give(&mut self, role: &str, object: ObjectId) {
        let role = self.world.shipped(role);
        self.world.give(self.pia, role, object);
    }

    fn give_limited(&mut self, role: &str, object: ObjectId, robot: ObjectId) {
        self.give_only(role, object, "robot", robot);
    }

    fn give_only(&mut self, role: &str, object: ObjectId, key: &str, place: ObjectId) {
        let role = self.world.shipped(role);
        let property = Property::new(Side::Context, key);
        let limits = Limits::new(vec![Comparison::new(property, Test::Equals(Value::Place(place)))]);
        let plain = self.world.grant(self.pia, role, object, model::grant::Window::ALWAYS);
        self.world.apply(Change::GrantAdded { grant: model::grant::Grant { limits, ..plain } });
    }
}

#[test]
fn a_person_may_start_one_specific_job_although_the_tenant_has_many() {
    let mut hr = hr();
    hr.give("process-starter", hr.pay);
    hr.give("robot-user", hr.environment);
    assert!(hr.may("processes.start", hr.pay, &[("environment", hr.environment)]));
    assert!(hr.starts(hr.pay, hr.robots[0]));
    assert!(!hr.starts(hr.hire, hr.robots[0]));
    assert!(!hr.may("processes.start", hr.hire, &[("environment", hr.environment)]));
}

#[test]
fn developers_deploy_to_staging_not_to_production() {
    let mut hr = hr();
    let [staging, production] =
        ["Staging", "Production"].map(|name| hr.world.object("environment", name, hr.folder));
    hr.give("automation-developer", hr.folder);
    let to = |hr: &Hr, environment| hr.may("processes.deploy", hr.pay, &[("environment", environment)]);
    let by_folder = (to(&hr, staging), to(&hr, production));
    assert_eq!(by_folder.0, by_folder.1, "on the whole folder, both or neither");
    let developer = hr.world.role("Developer", &["processes.view", "processes.edit"]);
    let pia = hr.world.person("Paul");
    hr.world.give(pia, developer, hr.folder);
    let deployer = hr.world.shipped("environment-deployer");
    hr.world.give(pia, deployer, staging);
    let hr = Hr { pia, ..hr };
    assert!(to(&hr, staging));
    assert!(!to(&hr, production));
    assert!(!hr.may("processes.deploy", hr.pay, &[]), "nor to the folder as a whole");
}

#[test]
fn a_person_may_start_a_job_on_one_specific_robot_of_several_in_the_hr_environment() {
    let mut hr = hr();
    hr.give("process-starter", hr.folder);
    hr.give("robot-user", hr.robots[1]);
    assert_eq!(hr.robots.map(|robot| hr.starts(hr.pay, robot)), [false, true, false]);
    assert!(!hr.may("processes.start", hr.pay, &[("environment", hr.environment)]));
}

#[test]
fn start_without_a_robot_is_refused_to_who_may_use_one_robot_only() {
    let mut hr = hr();
    hr.give("process-starter", hr.folder);
    hr.give("robot-user", hr.robots[1]);
    let refused = hr.ask("processes.start", hr.pay, Context::default());
    assert_eq!(refused.verdict, Verdict::Denied);
    let (who, action) = (hr.pia.into(), "processes.start".to_owned());
    let ask = Ask { who, action, object: hr.pay, at: NOW, context: Context::default() };
    assert_eq!(action::robots_to_name(&hr.world.state, &ask), [hr.robots[1]], "the refusal names it");
    hr.give("robot-user", hr.folder);
    assert!(hr.may("processes.start", hr.pay, &[]), "who may use all of which one is taken");
}

#[test]
fn p_on_r_and_q_on_s_do_not_give_p_on_s() {
    let mut hr = hr();
    let [r, s, _] = hr.robots;
    hr.give_limited("process-starter", hr.pay, r);
    hr.give_limited("process-starter", hr.hire, s);
    hr.give("robot-user", r);
    hr.give("robot-user", s);
    assert_eq!((hr.starts(hr.pay, r), hr.starts(hr.hire, s)), (true, true));
    assert_eq!((hr.starts(hr.pay, s), hr.starts(hr.hire, r)), (false, false));
}

#[test]
fn robots_that_are_for_one_process_only_run_no_other_whatever_is_said() {
    let mut hr = hr();
    let [r, s, _] = hr.robots;
    hr.give("process-starter", hr.pay);
    hr.give_only("robot-user", hr.folder, "process", hr.pay);
    assert!(hr.may("processes.start", hr.pay, &[]) && hr.starts(hr.pay, r));
    // Hire on S was Pia's before, and stays all that she has of it.
    hr.give("process-starter", hr.hire);
    hr.give("robot-user", s);
    assert!(hr.starts(hr.hire, s) && !hr.starts(hr.hire, r));
    let lie = [("robot", r), ("process", hr.pay)];
    assert!(!hr.may("processes.start", hr.hire, &lie), "what is stored wins over what is said");
    let open = hr.ask("processes.start", hr.pay, Context::open());
    assert_eq!(open.verdict, Verdict::Allowed, "the process is known");
    let ask = Ask {
        who: hr.pia.into(),
        action: "processes.start".to_owned(),
        object: hr.hire,
        at: NOW,
        context: Context::default(),
    };
    assert_eq!(action::robots_to_name(&hr.world.state, &ask), [s]);
    // A start on one robot for one process: in a list it depends on the robot, named it is there.
    let mut hr = self::hr();
    let [r, ..] = hr.robots;
    hr.give_only("process-starter", hr.pay, "robot", r);
    hr.give_only("robot-user", r, "process", hr.pay);
    let open = hr.ask("processes.start", hr.pay, Context::open());
    assert_eq!(open.verdict, Verdict::Depends(vec![Property::new(Side::Context, "robot")]));
    assert!(hr.starts(hr.pay, r) && !hr.may("processes.start", hr.pay, &[]));
}

#[test]
fn who_deploys_to_staging_alone_neither_renames_the_process_nor_names_a_robot_of_production() {
    let mut hr = hr();
    let [staging, production] =
        ["Staging", "Production"].map(|name| hr.world.object("environment", name, hr.folder));
    hr.world.relate("environment-robots", production, hr.robots[2]);
    hr.give("environment-deployer", staging);
    hr.give_only("process-editor", hr.folder, "environment", staging);
    let deploys = |names: &[(&str, ObjectId)]| hr.may("processes.deploy", hr.pay, names);
    assert!(deploys(&[("environment", staging)]));
    assert!(!deploys(&[("environment", production)]) && !deploys(&[]));
    assert!(!deploys(&[("environment", staging), ("robot", hr.robots[2])]));
    assert!(!hr.world.may(hr.pia, "processes.edit", hr.pay));
}

#[test]
fn a_trigger_is_no_way_round() {
    let mut hr = hr();
    hr.give("process-starter", hr.pay);
    hr.give("robot-user", hr.robots[0]);
    let clerk = hr.world.role("Trigger clerk", &["triggers.create", "triggers.edit", "triggers.view"]);
    hr.world.give(hr.pia, clerk, hr.folder);
    let makes = |hr: &Hr, process, robot| {
        hr.may("triggers.create", hr.folder, &[("process", process), ("robot", robot)])
    };
    assert!(makes(&hr, hr.pay, hr.robots[0]));
    assert!(!makes(&hr, hr.hire, hr.robots[0]), "a process that Pia may not start");
    assert!(!makes(&hr, hr.pay, hr.robots[1]), "a robot that Pia may not use");
    assert!(!hr.may("triggers.create", hr.folder, &[("process", hr.pay)]), "any robot of the folder");
    let trigger = hr.world.object("trigger", "Monthly", hr.folder);
    hr.world.relate("process-triggers", hr.hire, trigger);
    let names = [("robot", hr.robots[0]), ("process", hr.pay)];
    assert!(!hr.may("triggers.edit", trigger, &names), "what is stored of it wins over what is said");
    let own = hr.world.object("trigger", "Weekly", hr.folder);
    hr.world.relate("process-triggers", hr.pay, own);
    assert!(hr.may("triggers.edit", own, &[("robot", hr.robots[0])]));
}

#[test]
fn business_teams_see_all_of_their_robots_and_may_change_the_passwords_kept_for_them() {
    let mut hr = hr();
    let [own, other, _] = hr.robots;
    let [password, foreign] = ["Password", "Foreign"].map(|name| hr.world.object("asset", name, hr.folder));
    let [schedule, foreign_schedule] =
        ["Nightly", "Daily"].map(|name| hr.world.object("trigger", name, hr.folder));
    for (robot, asset, trigger) in [(own, password, schedule), (other, foreign, foreign_schedule)] {
        hr.world.relate("robot-assets", robot, asset);
        hr.world.relate("robot-triggers", robot, trigger);
    }
    hr.give("robot-owner", own);
    let may = |key, object| hr.world.may(hr.pia, key, object);
    for (key, mine, theirs) in [
        ("robots.view", own, other),
        ("jobs.view", own, other),
        ("logs.view", own, other),
        ("triggers.view", schedule, foreign_schedule),
        ("assets.view", password, foreign),
        ("assets.set-value", password, foreign),
        ("assets.edit", password, foreign),
    ] {
        assert!(may(key, mine), "{key}");
        assert!(!may(key, theirs), "{key} of another robot");
        assert!(!may(key, hr.folder), "{key} in the whole folder");
    }
    assert!(!may("assets.reveal", password), "changed, not read");
    assert!(!may("robots.use", own) && !may("processes.start", hr.pay));
}

/// *HR* and *Finance* share the robot *One*; Pia belongs to HR, Finn to Finance.
fn shared() -> (Hr, ObjectId, ObjectId, UserId) {
    let mut hr = hr();
    let finance = hr.world.object("folder", "Finance", hr.tenant);
    let audit = hr.world.object("process", "Audit", finance);
    hr.world.share(hr.robots[0], finance);
    let finn = hr.world.person("Finn");
    let starter = hr.world.shipped("process-starter");
    let user = hr.world.shipped("robot-user");
    for (person, folder) in [(hr.pia, hr.folder), (finn, finance)] {
        hr.world.give(person, starter, folder);
        hr.world.give(person, user, folder);
    }
    (hr, finance, audit, finn)
}

#[test]
fn a_robot_is_shared_by_several_units_each_with_its_own_jobs() {
    let (hr, _, audit, finn) = shared();
    let robot = hr.robots[0];
    assert!(hr.starts(hr.pay, robot) && !hr.starts(audit, robot));
    let pay = hr.pay;
    let hr = Hr { pia: finn, ..hr };
    assert!(hr.starts(audit, robot) && !hr.starts(pay, robot));
    assert!(!hr.starts(audit, hr.robots[1]), "the other robots stay with HR");
}

#[test]
fn a_person_of_one_unit_sees_the_shared_robot_and_not_what_keeps_it_busy() {
    let (hr, finance, audit, _) = shared();
    let may = |key, object| hr.world.may(hr.pia, key, object);
    assert!(may("robots.view", hr.robots[0]));
    for (key, what) in [("jobs.view", audit), ("processes.view", audit), ("subfolders.view", finance)] {
        assert!(!may(key, what), "{key}");
    }
}

#[test]
fn a_clerk_on_a_shared_robot_never_sees_the_other_folders_name() {
    let (hr, finance, _, finn) = shared();
    let seen = explain::visible_above(&hr.world.state, hr.pia, hr.robots[0], NOW);
    assert!(seen.places.contains(&hr.folder) && !seen.places.contains(&finance));
    assert_eq!(seen.hidden_placements, 1, "that there is another is no secret");
    let seen = explain::visible_above(&hr.world.state, finn, hr.robots[0], NOW);
    assert!(seen.places.contains(&finance) && !seen.places.contains(&hr.folder));
    assert_eq!(seen.hidden_placements, 1);
    // Whoever has the robot alone came by no folder.
    let mut hr = hr;
    let clerk = hr.world.person("Carl");
    let user = hr.world.shipped("robot-user");
    hr.world.give(clerk, user, hr.robots[0]);
    let seen = explain::visible_above(&hr.world.state, clerk, hr.robots[0], NOW);
    assert_eq!((seen.places, seen.hidden_placements), (vec![hr.robots[0]], 2));
}

#[test]
fn viewer_in_folder_1_designer_in_folder_2() {
    let mut hr = hr();
    let second = hr.world.object("folder", "Folder 2", hr.tenant);
    let beneath = hr.world.object("folder", "Folder 2 a", second);
    let process = hr.world.object("process", "Design", beneath);
    let viewer = hr.world.role("Viewer", &["processes.view"]);
    let designer = hr.world.role("Designer", &["processes.view", "processes.edit", "processes.create"]);
    hr.world.give(hr.pia, viewer, hr.folder);
    hr.world.give(hr.pia, designer, second);
    let may = |key, object| hr.world.may(hr.pia, key, object);
    assert!(may("processes.view", hr.pay) && !may("processes.edit", hr.pay));
    assert!(!may("processes.create", hr.folder));
    assert!(may("processes.edit", process) && may("processes.create", beneath));
    assert!(!may("processes.view", hr.tenant), "nor above");
}

#[test]
fn a_security_writer_without_any_packaging_right_makes_a_colleague_package_writer() {
    let mut world = World::with(&["packaging"]);
    let [sara, colleague] = ["Sara", "Colin"].map(|name| world.person(name));
    let role = |world: &World, key| world.shipped(key);
    let (security, writer) = (role(&world, "security-writer"), role(&world, "package-writer"));
    let administrator = role(&world, "organisation-administrator");
    world.give(sara, security, ROOT);
    assert!(!world.may(sara, "packages.read", ROOT) && !world.may(sara, "packages.write", ROOT));
    let made = world.giving(colleague, writer, ROOT);
    assert_eq!(world.save(sara, &[made]), Ok(()));
    assert!(world.may(colleague, "packages.write", ROOT));
    // She is refused it herself, by whatever way.
    let herself = world.giving(sara, writer, ROOT);
    assert!(matches!(world.refuses(sara, &[herself]), Refusal::NotYours { .. }));
    let everyone = world.giving(model::grant::Subject::Everyone, writer, ROOT);
    assert!(matches!(world.refuses(sara, &[everyone]), Refusal::NotYours { .. }));
    let hers = world.group("Hers", &[sara]);
    let by_group = world.giving(hers, writer, ROOT);
    assert!(matches!(world.refuses(sara, &[by_group]), Refusal::NotYours { .. }));
    // And she makes nobody Organisation Administrator, nor another Security Writer of wider reach.
    let to_the_top = world.giving(colleague, administrator, ROOT);
    assert!(matches!(world.refuses(sara, &[to_the_top]), Refusal::NotYours { .. }));
}

#[test]
fn who_holds_set_permissions_on_a_tenant_sets_all_four_audiences_of_it_and_of_no_other() {
    let mut world = World::with(&["packaging"]);
    let [north, south] = ["North", "South"].map(|name| world.object("tenant", name, ROOT));
    let [sam, mia] = ["Sam", "Mia"].map(|name| world.person(name));
    let group = world.group("Packagers", &[mia]);
    let settings = ["tenant-see", "tenant-upload", "tenant-configure", "tenant-permissions"]
        .map(|key| world.shipped(key));
    world.give(sam, settings[3], north);
    for role in settings {
        for to in [crate::world::To::from(mia).0, crate::world::To::from(group).0] {
            let set = world.giving(to, role, north);
            assert_eq!(world.save(sam, std::slice::from_ref(&set)), Ok(()), "{role} for {to:?}");
            let unset = set.inverse().unwrap();
            assert_eq!(world.save(sam, &[unset]), Ok(()), "{role} for {to:?}");
            for elsewhere in [south, ROOT] {
                let set = world.giving(to, role, elsewhere);
                assert!(world.save(sam, &[set]).is_err(), "{role} on another place");
            }
        }
    }
    // All users are an audience too, once it gives nothing that is not Sam's own.
    let all = model::grant::Subject::Everyone;
    let see = world.giving(all, settings[0], north);
    assert!(matches!(world.refuses(sam, std::slice::from_ref(&see)), Refusal::NotYours { .. }));
    world.give(sam, settings[0], north);
    assert_eq!(world.save(sam, &[see]), Ok(()));
    // Other roles stay beyond reach.
    let other = world.role("Uploader", &["tenants.upload"]);
    let refused = world.giving(mia, other, north);
    assert!(matches!(world.refuses(sam, &[refused]), Refusal::Needs { .. }));
}
