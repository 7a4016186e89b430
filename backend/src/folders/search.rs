//! Places by their names: to go there, to put something into them, to tie something to them, to name them in a limit.

use super::{aside, belongs, seen};
use crate::Backend;
use crate::caller::Caller;
use crate::check::{Sight, places_by_words};
use crate::error::{Error, Result};
use model::id::ObjectId;
use model::object::Object;
use model::view::check::Found;
use model::view::folders::{PlaceSearch, SearchFor};

/// What has the words in its name, or in the names of what holds it.
///
/// # Errors
/// When the area is off, or what is to be put or tied somewhere is not there for the caller.
pub async fn found(_: &Backend, caller: &Caller, wanted: &PlaceSearch) -> Result<Found> {
    let PlaceSearch { search, to } = wanted.clone();
    aside(caller, move |caller, sight| match &to {
        SearchFor::Open => Ok(among(caller, sight, &search, |_| true)),
        SearchFor::Hold(object) => {
            let object = seen(caller, sight, *object)?;
            let within = caller.state.catalog().kind(&object.kind).map(|kind| kind.within.clone());
            let within = within.unwrap_or_default();
            let has = |place: &Object| caller.state.placements(object.id).any(|one| one == place.id);
            let fits = |place: &Object| {
                within.contains(&place.kind)
                    && !has(place)
                    && !caller.state.is_within(place.id, object.id)
                    && is_near(caller, object.id, place.id)
            };
            Ok(among(caller, sight, &search, fits))
        }
        SearchFor::Tie { object, relation, holds } => {
            let object = seen(caller, sight, *object)?.id;
            let relation = caller.state.catalog().relation(relation).ok_or(Error::NotFound("relation"))?;
            let other = if *holds { &relation.to } else { &relation.from };
            let fits = |place: &Object| {
                place.kind == *other && place.id != object && is_near(caller, object, place.id)
            };
            Ok(among(caller, sight, &search, fits))
        }
        SearchFor::Beside { object, kind } => {
            let object = seen(caller, sight, *object)?.id;
            let fits = |place: &Object| place.kind == *kind && is_near(caller, object, place.id);
            Ok(among(caller, sight, &search, fits))
        }
    })
    .await
}

fn is_near(caller: &Caller, object: ObjectId, place: ObjectId) -> bool {
    caller.state.tenant_of(object) == caller.state.tenant_of(place)
}

fn among(caller: &Caller, sight: &Sight<'_>, search: &str, fits: impl Fn(&Object) -> bool) -> Found {
    let state = &caller.state;
    places_by_words(state, sight, search, |place| belongs(state, place) && fits(place))
}
