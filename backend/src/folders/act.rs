//! What is done with places and to who has access there: from a wish to changes, their effect, saving them.
//!
//! Whether it fits and whether it is the caller's to do, the model says: in the preview and when it is saved,
//! with the same words. Here nothing is judged but that all it names is the caller's to see.

use super::access::{is_setting, reads};
use super::place::tenants_have_a_screen;
use super::{AREA, FOLDER, kind_name, kind_names, require_area, seen, use_cases};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::{Error, Result};
use crate::people::{give, give_whole, told, unlimited};
use model::change::{self, Change};
use model::grant::Grant;
use model::id::ObjectId;
use model::limit::{Comparison, Value};
use model::name;
use model::object::{How, Link, Object, TENANT};
use model::state::State;
use model::view::folders::{FolderAct, FolderWish, Made, New};
use model::view::hidden::place_first;
use model::view::people::{Half, Plan, Saved};
use std::collections::{BTreeMap, BTreeSet};

/// Makes a folder, or a thing in one.
///
/// # Errors
/// When its place is not there for the caller, it is not theirs to make, or the name is taken or not well formed.
pub async fn create(backend: &Backend, caller: &Caller, new: &New) -> Result<Made> {
    require_area(caller)?;
    let state = &caller.state;
    if new.within == ObjectId::ORGANIZATION {
        // While tenants have a screen of their own they are made there, with who may see them.
        if new.kind != TENANT || tenants_have_a_screen(state) {
            return Err(Error::NotFound("kind"));
        }
    } else {
        seen(caller, &Sight::of(caller), new.within)?;
        let is_ours = state.catalog().area_of_kind(&new.kind).is_some_and(|area| area.pack.key == AREA);
        if !is_ours {
            return Err(Error::NotFound("kind"));
        }
    }
    let name = clean(&new.name)?;
    let id = ObjectId::from_bits(backend.random().bits());
    let object = Object { id, kind: new.kind.clone(), name: name.clone(), parent: Some(new.within) };
    backend.commit(Proposal::new(caller.actor(), vec![Change::ObjectCreated { object }])).await?;
    Ok(Made { id, name })
}

fn clean(text: &str) -> Result<String> {
    name::clean(text).map_err(|bad| Error::Invalid { field: "name", message: bad.to_string() })
}

/// Who would gain and lose what, and what else would be altered.
///
/// # Errors
/// What saving would refuse.
pub async fn preview(backend: &Backend, caller: &Caller, wish: &FolderWish) -> Result<Plan> {
    let Wished { changes, place, half } = wished(backend, caller, &wish.act)?;
    if changes.is_empty() {
        return Err(Error::NothingToDo);
    }
    let with_names = reads(caller, place);
    let effect = crate::preview::named(backend, caller, &changes, Some(wish.seen), with_names).await?;
    let sight = Sight::of(caller);
    let mut notes = notes(caller, &sight, &changes, place);
    match &wish.act {
        FolderAct::GiveCase { given, .. } => {
            notes.splice(0..0, use_cases::notes(caller, &sight, *given)).for_each(drop)
        }
        FolderAct::Take { .. } => notes.extend(use_cases::ending(caller, &sight, &changes)),
        _ => {}
    }
    Ok(Plan { people: 1, effect, notes, half, ..Plan::default() })
}

/// Does it, as one revision.
///
/// # Errors
/// When it is not the caller's to do, does not fit, or is so already.
pub async fn save(backend: &Backend, caller: &Caller, wish: &FolderWish) -> Result<Saved> {
    let Wished { changes, .. } = wished(backend, caller, &wish.act)?;
    let undoable = change::inverse(&changes).is_some();
    let committed = backend.commit(Proposal::new(caller.actor(), changes).seen(wish.seen)).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

/// What a wish comes to.
struct Wished {
    changes: Vec<Change>,
    /// The place that it is about.
    place: ObjectId,
    /// The half that is missing where a role is given.
    half: Option<Half>,
}

fn wished(backend: &Backend, caller: &Caller, act: &FolderAct) -> Result<Wished> {
    let state = &caller.state;
    let sight = Sight::of(caller);
    let known = |id: &ObjectId| seen(caller, &sight, *id);
    let tie = |object: ObjectId, holder: ObjectId, how: How, on: bool| {
        let link = Link { object, holder, how };
        if on { Change::Linked { link } } else { Change::Unlinked { link } }
    };
    let (place, change) = match act {
        FolderAct::Rename { object, was, now } => {
            let now = clean(now)?;
            let place = known(object)?.id;
            if *was == now {
                return Ok(Wished { changes: Vec::new(), place, half: None });
            }
            (place, Change::ObjectRenamed { object: place, was: was.clone(), now })
        }
        FolderAct::Move { object, was, to } => {
            let (object, now) = (known(object)?.id, known(to)?.id);
            (object, Change::ObjectMoved { object, was: *was, now })
        }
        FolderAct::Share { object, folder, on } => {
            let object = known(object)?.id;
            (object, tie(object, known(folder)?.id, How::Shared, *on))
        }
        FolderAct::PassDown { object, folder, on } => {
            let object = known(object)?.id;
            (object, tie(object, known(folder)?.id, How::PassedDown, *on))
        }
        FolderAct::Tie { relation, object, holder, on } => {
            let object = known(object)?.id;
            (object, tie(object, known(holder)?.id, How::Related(relation.clone()), *on))
        }
        FolderAct::Remove { object } => {
            let object = known(object)?.clone();
            (object.id, Change::ObjectRemoved { object })
        }
        FolderAct::Give { subject, role, object, window, limits, with_half } => {
            let place = known(object)?.id;
            for value in limits.iter().filter_map(Comparison::values).flatten() {
                if let Value::Place(named) = value {
                    known(named)?;
                }
            }
            let grant = Grant { limits: limits.clone(), ..unlimited(*subject, *role, place, *window) };
            if is_setting(state, &grant) {
                return Err(Error::NotFound("role"));
            }
            let given = give_whole(backend, caller, grant, *with_half);
            let half = told(caller, given.lacking.as_slice());
            return Ok(Wished { changes: given.changes, place, half });
        }
        FolderAct::GiveCase { given, window } => {
            let place = use_cases::place_of(caller, &sight, given.case)?;
            let grants = use_cases::grants(state, *given, *window)?;
            let changes = grants.into_iter().flat_map(|grant| give(backend, state, grant)).collect();
            return Ok(Wished { changes, place, half: None });
        }
        FolderAct::Take { grant } => {
            let found = state.grant(*grant).filter(|grant| !is_setting(state, grant));
            let found = found.filter(|grant| known(&grant.object).is_ok_and(|place| reads(caller, place.id)));
            let grant = found.ok_or(Error::NotFound("role assignment"))?;
            let (place, going) = (grant.object, use_cases::going_with(state, &grant));
            let going = std::iter::once(grant).chain(going);
            let changes = going.map(|grant| Change::GrantRemoved { grant }).collect();
            return Ok(Wished { changes, place, half: None });
        }
    };
    Ok(Wished { changes: vec![change], place, half: None })
}

/// What is altered beside who may do what: which machines come and go with a place, what goes with it, where it
/// stays.
fn notes(caller: &Caller, sight: &Sight<'_>, changes: &[Change], place: ObjectId) -> Vec<String> {
    let before = &*caller.state;
    let changes = change::expand(before, changes);
    let mut after = State::clone(before);
    if after.apply_all(&changes).is_err() {
        return Vec::new();
    }
    let mut notes = going(sight, before, &changes, place);
    let what = before.object(place).map(|one| one.name.clone()).unwrap_or_default();
    let (was, is) = (machines(before, place), machines(&after, place));
    let called = |all: Vec<ObjectId>| called(sight, all);
    if let Some(names) = called(is.difference(&was).copied().collect()) {
        notes.push(format!("{what} gets by passing down: {names}."));
    }
    if let Some(names) = called(was.difference(&is).copied().collect()) {
        notes.push(format!("{what} no longer gets by passing down: {names}."));
    }
    for change in &changes {
        let (Change::Linked { link } | Change::Unlinked { link }) = change else { continue };
        let is_first_of_it = link.how == How::PassedDown && after.object(link.object).is_some();
        if !is_first_of_it || before.object(link.holder).is_none() {
            continue;
        }
        let folders = beneath(&after, link.holder);
        let folders = if folders == 1 { "1 folder".to_owned() } else { format!("{folders} folders") };
        let holder = sight.name_or_hidden(link.holder);
        notes.push(match change {
            Change::Linked { .. } => format!("It is passed down to {folders} beneath {holder}."),
            _ => format!("It is no longer passed down to {folders} beneath {holder}."),
        });
    }
    notes
}

/// The machines, and all else, that reach a folder by being passed down to it from above.
fn machines(state: &State, place: ObjectId) -> BTreeSet<ObjectId> {
    if state.object(place).is_none_or(|one| one.kind != FOLDER) {
        return BTreeSet::new();
    }
    let above = state.chain(place).skip(1).take_while(|one| one.kind == FOLDER);
    let links = above.flat_map(|folder| state.held_by(folder.id));
    links.filter(|link| link.how == How::PassedDown).map(|link| link.object).collect()
}

fn beneath(state: &State, folder: ObjectId) -> u64 {
    let folders = state.children(folder).filter(|child| child.kind == FOLDER);
    folders.map(|child| 1 + beneath(state, child.id)).sum()
}

/// Names of those that may be seen, and the number of the others.
fn called(sight: &Sight<'_>, all: Vec<ObjectId>) -> Option<String> {
    let total = all.len();
    let mut names: Vec<String> = all.into_iter().filter_map(|id| sight.name(id)).collect();
    names.sort_unstable();
    let hidden = total - names.len();
    if hidden > 0 {
        names.push(format!("{hidden} that you may not see"));
    }
    (total > 0).then(|| names.join(", "))
}

/// What goes with a place that is removed, and what stays elsewhere.
fn going(sight: &Sight<'_>, before: &State, changes: &[Change], place: ObjectId) -> Vec<String> {
    let is_removed =
        |change: &Change| matches!(change, Change::ObjectRemoved { object } if object.id == place);
    if !changes.iter().any(is_removed) {
        return Vec::new();
    }
    let mut kinds: BTreeMap<&str, Vec<ObjectId>> = BTreeMap::new();
    let (mut assignments, mut accounts, mut roles, mut stay) = (0_u64, 0_u64, 0_u64, Vec::new());
    for change in changes {
        match change {
            Change::ObjectRemoved { object } if object.id != place => {
                kinds.entry(&object.kind).or_default().push(object.id);
            }
            Change::ObjectMoved { object, now, .. } => stay.push((*object, *now)),
            Change::GrantRemoved { .. } => assignments += 1,
            Change::ServiceAccountRemoved { .. } => accounts += 1,
            Change::RoleRemoved { .. } => roles += 1,
            _ => {}
        }
    }
    let mut notes: Vec<String> = kinds
        .into_iter()
        .map(|(kind, all)| {
            let count = all.len();
            let kind = if count == 1 { kind_name(before, kind) } else { kind_names(before, kind) };
            let kind = kind.to_lowercase();
            match called(sight, all).filter(|_| count <= 5) {
                Some(names) if count == 1 => format!("1 {kind} goes with it: {names}."),
                Some(names) => format!("{count} {kind} go with it: {names}."),
                None => format!("{count} {kind} go with it."),
            }
        })
        .collect();
    for (count, one, many) in [
        (assignments, "role assignment ends", "role assignments end"),
        (accounts, "service account goes with it", "service accounts go with it"),
        (roles, "role of its own goes with it", "roles of its own go with it"),
    ] {
        if count > 0 {
            notes.push(format!("{count} {}.", if count == 1 { one } else { many }));
        }
    }
    for (object, folder) in stay {
        let name = sight.name_or_hidden(object);
        let place = if sight.sees(folder) { sight.path(folder) } else { "another folder".to_owned() };
        notes.push(format!("{} is shared and stays in {place}.", place_first(&name)));
    }
    notes
}
