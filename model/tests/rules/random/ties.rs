//! Random moves, ties and properties, among things that can have them.

use super::{account, pick, place, user, value};
use model::catalog::PropertyDef;
use model::change::Change;
use model::id::ObjectId;
use model::limit::Side;
use model::object::{Bearer, How, Link, Object};
use model::state::State;

/// All objects that are of some kind, in order.
fn of_kind(state: &State, fits: impl Fn(&str) -> bool) -> Vec<Object> {
    let mut found: Vec<Object> = state.objects().filter(|one| fits(&one.kind)).cloned().collect();
    found.sort_by_key(|one| one.id);
    found
}

fn may_hold(state: &State, held: &str, holder: &str) -> bool {
    state.catalog().kind(held).is_some_and(|kind| kind.within.iter().any(|one| one == holder))
}

pub(super) fn moved(state: &State, a: u8, b: u8) -> Change {
    let moving = pick(&of_kind(state, |kind| kind != "organization"), a);
    let kind = moving.as_ref().map_or("", |one| &one.kind);
    let to = pick(&of_kind(state, |holder| may_hold(state, kind, holder)), b);
    Change::ObjectMoved {
        object: moving.as_ref().map_or(place(a), |one| one.id),
        was: moving.and_then(|one| one.parent).unwrap_or(ObjectId::ORGANIZATION),
        now: to.map_or(ObjectId::ORGANIZATION, |one| one.id),
    }
}

/// A tie that is made when it is not there, and cut when it is.
pub(super) fn link(state: &State, (a, b, c): (u8, u8, u8)) -> Change {
    let catalog = state.catalog();
    let kind = |key: &str| catalog.kind(key);
    let (object, holder, how) = match c % 4 {
        0 => {
            let object = pick(&of_kind(state, |key| kind(key).is_some_and(|kind| kind.shared)), a);
            let holder = pick(&of_kind(state, |key| key == "folder"), b);
            (object, holder.map(|one| one.id), How::Shared)
        }
        1 => {
            let object = pick(&of_kind(state, |key| kind(key).is_some_and(|kind| kind.passes_down)), a);
            let placements: Vec<ObjectId> = object.iter().flat_map(|one| state.placements(one.id)).collect();
            (object, pick(&placements, b), How::PassedDown)
        }
        _ => {
            let mut relations: Vec<_> = catalog.relations().collect();
            relations.sort_by_key(|one| one.key.clone());
            let relation = pick(&relations, c / 4).unwrap();
            let object = pick(&of_kind(state, |key| key == relation.to), a);
            let holder = pick(&of_kind(state, |key| key == relation.from), b);
            (object, holder.map(|one| one.id), How::Related(relation.key.clone()))
        }
    };
    let link =
        Link { object: object.map_or(place(a), |one| one.id), holder: holder.unwrap_or(place(b)), how };
    if state.is_linked(&link) { Change::Unlinked { link } } else { Change::Linked { link } }
}

pub(super) fn property(state: &State, (a, b, c, d): (u8, u8, u8, u8)) -> Change {
    let of = match a % 4 {
        0 | 1 => {
            let all = of_kind(state, |_| true);
            Bearer::Object(pick(&all, a / 4).map_or(place(a), |one| one.id))
        }
        2 => Bearer::User(user(a / 4)),
        _ => Bearer::ServiceAccount(account(a / 4)),
    };
    let kind = match of {
        Bearer::Object(id) => state.object(id).map(|one| one.kind.clone()),
        _ => None,
    };
    let side = if matches!(of, Bearer::Object(_)) { Side::Object } else { Side::Subject };
    let has = |one: &&PropertyDef| {
        one.of == side && (one.kinds.is_empty() || kind.as_ref().is_some_and(|kind| one.kinds.contains(kind)))
    };
    let mut known: Vec<&PropertyDef> = state.catalog().properties().filter(has).collect();
    known.sort_by_key(|one| one.key.clone());
    let known = pick(&known, b).unwrap();
    let was = state.property(of, &known.key).cloned();
    let now = (was.is_none() || c % 4 > 0).then(|| value(state, known, d));
    Change::PropertySet { of, property: known.key.clone(), was, now }
}
