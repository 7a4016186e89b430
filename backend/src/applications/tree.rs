//! How the stages of an application stand above each other. Only reads the state.
//!
//! INVARIANT: what is production is said by the tree alone: the stage that has none above it.

use model::id::ObjectId;
use model::name::order_of;
use model::object::{How, Link, Object};
use model::state::State;

/// The kind of an application.
pub(crate) const APPLICATION: &str = "application";
/// The kind of a stage.
pub(crate) const STAGE: &str = "stage";
/// The relation between a stage and those directly below it.
const BELOW: &str = "stage-below";

/// What ties a stage to the one above it.
pub(crate) fn tie(stage: ObjectId, above: ObjectId) -> Link {
    Link { object: stage, holder: above, how: How::Related(BELOW.to_owned()) }
}

fn is_tie(link: &Link) -> bool {
    matches!(&link.how, How::Related(key) if key == BELOW)
}

/// The stage directly above one.
pub(crate) fn above(state: &State, stage: ObjectId) -> Option<ObjectId> {
    state.holders(stage).find(|link| is_tie(link)).map(|link| link.holder)
}

/// The stages directly below one, by name.
pub(crate) fn below(state: &State, stage: ObjectId) -> Vec<ObjectId> {
    let held = state.held_by(stage).filter(|link| is_tie(link));
    by_name(state, held.map(|link| link.object).collect())
}

fn by_name(state: &State, mut stages: Vec<ObjectId>) -> Vec<ObjectId> {
    stages
        .sort_by_cached_key(|id| (state.object(*id).map(|one| order_of(&one.name)).unwrap_or_default(), *id));
    stages
}

/// The production stages of an application: one, where its tree is whole.
pub(crate) fn roots(state: &State, application: ObjectId) -> Vec<ObjectId> {
    let stages = state.children(application).filter(|object| object.kind == STAGE);
    by_name(state, stages.map(|stage| stage.id).filter(|id| above(state, *id).is_none()).collect())
}

/// All stages of an application with how many stand above each: each after the one above it.
pub(crate) fn stages(state: &State, application: ObjectId) -> Vec<(ObjectId, u32)> {
    let mut found = Vec::new();
    let mut open: Vec<(ObjectId, u32)> =
        roots(state, application).into_iter().rev().map(|id| (id, 0)).collect();
    while let Some((stage, depth)) = open.pop() {
        found.push((stage, depth));
        open.extend(below(state, stage).into_iter().rev().map(|id| (id, depth + 1)));
    }
    found
}

/// A stage that is there, with its application.
pub(crate) fn stage(state: &State, id: ObjectId) -> Option<(&Object, &Object)> {
    let stage = state.object(id).filter(|object| object.kind == STAGE)?;
    let application = state.object(stage.parent?).filter(|object| object.kind == APPLICATION)?;
    Some((stage, application))
}

/// The stages from which a merge to production starts: those directly below it.
pub(crate) fn before_production(state: &State, application: ObjectId) -> Vec<ObjectId> {
    roots(state, application).into_iter().flat_map(|root| below(state, root)).collect()
}
