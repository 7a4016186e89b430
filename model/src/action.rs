//! Actions: what needs several permissions at once, on several objects.
//!
//! The catalog says what an action needs. Starting a process on a robot needs one permission on the process
//! and one on the robot; every need is asked with the same context, so a grant to start that is limited to
//! one robot holds for that robot alone, and two grants never add up to a third. The process is known from what is
//! stored, so a grant to use a robot can be limited to it. An action that the catalog does not know is the permission
//! of that key, asked on the object itself.

use crate::Millis;
use crate::catalog::{On, Permission};
use crate::decide::{self, Context, Question, Unsaid, Verdict};
use crate::grant::Who;
use crate::id::ObjectId;
use crate::limit::{Property, Side, Value};
use crate::name::order_of;
use crate::object::ROBOT;
use crate::state::State;

/// The key of the kind that is started.
pub const PROCESS: &str = "process";

/// May somebody do that with it?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Who asks.
    pub who: Who,
    /// The key of an action, or of a permission.
    pub action: String,
    /// With what; for something that is yet to be made, what will hold it.
    pub object: ObjectId,
    /// When.
    pub at: Millis,
    /// What surrounds it.
    pub context: Context,
}

/// One permission of those that an action needs, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The permission.
    pub permission: Permission,
    /// On what; `None` when the question does not say and nothing stored does.
    pub object: Option<ObjectId>,
    /// Whether it is there.
    pub verdict: Verdict,
}

/// The answer: all that is needed, and whether all of it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether they may.
    pub verdict: Verdict,
    /// What it takes, in the order of the catalog. Empty for an action that is not known.
    pub parts: Vec<Part>,
    /// What surrounded each of them: what the question brought, and the process that is stored.
    pub context: Context,
}

/// Answers whether somebody may.
#[must_use]
pub fn ask(state: &State, ask: &Ask) -> Answer {
    let ask = &with_process(state, ask);
    let parts = parts(state, ask);
    let mut open: Vec<Property> = Vec::new();
    let mut verdict = if parts.is_empty() { Verdict::Denied } else { Verdict::Allowed };
    for part in &parts {
        match &part.verdict {
            Verdict::Allowed => {}
            Verdict::Denied => verdict = Verdict::Denied,
            Verdict::Depends(on) => open.extend(on.iter().cloned()),
        }
    }
    if verdict == Verdict::Allowed && !open.is_empty() {
        open.sort();
        open.dedup();
        verdict = Verdict::Depends(open);
    }
    Answer { verdict, parts, context: ask.context.clone() }
}

/// The same with the process that it is about among what surrounds it. INVARIANT: which process that is, nobody who
/// asks can alter where it is stored, so a limit on it holds.
fn with_process(state: &State, ask: &Ask) -> Ask {
    let known = state.catalog().action(&ask.action).and_then(|_| process(state, ask));
    match known {
        Some(process) => {
            Ask { context: ask.context.clone().with(PROCESS, Value::Place(process)), ..ask.clone() }
        }
        None => ask.clone(),
    }
}

fn parts(state: &State, ask: &Ask) -> Vec<Part> {
    let catalog = state.catalog();
    let Some(action) = catalog.action(&ask.action) else {
        return catalog
            .number(&ask.action)
            .map(|one| part(state, ask, one, ask.object))
            .into_iter()
            .collect();
    };
    let needs = action.needs.iter().filter_map(|need| Some((catalog.number(&need.permission)?, need.on)));
    needs
        .map(|(permission, on)| match on {
            On::Object => part(state, ask, permission, ask.object),
            On::Process => match process(state, ask) {
                Some(process) => part(state, ask, permission, process),
                None => unsaid(ask, permission, PROCESS),
            },
            On::Runner => runner(state, ask, permission),
        })
        .collect()
}

fn part(state: &State, ask: &Ask, permission: Permission, object: ObjectId) -> Part {
    let Ask { who, at, .. } = *ask;
    let question = Question { who, permission, object, at, context: ask.context.clone() };
    Part { permission, object: Some(object), verdict: decide::verdict(state, &question) }
}

/// A need on something that nobody named.
fn unsaid(ask: &Ask, permission: Permission, key: &str) -> Part {
    let verdict = match ask.context.unsaid {
        Unsaid::Nothing => Verdict::Denied,
        Unsaid::Open | Unsaid::OpenBeneath => Verdict::Depends(vec![Property::new(Side::Context, key)]),
    };
    Part { permission, object: None, verdict }
}

/// The object itself, or the process that it belongs to. INVARIANT: what is stored wins over what is sent.
fn process(state: &State, ask: &Ask) -> Option<ObjectId> {
    let object = state.object(ask.object)?;
    if object.kind == PROCESS {
        return Some(object.id);
    }
    let mut holders = state.holders(object.id).map(|link| link.holder);
    holders.find(|holder| is_a(state, *holder, PROCESS)).or_else(|| named(state, ask, PROCESS))
}

/// A place of that kind that the context names.
fn named(state: &State, ask: &Ask, kind: &str) -> Option<ObjectId> {
    match ask.context.get(kind) {
        Some(Value::Place(place)) if is_a(state, *place, kind) => Some(*place),
        _ => None,
    }
}

fn is_a(state: &State, object: ObjectId, kind: &str) -> bool {
    state.object(object).is_some_and(|object| object.kind == kind)
}

/// What runs it. INVARIANT: who names no robot needs the right on all of which one could be taken.
fn runner(state: &State, ask: &Ask, permission: Permission) -> Part {
    if let Some(named) = ask.context.get(ROBOT) {
        return match named {
            Value::Place(robot) if is_a(state, *robot, ROBOT) => part(state, ask, permission, *robot),
            _ => Part { permission, object: None, verdict: Verdict::Denied },
        };
    }
    let wider = named(state, ask, "environment").or_else(|| {
        let started = process(state, ask)?;
        state.object(started)?.parent
    });
    let Some(wider) = wider else { return unsaid(ask, permission, ROBOT) };
    let found = part(state, ask, permission, wider);
    // A list does not say which robot: one may be enough for who may use one alone.
    let leaves_open = ask.context.unsaid != Unsaid::Nothing && found.verdict == Verdict::Denied;
    if leaves_open && !nameable_for(state, ask, permission).is_empty() {
        return Part { verdict: Verdict::Depends(vec![Property::new(Side::Context, ROBOT)]), ..found };
    }
    found
}

fn nameable_for(state: &State, ask: &Ask, permission: Permission) -> Vec<ObjectId> {
    let tenant = state.tenant_of(ask.object);
    let robots =
        state.objects().filter(|object| object.kind == ROBOT && state.tenant_of(object.id) == tenant);
    let (who, at) = (ask.who, ask.at);
    let mut question = Question { who, permission, object: ask.object, at, context: ask.context.clone() };
    let mut may = |robot: &ObjectId| {
        question.object = *robot;
        question.context.says.insert(Property::new(Side::Context, ROBOT), Value::Place(*robot));
        decide::verdict(state, &question) != Verdict::Denied
    };
    robots.map(|robot| robot.id).filter(|robot| may(robot)).collect()
}

/// The robots that somebody who was refused without naming one may name, by name.
#[must_use]
pub fn robots_to_name(state: &State, refused: &Ask) -> Vec<ObjectId> {
    let tenant = state.tenant_of(refused.object);
    let mut robots: Vec<_> = state
        .objects()
        .filter(|object| object.kind == ROBOT && state.tenant_of(object.id) == tenant)
        .filter(|robot| {
            let context = refused.context.clone().with(ROBOT, Value::Place(robot.id));
            ask(state, &Ask { context, ..refused.clone() }).verdict == Verdict::Allowed
        })
        .collect();
    robots.sort_by_cached_key(|robot| (order_of(&robot.name), robot.id));
    robots.into_iter().map(|robot| robot.id).collect()
}
