//! What a place holds, as far as the caller may see it: in which order, and why it stands there.

use super::{FOLDER, belongs, can_hold};
use crate::check::Sight;
use model::id::ObjectId;
use model::name::order_of;
use model::object::{How, Object, TENANT};
use model::state::State;

/// Something that stands in a place.
#[derive(Debug, Clone)]
pub(super) struct Kept<'s> {
    pub object: &'s Object,
    /// Why, where this is not its first place.
    pub via: Option<String>,
}

/// What has a place in a folder: its own, and what is shared into it.
pub(super) fn inside(state: &State, folder: ObjectId) -> impl Iterator<Item = &Object> {
    let shared = state.held_by(folder).filter(|link| link.how == How::Shared);
    state.children(folder).chain(shared.filter_map(|link| state.object(link.object)))
}

/// All that stands in a place: folders first, then by kind and name. In the organization, that is its tenants,
/// and what the caller was given somewhere whose surroundings are not theirs to see.
pub(super) fn kept<'s>(state: &'s State, sight: &Sight<'_>, place: ObjectId) -> Vec<Kept<'s>> {
    let mut all = gathered(state, sight, place);
    sort(state, &mut all);
    all
}

/// The same in no order.
fn gathered<'s>(state: &'s State, sight: &Sight<'_>, place: ObjectId) -> Vec<Kept<'s>> {
    let Some(here) = state.object(place) else { return Vec::new() };
    let mut all: Vec<Kept<'s>> = Vec::new();
    let is_seen = |object: &Object| belongs(state, object) && sight.sees(object.id);
    for object in state.children(place).filter(|object| is_seen(object)) {
        all.push(Kept { object, via: None });
    }
    if place == ObjectId::ORGANIZATION {
        all.extend(strays(state, sight));
    }
    if here.kind == FOLDER {
        let linked = |holder: ObjectId, how: How| {
            let links = state.held_by(holder).filter(move |link| link.how == how);
            links.filter_map(|link| state.object(link.object)).filter(|object| is_seen(object))
        };
        all.extend(linked(place, How::Shared).map(|object| Kept { object, via: Some("shared".to_owned()) }));
        for above in state.chain(place).skip(1).take_while(|above| above.kind == FOLDER) {
            let name = sight.name(above.id).unwrap_or_else(|| "a folder above".to_owned());
            for object in linked(above.id, How::PassedDown) {
                if all.iter().all(|one| one.object.id != object.id) {
                    all.push(Kept { object, via: Some(format!("passed down from {name}")) });
                }
            }
        }
    }
    all
}

/// How many stand in a place; nothing for what holds nothing.
pub(super) fn count(state: &State, sight: &Sight<'_>, object: &Object) -> Option<u64> {
    can_hold(&object.kind).then(|| gathered(state, sight, object.id).len() as u64)
}

/// What the caller holds something on, though nothing that holds it is theirs to see.
fn strays<'s>(state: &'s State, sight: &Sight<'_>) -> Vec<Kept<'s>> {
    let is_stray = |object: &&Object| {
        object.kind != TENANT
            && belongs(state, object)
            && sight.sees(object.id)
            && !state.placements(object.id).any(|place| sight.sees(place))
    };
    let strays = sight.held().filter_map(|id| state.object(id)).filter(is_stray);
    strays.map(|object| Kept { object, via: Some("given to you".to_owned()) }).collect()
}

fn sort(state: &State, all: &mut [Kept<'_>]) {
    let kinds: Vec<&str> = state.catalog().kinds().map(|kind| kind.key.as_str()).collect();
    let rank = |kind: &str| kinds.iter().position(|key| *key == kind).unwrap_or(kinds.len());
    all.sort_by_cached_key(|one| (rank(&one.object.kind), order_of(&one.object.name), one.object.id));
}
