//! Measures loading the large world of the budgets from SQLite, checking access in it, committing into it, and
//! looking at its past.
//!
//! `cargo run --release -p backend --example large_world` commits the world into a new database in a temporary
//! folder, then measures in a process of its own, so that nothing of the making counts as memory. It prints
//! its figures; with `ROLECALL_BENCH_ROWS` set it appends them to that file, one JSON object a line.
//! `-- PERCENT` makes that part of the world.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement that cannot be set up should stop"
)]

#[path = "../../model/benches/measure/mod.rs"]
mod measure;
#[expect(dead_code, reason = "the questions of the world are for other measurements")]
#[path = "../../model/benches/world/mod.rs"]
mod world;

use backend::access::commit::{Texts, prepare};
use backend::access::{Proposal, commit::Prepared};
use backend::caller::SignedIn;
use backend::check;
use backend::clock::Clock;
use backend::database::{Database, migrate};
use backend::password::{Hasher, store};
use backend::random::Random;
use backend::{Backend, profile};
use measure::{Rows, times};
use model::change::Change;
use model::decide;
use model::grant::{Grant, Subject, Who, Window};
use model::guard::Actor;
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::person::{Profile, Status};
use model::state::State;
use model::view::check::{CheckQuery, Typed, who_key};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use world::World;

/// How many changes one revision of the making has.
const AT_ONCE: usize = 50_000;
/// How many questions are asked of each sort.
const QUESTIONS: usize = 200;
/// How many commits are measured of each sort.
const COMMITS: u64 = 100;
const ADMIN: UserId = UserId::from_bits(7);

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("measure") => measure(Path::new(&arguments[2]), &arguments[3]).await,
        percent => {
            let percent = percent.unwrap_or("100");
            let folder = tempfile::tempdir().unwrap();
            make(folder.path(), percent.parse().unwrap()).await;
            let mut measuring = Command::new(std::env::current_exe().unwrap());
            measuring.arg("measure").arg(folder.path()).arg(percent);
            assert!(measuring.status().unwrap().success());
        }
    }
}

async fn database(folder: &Path) -> Database {
    Database::open(&format!("sqlite:{}", folder.join("rolecall.sqlite").display())).await.unwrap()
}

async fn make(folder: &Path, percent: usize) {
    let started = Instant::now();
    let database = database(folder).await;
    migrate(&database, &Clock::system()).await.unwrap();
    let backend = Backend::open(database, Clock::system(), Random::system()).await.unwrap();
    let world = World::new(percent).state;
    let (user, role, object) = (ADMIN, RoleId::ADMIN, ObjectId::ORGANIZATION);
    let grant = grant(1, user, role, object);
    let mut all = vec![
        Change::OrganizationRenamed { was: String::new(), now: world.organization().to_owned() },
        Change::UserAdded { user, status: Status::Active },
        Change::GrantAdded { grant },
    ];
    all.extend(world.as_changes());
    // Who has no way to sign in is in charge of nothing, and later changes would be refused.
    let password = Hasher::start(Random::system()).unwrap().hash("nobody signs in here").await.unwrap();
    for (number, changes) in all.chunks(AT_ONCE).enumerate() {
        let users: Vec<UserId> = changes.iter().filter_map(added).collect();
        let password = password.clone();
        let proposal = Proposal::new(Actor::CommandLine, changes.to_vec()).beside(move |to| {
            Box::pin(async move {
                for user in users {
                    let name = format!("Person {}", user.bits() % 100_000);
                    let of = Profile::new(&name, &format!("person-{user}@nordhavn.example"));
                    profile::insert(to, user, &of, 0).await.unwrap();
                    if user == ADMIN {
                        store::set(to, user, &password, 0).await.unwrap();
                    }
                }
                Ok(())
            })
        });
        backend.commit(proposal).await.unwrap();
        println!("Change no. {}: {} rows, after {:.1?}.", number + 1, changes.len(), started.elapsed());
    }
    backend.close().await;
}

fn added(change: &Change) -> Option<UserId> {
    match change {
        Change::UserAdded { user, .. } => Some(*user),
        _ => None,
    }
}

fn grant(id: u64, user: UserId, role: RoleId, object: ObjectId) -> Grant {
    let (id, subject) = (GrantId::from_bits(id), Subject::User(user));
    Grant { id, subject, role, object, window: Window::ALWAYS, limits: Limits::NONE }
}

async fn measure(folder: &Path, percent: &str) {
    let mut rows = Rows::default();
    let whole = percent == "100";
    let within = |budget: f64| whole.then_some(budget);
    let of = format!("{percent} % of the world");
    let database = database(folder).await;
    let before = memory("VmRSS:");
    let started = Instant::now();
    let backend = Backend::open(database, Clock::system(), Random::system()).await.unwrap();
    let (taken, after) = (started.elapsed().as_secs_f64(), memory("VmRSS:"));
    let state = backend.state();
    println!(
        "{of}: {} people, {} objects, {} grants, {} revisions",
        state.people_count(),
        state.objects().count(),
        state.grant_count(),
        state.revision(),
    );
    rows.add(format!("load from SQLite, {of}"), taken, "s", within(5.0));
    rows.add(format!("memory after loading, {of}"), after - before, "MB", within(250.0));
    rows.add(format!("memory while loading, at most, {of}"), memory("VmHWM:") - before, "MB", None);
    drop(state);
    checks(&backend, &mut rows, &of, &within).await;
    commits(&backend, &mut rows, &of, &within).await;
    past(&backend, &mut rows, &of).await;
    backend.close().await;
    rows.report();
}

/// *Check access* as its page asks it, until the answer stands as text: what is allowed, what is refused with its
/// fixes, and who may.
async fn checks(backend: &Backend, rows: &mut Rows, of: &str, within: &impl Fn(f64) -> Option<f64>) {
    let state = backend.state();
    let stages: Vec<ObjectId> =
        state.objects().filter(|object| object.kind == "stage").map(|object| object.id).collect();
    let users: Vec<UserId> = state.people().map(|person| person.id).filter(|user| *user != ADMIN).collect();
    let query = |who: Option<UserId>, action: &str, place: ObjectId| CheckQuery {
        who: who.map(|user| chosen(who_key(Who::User(user)))).unwrap_or_default(),
        action: action.to_owned(),
        place: chosen(place.to_string()),
        ..CheckQuery::default()
    };
    let key = |grant: &Grant| {
        let permission = state.permissions_of(grant.role).iter().next()?;
        state.catalog().entry(permission).map(|entry| entry.key.clone())
    };
    let given = users.iter().filter_map(|user| {
        let grant = state.grants_of(Subject::User(*user)).next()?;
        Some(query(Some(*user), &key(&grant)?, grant.object))
    });
    let now = backend.clock().now();
    let refused = users
        .iter()
        .zip(stages.iter().cycle())
        .filter(|(user, stage)| !decide::allows(&state, **user, "merge.production", **stage, now))
        .map(|(user, stage)| query(Some(*user), "merge.production", *stage));
    let everybody = stages.iter().map(|stage| query(None, "merge.production", *stage));
    let sorts: [(&str, Vec<CheckQuery>); 3] = [
        ("of what is allowed", given.take(QUESTIONS).collect()),
        ("of what is refused, with its fixes", refused.take(QUESTIONS).collect()),
        ("of who may", everybody.take(QUESTIONS).collect()),
    ];
    let caller = backend.caller(SignedIn { user: ADMIN, session: String::new() }).unwrap();
    for (what, questions) in sorts {
        let mut samples = Vec::with_capacity(questions.len());
        for question in questions {
            let started = Instant::now();
            let answer = check::answer(backend, &caller, question).await.unwrap();
            std::hint::black_box(serde_json::to_string(&answer).unwrap());
            samples.push(started.elapsed().as_secs_f64() * 1000.0);
        }
        samples.sort_by(f64::total_cmp);
        let at = |part: usize| samples[samples.len() * part / 100];
        rows.add(format!("check access {what}, with its answer as text, {of}"), at(50), "ms", within(100.0));
        rows.add(format!("check access {what}: the same, p99, {of}"), at(99), "ms", within(100.0));
    }
}

fn chosen(value: String) -> Typed {
    Typed { value, text: None }
}

/// Commits of the sorts that are most frequent: without the database, and whole.
async fn commits(backend: &Backend, rows: &mut Rows, of: &str, within: &impl Fn(f64) -> Option<f64>) {
    let state = backend.state();
    let users: Vec<UserId> = state.people().map(|person| person.id).take(COMMITS as usize).collect();
    let role = state.roles().into_iter().find(|role| !role.id.is_built_in()).unwrap().id;
    let places: Vec<ObjectId> =
        state.objects().filter(|object| object.kind == "stage").map(|object| object.id).collect();
    let given = (0..COMMITS)
        .map(|n| Change::GrantAdded { grant: grant(100 + n, users[n as usize], role, places[n as usize]) });
    let group = state.groups()[0].id;
    let joins = users
        .iter()
        .filter(|user| !state.person(**user).unwrap().groups.contains(&group))
        .map(|user| Change::MemberAdded { group, user: *user });
    let deactivated = users.iter().filter(|user| **user != ADMIN);
    let deactivated = deactivated.map(|user| Change::UserDeactivated { user: *user });
    let sorts: [(&str, Vec<Change>); 3] = [
        ("a role given", given.collect()),
        ("a group joined that has 100 roles", joins.collect()),
        ("a person deactivated", deactivated.collect()),
    ];
    drop(state);
    for (what, changes) in sorts {
        let before = backend.state();
        let (median, p99) = times(&changes, |change| without_database(&before, change));
        rows.add(format!("{what}: commit without the database, {of}"), median / 1000.0, "ms", within(2.0));
        rows.add(format!("{what}: the same, p99, {of}"), p99 / 1000.0, "ms", None);
        let started = Instant::now();
        for change in &changes {
            backend.commit(Proposal::new(Actor::User(ADMIN), vec![change.clone()])).await.unwrap();
        }
        let each = started.elapsed().as_secs_f64() * 1000.0 / changes.len() as f64;
        rows.add(format!("{what}: commit, whole, on SQLite, {of}"), each, "ms", None);
    }
}

fn without_database(before: &State, change: &Change) -> (State, Texts) {
    let proposal = Proposal::new(Actor::User(ADMIN), vec![change.clone()]);
    let Prepared { changes, after } = prepare(before, &proposal, 0).ok().unwrap();
    assert!(!model::decide::administrators(&after).is_empty());
    let texts = Texts::of(before, &after, &changes, proposal.actor, &proposal.reason).unwrap();
    (after, texts)
}

/// How long the first look at the past takes, and the second.
async fn past(backend: &Backend, rows: &mut Rows, of: &str) {
    let now = backend.state().revision();
    for back in [10, 200] {
        let started = Instant::now();
        backend.as_of(now - back).await.unwrap();
        let taken = started.elapsed().as_secs_f64() * 1000.0;
        rows.add(format!("as of {back} changes ago, {of}"), taken, "ms", None);
    }
    let started = Instant::now();
    backend.as_of(now - 200).await.unwrap();
    rows.add(format!("the same again, {of}"), started.elapsed().as_secs_f64() * 1000.0, "ms", None);
}

/// A line of what Linux says of this process' memory, in MB.
fn memory(line: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|one| one.strip_prefix(line)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}
