//! Who was given which role on an application and its stages; giving roles there, and taking them away.
//!
//! Whether it fits and whether it is the caller's to do, the model says: in the preview and when it is saved, with the
//! same words. INVARIANT: on what the caller may not see nothing is given, and what was given there is not listed.

use super::{MANAGE, readable, seen, tree};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::check::{Sight, find_subjects};
use crate::error::{Error, Result};
use crate::folders::{Given, access_row, given, is_setting, reads};
use crate::people::{give_whole, offered_there, refused, unlimited};
use model::change::{self, Change};
use model::grant::Grant;
use model::id::ObjectId;
use model::object::Object;
use model::view::Page;
use model::view::access::{ACCESS_PAGE, AccessQuery, AccessRow, WhomSearch};
use model::view::applications::{Assigned, RightsAct, RightsWish};
use model::view::check::Found;
use model::view::people::{ChoicesFor, Place, Plan, RoleChoices, Saved};

/// Who was given which role on an application, on a stage of it, or above it.
///
/// # Errors
/// When it is not there, or not for the caller to see, or who has access to it is not.
pub async fn assigned(_: &Backend, caller: &Caller, query: &AccessQuery) -> Result<Assigned> {
    let query = query.clone();
    Sight::aside(caller, move |caller, sight| listed(caller, sight, &query)).await
}

fn listed(caller: &Caller, sight: &Sight<'_>, query: &AccessQuery) -> Result<Assigned> {
    let application = seen(caller, sight, query.of)?;
    readable(caller, application.id)?;
    let state = &*caller.state;
    let stages: Vec<ObjectId> =
        tree::stages(state, application.id).into_iter().map(|(stage, _)| stage).collect();
    let own = std::iter::once(application.id).chain(stages.iter().copied());
    let above = state.above(application.id).into_iter().skip(1);
    let places = own.map(|place| (place, false)).chain(above.map(|place| (place, true)));
    let Given { all, hidden } = given(caller, sight, &application.kind, places);
    let rows = Page::of(all, query.page, ACCESS_PAGE).map(|(is_inherited, grant)| {
        let row = access_row(caller, sight, &grant, is_inherited);
        match state.object(grant.object).filter(|place| stages.contains(&place.id)) {
            Some(stage) => {
                AccessRow { from: Some((stage.id, stage.name.clone(), "stage".to_owned())), ..row }
            }
            None => row,
        }
    });
    let is_giving = |place: &ObjectId| sight.sees(*place) && caller.may_on(MANAGE, *place);
    let places: Vec<Place> = std::iter::once(application.id)
        .chain(stages.iter().copied())
        .filter(is_giving)
        .filter_map(|place| {
            let object = state.object(place)?;
            let kind = state.catalog().kind(&object.kind).map(|kind| kind.name.clone());
            Some(Place { id: place, name: object.name.clone(), kind: kind.unwrap_or_default() })
        })
        .collect();
    let no_giving = match places.is_empty() {
        true => refused(caller.require_on(MANAGE, application.id)),
        false => None,
    };
    Ok(Assigned { revision: state.revision(), rows, hidden, places, no_giving })
}

/// An application or a stage that the caller may see.
fn place<'c>(caller: &'c Caller, sight: &Sight<'_>, id: ObjectId) -> Result<&'c Object> {
    let Some((stage, application)) = tree::stage(&caller.state, id) else {
        return seen(caller, sight, id);
    };
    seen(caller, sight, application.id)?;
    if sight.sees(id) { Ok(stage) } else { Err(Error::NotFound("stage")) }
}

/// One where the caller may read who has what, or give roles.
fn open_place(caller: &Caller, sight: &Sight<'_>, id: ObjectId) -> Result<ObjectId> {
    let place = place(caller, sight, id)?.id;
    if !reads(caller, place) {
        caller.require_on(MANAGE, place)?;
    }
    Ok(place)
}

/// Who could be given a role there: *all users*, groups, people, service accounts, by part of their names.
///
/// # Errors
/// When the place is not there for the caller, or its access not theirs to read.
pub async fn whom(_: &Backend, caller: &Caller, wanted: &WhomSearch) -> Result<Found> {
    let wanted = wanted.clone();
    Sight::aside(caller, move |caller, sight| {
        open_place(caller, sight, wanted.of)?;
        Ok(find_subjects(&caller.state, &wanted.search))
    })
    .await
}

/// The roles that somebody could be given there, each with the reason against it where there is one.
///
/// # Errors
/// When the place or who is asked about is not there, or it is not the caller's to give roles there.
pub async fn roles(_: &Backend, caller: &Caller, asked: ChoicesFor) -> Result<RoleChoices> {
    Sight::aside(caller, move |caller, sight| {
        open_place(caller, sight, asked.object)?;
        offered_there(caller, asked)
    })
    .await
}

/// Who would gain and lose what.
///
/// # Errors
/// What saving would refuse.
pub async fn plan(backend: &Backend, caller: &Caller, wish: &RightsWish) -> Result<Plan> {
    let (changes, place) = wished(backend, caller, &wish.act)?;
    if changes.is_empty() {
        return Err(Error::NothingToDo);
    }
    let with_names = reads(caller, place);
    let effect = crate::preview::named(backend, caller, &changes, Some(wish.seen), with_names).await?;
    Ok(Plan { people: 1, effect, ..Plan::default() })
}

/// Does it, as one revision.
///
/// # Errors
/// When it is not the caller's to do, does not fit, or is so already.
pub async fn save(backend: &Backend, caller: &Caller, wish: &RightsWish) -> Result<Saved> {
    let (changes, _) = wished(backend, caller, &wish.act)?;
    let undoable = change::inverse(&changes).is_some();
    let committed = backend.commit(Proposal::new(caller.actor(), changes).seen(wish.seen)).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

/// What a wish comes to, and the place that it is about.
fn wished(backend: &Backend, caller: &Caller, act: &RightsAct) -> Result<(Vec<Change>, ObjectId)> {
    let state = &caller.state;
    let sight = Sight::of(caller);
    match act {
        RightsAct::Give { subject, role, object, window } => {
            let place = place(caller, &sight, *object)?.id;
            let grant = unlimited(*subject, *role, place, *window);
            if is_setting(state, &grant) {
                return Err(Error::NotFound("role"));
            }
            // No role of an application has a half in a tenant.
            Ok((give_whole(backend, caller, grant, false).changes, place))
        }
        RightsAct::Take { grant } => {
            super::refuse_off(caller)?;
            let is_there = |grant: &Grant| {
                place(caller, &sight, grant.object).is_ok_and(|place| reads(caller, place.id))
            };
            let grant = state.grant(*grant).filter(is_there).ok_or(Error::NotFound("role assignment"))?;
            let place = grant.object;
            Ok((vec![Change::GrantRemoved { grant }], place))
        }
    }
}
