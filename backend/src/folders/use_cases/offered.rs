//! The use cases that the page of a place offers, with what there is to choose from for each.

use super::{ENVIRONMENT, deploy, others, own, start_on, start_within};
use crate::caller::Caller;
use crate::check::Sight;
use crate::folders::access::MANAGE;
use crate::folders::kept::inside;
use crate::folders::{FOLDER, kind_name};
use crate::people::refused;
use model::action::PROCESS;
use model::id::ObjectId;
use model::name::order_of;
use model::object::{Object, ROBOT};
use model::state::State;
use model::view::folders::Near;
use model::view::use_cases::{Choose, Offer, Offered};

/// How many places are offered without a search.
const FEW: usize = 8;

/// The use cases that the page of a place offers.
pub(in crate::folders) fn offers(
    caller: &Caller,
    sight: &Sight<'_>,
    object: &Object,
    no_changing: Option<&String>,
) -> Vec<Offer> {
    let state = &*caller.state;
    let (id, name) = (object.id, object.name.as_str());
    let barred = refused(caller.require_on(MANAGE, id));
    let offer = |what: Offered, sentence: String, said: String, choose: Option<Choose>| Offer {
        what,
        sentence,
        said,
        choose,
        refused: barred.clone(),
    };
    let plain = |what: Offered, sentence: String| offer(what, sentence.clone(), sentence, None);
    let own = || plain(Offered::Own, own(state, id, name));
    match object.kind.as_str() {
        PROCESS => vec![
            offer(
                Offered::Start,
                format!("may start {name}, and nothing else"),
                start_within(name, "{}"),
                Some(Choose {
                    label: "On any robot of".to_owned(),
                    kind: None,
                    near: listed(state, sight, pools(state, id)),
                    first: true,
                }),
            ),
            offer(
                Offered::StartOnRobot,
                format!("may start {name} on one robot only"),
                start_on(name, "{}"),
                Some(choose_of(state, sight, ROBOT, robots_for(state, id))),
            ),
        ],
        ROBOT => vec![
            offer(
                Offered::StartProcess,
                format!("may start one process on {name} only"),
                start_on("{}", name),
                Some(choose_of(state, sight, PROCESS, processes_for(state, id))),
            ),
            own(),
            Offer {
                refused: no_changing.cloned(),
                ..plain(
                    Offered::Share,
                    format!(
                        "Share {name} with one more folder: each sees of the other's work only how long it is busy"
                    ),
                )
            },
        ],
        ENVIRONMENT => {
            vec![plain(Offered::Deploy, deploy(name, &others(state, sight, id, |_| true))), own()]
        }
        FOLDER => vec![own()],
        _ => Vec::new(),
    }
}

/// Where a robot may be taken from for a process: the folders that hold it, the nearest first, and the environments in
/// them.
fn pools(state: &State, process: ObjectId) -> Vec<ObjectId> {
    let folders = folders_above(state, process);
    let inside = folders.iter().flat_map(|folder| state.children(*folder));
    let environments: Vec<ObjectId> =
        inside.filter(|one| one.kind == ENVIRONMENT).map(|one| one.id).collect();
    folders.into_iter().chain(environments).collect()
}

fn folders_above(state: &State, object: ObjectId) -> Vec<ObjectId> {
    state.chain(object).skip(1).take_while(|one| one.kind == FOLDER).map(|one| one.id).collect()
}

/// The robots in the folders that hold a process, shared ones too.
fn robots_for(state: &State, process: ObjectId) -> Vec<ObjectId> {
    let near = folders_above(state, process).into_iter().flat_map(|folder| inside(state, folder));
    near.filter(|one| one.kind == ROBOT).map(|one| one.id).collect()
}

/// The processes in the folders of a robot and beneath them.
fn processes_for(state: &State, robot: ObjectId) -> Vec<ObjectId> {
    let folders: Vec<ObjectId> = state.placements(robot).collect();
    let processes = state.objects().filter(|one| one.kind == PROCESS);
    let near = processes.filter(|one| folders.iter().any(|folder| state.is_within(one.id, *folder)));
    near.map(|one| one.id).collect()
}

/// Some places to choose from by name; where they are many they have to be looked for.
fn choose_of(state: &State, sight: &Sight<'_>, kind: &str, mut all: Vec<ObjectId>) -> Choose {
    all.sort_unstable();
    all.dedup();
    let mut near = listed(state, sight, all);
    if near.len() > FEW {
        near.clear();
    }
    near.sort_by_cached_key(|one| (order_of(&one.name), one.id));
    Choose { label: kind_name(state, kind), kind: Some(kind.to_owned()), near, first: false }
}

/// The first of those that are seen.
fn listed(state: &State, sight: &Sight<'_>, all: Vec<ObjectId>) -> Vec<Near> {
    let seen = all.into_iter().filter_map(|id| state.object(id)).filter(|one| sight.sees(one.id));
    let near = |one: &Object| Near {
        id: one.id,
        name: one.name.clone(),
        kind: one.kind.clone(),
        about: kind_name(state, &one.kind),
    };
    seen.take(FEW + 1).map(near).collect()
}
