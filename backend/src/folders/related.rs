//! What belongs to a place: what it is tied to, both ways, and what can be used beside it.

use super::kept::inside;
use super::place::no_changing;
use super::{aside, jobs, kind_name, kind_names, seen};
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use model::action::PROCESS;
use model::catalog::Relation;
use model::id::ObjectId;
use model::name::order_of;
use model::object::{How, Object, ROBOT};
use model::state::State;
use model::view::folders::{Near, Related, Relatives, TieBy};

/// How many of a list are shown.
const SHOWN: usize = 50;

/// What belongs to a place.
///
/// # Errors
/// When it is not there, or not for the caller to see.
pub async fn related(backend: &Backend, caller: &Caller, id: ObjectId) -> Result<Related> {
    let mut related = aside(caller, move |caller, sight| {
        let object = seen(caller, sight, id)?;
        let state = &*caller.state;
        let mut lists: Vec<Relatives> = Vec::new();
        for relation in state.catalog().relations() {
            if relation.to == object.kind {
                lists.push(tied(state, sight, object, relation, false));
            }
            if relation.from == object.kind {
                lists.push(tied(state, sight, object, relation, true));
            }
        }
        lists.extend(beside(state, sight, object));
        Ok(Related {
            revision: state.revision(),
            id,
            lists,
            no_changing: no_changing(caller, object),
            jobs: jobs::part(caller, object),
        })
    })
    .await?;
    if let Some(jobs) = &mut related.jobs {
        jobs::fill(backend, caller, id, jobs).await?;
    }
    Ok(related)
}

/// What is tied to a place by a relation, as the one that holds or the one that is held.
fn tied(state: &State, sight: &Sight<'_>, object: &Object, relation: &Relation, holds: bool) -> Relatives {
    let how = How::Related(relation.key.clone());
    let others: Vec<ObjectId> = if holds {
        state.held_by(object.id).filter(|link| link.how == how).map(|link| link.object).collect()
    } else {
        state.holders(object.id).filter(|link| link.how == how).map(|link| link.holder).collect()
    };
    let (words, kind) =
        if holds { (&relation.name, &relation.to) } else { (&relation.reverse, &relation.from) };
    let is_single = relation.one && !holds;
    let called = if is_single { kind_name(state, kind) } else { kind_names(state, kind) };
    let has_room = !is_single || others.is_empty();
    let title = first_upper(&format!("{words} {}", called.to_lowercase()));
    let tie = TieBy { relation: relation.key.clone(), holds, what: kind_name(state, kind), has_room };
    Relatives { tie: Some(tie), ..list(state, sight, title, others) }
}

/// A robot's processes and a process's robots: what is in the same folders.
fn beside(state: &State, sight: &Sight<'_>, object: &Object) -> Option<Relatives> {
    let (kind, title) = match object.kind.as_str() {
        ROBOT => (PROCESS, "Processes in the same folders"),
        PROCESS => (ROBOT, "Robots in the same folder"),
        _ => return None,
    };
    let near = state.placements(object.id).flat_map(|folder| inside(state, folder));
    // In another's folder that is not the caller's to see there may be any number: none of it is told.
    let seen = near.filter(|other| other.kind == kind && sight.sees(other.id));
    let mut others: Vec<ObjectId> = seen.map(|other| other.id).collect();
    others.sort_unstable();
    others.dedup();
    Some(list(state, sight, title.to_owned(), others))
}

fn list(state: &State, sight: &Sight<'_>, title: String, others: Vec<ObjectId>) -> Relatives {
    let total = others.len();
    let mut seen: Vec<&Object> =
        others.into_iter().filter(|id| sight.sees(*id)).filter_map(|id| state.object(id)).collect();
    let hidden = (total - seen.len()) as u64;
    seen.sort_by_cached_key(|one| (order_of(&one.name), one.id));
    let more = seen.len().saturating_sub(SHOWN) as u64;
    let near = |one: &&Object| Near {
        id: one.id,
        name: one.name.clone(),
        kind: one.kind.clone(),
        about: one.parent.map(|parent| sight.path(parent)).unwrap_or_default(),
    };
    Relatives { title, all: seen.iter().take(SHOWN).map(near).collect(), more, hidden, tie: None }
}

fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
