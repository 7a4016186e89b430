//! History: the revisions as people read them, and taking one back.
//!
//! Names of things are as they were; people are called what they are called now, or by the word that is
//! kept of them once they are removed. Nothing here alters the log: an undo is a revision of its own.

mod search;
mod tell;
mod title;
mod undo;

pub use undo::{undo, undo_preview};

pub(crate) use search::{found_by, places};
pub(crate) use undo::{MORE_HANGS_ON_IT, is_all};

use crate::Backend;
use crate::access::commit::actor_name;
use crate::access::log::{self, Revision};
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::guard::Actor;
use model::name::order_of;
use model::view::Page;
use model::view::history::{ActorOption, FIRST_LINES, HistoryPage, HistoryQuery, RevisionRow, Told};
use sqlx::{AnyConnection, Row, query};
use std::collections::BTreeMap;

/// How many revisions a page holds.
pub const PAGE: u32 = 50;

/// A page of the revisions that somebody looks for, newest first.
///
/// # Errors
/// When the caller may not see History, or a filter is unknown.
pub async fn list(backend: &Backend, caller: &Caller, asked: &HistoryQuery) -> Result<HistoryPage> {
    caller.require("history.view")?;
    let wanted = search::Conditions::of(asked, caller)?;
    let mut connection = backend.database().pool().acquire().await?;
    let (total, revisions) = wanted.page(&mut connection, asked.page.max(1)).await?;
    let undone = undone_by(&mut connection).await?;
    let mut rows = Vec::with_capacity(revisions.len());
    for revision in revisions {
        // A change that is looked at by itself is told whole.
        let shown = if asked.number.is_some() { usize::MAX } else { FIRST_LINES };
        rows.push(row(&mut connection, caller, &revision, &undone, shown).await?);
    }
    let actors = actors(&mut connection, caller).await?;
    let page = Page { rows, total, page: asked.page.max(1), size: PAGE };
    Ok(HistoryPage { page, actors, revision: caller.state.revision() })
}

/// All lines of one revision.
///
/// # Errors
/// When the caller may not see History, or there is no such revision.
pub async fn lines(backend: &Backend, caller: &Caller, number: u64) -> Result<Vec<Told>> {
    caller.require("history.view")?;
    let mut connection = backend.database().pool().acquire().await?;
    let revision = one(&mut connection, number).await?;
    Ok(tell::lines(caller, &revision, usize::MAX))
}

async fn one(from: &mut AnyConnection, number: u64) -> Result<Revision> {
    log::one(from, number).await.map_err(Error::broken)?.ok_or(Error::NotFound("change"))
}

async fn row(
    from: &mut AnyConnection,
    caller: &Caller,
    revision: &Revision,
    undone: &BTreeMap<u64, u64>,
    shown: usize,
) -> Result<RevisionRow> {
    let undone_by = undone.get(&revision.number).copied();
    Ok(RevisionRow {
        number: revision.number,
        at: revision.at,
        by: tell::actor(caller, revision.actor),
        title: title::of(revision),
        reason: revision.reason.clone(),
        lines: tell::lines(caller, revision, shown),
        more: revision.words.len().saturating_sub(shown) as u64,
        undoes: revision.undoes,
        undone_by,
        stays: undo::why_it_stays(from, caller, revision, undone_by).await?,
    })
}

/// Which revision has taken which one back, and was not taken back itself.
async fn undone_by(from: &mut AnyConnection) -> Result<BTreeMap<u64, u64>> {
    let rows = query("SELECT number, undoes FROM revisions WHERE undoes IS NOT NULL ORDER BY number DESC")
        .fetch_all(from)
        .await?;
    let mut undone = BTreeMap::new();
    for row in rows {
        let number = u64::try_from(row.try_get::<i64, _>("number")?).unwrap_or_default();
        let undoes = u64::try_from(row.try_get::<i64, _>("undoes")?).unwrap_or_default();
        // Newest first: whatever takes this one back has been seen already.
        if !undone.contains_key(&number) {
            undone.entry(undoes).or_insert(number);
        }
    }
    Ok(undone)
}

/// Everybody who has made a change, by name.
async fn actors(from: &mut AnyConnection, caller: &Caller) -> Result<Vec<ActorOption>> {
    let mut options = Vec::new();
    for row in query("SELECT DISTINCT actor FROM revisions").fetch_all(from).await? {
        let key: String = row.try_get("actor")?;
        let name = log::read_actor(&key).map(|actor: Actor| actor_name(&caller.state, actor));
        options.extend(name.map(|name| ActorOption { key, name }));
    }
    options.sort_by_cached_key(|one| (order_of(&one.name), one.key.clone()));
    Ok(options)
}

#[cfg(test)]
pub(crate) mod tests;
