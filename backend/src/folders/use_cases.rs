//! What is given in one sentence: which built-in roles with which limits a use case is, and back from role
//! assignments to the sentence.
//!
//! INVARIANT: the halves of a use case name each other in their limits, so neither adds up with anything else that
//! its holder has: who may start P on R only gains no other start on R, and no other robot for P.

mod offered;

pub(super) use offered::offers;

use super::access::reads;
use super::{FOLDER, kind_name, seen};
use crate::caller::Caller;
use crate::check::{Sight, called};
use crate::error::{Error, Result};
use model::action::PROCESS;
use model::catalog::On;
use model::change::Change;
use model::decide::{self, Context, Question, Verdict};
use model::grant::{Grant, Phase, Subject, Who, Window};
use model::id::{GrantId, ObjectId, RoleId};
use model::limit::{Limits, Side, Sort};
use model::name::order_of;
use model::object::ROBOT;
use model::state::State;
use model::view::use_cases::{Given, LimitKind, UseCase, only, only_place};

const STARTER: &str = "process-starter";
const RUNNER: &str = "robot-user";
const OWNER: &str = "robot-owner";
const DEPLOYER: &str = "environment-deployer";
const EDITOR: &str = "process-editor";
/// The key of the kind that is deployed to.
const ENVIRONMENT: &str = "environment";
/// How many places a sentence names.
const NAMED: usize = 2;

/// The role assignments that a use case is. Their ids are yet to be drawn.
pub(super) fn grants(state: &State, given: Given, window: Window) -> Result<Vec<Grant>> {
    let Given { subject, case } = given;
    let grant = |key: &str, object: ObjectId, limits: Limits| -> Result<Grant> {
        let role = state.catalog().role_id(key).ok_or(Error::NotFound("role"))?;
        Ok(Grant { id: GrantId::from_bits(0), subject, role, object, window, limits })
    };
    match case {
        UseCase::Start { process, within } => {
            Ok(vec![grant(STARTER, process, Limits::NONE)?, grant(RUNNER, within, only(PROCESS, process))?])
        }
        UseCase::StartOn { process, robot } => Ok(vec![
            grant(STARTER, process, only(ROBOT, robot))?,
            grant(RUNNER, robot, only(PROCESS, process))?,
        ]),
        UseCase::Deploy { environment } => {
            // What is deployed stands in the same folder or beneath it.
            let folder =
                state.object(environment).and_then(|one| one.parent).ok_or(Error::NotFound("place"))?;
            Ok(vec![
                grant(DEPLOYER, environment, Limits::NONE)?,
                grant(EDITOR, folder, only(ENVIRONMENT, environment))?,
            ])
        }
        UseCase::Own { place } => Ok(vec![grant(OWNER, place, Limits::NONE)?]),
    }
}

/// The place whose page offers a use case, if all that it names is there for the caller and fits together.
pub(super) fn place_of(caller: &Caller, sight: &Sight<'_>, case: UseCase) -> Result<ObjectId> {
    let state = &caller.state;
    let known = |id: ObjectId, kinds: &[&str]| {
        let object = seen(caller, sight, id)?;
        if kinds.contains(&object.kind.as_str()) { Ok(id) } else { Err(Error::NotFound("place")) }
    };
    let near = |a: ObjectId, b: ObjectId| {
        if state.tenant_of(a) == state.tenant_of(b) { Ok(()) } else { Err(Error::NotFound("place")) }
    };
    match case {
        UseCase::Start { process, within } => {
            let process = known(process, &[PROCESS])?;
            near(process, known(within, &[FOLDER, ENVIRONMENT])?)?;
            // Any robot is one of an environment, or of a folder that holds the process.
            let is_folder = state.object(within).is_some_and(|one| one.kind == FOLDER);
            if is_folder && !state.is_within(process, within) {
                return Err(Error::NotFound("place"));
            }
            Ok(process)
        }
        UseCase::StartOn { process, robot } => {
            let process = known(process, &[PROCESS])?;
            near(process, known(robot, &[ROBOT])?)?;
            Ok(process)
        }
        UseCase::Deploy { environment } => known(environment, &[ENVIRONMENT]),
        UseCase::Own { place } => known(place, &[FOLDER, ENVIRONMENT, ROBOT]),
    }
}

/// The use cases that a role assignment is, or is a half of, with all that they are.
fn cases(state: &State, grant: &Grant) -> Vec<(UseCase, Vec<Grant>)> {
    let Some(key) = state.catalog().built_in(grant.role).map(|role| role.key.as_str()) else {
        return Vec::new();
    };
    let is_robot = |id: ObjectId| state.object(id).is_some_and(|one| one.kind == ROBOT);
    let on = |key: &str| only_place(&grant.limits, key);
    let mut found: Vec<UseCase> = Vec::new();
    match (key, grant.limits.is_none()) {
        (STARTER, true) => {
            let process = grant.object;
            let runners = state.grants_of(grant.subject);
            let runners = runners.filter(|one| only_place(&one.limits, PROCESS) == Some(process));
            let places = runners.map(|one| one.object).filter(|place| !is_robot(*place));
            found.extend(places.map(|within| UseCase::Start { process, within }));
        }
        (STARTER, false) => {
            found.extend(on(ROBOT).map(|robot| UseCase::StartOn { process: grant.object, robot }));
        }
        (RUNNER, false) => found.extend(on(PROCESS).map(|process| match is_robot(grant.object) {
            true => UseCase::StartOn { process, robot: grant.object },
            false => UseCase::Start { process, within: grant.object },
        })),
        (DEPLOYER, true) => found.push(UseCase::Deploy { environment: grant.object }),
        (EDITOR, false) => {
            found.extend(on(ENVIRONMENT).map(|environment| UseCase::Deploy { environment }));
        }
        (OWNER, true) => found.push(UseCase::Own { place: grant.object }),
        _ => {}
    }
    let whole = |case: UseCase| {
        let wanted = grants(state, Given { subject: grant.subject, case }, grant.window).ok()?;
        let had = |wanted: &Grant| {
            let mut all = state.grants_of(grant.subject);
            all.find(|held| Grant { id: wanted.id, ..held.clone() } == *wanted)
        };
        let halves: Vec<Grant> = wanted.iter().map(had).collect::<Option<_>>()?;
        Some((case, halves))
    };
    found.into_iter().filter_map(whole).collect()
}

/// What is taken away together with a role assignment: what was given with it in one sentence, and serves nothing
/// else.
pub(super) fn going_with(state: &State, grant: &Grant) -> Vec<Grant> {
    let has = |halves: &[Grant]| halves.iter().any(|half| half.id == grant.id);
    let mut going: Vec<Grant> = Vec::new();
    for half in cases(state, grant).into_iter().flat_map(|(_, halves)| halves) {
        let is_new = half.id != grant.id && going.iter().all(|one| one.id != half.id);
        if is_new && cases(state, &half).iter().all(|(_, halves)| has(halves)) {
            going.push(half);
        }
    }
    going
}

/// What a role assignment comes to in one sentence, if it was given so.
pub(super) fn says(caller: &Caller, sight: &Sight<'_>, grant: &Grant) -> Option<String> {
    let (case, _) = cases(&caller.state, grant).into_iter().next()?;
    Some(sentence(caller, sight, grant.subject, case))
}

/// The sentence, without its beginning.
pub(super) fn sentence(caller: &Caller, sight: &Sight<'_>, subject: Subject, case: UseCase) -> String {
    let state = &*caller.state;
    let name =
        |id: ObjectId, else_: &str| sight.name(id).unwrap_or_else(|| format!("{else_} that you may not see"));
    match case {
        UseCase::Start { process, within } => {
            start_within(&name(process, "a process"), &name(within, "a place"))
        }
        UseCase::StartOn { process, robot } => start_on(&name(process, "a process"), &name(robot, "a robot")),
        UseCase::Deploy { environment } => {
            let deploys = |other: ObjectId| {
                let permission = state.catalog().number("environments.deploy");
                permission.zip(who(subject)).is_none_or(|(permission, who)| {
                    let (at, context) = (caller.at, Context::open());
                    let question = Question { who, permission, object: other, at, context };
                    decide::verdict(state, &question) != Verdict::Denied
                })
            };
            let others = others(state, sight, environment, |other| !deploys(other));
            match others.is_empty() {
                true => format!("may deploy to {}", name(environment, "an environment")),
                false => deploy(&name(environment, "an environment"), &others),
            }
        }
        UseCase::Own { place } => own(state, place, &name(place, "a place")),
    }
}

fn start_within(process: &str, within: &str) -> String {
    format!("may start {process} on any robot of {within}, and nothing else")
}

fn start_on(process: &str, robot: &str) -> String {
    format!("may start {process} on {robot} only")
}

fn deploy(environment: &str, others: &[String]) -> String {
    let rest = match others {
        [] => ", and nowhere else".to_owned(),
        [one] => format!(", not to {one}"),
        [one, other] => format!(", not to {one} or {other}"),
        [one, ..] => format!(", not to {one} or elsewhere"),
    };
    format!("may deploy to {environment}{rest}")
}

fn own(state: &State, place: ObjectId, name: &str) -> String {
    let is_robot = state.object(place).is_some_and(|one| one.kind == ROBOT);
    let robots = if is_robot { name.to_owned() } else { format!("the robots of {name}") };
    format!(
        "may see status, reports, logs, jobs, schedules and assets of {robots}, and set the values of assets without \
         reading them"
    )
}

/// The environments beside one that are seen and wanted, by name.
fn others(
    state: &State,
    sight: &Sight<'_>,
    of: ObjectId,
    is_wanted: impl Fn(ObjectId) -> bool,
) -> Vec<String> {
    let folder = state.object(of).and_then(|one| one.parent);
    let beside = folder.into_iter().flat_map(|folder| state.children(folder));
    let beside = beside.filter(|one| one.kind == ENVIRONMENT && one.id != of && is_wanted(one.id));
    let mut names: Vec<String> = beside.filter_map(|one| sight.name(one.id)).collect();
    names.sort_by_cached_key(|name| order_of(name));
    names.truncate(NAMED + 1);
    names
}

/// Who a question about a subject is about; none for all users.
fn who(subject: Subject) -> Option<Who> {
    match subject {
        Subject::User(user) => Some(user.into()),
        Subject::Group(group) => Some(group.into()),
        Subject::ServiceAccount(account) => Some(account.into()),
        Subject::Everyone => None,
    }
}

/// What is told beside the effect: the sentence, and that somebody can do more already, by what the caller may read.
pub(super) fn notes(caller: &Caller, sight: &Sight<'_>, given: Given) -> Vec<String> {
    let name = called(&caller.state, given.subject).name;
    let said = format!("{name} {}.", sentence(caller, sight, given.subject, given.case));
    let wider = wider(caller, sight, given)
        .map(|what| format!("{name} can {what} already, which this does not narrow."));
    std::iter::once(said).chain(wider).collect()
}

/// What is told when several role assignments end together: what they were.
pub(super) fn ending(caller: &Caller, sight: &Sight<'_>, changes: &[Change]) -> Vec<String> {
    let grants: Vec<&Grant> = changes
        .iter()
        .filter_map(|change| match change {
            Change::GrantRemoved { grant } => Some(grant),
            _ => None,
        })
        .collect();
    let [first, _, ..] = grants.as_slice() else { return Vec::new() };
    let state = &caller.state;
    let said = says(caller, sight, first).map(|said| {
        let roles: Vec<String> =
            grants.iter().filter_map(|grant| state.role(grant.role)).map(|role| role.name.clone()).collect();
        format!("{} end together. They say: {said}.", roles.join(" and "))
    });
    said.into_iter().collect()
}

/// What else of the same sort somebody may do already.
fn wider(caller: &Caller, sight: &Sight<'_>, given: Given) -> Option<&'static str> {
    let state = &*caller.state;
    let (what, key) = match given.case {
        UseCase::Start { .. } => ("start other processes", "processes.start"),
        UseCase::StartOn { .. } => ("start it elsewhere", "processes.start"),
        UseCase::Deploy { .. } => ("deploy elsewhere", "environments.deploy"),
        UseCase::Own { .. } => ("read the values of assets there", "assets.reveal"),
    };
    let permission = state.catalog().number(key)?;
    let is_wider = |grant: &Grant| match given.case {
        UseCase::Start { process, .. } => grant.object != process,
        UseCase::StartOn { process, robot } => {
            state.is_within(process, grant.object) && only_place(&grant.limits, ROBOT) != Some(robot)
        }
        UseCase::Deploy { environment } => grant.object != environment,
        UseCase::Own { place } => state.is_within(place, grant.object),
    };
    let held = decide::grants_for(state, who(given.subject)?);
    let mut held = held.filter(|grant| {
        grant.window.phase(caller.at) != Phase::Expired && state.role_allows(grant.role, permission)
    });
    held.any(|grant| is_wider(&grant) && sight.sees(grant.object) && reads(caller, grant.object))
        .then_some(what)
}

/// The limits under which a role makes sense on a place of that kind: what surrounds the actions that its permissions
/// take part in.
pub(super) fn limit_kinds(state: &State, role: RoleId, kind: &str) -> Vec<LimitKind> {
    let catalog = state.catalog();
    let permissions = state.permissions_of(role);
    let takes_part = |key: &str| catalog.number(key).is_some_and(|number| permissions.contains(number));
    let actions: Vec<_> = catalog
        .actions()
        .filter(|action| action.needs.iter().any(|need| takes_part(&need.permission)))
        .collect();
    let runs = actions.iter().any(|action| action.needs.iter().any(|need| need.on == On::Runner));
    let places = catalog.properties().filter(|one| one.of == Side::Context && one.sort == Sort::Place);
    let fits = places.filter_map(|one| {
        let of = one.place.as_deref().filter(|of| *of != kind)?;
        let (name, before) = (kind_name(state, of), if one.key == PROCESS { "for" } else { "on" });
        let words = format!("Only {before} one {}", name.to_lowercase());
        runs.then(|| LimitKind { key: one.key.clone(), words, kind: of.to_owned(), name })
    });
    fits.collect()
}
