//! The five use cases by name, each allowed and not allowed, and what goes with them.

use super::*;
use model::action::{self, Ask};
use model::decide::{self, Context};
use model::grant::Who;
use model::limit::Value;
use model::object::Level;
use model::role::{Owner, Role};
use model::view::access::AccessRow;
use model::view::use_cases::{Given, Offered, UseCase, only};

pub(super) const ROBOT_2: ObjectId = ObjectId::from_bits(70);
pub(super) const PENSION: ObjectId = ObjectId::from_bits(71);
const STAGING: ObjectId = ObjectId::from_bits(72);
const PRODUCTION: ObjectId = ObjectId::from_bits(73);
const LOGIN: ObjectId = ObjectId::from_bits(74);
pub(super) const AUDIT: ObjectId = ObjectId::from_bits(75);
const DAILY: ObjectId = ObjectId::from_bits(76);
const CLERK: RoleId = RoleId::from_bits(900);

/// HR has a second robot and process, two environments that are deployed to, and a login and a trigger of its first
/// robot. Finance has the process *Audit*.
pub(super) async fn started(database: &Database) -> Backend {
    let backend = set_up(database).await;
    let related = |key: &str| How::Related(key.to_owned());
    add(
        &backend,
        vec![
            object(ROBOT_2, "robot", "hr-robot-2", HR),
            object(PENSION, "process", "Pension", HR),
            object(STAGING, "environment", "Staging", HR),
            object(PRODUCTION, "environment", "Production", HR),
            object(LOGIN, "asset", "Login", HR),
            object(DAILY, "trigger", "Daily", HR),
            object(AUDIT, "process", "Audit", FINANCE),
            linked(LOGIN, ROBOT, related("robot-assets")),
            linked(DAILY, ROBOT, related("robot-triggers")),
            linked(ROBOT_2, PRODUCTION, related("environment-robots")),
        ],
    )
    .await;
    backend
}

fn case(user: UserId, case: UseCase) -> FolderAct {
    FolderAct::GiveCase { given: Given { subject: Subject::User(user), case }, window: Window::ALWAYS }
}

/// Whether somebody may do something, naming these places.
fn may(backend: &Backend, user: UserId, action: &str, object: ObjectId, names: &[(&str, ObjectId)]) -> bool {
    let named = |context: Context, (key, place): &(&str, ObjectId)| context.with(key, Value::Place(*place));
    let context = names.iter().fold(Context::default(), named);
    let (who, action, at) = (Who::User(user), action.to_owned(), backend.clock().now());
    action::ask(&backend.state(), &Ask { who, action, object, at, context }).verdict.is_allowed()
}

fn starts(backend: &Backend, user: UserId, process: ObjectId, robot: ObjectId) -> bool {
    may(backend, user, "processes.start", process, &[("robot", robot)])
}

async fn rows(backend: &Backend, of: ObjectId) -> Vec<AccessRow> {
    let query = AccessQuery { of, page: 1 };
    access(backend, &caller(backend, ALICE), &query).await.unwrap().rows.rows
}

/// What the page says that Dan was given.
async fn said(backend: &Backend, of: ObjectId) -> Option<String> {
    rows(backend, of).await.into_iter().find(|row| row.name == "Dan").and_then(|row| row.says)
}

async fn offered(backend: &Backend, user: UserId, of: ObjectId) -> Vec<(Offered, String)> {
    let shown = one(backend, &caller(backend, user), of).await.unwrap();
    shown.offers.into_iter().map(|offer| (offer.what, offer.sentence)).collect()
}

#[tokio::test]
async fn a_person_may_start_one_process_and_nothing_else() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let sentences = offered(&backend, BOB, LETTERS).await;
        assert_eq!(sentences[0], (Offered::Start, "may start Letters, and nothing else".to_owned()));
        let start = case(DAN, UseCase::Start { process: LETTERS, within: HR });
        let plan = would(&backend, BOB, start.clone()).await.unwrap();
        assert_eq!(plan.notes, ["Dan may start Letters on any robot of HR, and nothing else."]);
        assert!(plan.effect.gains.iter().all(|line| line.names == ["Dan"]), "{:?}", plan.effect);
        assert!(!may(&backend, DAN, "processes.start", LETTERS, &[]));
        does(&backend, BOB, start.clone()).await.unwrap();
        assert!(may(&backend, DAN, "processes.start", LETTERS, &[]));
        assert!(starts(&backend, DAN, LETTERS, ROBOT) && starts(&backend, DAN, LETTERS, ROBOT_2));
        assert!(!starts(&backend, DAN, PENSION, ROBOT));
        let says = said(&backend, LETTERS).await;
        assert_eq!(says.as_deref(), Some("may start Letters on any robot of HR, and nothing else"));
        assert!(matches!(does(&backend, BOB, start.clone()).await, Err(Error::NothingToDo)));
        // The robots are his for that process alone: what else he may start elsewhere stays there, whatever he says.
        add(
            &backend,
            vec![grant(10, DAN, "process-starter", PENSION), grant(11, DAN, "robot-user", ROBOT_2)],
        )
        .await;
        assert!(starts(&backend, DAN, PENSION, ROBOT_2));
        assert!(!starts(&backend, DAN, PENSION, ROBOT));
        let lie = [("robot", ROBOT), ("process", LETTERS)];
        assert!(!may(&backend, DAN, "processes.start", PENSION, &lie));
        assert!(!may(&backend, DAN, "processes.start", PENSION, &[("process", LETTERS)]));
        // Nobody gives it who may not give roles there, nor on places that are not theirs to see.
        let other = case(CARA, UseCase::Start { process: LETTERS, within: HR });
        assert!(is_refused(does(&backend, DAN, other).await));
        let cara = case(DAN, UseCase::Start { process: LETTERS, within: HR });
        assert!(is_not_there(does(&backend, CARA, cara).await));
        for within in [FINANCE, FAR, ROBOT] {
            let other = case(CARA, UseCase::Start { process: LETTERS, within });
            assert!(is_not_there(does(&backend, ALICE, other).await), "{within}");
        }
    })
    .await;
}

#[tokio::test]
async fn developers_deploy_to_staging_and_not_to_production() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let sentences = offered(&backend, BOB, STAGING).await;
        let sentence = "may deploy to Staging, not to Production or Unattended";
        assert_eq!(sentences[0], (Offered::Deploy, sentence.to_owned()));
        let deploy = case(DAN, UseCase::Deploy { environment: STAGING });
        let plan = would(&backend, BOB, deploy.clone()).await.unwrap();
        assert_eq!(plan.notes, [format!("Dan {sentence}.")]);
        does(&backend, BOB, deploy.clone()).await.unwrap();
        let deploys = |names: &[(&str, ObjectId)]| may(&backend, DAN, "processes.deploy", LETTERS, names);
        assert!(deploys(&[("environment", STAGING)]));
        assert!(!deploys(&[("environment", PRODUCTION)]));
        assert!(!deploys(&[]), "nor to the folder as a whole");
        assert!(!deploys(&[("environment", STAGING), ("robot", ROBOT_2)]), "a robot of production");
        assert!(!deploys(&[("robot", ROBOT_2)]));
        assert_eq!(said(&backend, STAGING).await.as_deref(), Some(sentence));
        // To bring a version there is not to rename the process.
        let (was, now) = ("Letters".to_owned(), "Mine".to_owned());
        assert!(is_refused(does(&backend, DAN, FolderAct::Rename { object: LETTERS, was, now }).await));
        assert!(is_refused(does(&backend, DAN, case(CARA, UseCase::Deploy { environment: STAGING })).await));
        assert!(is_not_there(does(&backend, CARA, deploy).await));
        // Who may deploy elsewhere already is told.
        add(&backend, vec![grant(12, DAN, "environment-deployer", PRODUCTION)]).await;
        let narrower = Window { from: None, until: Some(90_000) };
        let given = Given { subject: Subject::User(DAN), case: UseCase::Deploy { environment: STAGING } };
        let plan = would(&backend, BOB, FolderAct::GiveCase { given, window: narrower }).await.unwrap();
        assert_eq!(plan.notes[0], "Dan may deploy to Staging, not to Unattended.");
        assert_eq!(plan.notes[1], "Dan can deploy elsewhere already, which this does not narrow.");
    })
    .await;
}

#[tokio::test]
async fn a_person_may_start_a_process_on_one_robot_only_and_finds_no_way_round() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let sentences = offered(&backend, BOB, ROBOT).await;
        assert_eq!(
            sentences[0],
            (Offered::StartProcess, "may start one process on hr-robot only".to_owned())
        );
        let give = |process, robot| case(DAN, UseCase::StartOn { process, robot });
        let plan = would(&backend, BOB, give(LETTERS, ROBOT)).await.unwrap();
        assert_eq!(plan.notes, ["Dan may start Letters on hr-robot only."]);
        let saved = does(&backend, BOB, give(LETTERS, ROBOT)).await.unwrap();
        assert!(saved.undoable);
        assert!(starts(&backend, DAN, LETTERS, ROBOT));
        assert!(!starts(&backend, DAN, LETTERS, ROBOT_2));
        assert!(!may(&backend, DAN, "processes.start", LETTERS, &[]), "by naming no robot");
        assert!(!may(&backend, DAN, "processes.start", LETTERS, &[("environment", ENVIRONMENT)]));
        assert!(!starts(&backend, DAN, PENSION, ROBOT));
        for place in [LETTERS, ROBOT] {
            assert_eq!(said(&backend, place).await.as_deref(), Some("may start Letters on hr-robot only"));
        }
        // Two sentences never make a third.
        does(&backend, BOB, give(PENSION, ROBOT_2)).await.unwrap();
        assert!(starts(&backend, DAN, PENSION, ROBOT_2));
        assert!(!starts(&backend, DAN, LETTERS, ROBOT_2) && !starts(&backend, DAN, PENSION, ROBOT));
        // Nor does a trigger.
        let clerk = Role {
            id: CLERK,
            name: "Trigger clerk".to_owned(),
            description: String::new(),
            level: Level::Folder,
            owner: Owner::Organization,
            origin: None,
            permissions: ["triggers.view", "triggers.edit", "triggers.create"].map(str::to_owned).to_vec(),
            delegates: vec![],
        };
        let (id, subject, window) = (GrantId::from_bits(13), Subject::User(DAN), Window::ALWAYS);
        let hers = Grant { id, subject, role: CLERK, object: HR, window, limits: Limits::NONE };
        add(&backend, vec![Change::RoleCreated { role: clerk }, Change::GrantAdded { grant: hers }]).await;
        let makes = |names: &[(&str, ObjectId)]| may(&backend, DAN, "triggers.create", HR, names);
        assert!(makes(&[("process", LETTERS), ("robot", ROBOT)]));
        assert!(!makes(&[("process", LETTERS), ("robot", ROBOT_2)]));
        assert!(!makes(&[("process", LETTERS)]));
        assert!(!makes(&[("process", PENSION), ("robot", ROBOT)]));
        assert!(is_refused(
            does(&backend, DAN, case(CARA, UseCase::StartOn { process: LETTERS, robot: ROBOT })).await
        ));
        assert!(is_not_there(does(&backend, ALICE, give(LETTERS, MACHINE)).await), "no robot");
    })
    .await;
}

#[tokio::test]
async fn a_business_team_has_its_own_robots_and_sets_the_values_of_assets_without_reading_them() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let holds = |key: &str, object| decide::allows(&backend.state(), DAN, key, object, backend.clock().now());
        let own = |place| case(DAN, UseCase::Own { place });
        for place in [HR, ENVIRONMENT, ROBOT] {
            let all = offered(&backend, BOB, place).await;
            assert!(all.iter().any(|(what, _)| *what == Offered::Own), "{all:?}");
        }
        let plan = would(&backend, BOB, own(ENVIRONMENT)).await.unwrap();
        let says = "may see status, reports, logs, jobs, schedules and assets of the robots of Unattended, and set the \
                    values of assets without reading them";
        assert_eq!(plan.notes, [format!("Dan {says}.")]);
        does(&backend, BOB, own(ENVIRONMENT)).await.unwrap();
        for (key, place) in [
            ("robots.view", ROBOT),
            ("execution-media.view", ROBOT),
            ("logs.view", ROBOT),
            ("jobs.view", ROBOT),
            ("triggers.view", DAILY),
            ("assets.view", LOGIN),
            ("assets.set-value", LOGIN),
        ] {
            assert!(holds(key, place), "{key}");
            assert!(!holds(key, HR), "{key} in the whole folder");
        }
        assert!(!holds("assets.reveal", LOGIN), "set, not read");
        assert!(!holds("robots.view", ROBOT_2), "a robot of another group");
        assert!(!starts(&backend, DAN, LETTERS, ROBOT));
        assert_eq!(said(&backend, ENVIRONMENT).await.as_deref(), Some(says));
        does(&backend, BOB, own(HR)).await.unwrap();
        assert!(holds("robots.view", ROBOT_2) && !holds("assets.reveal", LOGIN));
        assert!(is_not_there(does(&backend, ALICE, own(LETTERS)).await), "a process is no robot");
        assert!(is_refused(does(&backend, DAN, case(CARA, UseCase::Own { place: HR })).await));
    })
    .await;
}

#[tokio::test]
async fn a_robot_is_shared_by_two_folders_each_with_its_own_processes() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let offers = one(&backend, &caller(&backend, ALICE), ROBOT).await.unwrap().offers;
        let share = offers.iter().find(|offer| offer.what == Offered::Share).unwrap();
        assert_eq!(share.refused, None);
        does(&backend, ALICE, FolderAct::Share { object: ROBOT, folder: FINANCE, on: true }).await.unwrap();
        assert!(starts(&backend, BOB, LETTERS, ROBOT) && !starts(&backend, BOB, AUDIT, ROBOT));
        assert!(starts(&backend, CARA, AUDIT, ROBOT) && !starts(&backend, CARA, LETTERS, ROBOT));
        assert!(!starts(&backend, CARA, AUDIT, ROBOT_2), "the other robots stay with HR");
        // Bob may not share it: that takes a right in the tenant.
        let bobs = one(&backend, &caller(&backend, BOB), ROBOT).await.unwrap();
        let share = bobs.offers.iter().find(|offer| offer.what == Offered::Share).unwrap();
        assert!(share.refused.is_some());
        let processes = &bobs.offers[0].choose.as_ref().unwrap().near;
        let names: Vec<&str> = processes.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Letters", "Pension"], "of Finance he is offered nothing");
    })
    .await;
}

#[tokio::test]
async fn what_was_given_in_one_sentence_is_taken_away_together() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let before = backend.state().grant_count();
        let start_on = |robot| case(DAN, UseCase::StartOn { process: LETTERS, robot });
        does(&backend, BOB, start_on(ROBOT)).await.unwrap();
        does(&backend, BOB, start_on(ROBOT_2)).await.unwrap();
        let half = rows(&backend, ROBOT).await.into_iter().find(|row| row.name == "Dan").unwrap();
        assert_eq!(half.role_name, "Robot User");
        let plan = would(&backend, BOB, FolderAct::Take { grant: half.grant }).await.unwrap();
        let ends =
            "Robot User and Process Starter end together. They say: may start Letters on hr-robot only.";
        assert_eq!(plan.notes, [ends]);
        does(&backend, BOB, FolderAct::Take { grant: half.grant }).await.unwrap();
        assert!(!starts(&backend, DAN, LETTERS, ROBOT) && starts(&backend, DAN, LETTERS, ROBOT_2));
        assert_eq!(backend.state().grant_count(), before + 2);
        // A half that serves another sentence as well stays.
        for within in [HR, ENVIRONMENT] {
            does(&backend, BOB, case(CARA, UseCase::Start { process: PENSION, within })).await.unwrap();
        }
        let mut all = rows(&backend, ENVIRONMENT).await.into_iter();
        let half = all.find(|row| row.name == "Cara" && row.from.is_none()).unwrap();
        does(&backend, BOB, FolderAct::Take { grant: half.grant }).await.unwrap();
        assert!(may(&backend, CARA, "processes.start", PENSION, &[]));
        // And nothing is left behind when a robot goes.
        does(&backend, ALICE, FolderAct::Remove { object: ROBOT_2 }).await.unwrap();
        assert!(!may(&backend, DAN, "processes.start", LETTERS, &[]));
    })
    .await;
}

#[tokio::test]
async fn a_role_is_given_within_a_limit_where_its_actions_have_one() {
    for_each_database(async |database| {
        let backend = started(&database).await;
        let bob = caller(&backend, BOB);
        let keys = async |object, key: &str| {
            let asked = ChoicesFor { subject: Subject::User(DAN), object };
            let offered = roles(&backend, &bob, asked).await.unwrap();
            let option = offered.options.into_iter().find(|one| one.role == role(key)).unwrap();
            option.limits.into_iter().map(|limit| limit.words).collect::<Vec<_>>()
        };
        let all = ["Only on one robot", "Only on one environment", "Only for one process"];
        assert_eq!(keys(HR, "process-starter").await, all);
        assert_eq!(keys(ROBOT, "robot-user").await, all[1..]);
        assert!(keys(HR, "robot-owner").await.is_empty(), "it takes part in nothing that runs somewhere");
        let give = |limits| FolderAct::Give {
            subject: Subject::User(DAN),
            role: role("automation-user"),
            object: HR,
            window: Window::ALWAYS,
            limits,
            with_half: false,
        };
        assert!(is_not_there(does(&backend, BOB, give(only("robot", FAR))).await), "what is not his to see");
        assert!(matches!(does(&backend, BOB, give(only("weather", ROBOT))).await, Err(Error::Misfit(_))));
        does(&backend, BOB, give(only("robot", ROBOT))).await.unwrap();
        assert!(starts(&backend, DAN, LETTERS, ROBOT) && !starts(&backend, DAN, LETTERS, ROBOT_2));
        let dans = rows(&backend, HR).await.into_iter().find(|row| row.name == "Dan").unwrap();
        assert_eq!((dans.limits, dans.says), (vec!["only on hr-robot".to_owned()], None));
        let beside = SearchFor::Beside { object: HR, kind: "robot".to_owned() };
        let search = PlaceSearch { search: String::new(), to: beside };
        let options = found(&backend, &bob, &search).await.unwrap().options;
        assert_eq!(options.len(), 2);
    })
    .await;
}
