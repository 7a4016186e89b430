//! The effect of staged edits, computed before they are saved.
//!
//! It is judged by the same guards as the commit, so that what the preview accepts, saving accepts too. INVARIANT:
//! places that its reader may not see ([`Sight`]) are not named in it.

use crate::Backend;
use crate::access::commit::{explain, refuse_lock_out};
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::{Error, Result};
use model::change::{self, Change};
use model::id::ObjectId;
use model::state::State;
use model::view::effect::Effect;
use model::view::hidden::HIDDEN;
use model::{guard, preview};

/// The most changes that one revision may hold.
pub const MOST_CHANGES: usize = 20_000;

/// Who would gain and who would lose what, if these changes were saved now. `seen`: the revision that whoever
/// made them was looking at, where it is known; what was overtaken since is told with whose change that was.
///
/// # Errors
/// What saving would refuse, is refused here with the same words.
pub async fn effect(
    backend: &Backend,
    caller: &Caller,
    changes: &[Change],
    seen: Option<u64>,
) -> Result<Effect> {
    named(backend, caller, changes, seen, caller.may("people.view")).await
}

/// The same. `with_names`: whether the caller may read who they are.
pub(crate) async fn named(
    backend: &Backend,
    caller: &Caller,
    changes: &[Change],
    seen: Option<u64>,
    with_names: bool,
) -> Result<Effect> {
    if changes.len() > MOST_CHANGES {
        return Err(Error::Invalid {
            field: "changes",
            message: format!("Save up to {MOST_CHANGES} changes at once."),
        });
    }
    let before = caller.state.clone();
    let changes = change::expand(&before, changes);
    if changes.is_empty() {
        return Ok(Effect::default());
    }
    guard::check(&before, caller.actor(), &changes, caller.at)?;
    let mut after = State::clone(&before);
    let mut connection = backend.database().pool().acquire().await?;
    if let Err((at, misfit)) = after.propose(&changes) {
        return Err(explain(&mut connection, &before, misfit, changes.get(at), seen).await);
    }
    refuse_lock_out(&mut connection, &after, caller.actor(), &changes).await?;
    drop(connection);
    let (caller, at) = (caller.clone(), caller.at);
    // A role that everybody has is compared for everybody: not on a thread that others wait for.
    tokio::task::spawn_blocking(move || {
        let found = preview::effect(&before, &after, &changes, at);
        // What is made by these changes their maker knows. What an area shows that is only now turned on is seen as
        // it will be.
        let turns_on = changes.iter().any(|change| matches!(change, Change::AreaTurnedOn { .. }));
        let reader = if turns_on { Caller { state: after.clone().into(), ..caller } } else { caller };
        let sight = Sight::of(&reader);
        let is_hidden = |place: ObjectId| before.object(place).is_some() && !sight.sees(place);
        let hidden = |place: ObjectId| is_hidden(place).then(|| HIDDEN.to_owned());
        Effect::of(&found, &before, &after, with_names, hidden)
    })
    .await
    .map_err(Error::broken)
}
