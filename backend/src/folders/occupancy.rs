//! What keeps robots and machines busy: reported from the machine itself (later by the API), shown on their pages.
//!
//! It is no part of the access state: the latest report stands in a table of its own, each is kept as a job ([`jobs`]),
//! and no change is written.
//! INVARIANT: with what something is busy is told to who may see that process ([`Sight`]), and to all others only until
//! when.

use super::jobs;
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::{Error, Result};
use model::Millis;
use model::action::PROCESS;
use model::id::ObjectId;
use model::name::fold;
use model::object::{Object, ROBOT};
use model::state::State;
use model::view::people::Named;
use model::view::use_cases::Occupancy;
use sqlx::{Row, query};

/// The key of the other kind that is busy at times.
const MACHINE: &str = "machine";

/// Something is busy, or free again. Places are told by their names, with those of what holds them before them where
/// there are several: `Europe / Finance / fin-robot-01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The robot or machine.
    pub place: String,
    /// What it is busy with; none: it is free.
    pub work: Option<Work>,
}

/// What keeps something busy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The process, if that is told.
    pub process: Option<String>,
    /// Since or from when; none: now.
    pub from: Option<Millis>,
    /// Until about when.
    pub until: Millis,
}

/// What was understood and written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The robot or machine, after what holds it.
    pub place: String,
    /// The process, after what holds it.
    pub process: Option<String>,
}

/// Writes a report down, in place of the one before, and as a job.
///
/// # Errors
/// When there is no such place, or several, or the times make no sense.
pub async fn report(backend: &Backend, report: &Report) -> Result<Reported> {
    let state = backend.state();
    let place = named(&state, &report.place, &[ROBOT, MACHINE], "robot or machine")?;
    let now = backend.clock().now();
    let Some(work) = &report.work else {
        // With the writer's lock, as below: of two reports at once one is the later, and the other's job ends.
        let mut transaction = backend.database().write().await?;
        query("DELETE FROM occupancy WHERE object_id = $1")
            .bind(place.id.to_string())
            .execute(&mut *transaction)
            .await?;
        jobs::end(&mut transaction, place.id, now).await?;
        transaction.commit().await?;
        return Ok(Reported { place: path(&state, place), process: None });
    };
    let from = work.from.unwrap_or(now);
    if work.until <= from.max(now) {
        let message = "It is to be busy until a time that is past, or before it begins. Write a later one.";
        return Err(Error::Invalid { field: "until", message: message.to_owned() });
    }
    let process = work.process.as_deref().map(|process| named(&state, process, &[PROCESS], "process"));
    let process = process.transpose()?;
    if process.is_some_and(|process| state.tenant_of(process.id) != state.tenant_of(place.id)) {
        let message = format!("{} belongs to another tenant. Tenants share nothing.", report.place);
        return Err(Error::Invalid { field: "process", message });
    }
    let process_id = process.map(|process| process.id);
    let mut transaction = backend.database().write().await?;
    query(
        "INSERT INTO occupancy (object_id, process_id, from_at, until_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (object_id) DO UPDATE SET process_id = $2, from_at = $3, until_at = $4",
    )
    .bind(place.id.to_string())
    .bind(process_id.map(|process| process.to_string()))
    .bind(from)
    .bind(work.until)
    .execute(&mut *transaction)
    .await?;
    let job = jobs::Begun { object: place.id, process: process_id, from, until: work.until };
    jobs::begin(&mut transaction, backend.random().id(), job, now).await?;
    transaction.commit().await?;
    Ok(Reported { place: path(&state, place), process: process.map(|process| path(&state, process)) })
}

/// The one place of these kinds that is called so.
fn named<'s>(state: &'s State, words: &str, kinds: &[&str], what: &'static str) -> Result<&'s Object> {
    let wanted: Vec<String> = words.split('/').rev().map(|name| fold(name.trim())).collect();
    let fits = |object: &&Object| {
        let is_last = wanted.first().is_some_and(|name| *name == fold(&object.name));
        is_last
            && kinds.contains(&object.kind.as_str())
            && state.placements(object.id).any(|place| {
                let above: Vec<String> = state.chain(place).map(|one| fold(&one.name)).collect();
                above.starts_with(wanted.get(1..).unwrap_or_default())
            })
    };
    let found: Vec<&Object> = state.objects().filter(fits).collect();
    match found.as_slice() {
        [] => Err(Error::NotFound(what)),
        [one] => Ok(one),
        several => {
            let mut paths: Vec<String> = several.iter().map(|one| path(state, one)).collect();
            paths.sort_unstable();
            let message =
                format!("Several are called “{}”: {}. Write one of these.", words.trim(), paths.join("; "));
            Err(Error::Invalid { field: "place", message })
        }
    }
}

/// All names on the way to a place. For who works on the machine itself: there nothing is hidden.
fn path(state: &State, object: &Object) -> String {
    let chain = state.chain(object.id).filter(|one| one.id != ObjectId::ORGANIZATION);
    let mut names: Vec<&str> = chain.map(|one| one.name.as_str()).collect();
    names.reverse();
    names.join(" / ")
}

/// Whether something that the caller may see is busy; none where nothing was reported of it for long.
pub(super) async fn of(
    backend: &Backend,
    caller: &Caller,
    id: ObjectId,
    kind: &str,
) -> Result<Option<Occupancy>> {
    if ![ROBOT, MACHINE].contains(&kind) {
        return Ok(None);
    }
    let row = query("SELECT process_id, from_at, until_at FROM occupancy WHERE object_id = $1")
        .bind(id.to_string())
        .fetch_optional(backend.database().pool())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (from, until): (Millis, Millis) = (row.try_get("from_at")?, row.try_get("until_at")?);
    if caller.at < from || until <= caller.at {
        return Ok(Some(Occupancy::Free));
    }
    let process: Option<ObjectId> = crate::database::id_or_none(&row, "process_id")?;
    let sight = Sight::of(caller);
    let with = process.and_then(|id| sight.name(id).map(|name| Named { id, name }));
    Ok(Some(Occupancy::Busy { until, with }))
}
