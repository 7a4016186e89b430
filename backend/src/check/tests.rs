//! Stories of *Check access*, on SQLite and on PostgreSQL: verdicts with their paths, fixes that are saved,
//! and what is not told to whom.

mod lists;
mod places;

use super::{answer, find_places, find_who, preview, save};
use crate::access::commit::Proposal;
use crate::error::Error;
use crate::people::story::{ADA, ANNA, BEN, CARA, Story, TESTER};
use crate::people::take_back;
use crate::test_database::for_each_database;
use model::change::Change;
use model::grant::{Grant, Subject, Who, Window};
use model::guard::{Actor, Refusal};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::object::{How, Level, Link, Object};
use model::person::Group;
use model::role::{Owner, Role};
use model::view::check::{
    Answer, CheckQuery, CheckScreen, EditWish, Outcome, Prepared, StopKind, Typed, Verdict, who_key,
};
use model::words::Part;

const fn place(bits: u64) -> ObjectId {
    ObjectId::from_bits(bits)
}

const TENANT: ObjectId = place(200);
const FINANCE: ObjectId = place(201);
const VAULT: ObjectId = place(202);
const PROCESS: ObjectId = place(203);
const FIRST: ObjectId = place(204);
const SECOND: ObjectId = place(205);
const PORTAL: ObjectId = place(206);
const PRODUCTION: ObjectId = place(207);
const STARTERS: RoleId = RoleId::from_bits(60);
const USERS: RoleId = RoleId::from_bits(61);
const SEERS: RoleId = RoleId::from_bits(62);
const FOLDER_SEERS: RoleId = RoleId::from_bits(63);
const MERGERS: RoleId = RoleId::from_bits(64);
const CREW: GroupId = GroupId::from_bits(70);

/// The small organization with a tenant (two folders, a process, two robots, the second one shared into both
/// folders) and an application with its production.
async fn started(database: &crate::database::Database) -> Story {
    let story = Story::start(database).await;
    let object = |id, kind: &str, name: &str, parent| Change::ObjectCreated {
        object: Object { id, kind: kind.to_owned(), name: name.to_owned(), parent: Some(parent) },
    };
    let role = |id, name: &str, level, permissions: &[&str]| Change::RoleCreated {
        role: Role {
            id,
            name: name.to_owned(),
            description: String::new(),
            level,
            owner: Owner::Organization,
            origin: None,
            permissions: permissions.iter().map(|&key| key.to_owned()).collect(),
            delegates: vec![],
        },
    };
    let group = Group { id: CREW, name: "Night shift".to_owned(), description: String::new() };
    commit(
        &story,
        vec![
            Change::AreaTurnedOn { area: "automation".to_owned() },
            object(TENANT, "tenant", "Meridian", ObjectId::ORGANIZATION),
            object(FINANCE, "folder", "Finance", TENANT),
            object(VAULT, "folder", "Vault", TENANT),
            object(PROCESS, "process", "Match invoices", FINANCE),
            object(FIRST, "robot", "fin-01", FINANCE),
            object(SECOND, "robot", "fin-02", VAULT),
            Change::Linked { link: Link { object: SECOND, holder: FINANCE, how: How::Shared } },
            object(PORTAL, "application", "Portal", ObjectId::ORGANIZATION),
            object(PRODUCTION, "stage", "Production", PORTAL),
            role(STARTERS, "Starter", Level::Folder, &["processes.view", "processes.start"]),
            role(USERS, "Robot runner", Level::Folder, &["robots.view", "robots.use"]),
            role(SEERS, "Auditor", Level::Organization, &["people.view", "roles.view"]),
            role(FOLDER_SEERS, "Reader", Level::Folder, &["subfolders.view", "robots.view"]),
            role(MERGERS, "Merger", Level::Application, &["merge.production"]),
            Change::GroupCreated { group },
        ],
    )
    .await;
    story
}

async fn commit(story: &Story, changes: Vec<Change>) {
    story.backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
}

fn granted(id: u64, subject: Subject, role: RoleId, object: ObjectId) -> Grant {
    Grant { id: GrantId::from_bits(id), subject, role, object, window: Window::ALWAYS, limits: Limits::NONE }
}

async fn give(story: &Story, id: u64, user: UserId, role: RoleId, object: ObjectId) {
    commit(story, vec![Change::GrantAdded { grant: granted(id, Subject::User(user), role, object) }]).await;
}

fn chosen(value: impl ToString) -> Typed {
    Typed { value: value.to_string(), text: None }
}

fn question(who: Option<UserId>, action: &str, object: Option<ObjectId>) -> CheckQuery {
    CheckQuery {
        who: who.map(|user| chosen(who_key(user.into()))).unwrap_or_default(),
        action: action.to_owned(),
        place: object.map(chosen).unwrap_or_default(),
        ..CheckQuery::default()
    }
}

async fn ask(story: &Story, reader: UserId, query: CheckQuery) -> CheckScreen {
    answer(&story.backend, &story.caller(reader), query).await.unwrap()
}

async fn verdict(story: &Story, reader: UserId, query: CheckQuery) -> Verdict {
    match ask(story, reader, query).await.answer {
        Answer::Verdict(verdict) => *verdict,
        other => panic!("expected a verdict, got {other:?}"),
    }
}

fn words(parts: &[Part]) -> String {
    let said = parts.iter().map(|part| match part {
        Part::Text(text) | Part::Name(text) | Part::Was(text) => text.clone(),
        Part::Time(at) => format!("[{at}]"),
        Part::Person(user) => user.to_string(),
    });
    said.collect()
}

fn wish(prepared: &Prepared, seen: u64) -> EditWish {
    EditWish { edits: prepared.edits.clone(), with_half: false, seen }
}

#[tokio::test]
async fn a_path_says_who_by_what_from_where_and_one_edit_ends_it_and_is_taken_back() {
    for_each_database(async |database| {
        let story = started(&database).await;
        commit(
            &story,
            vec![
                Change::GrantAdded { grant: granted(301, Subject::Group(CREW), MERGERS, PORTAL) },
                Change::MemberAdded { group: CREW, user: ANNA },
            ],
        )
        .await;
        let asked = question(Some(ANNA), "merge.production", Some(PRODUCTION));
        let may = verdict(&story, ADA, asked.clone()).await;
        assert_eq!(may.outcome, Outcome::Allowed);
        assert_eq!(
            may.sentence,
            "Anna Lind may merge changes to production application in Portal / Production."
        );
        assert_eq!(words(&may.because[0]), "By 1 path.");
        let path = &may.needs[0].paths[0];
        let stops: Vec<(&str, &str)> =
            path.stops.iter().map(|stop| (stop.how.as_str(), stop.name.as_str())).collect();
        let wanted = [
            ("", "Anna Lind"),
            ("", "Night shift"),
            ("", "Merger"),
            ("on", "Portal"),
            ("holds", "Production"),
        ];
        assert_eq!(stops, wanted);
        let pages: Vec<Option<&str>> = path.stops.iter().map(|stop| stop.href.as_deref()).collect();
        let (portal, production) =
            (format!("/applications/{PORTAL}"), format!("/applications/{PORTAL}?stage={PRODUCTION}"));
        assert_eq!(pages[3..], [Some(portal.as_str()), Some(production.as_str())]);
        assert_eq!(path.how, "Inherited from Portal");
        assert_eq!((path.ends.words.as_str(), path.ends.refused.as_ref()), ("Take out of Night shift", None));

        let caller = story.caller(ADA);
        let ends = wish(&path.ends, caller.state.revision());
        let plan = preview(&story.backend, &caller, &ends).await.unwrap();
        assert_eq!((plan.effect.gains.len(), plan.effect.loses.len()), (0, 1));
        assert_eq!(plan.effect.loses[0].names, ["Anna Lind"]);
        let saved = save(&story.backend, &caller, &ends).await.unwrap();
        assert!(saved.undoable);
        let may_not = verdict(&story, ADA, asked.clone()).await;
        assert_eq!(may_not.outcome, Outcome::Denied);
        assert!(may_not.sentence.starts_with("Anna Lind may not merge"), "{}", may_not.sentence);
        assert_eq!(words(&may_not.because[0]), "No role of theirs allows it, here or elsewhere.");

        take_back(&story.backend, &story.caller(ADA), saved.revision).await.unwrap();
        assert_eq!(verdict(&story, ADA, asked).await.outcome, Outcome::Allowed);
    })
    .await;
}

#[tokio::test]
async fn the_nearest_fix_allows_what_was_refused_and_says_what_else_it_gives() {
    for_each_database(async |database| {
        let story = started(&database).await;
        let asked = question(Some(ANNA), "merge.production", Some(PRODUCTION));
        let refused = verdict(&story, ADA, asked.clone()).await;
        let fixes = &refused.needs[0].fixes;
        let nearest = &fixes[0];
        assert_eq!(nearest.edit.words, "Give Anna Lind Merger on Production");
        assert_eq!(nearest.gives, "Gives nothing else.");
        assert!(fixes.iter().any(|fix| fix.gives.starts_with("Also gives")), "{fixes:?}");
        let caller = story.caller(ADA);
        save(&story.backend, &caller, &wish(&nearest.edit, caller.state.revision())).await.unwrap();
        assert_eq!(verdict(&story, ADA, asked).await.outcome, Outcome::Allowed);
    })
    .await;
}

#[tokio::test]
async fn what_ended_what_is_to_come_and_who_is_inactive_is_said_and_can_be_mended() {
    for_each_database(async |database| {
        let story = started(&database).await;
        let window = Window { from: None, until: Some(500) };
        let grant = Grant { window, ..granted(301, Subject::User(ANNA), MERGERS, PORTAL) };
        commit(&story, vec![Change::GrantAdded { grant }]).await;
        let asked = question(Some(ANNA), "merge.production", Some(PRODUCTION));
        let ended = verdict(&story, ADA, asked.clone()).await;
        assert_eq!(
            words(&ended.because[0]),
            "Merger on Portal allowed it until [500]. It ended; nobody took it away."
        );
        let extend = ended.needs[0].fixes.iter().find(|fix| fix.edit.words.starts_with("Extend")).unwrap();
        assert_eq!(extend.edit.words, "Extend Merger on Portal for Anna Lind");

        // The same question about another moment.
        let then = CheckQuery { when: "1970-01-01T00:00Z".to_owned(), ..asked.clone() };
        let screen = ask(&story, ADA, then).await;
        assert!(!screen.is_now && screen.at == 0);
        let Answer::Verdict(then) = screen.answer else { panic!("a verdict") };
        assert_eq!(
            (then.outcome, words(&then.because[0])),
            (Outcome::Allowed, "By 1 path, until [500].".to_owned())
        );
        let wrong = CheckQuery { when: "tomorrow".to_owned(), ..asked.clone() };
        let wrong = ask(&story, ADA, wrong).await;
        assert!(wrong.form.when_problem.is_some() && wrong.answer == Answer::Nothing);

        let caller = story.caller(ADA);
        save(&story.backend, &caller, &wish(&extend.edit, caller.state.revision())).await.unwrap();
        commit(&story, vec![Change::UserDeactivated { user: ANNA }]).await;
        let inactive = verdict(&story, ADA, asked.clone()).await;
        assert_eq!(words(&inactive.because[0]), "Anna Lind is inactive.");
        let first = &inactive.needs[0].fixes[0].edit;
        assert_eq!(first.words, "Reactivate Anna Lind");
        let caller = story.caller(ADA);
        save(&story.backend, &caller, &wish(first, caller.state.revision())).await.unwrap();
        assert_eq!(verdict(&story, ADA, asked).await.outcome, Outcome::Allowed);
    })
    .await;
}

#[tokio::test]
async fn a_start_without_a_robot_says_which_permission_is_missing_and_which_robots_may_be_named() {
    for_each_database(async |database| {
        let story = started(&database).await;
        give(&story, 301, ANNA, STARTERS, FINANCE).await;
        let asked = question(Some(ANNA), "processes.start", Some(PROCESS));
        let none = verdict(&story, ADA, asked.clone()).await;
        assert_eq!((none.outcome, none.robots.len()), (Outcome::Denied, 0));
        let outcomes: Vec<Outcome> = none.needs.iter().map(|need| need.outcome).collect();
        assert_eq!(outcomes, [Outcome::Allowed, Outcome::Denied]);
        assert_eq!(none.needs[1].place.as_deref(), Some("Finance"));
        assert!(words(&none.because[0]).starts_with("Missing: “"), "{:?}", none.because);

        give(&story, 302, ANNA, USERS, SECOND).await;
        let named = verdict(&story, ADA, asked.clone()).await;
        assert_eq!(named.outcome, Outcome::Depends);
        assert!(named.sentence.starts_with("It depends on the robot whether Anna Lind may start"));
        let robots: Vec<&str> = named.robots.iter().map(|robot| robot.value.as_str()).collect();
        assert_eq!(robots, [SECOND.to_string()]);
        let with = |robot: ObjectId| CheckQuery { robot: chosen(robot), ..asked.clone() };
        let second = verdict(&story, ADA, with(SECOND)).await;
        assert_eq!(second.outcome, Outcome::Allowed);
        assert!(second.sentence.ends_with(", on robot fin-02."), "{}", second.sentence);
        assert_eq!(verdict(&story, ADA, with(FIRST)).await.outcome, Outcome::Denied);

        // P on R and Q on S never add up to P on S: a start that is limited to the first robot.
        let only = Comparison::new(Property::new(Side::Context, "robot"), Test::Equals(Value::Place(FIRST)));
        let was = story.backend.state().grant(GrantId::from_bits(301)).unwrap();
        let now = Grant { limits: Limits::new(vec![only]), ..was.clone() };
        commit(&story, vec![Change::GrantRemoved { grant: was }, Change::GrantAdded { grant: now }]).await;
        let limited = verdict(&story, ADA, with(SECOND)).await;
        assert_eq!(limited.outcome, Outcome::Denied);
        let said = words(&limited.needs[0].reasons[0]);
        assert_eq!(said, "Starter on Finance would allow it, but only on fin-01.");
    })
    .await;
}

#[tokio::test]
async fn everybody_may_ask_about_themselves_and_about_others_only_who_sees_people_and_roles() {
    for_each_database(async |database| {
        let story = started(&database).await;
        let own = verdict(&story, CARA, question(Some(CARA), "merge.sandbox", Some(PORTAL))).await;
        assert_eq!(own.sentence, "You may merge changes within sandbox manager in Portal.");
        let refused = verdict(&story, CARA, question(Some(CARA), "merge.production", Some(PORTAL))).await;
        assert!(refused.no_fixes.is_some() && refused.needs.iter().all(|need| need.fixes.is_empty()));
        // Who says nobody asks about themselves.
        let screen = ask(&story, CARA, question(None, "merge.sandbox", Some(PORTAL))).await;
        assert!(screen.only_self.is_some());
        assert_eq!(screen.form.who.chosen.value, who_key(CARA.into()));
        assert!(matches!(screen.answer, Answer::Verdict(_)));
        // Ben sees people and not roles.
        for (reader, about) in [(CARA, ADA), (BEN, ADA), (CARA, UserId::from_bits(999))] {
            let asked = question(Some(about), "merge.sandbox", Some(PORTAL));
            let error = answer(&story.backend, &story.caller(reader), asked).await.unwrap_err();
            assert!(matches!(error, Error::Refused(Refusal::Needs { .. })), "{reader}: {error}");
        }
        let found = find_who(&story.backend, &story.caller(CARA), "").await.unwrap();
        assert_eq!((found.total, found.options[0].name.as_str()), (1, "Cara Voss"));
        assert_eq!(find_who(&story.backend, &story.caller(ADA), "").await.unwrap().total, 5);
        // What she may not do is not done here either, whatever she sends.
        let edit = model::view::check::Edit::Give {
            who: CARA.into(),
            role: RoleId::ADMIN,
            object: ObjectId::ORGANIZATION,
        };
        let sent = EditWish { edits: vec![edit], with_half: false, seen: 1 };
        for reader in [CARA, BEN] {
            let caller = story.caller(reader);
            assert!(matches!(save(&story.backend, &caller, &sent).await, Err(Error::Refused(_))));
            assert!(matches!(preview(&story.backend, &caller, &sent).await, Err(Error::Refused(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_without_scripts_is_found_or_asked_back() {
    for_each_database(async |database| {
        let story = started(&database).await;
        let typed = |text: &str| Typed { value: String::new(), text: Some(text.to_owned()) };
        let asked = CheckQuery {
            who: typed("cara"),
            action: "merge.sandbox".to_owned(),
            place: typed("portal / production"),
            ..CheckQuery::default()
        };
        let screen = ask(&story, ADA, asked.clone()).await;
        assert_eq!(screen.form.who.chosen.value, who_key(CARA.into()));
        assert!(matches!(screen.answer, Answer::Verdict(_)), "{screen:?}");
        let several = ask(&story, ADA, CheckQuery { who: typed("a"), ..asked.clone() }).await;
        assert!(several.form.who.meant.len() > 1 && several.answer == Answer::Nothing);
        assert_eq!(several.form.who.chosen.name, "a");
        let nobody = ask(&story, ADA, CheckQuery { who: typed("zzz"), ..asked.clone() }).await;
        assert_eq!(nobody.form.who.problem.as_deref(), Some("Nobody of that name is found."));
        // A chosen one whose text was emptied is not asked about; one whose text stayed is.
        let kept = Typed { value: who_key(CARA.into()), text: Some("Cara Voss".to_owned()) };
        let kept = ask(&story, ADA, CheckQuery { who: kept, ..asked.clone() }).await;
        assert_eq!(kept.form.who.chosen.value, who_key(CARA.into()));
        let emptied = Typed { value: who_key(CARA.into()), text: Some(String::new()) };
        let emptied = ask(&story, ADA, CheckQuery { who: emptied, ..asked }).await;
        assert!(matches!(emptied.answer, Answer::WhoCan(_)));
    })
    .await;
}

#[tokio::test]
async fn the_path_of_the_last_administrator_stays_and_says_why() {
    for_each_database(async |database| {
        let story = started(&database).await;
        let own = verdict(&story, ADA, question(Some(ADA), "people.view", None)).await;
        let ends = &own.needs[0].paths[0].ends;
        assert_eq!(ends.refused.as_deref(), Some(Refusal::LockOut.to_string().as_str()));
        let caller = story.caller(ADA);
        let error = save(&story.backend, &caller, &wish(ends, caller.state.revision())).await.unwrap_err();
        assert!(matches!(error, Error::Refused(Refusal::LockOut)), "{error}");
        // With another Admin beside her, she may.
        story.give(BEN, RoleId::ADMIN).await;
        let own = verdict(&story, ADA, question(Some(ADA), "people.view", None)).await;
        assert_eq!(own.needs[0].paths[0].ends.refused, None);
    })
    .await;
}

#[tokio::test]
async fn a_group_is_asked_about_as_whoever_is_in_it() {
    for_each_database(async |database| {
        let story = started(&database).await;
        let grant = granted(301, Subject::Group(CREW), TESTER, PORTAL);
        commit(&story, vec![Change::GrantAdded { grant }]).await;
        let who = Typed { value: who_key(Who::Group(CREW)), text: None };
        let asked = CheckQuery { who, ..question(None, "merge.sandbox", Some(PORTAL)) };
        let may = verdict(&story, ADA, asked).await;
        assert!(may.sentence.starts_with("Whoever is in Night shift may merge"), "{}", may.sentence);
        assert_eq!(may.needs[0].paths[0].ends.words, "Take Tester");
    })
    .await;
}
