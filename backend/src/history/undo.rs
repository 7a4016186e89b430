//! Taking a revision back: allowed while it still fits, by whoever might have made it.
//!
//! It fits when its inverse is a change by itself: nothing that was added since would go along, and nothing
//! of it was altered since. The undo is judged by all guards, as a revision of the one who undoes.

use super::{one, title, undone_by};
use crate::access::commit::refuse_lock_out;
use crate::access::log::Revision;
use crate::access::{Committed, Proposal};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::{Backend, preview};
use model::change::{self, Change};
use model::guard::{self, Refusal};
use model::misfit::Misfit;
use model::state::State;
use model::view::history::UndoPreview;
use sqlx::AnyConnection;

/// Why a thing that is in use by now is not taken away by an undo.
pub(crate) const MORE_HANGS_ON_IT: &str =
    "It was changed or used since, and more would go with it. Remove it on its own page instead.";

/// Commits the inverse of a revision as a revision of the caller's.
///
/// # Errors
/// When the caller may not undo, when it was undone already, or when it no longer fits.
pub async fn undo(backend: &Backend, caller: &Caller, revision: u64) -> Result<Committed> {
    caller.require("history.undo")?;
    let mut connection = backend.database().pool().acquire().await?;
    let done = one(&mut connection, revision).await?;
    refuse_undone(&mut connection, revision).await?;
    drop(connection);
    let mut proposal = Proposal::new(caller.actor(), inverse(&done)?).seen(revision).beside(move |to| {
        // Two may press the button at once: asked again while nobody else can write.
        Box::pin(async move { refuse_undone(to, revision).await })
    });
    proposal.undoes = Some(revision);
    backend.commit(proposal).await
}

/// What taking a revision back would do.
///
/// # Errors
/// What undoing would refuse, is refused here with the same words.
pub async fn undo_preview(backend: &Backend, caller: &Caller, revision: u64) -> Result<UndoPreview> {
    caller.require("history.undo")?;
    let mut connection = backend.database().pool().acquire().await?;
    let done = one(&mut connection, revision).await?;
    refuse_undone(&mut connection, revision).await?;
    drop(connection);
    let changes = inverse(&done)?;
    refuse_misfit(&caller.state, &changes)?;
    let effect = preview::effect(backend, caller, &changes, Some(revision)).await?;
    Ok(UndoPreview { number: revision, title: title::of(&done), effect })
}

/// Why a revision cannot be undone by the caller now, in a few words; `None` where it can.
pub(super) async fn why_it_stays(
    from: &mut AnyConnection,
    caller: &Caller,
    revision: &Revision,
    undone_by: Option<u64>,
) -> Result<Option<String>> {
    if let Some(by) = undone_by {
        return Ok(Some(format!("Undone by change no. {by}")));
    }
    match judge(from, caller, revision).await {
        Ok(()) => Ok(None),
        Err(broken @ Error::Broken(_)) => Err(broken),
        Err(error) => Ok(Some(in_few_words(&error))),
    }
}

async fn judge(from: &mut AnyConnection, caller: &Caller, revision: &Revision) -> Result<()> {
    // First what no right would alter.
    let changes = inverse(revision)?;
    let after = refuse_misfit(&caller.state, &changes)?;
    caller.require("history.undo")?;
    guard::check(&caller.state, caller.actor(), &changes, caller.at)?;
    refuse_lock_out(from, &after, caller.actor(), &changes).await
}

async fn refuse_undone(from: &mut AnyConnection, revision: u64) -> Result<()> {
    match undone_by(from).await?.get(&revision) {
        Some(_) => Err(Error::NotUndoable("It was undone already.")),
        None => Ok(()),
    }
}

fn inverse(revision: &Revision) -> Result<Vec<Change>> {
    change::inverse(&revision.changes).ok_or(Error::NotUndoable(why_not(&revision.changes)))
}

/// Why no inverse exists, by the first change that has none.
fn why_not(changes: &[Change]) -> &'static str {
    match changes.iter().find(|change| change.inverse().is_none()) {
        Some(Change::UserAdded { .. }) => "People came with it. Remove them under People instead.",
        Some(Change::UserJoined { .. }) => {
            "Somebody joined by it. Deactivate the person under People instead."
        }
        Some(Change::UserRemoved { .. }) => "Nothing is kept of a removed person. Invite the person again.",
        _ => "What it was before is not kept.",
    }
}

/// The state after the inverse, if that is all there is to take back.
fn refuse_misfit(state: &State, changes: &[Change]) -> Result<State> {
    let mut after = state.clone();
    after.propose(changes).map_err(|(_, misfit)| Error::Misfit(misfit))?;
    if !is_all(changes, &change::expand(state, changes)) {
        return Err(Error::NotUndoable(MORE_HANGS_ON_IT));
    }
    Ok(after)
}

/// Whether an inverse, completed by what hangs on it, is still itself: nothing was added or altered since.
pub(crate) fn is_all(inverse: &[Change], completed: &[Change]) -> bool {
    // A role that comes back lists its permissions in the order of today.
    let same = |(a, b): (&Change, &Change)| a == b || matches!(a, Change::RoleCreated { .. });
    inverse.len() == completed.len() && inverse.iter().zip(completed).all(same)
}

/// The sentence beside a button that is off: shorter than that of a refusal.
fn in_few_words(error: &Error) -> String {
    match error {
        Error::NotUndoable(why) => (*why).to_owned(),
        Error::Misfit(Misfit::Overtaken { what }) => format!("{what} was changed since."),
        Error::Misfit(Misfit::Gone { what }) => format!("This {what} is no longer there."),
        Error::Misfit(Misfit::Exists { what }) => format!("This {what} is there again."),
        Error::Misfit(Misfit::InUse { what }) => format!("{what} is in use now."),
        Error::Misfit(Misfit::NameTaken { name, .. }) => format!("Something else is called “{name}” now."),
        Error::Refused(Refusal::Needs { permission, place }) => {
            format!("You may not: it needs “{permission}” on {place}.")
        }
        other => other.to_string(),
    }
}
