//! One place: how it hangs together with others, what it holds, and what can be done there.

use super::kept::{count, kept};
use super::{AREA, aside, can_hold, kind_name, occupancy, seen, use_cases};
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use crate::people::{lacks, refused};
use model::catalog::Kind;
use model::change::{self, Change};
use model::guard;
use model::id::ObjectId;
use model::name::fold;
use model::object::{How, Link as Tie, Object, TENANT};
use model::state::State;
use model::view::Page;
use model::view::folders::{Chain, HeldRow, Holds, HoldsQuery, Link, NewKind, PAGE, Place, Placement, Top};
use model::view::hidden::HIDDEN;

/// The page without a place.
///
/// # Errors
/// When the area is off.
pub async fn top(_: &Backend, caller: &Caller) -> Result<Top> {
    aside(caller, |caller, sight| {
        let state = &caller.state;
        let tenants = state.children(ObjectId::ORGANIZATION).filter(|one| one.kind == TENANT);
        Ok(Top {
            revision: state.revision(),
            tenants: tenants.filter(|one| sight.sees(one.id)).count() as u64,
            has_screen: tenants_have_a_screen(state),
            no_adding: lacks(caller, &["tenants.manage"]),
        })
    })
    .await
}

/// Whether tenants are added on a screen of their own, with who may see them.
pub(super) fn tenants_have_a_screen(state: &State) -> bool {
    state.catalog().area_of_kind("app").is_some_and(|area| area.on)
}

/// One place.
///
/// # Errors
/// When it is not there, or not for the caller to see.
pub async fn one(backend: &Backend, caller: &Caller, id: ObjectId) -> Result<Place> {
    let place = aside(caller, move |caller, sight| {
        let object = seen(caller, sight, id)?;
        let state = &*caller.state;
        let kind = state.catalog().kind(&object.kind);
        let is_shared = kind.is_some_and(|kind| kind.shared);
        let removed = Change::ObjectRemoved { object: object.clone() };
        let no_changing = no_changing(caller, object);
        Ok(Place {
            revision: state.revision(),
            id,
            name: object.name.clone(),
            kind: object.kind.clone(),
            what: kind_name(state, &object.kind),
            in_force: state.catalog().in_force_on(&object.kind),
            chain: chain(state, sight, object),
            can_hold: can_hold(&object.kind),
            kinds: kinds(caller, object),
            placements: if is_shared { placements(state, sight, id) } else { Vec::new() },
            passes_down: kind.is_some_and(|kind| kind.passes_down),
            can_move: object.kind != TENANT,
            has_relations: has_relations(state, &object.kind),
            offers: use_cases::offers(caller, sight, object, no_changing.as_ref()),
            occupancy: None,
            no_changing,
            no_removing: judged(caller, removed),
            no_reading_access: super::access::no_reading(caller, id),
            no_history: lacks(caller, &["history.view"]),
        })
    })
    .await?;
    Ok(Place { occupancy: occupancy::of(backend, caller, id, &place.kind).await?, ..place })
}

/// Why the guards refuse a change, with all that it brings along.
pub(super) fn judged(caller: &Caller, change: Change) -> Option<String> {
    let changes = change::expand(&caller.state, &[change]);
    refused(guard::check(&caller.state, caller.actor(), &changes, caller.at))
}

/// Why a place is not the caller's to change.
pub(super) fn no_changing(caller: &Caller, object: &Object) -> Option<String> {
    // Any name that fits will do, since it is not saved: a change that does not fit is not judged. No two places have
    // the same id, so none is called by this one's.
    let (was, now) = (object.name.clone(), object.id.to_string());
    judged(caller, Change::ObjectRenamed { object: object.id, was, now })
}

fn has_relations(state: &State, kind: &str) -> bool {
    state.catalog().relations().any(|relation| relation.from == kind || relation.to == kind)
}

/// What can be made in a place, in the order of the catalog, with the guards' reason against it.
fn kinds(caller: &Caller, place: &Object) -> Vec<NewKind> {
    let catalog = caller.state.catalog();
    let fits = |kind: &&Kind| {
        kind.within.contains(&place.kind)
            && catalog.area_of_kind(&kind.key).is_some_and(|area| area.pack.key == AREA)
    };
    let new = |kind: &Kind| {
        // Only to judge by: it is not saved, so any id that is free will do.
        let id = ObjectId::from_bits(u64::MAX);
        let object = Object { id, kind: kind.key.clone(), name: kind.name.clone(), parent: Some(place.id) };
        NewKind {
            key: kind.key.clone(),
            name: kind.name.clone(),
            refused: judged(caller, Change::ObjectCreated { object }),
        }
    };
    catalog.kinds().filter(fits).map(new).collect()
}

fn placements(state: &State, sight: &Sight<'_>, object: ObjectId) -> Vec<Placement> {
    let first = state.object(object).and_then(|one| one.parent);
    let seen = state.placements(object).filter(|folder| sight.sees(*folder));
    let placement = |folder: ObjectId| Placement {
        folder,
        name: sight.path(folder),
        is_first: first == Some(folder),
        passed_down: state.is_linked(&Tie { object, holder: folder, how: How::PassedDown }),
    };
    seen.map(placement).collect()
}

fn chain(state: &State, sight: &Sight<'_>, object: &Object) -> Chain {
    let mut chain = Chain::default();
    for place in state.chain(object.id).skip(1).filter(|place| place.id != ObjectId::ORGANIZATION) {
        let what = kind_name(state, &place.kind).to_lowercase();
        let link = link(sight, place, what);
        // Several in a row that may not be seen are one.
        if link.id.is_some() || chain.above.last().is_none_or(|last| last.id.is_some()) {
            chain.above.push(link);
        }
    }
    chain.above.reverse();
    for tie in state.holders(object.id) {
        let Some(holder) = state.object(tie.holder) else { continue };
        match &tie.how {
            How::Shared if sight.sees(holder.id) => {
                chain.shared.push(Link {
                    name: sight.path(holder.id),
                    ..link(sight, holder, "shared into".to_owned())
                });
            }
            How::Shared => chain.hidden += 1,
            How::Related(key) if sight.sees(holder.id) => {
                let relation = state.catalog().relation(key);
                let contains = relation.is_some_and(|relation| relation.contains);
                let kind = kind_name(state, &holder.kind).to_lowercase();
                let words = relation.map(|relation| relation.reverse.as_str()).unwrap_or_default();
                if contains {
                    chain.containing.push(link(sight, holder, kind));
                } else {
                    chain.beside.push(link(sight, holder, format!("{words} {kind}")));
                }
            }
            How::Related(_) | How::PassedDown => {}
        }
    }
    chain
}

fn link(sight: &Sight<'_>, place: &Object, what: String) -> Link {
    match sight.sees(place.id) {
        true => Link { id: Some(place.id), name: place.name.clone(), kind: place.kind.clone(), what },
        false => Link { id: None, name: HIDDEN.to_owned(), kind: String::new(), what: String::new() },
    }
}

/// What a place holds: one page.
///
/// # Errors
/// When it is not there, or not for the caller to see.
pub async fn holds(_: &Backend, caller: &Caller, query: &HoldsQuery) -> Result<Holds> {
    let query = query.clone();
    aside(caller, move |caller, sight| {
        let state = &*caller.state;
        let place = seen(caller, sight, query.of)?.id;
        let mut found = kept(state, sight, place);
        let all = found.len() as u64;
        let search = fold(&query.search);
        found.retain(|one| fold(&one.object.name).contains(&search));
        let rows = Page::of(found, query.page, PAGE).map(|one| HeldRow {
            id: one.object.id,
            name: one.object.name.clone(),
            kind: one.object.kind.clone(),
            what: kind_name(state, &one.object.kind),
            holds: count(state, sight, one.object),
            via: one.via,
        });
        Ok(Holds { rows, all })
    })
    .await
}
