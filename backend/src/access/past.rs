//! The state as it was: as of a revision, or as of a moment.
//!
//! The way there starts from the nearest of three: the present, a past state that is remembered, and the
//! empty state before the first revision. Revisions between are read from the log and taken back, or made
//! again. So what it costs grows with the number of changes between, not with the size of the organization: a
//! look at last week is quick, while one far from both ends of a long log replays up to half of it. A few past
//! states are remembered for a while, so that the next look at the same time costs nothing. They share their
//! parts with the state that they were made from, but one that was replayed from nothing is in memory whole.
//!
//! Names of people are those of today, and who was removed since is what history calls them: profiles have no
//! past. One way is walked at a time; who asks meanwhile waits. No permission is asked here: what somebody
//! may see of the past is decided on the present.

use super::load::LoadError;
use super::log::{self, AT_ONCE, Revision};
use crate::Backend;
use crate::clock::MINUTE;
use crate::error::{Error, Result};
use model::Millis;
use model::id::UserId;
use model::misfit::Misfit;
use model::person::Profile;
use model::state::State;
use sqlx::{AnyConnection, Row, query};
use std::sync::Arc;

/// How many past states are remembered, and for how long after the last look at them.
const REMEMBERED: usize = 4;
const FORGOTTEN_AFTER: Millis = 5 * MINUTE;
/// A past state with more edits over its base than this is settled before it is asked.
const UNSETTLED: usize = 2_000;

/// Past states, the one that was asked for last at the end.
#[derive(Debug, Default)]
pub(crate) struct Past(Vec<Remembered>);

#[derive(Debug)]
struct Remembered {
    state: Arc<State>,
    /// The revision of the present that its names of people were taken from.
    named_at: u64,
    asked_at: Millis,
}

impl Past {
    fn forget_old(&mut self, now: Millis) {
        self.0.retain(|one| now - one.asked_at < FORGOTTEN_AFTER);
    }

    fn remember(&mut self, one: Remembered) {
        self.0.retain(|other| other.state.revision() != one.state.revision());
        if self.0.len() == REMEMBERED {
            self.0.remove(0);
        }
        self.0.push(one);
    }

    /// The states from which a way to that revision may start, the nearest first.
    fn starts(&self, present: &Arc<State>, revision: u64) -> Vec<Arc<State>> {
        let remembered = self.0.iter().map(|one| Arc::clone(&one.state));
        let nothing = Arc::new(State::new(""));
        let mut starts: Vec<Arc<State>> = remembered.chain([Arc::clone(present), nothing]).collect();
        starts.sort_by_key(|start| start.revision().abs_diff(revision));
        starts
    }
}

impl Backend {
    /// The state as that revision left it; as of 0, there was nothing. See [`crate::access::past`] for what
    /// it costs.
    ///
    /// # Errors
    /// When there is no such revision yet, or the log does not read.
    pub async fn as_of(&self, revision: u64) -> Result<Arc<State>> {
        let present = self.state();
        if revision == present.revision() {
            return Ok(present);
        }
        if revision > present.revision() {
            return Err(Error::NotFound("change"));
        }
        // Held until the state is there: two who ask for the same do not both walk.
        let mut past = self.past().lock().await;
        let now = self.clock().now();
        past.forget_old(now);
        let named_at = present.revision();
        let known = past.0.iter().find(|one| one.state.revision() == revision);
        let state = match known {
            Some(one) if one.named_at == named_at => Arc::clone(&one.state),
            known => {
                let state = match known {
                    Some(one) => State::clone(&one.state),
                    None => self.walk(past.starts(&present, revision), revision).await?,
                };
                let named = move || named_and_settled(state, &present);
                let work = tokio::task::spawn_blocking(named).await.map_err(Error::broken)?;
                Arc::new(work.map_err(Error::broken)?)
            }
        };
        past.remember(Remembered { state: Arc::clone(&state), named_at, asked_at: now });
        Ok(state)
    }

    /// The state that was in force at a moment: as the last revision up to then left it.
    ///
    /// # Errors
    /// When the log does not read.
    pub async fn as_of_time(&self, at: Millis) -> Result<Arc<State>> {
        let row = query("SELECT MAX(number) AS number FROM revisions WHERE at <= $1")
            .bind(at)
            .fetch_one(self.database().pool())
            .await?;
        let number: Option<i64> = row.try_get("number")?;
        let number = number.and_then(|number| u64::try_from(number).ok()).unwrap_or_default();
        // What another process has just committed is not in force here yet.
        self.as_of(number.min(self.state().revision())).await
    }

    /// Forgets past states that nobody has looked at for a while.
    pub(crate) fn forget_past(&self) {
        if let Ok(mut past) = self.past().try_lock() {
            past.forget_old(self.clock().now());
        }
    }

    /// Goes from the nearest start; from the next one where the way back does not say enough.
    async fn walk(&self, starts: Vec<Arc<State>>, revision: u64) -> Result<State> {
        let mut connection = self.database().pool().acquire().await?;
        for start in starts {
            let state = State::clone(&start);
            if start.revision() <= revision {
                return go(&mut connection, state, revision).await;
            }
            if let Some(state) = go_back(&mut connection, state, revision).await? {
                return Ok(state);
            }
        }
        // The empty state is always among the starts, and always before.
        Err(Error::broken(Misfit::Gone { what: "change".to_owned() }))
    }
}

/// Makes again what came after, up to a revision.
async fn go(from: &mut AnyConnection, mut state: State, revision: u64) -> Result<State> {
    while state.revision() < revision {
        let at = state.revision();
        let revisions = log::between(from, at, revision.min(at + AT_ONCE)).await.map_err(Error::broken)?;
        if revisions.is_empty() {
            return Err(gap(at));
        }
        let made = move || {
            revisions.iter().try_for_each(|one| log::forward(&mut state, one))?;
            Ok::<_, LoadError>(state)
        };
        state = tokio::task::spawn_blocking(made).await.map_err(Error::broken)?.map_err(Error::broken)?;
    }
    Ok(state)
}

/// Takes back what came after a revision, the last first; `None` where a change does not say enough for that.
async fn go_back(from: &mut AnyConnection, mut state: State, revision: u64) -> Result<Option<State>> {
    while state.revision() > revision {
        let at = state.revision();
        let down_to = revision.max(at.saturating_sub(AT_ONCE));
        let revisions = log::between(from, down_to, at).await.map_err(Error::broken)?;
        if revisions.len() as u64 != at - down_to {
            return Err(gap(down_to));
        }
        let Some(before) =
            tokio::task::spawn_blocking(move || take_back(state, &revisions)).await.map_err(Error::broken)?
        else {
            return Ok(None);
        };
        state = before;
    }
    Ok(Some(state))
}

fn take_back(mut state: State, revisions: &[Revision]) -> Option<State> {
    for revision in revisions.iter().rev() {
        if let Err(reason) = state.take_all_back(&revision.changes) {
            tracing::debug!(revision = revision.number, %reason, "the way back ends here; going another way");
            return None;
        }
        state.set_revision(revision.number - 1);
    }
    Some(state)
}

/// A log with a gap is the doctor's business.
fn gap(after: u64) -> Error {
    Error::broken(LoadError::Row { table: "revisions", what: format!("one after no. {after} is missing") })
}

/// The state with the names that people have in the present, quick to be asked.
fn named_and_settled(mut state: State, present: &State) -> std::result::Result<State, Misfit> {
    let wanted = |user: UserId| match present.person(user) {
        Some(person) => person.profile.clone(),
        None => Profile::new(present.former(user).unwrap_or("Former user"), ""),
    };
    let stale: Vec<(UserId, Profile)> = state
        .people()
        .map(|person| (person, wanted(person.id)))
        .filter(|(person, profile)| person.profile != *profile)
        .map(|(person, profile)| (person.id, profile))
        .collect();
    // Two may have exchanged an address since: first nobody of them has one.
    for (user, _) in &stale {
        state.set_profile(*user, Profile::default())?;
    }
    for (user, profile) in stale {
        state.set_profile(user, profile)?;
    }
    if state.unsettled() > UNSETTLED {
        state.settle();
    }
    Ok(state)
}

#[cfg(test)]
mod tests;
