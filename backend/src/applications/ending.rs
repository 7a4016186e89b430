//! How a merge or rollback ended: done, and the version moves; failed, and nothing does. Either way its stages are
//! free again.
//!
//! INVARIANT: the right that beginning it took is asked again: who has lost it meanwhile moves nothing.

use super::merge::Hop;
use super::moves::{self, Move};
use super::rollback::{self, Back};
use super::{MERGE_PRODUCTION, MERGE_SANDBOX, again, refuse_off, seen_stage, stands_against, versions};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::change::Change;
use model::id::{MoveId, ObjectId};
use model::state::State;
use model::view::applications::{Ending, MoveKind, Outcome};
use model::view::people::Saved;
use sqlx::AnyConnection;

/// Says how something that runs has ended.
///
/// # Errors
/// When it is not the caller's to say, or nothing of that id runs.
pub async fn end(backend: &Backend, caller: &Caller, ending: &Ending) -> Result<Saved> {
    refuse_off(caller)?;
    let mut connection = backend.database().pool().acquire().await?;
    let running = running(&mut connection, ending).await?;
    drop(connection);
    let judged_on = judged_on(&caller.state, &running);
    seen_stage(caller, judged_on).map_err(|_| Error::NotFound("merge"))?;
    let words = if ending.is_done { "done" } else { "failed" };
    let reason = match (&running.from, running.kind) {
        (Some((_, from)), _) => format!(
            "Merge of {} from {from} into {} {words}. Rolecall only recorded it.",
            running.version_after, running.stage.1
        ),
        (None, _) => format!("Rollback of {} {words}. Rolecall only recorded it.", running.stage.1),
    };
    let changes = vec![Change::DetailsEdited { object: judged_on }];
    let (handle, caller, ending) = (backend.clone(), caller.clone(), ending.clone());
    let mut proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            let now = again(&handle, &caller)?;
            finish(to, &now, &ending).await
        })
    });
    proposal.reason = reason;
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable: false })
}

async fn running(from: &mut AnyConnection, ending: &Ending) -> Result<Move> {
    let found = moves::one(from, ending.id).await?.ok_or(Error::NotFound("merge"))?;
    match found.outcome {
        Outcome::Running => Ok(found),
        Outcome::Done | Outcome::Failed => Err(stands_against("It has ended already.".to_owned())),
    }
}

/// The stage on which the right is asked: where a merge comes from, or, when that is gone, where it goes to.
fn judged_on(state: &State, running: &Move) -> ObjectId {
    let from = running.from.as_ref().map(|(from, _)| *from);
    from.filter(|from| state.object(*from).is_some()).unwrap_or(running.stage.0)
}

/// Whether the caller may say that it ended like that: by the right that beginning it takes.
pub(super) fn may_end(caller: &Caller, running: &Move, moves: &[Move], is_done: bool) -> Result<()> {
    if running.kind == MoveKind::Rollback {
        let is_wanted = |back: &Back| back.merges.last().map(|merge| merge.id) == running.takes_back;
        let back = rollback::steps(moves).into_iter().find(is_wanted);
        let (is_further, count) = back.map_or((false, 1), |back| (back.is_further, back.merges.len()));
        return rollback::may(caller, running.stage.0, is_further, is_further && count == 1);
    }
    let judged_on = judged_on(&caller.state, running);
    let hop = Hop::from(&caller.state, judged_on).filter(|hop| hop.to == running.stage.0);
    match hop {
        Some(hop) => caller.require_on(hop.needs(), judged_on),
        // One end was taken away meanwhile: the other must come free, and nothing moves.
        None if is_done => Err(stands_against(
            "The stages no longer stand above each other. Say that it failed, to unlock what is left."
                .to_owned(),
        )),
        None if caller.may_on(MERGE_PRODUCTION, judged_on) => Ok(()),
        None => caller.require_on(MERGE_SANDBOX, judged_on),
    }
}

async fn finish(to: &mut AnyConnection, caller: &Caller, ending: &Ending) -> Result<()> {
    let running = running(&mut *to, ending).await?;
    let stage = running.stage.0;
    let moves = moves::of_stage(&mut *to, stage).await?;
    may_end(caller, &running, &moves, ending.is_done)?;
    if ending.is_done {
        match running.takes_back {
            None => versions::add(&mut *to, stage, &running.versions, Some(running.id)).await?,
            Some(merge) => take_back(&mut *to, &running, merge, &moves).await?,
        }
        versions::set(&mut *to, stage, &running.version_after).await?;
    }
    let outcome = if ending.is_done { Outcome::Done } else { Outcome::Failed };
    moves::end(&mut *to, running.id, outcome, caller.at).await?;
    Ok(versions::unlock(to, running.id).await?)
}

async fn take_back(to: &mut AnyConnection, running: &Move, merge: MoveId, moves: &[Move]) -> Result<()> {
    let stage = running.stage.0;
    let Some((first, _)) = versions::since(&mut *to, stage, merge).await? else {
        return Err(stands_against("What this merge brought is no longer there.".to_owned()));
    };
    let is_wanted = |back: &Back| back.merges.last().is_some_and(|one| one.id == merge);
    let back = rollback::steps(moves).into_iter().find(is_wanted);
    for taken in back.map(|back| back.merges).unwrap_or_default() {
        moves::take_back(&mut *to, taken.id, running.id).await?;
    }
    Ok(versions::cut(to, stage, first).await?)
}
