//! Folders & robots: the tree of tenants and folders, one place with what it holds and what belongs to it, who
//! has what there, and everything that is done to them.
//!
//! INVARIANT: what the caller may not see ([`Sight`]) is in none of the lists, searches and pages here, and is
//! answered like one that is not there; of further placements at most the number is told. Everything is saved
//! through [`Backend::commit`](crate::Backend::commit), with the model's guards.

mod access;
mod act;
pub mod jobs;
mod kept;
mod occupancy;
mod place;
mod related;
mod search;
#[cfg(test)]
mod tests;
mod tree;
mod use_cases;

pub use access::{access, roles, whom};
pub use act::{create, preview, save};
pub use occupancy::{Report, Reported, Work, report};
pub use place::{holds, one, top};
pub use related::related;
pub use search::found;
pub use tree::tree;

pub(crate) use access::{Given, given, is_setting, reads, row as access_row};

use crate::caller::Caller;
use crate::check::Sight;
use crate::error::{Error, Result};
use model::id::ObjectId;
use model::object::{Object, TENANT};
use model::state::State;

/// The area whose screens these are.
const AREA: &str = "automation";
/// The kind that nests, and holds all others.
const FOLDER: &str = "folder";

/// Refuses while the area is off.
fn require_area(caller: &Caller) -> Result<()> {
    let is_on = caller.state.catalog().pack(AREA).is_some_and(|area| area.on);
    if is_on { Ok(()) } else { Err(Error::NotFound("page")) }
}

/// Whether an object is a tenant or of the area's own kinds.
fn belongs(state: &State, object: &Object) -> bool {
    object.kind == TENANT
        || state.catalog().area_of_kind(&object.kind).is_some_and(|area| area.pack.key == AREA)
}

/// A place that is there and that the caller may see.
fn seen<'s>(caller: &'s Caller, sight: &Sight<'_>, id: ObjectId) -> Result<&'s Object> {
    require_area(caller)?;
    let state = &caller.state;
    let found = state.object(id).filter(|object| belongs(state, object) && sight.sees(id));
    found.ok_or(Error::NotFound("place"))
}

/// What a kind is called; what several of it are called.
fn kind_name(state: &State, kind: &str) -> String {
    state.catalog().kind(kind).map(|kind| kind.name.clone()).unwrap_or_default()
}

fn kind_names(state: &State, kind: &str) -> String {
    state.catalog().kind(kind).map(|kind| kind.several().to_owned()).unwrap_or_default()
}

/// Whether things of a kind hold others.
fn can_hold(kind: &str) -> bool {
    kind == TENANT || kind == FOLDER
}

/// As [`Sight::aside`], while the area is on.
async fn aside<T: Send + 'static>(
    caller: &Caller,
    work: impl FnOnce(&Caller, &Sight<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    require_area(caller)?;
    Sight::aside(caller, work).await
}
