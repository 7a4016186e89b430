//! The one way into the access state: a proposal becomes a revision, whole or not at all.
//!
//! A commit takes the writer's lock, catches up with the head, judges, writes the state tables and the log
//! row in one transaction, swaps the state and announces it. It runs in a task of its own, so that a browser
//! that closes does not cut it short. Nothing else writes these tables.

use super::{load, log, tables};
use crate::Backend;
use crate::database::MigrateError;
use crate::error::{Error, Overtaker, Result};
use futures::future::BoxFuture;
use model::Millis;
use model::change::{self, Change, Touched};
use model::guard::{self, Actor, Refusal};
use model::id::UserId;
use model::misfit::Misfit;
use model::state::State;
use model::{decide, words};
use sqlx::{AnyConnection, Row, query};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is written in the same transaction, beside the access state: profiles, passwords, links. It runs
/// before the state is judged, so that what it stores counts.
pub type Beside = Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<()>> + Send>;

/// Changes that somebody wants.
pub struct Proposal {
    /// Who.
    pub actor: Actor,
    /// What. Removals are completed by what hangs on them.
    pub changes: Vec<Change>,
    /// The revision that the actor was looking at: later ones explain a conflict.
    pub seen: Option<u64>,
    /// Why, in the actor's words; may be empty.
    pub reason: String,
    /// The revision that this takes back.
    pub undoes: Option<u64>,
    /// What is written along with it.
    pub beside: Option<Beside>,
}

impl Proposal {
    /// A proposal with nothing but its changes.
    #[must_use]
    pub fn new(actor: Actor, changes: Vec<Change>) -> Self {
        Self { actor, changes, seen: None, reason: String::new(), undoes: None, beside: None }
    }

    /// With the revision that the actor was looking at.
    #[must_use]
    pub fn seen(self, revision: u64) -> Self {
        Self { seen: Some(revision), ..self }
    }

    /// With something that is written along with it.
    #[must_use]
    pub fn beside<F>(self, write: F) -> Self
    where
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<()>> + Send + 'static,
    {
        Self { beside: Some(Box::new(write)), ..self }
    }
}

/// A revision that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Its number.
    pub revision: u64,
    /// What of the screens it touches.
    pub touched: BTreeSet<Touched>,
}

/// A proposal that was judged: the changes as they will stand in the log, and the state after them.
#[derive(Debug)]
pub struct Prepared {
    /// The changes, completed by what hangs on them.
    pub changes: Vec<Change>,
    /// The state after them; profiles that are written along are yet to be read.
    pub after: State,
}

/// Why a proposal is refused.
#[derive(Debug)]
pub struct Unprepared {
    /// Why.
    pub error: Error,
    /// The change that does not fit, where that is why.
    pub failed: Option<Change>,
}

impl From<Error> for Box<Unprepared> {
    fn from(error: Error) -> Self {
        Self::new(Unprepared { error, failed: None })
    }
}

/// What of a commit needs no database: completing the changes, judging the actor, applying them.
///
/// # Errors
/// Why it is refused; for a misfit, with the change that does not fit.
pub fn prepare(
    before: &State,
    proposal: &Proposal,
    at: Millis,
) -> std::result::Result<Prepared, Box<Unprepared>> {
    let changes = change::expand(before, &proposal.changes);
    if changes.is_empty() {
        return Err(Error::NothingToDo.into());
    }
    // What has come to hang on a thing since is not taken along unseen.
    if proposal.undoes.is_some() && !crate::history::is_all(&proposal.changes, &changes) {
        return Err(Error::NotUndoable(crate::history::MORE_HANGS_ON_IT).into());
    }
    guard::check(before, proposal.actor, &changes, at).map_err(Error::from)?;
    let mut after = State::clone(before);
    if let Err((place, misfit)) = after.propose(&changes) {
        return Err(Box::new(Unprepared { error: misfit.into(), failed: changes.get(place).cloned() }));
    }
    Ok(Prepared { changes, after })
}

/// What the log says of a revision.
#[derive(Debug)]
pub struct Texts {
    /// Its changes.
    pub changes: String,
    /// Its changes in words.
    pub words: String,
    /// What it is found by.
    pub found_by: String,
}

impl Texts {
    /// The texts of changes that lead from one state to another.
    ///
    /// # Errors
    /// When a change cannot be written down, which would be a defect.
    pub fn of(before: &State, after: &State, changes: &[Change], actor: Actor, reason: &str) -> Result<Self> {
        let lines: Vec<words::Line> = changes.iter().map(|c| words::line(before, after, c)).collect();
        let places = crate::history::places(before, after, changes);
        Ok(Self {
            changes: serde_json::to_string(changes).map_err(Error::broken)?,
            words: serde_json::to_string(&lines).map_err(Error::broken)?,
            found_by: crate::history::found_by(actor, reason, changes, &lines, &places),
        })
    }
}

impl Backend {
    /// Commits a proposal as one revision.
    ///
    /// # Errors
    /// When the actor may not, when a change does not fit, or when nobody would be left in charge. Nothing
    /// is then written.
    pub async fn commit(&self, proposal: Proposal) -> Result<Committed> {
        let backend = self.clone();
        let task = tokio::spawn(async move { backend.commit_now(proposal).await });
        task.await.map_err(Error::broken)?
    }

    async fn commit_now(&self, proposal: Proposal) -> Result<Committed> {
        let _writer = self.writer().lock().await;
        let mut transaction = self.database().write().await?;
        let before = self.catch_up(&mut transaction).await?;
        if proposal.seen.is_some_and(|seen| seen > before.revision()) {
            let message = "This page shows more than the server knows. Reload it, then try again.".to_owned();
            return Err(Error::Invalid { field: "seen", message });
        }
        let at = self.clock().now();
        let Prepared { changes, mut after } = match prepare(&before, &proposal, at).map_err(|boxed| *boxed) {
            Ok(prepared) => prepared,
            Err(Unprepared { error: Error::Misfit(misfit), failed: Some(failed) }) => {
                return Err(explain(&mut transaction, &before, misfit, Some(&failed), proposal.seen).await);
            }
            Err(Unprepared { error, .. }) => return Err(error),
        };
        if let Some(beside) = proposal.beside {
            beside(&mut transaction).await?;
        }
        refresh_profiles(&mut transaction, &mut after, &changes).await?;
        refuse_lock_out(&mut transaction, &after, proposal.actor, &changes).await?;

        let number = before.revision() + 1;
        tables::write_all(&mut transaction, &changes).await?;
        let texts = Texts::of(&before, &after, &changes, proposal.actor, &proposal.reason)?;
        let entry = log::Entry {
            number,
            at,
            actor: proposal.actor,
            reason: &proposal.reason,
            undoes: proposal.undoes,
            texts,
        };
        entry.write(&mut transaction).await?;
        transaction.commit().await?;
        after.set_revision(number);
        let touched = changes.iter().map(Change::touches).collect();
        self.publish(after, &touched);
        Ok(Committed { revision: number, touched })
    }

    /// The state at the head, read with the connection that holds the writer's lock.
    pub(crate) async fn catch_up(&self, from: &mut AnyConnection) -> Result<Arc<State>> {
        let head = head(from).await?;
        let mut state = self.state();
        if head > state.revision() {
            let mut now = State::clone(&state);
            let touched = apply_later(from, &mut now).await?;
            self.publish(now, &touched);
            state = self.state();
        }
        Ok(state)
    }
}

/// The number of the newest revision.
///
/// INVARIANT: a database that a newer program has changed beyond this one's understanding is read no further,
/// also while this one runs: it would not see what narrows a grant.
pub(crate) async fn head(from: &mut AnyConnection) -> Result<u64> {
    let row = query("SELECT revision, min_reader FROM head WHERE id = 1").fetch_one(from).await?;
    let min_reader: i64 = row.try_get("min_reader")?;
    let known = crate::database::newest_step();
    if min_reader > known {
        return Err(Error::broken(MigrateError::Downgrade { min_reader, known }));
    }
    Ok(u64::try_from(row.try_get::<i64, _>("revision")?).unwrap_or_default())
}

/// Applies the revisions that the state lacks, and reads the profiles that they touch.
async fn apply_later(from: &mut AnyConnection, state: &mut State) -> Result<BTreeSet<Touched>> {
    let mut touched = BTreeSet::new();
    for revision in log::after(from, state.revision()).await.map_err(Error::broken)? {
        log::forward(state, &revision).map_err(Error::broken)?;
        refresh_profiles(from, state, &revision.changes).await?;
        touched.extend(revision.changes.iter().map(Change::touches));
    }
    Ok(touched)
}

/// Reads again the profiles of those whom the changes add or rename.
async fn refresh_profiles(from: &mut AnyConnection, state: &mut State, changes: &[Change]) -> Result<()> {
    let users: Vec<UserId> = changes
        .iter()
        .filter_map(|change| match change {
            Change::UserAdded { user, .. } | Change::UserJoined { user } | Change::ProfileEdited { user } => {
                Some(*user)
            }
            _ => None,
        })
        .filter(|user| state.person(*user).is_some())
        .collect();
    match load::profiles(from, state, Some(&users)).await {
        Ok(()) => Ok(()),
        Err(load::LoadError::Misfit { misfit, .. }) => Err(Error::Misfit(misfit)),
        Err(other) => Err(Error::broken(other)),
    }
}

/// INVARIANT: somebody is left who is active, holds every administration permission for good, and has a
/// password of Rolecall's own.
pub(crate) async fn refuse_lock_out(
    from: &mut AnyConnection,
    after: &State,
    actor: Actor,
    changes: &[Change],
) -> Result<()> {
    if actor != Actor::SetUp && !changes.iter().any(may_lock_out) {
        return Ok(());
    }
    for user in decide::administrators(after) {
        let row = query("SELECT user_id FROM passwords WHERE user_id = $1")
            .bind(user.to_string())
            .fetch_optional(&mut *from)
            .await?;
        if row.is_some() {
            return Ok(());
        }
    }
    Err(Error::Refused(Refusal::LockOut))
}

/// Whether a change can take something away from an administrator.
fn may_lock_out(change: &Change) -> bool {
    matches!(
        change,
        Change::GrantRemoved { .. }
            | Change::PermissionRemoved { .. }
            | Change::MemberRemoved { .. }
            | Change::UserDeactivated { .. }
            | Change::UserRemoved { .. }
            | Change::RoleRemoved { .. }
            | Change::GroupRemoved { .. }
    )
}

/// A misfit with the name of whoever was faster, where a later revision is the reason.
pub(crate) async fn explain(
    from: &mut AnyConnection,
    state: &State,
    misfit: Misfit,
    failed: Option<&Change>,
    seen: Option<u64>,
) -> Error {
    let (Some(failed), Some(seen), true) = (failed, seen, misfit.is_conflict()) else {
        return Error::Misfit(misfit);
    };
    let later = log::after(from, seen).await.unwrap_or_default();
    let overtaking =
        later.iter().rev().find(|revision| revision.changes.iter().any(|c| c.is_about_the_same(failed)));
    match overtaking {
        Some(revision) => {
            let by = Overtaker {
                name: actor_name(state, revision.actor),
                revision: revision.number,
                at: revision.at,
            };
            Error::Overtaken { misfit, by }
        }
        None => Error::Misfit(misfit),
    }
}

/// What an actor is called on screens.
#[must_use]
pub fn actor_name(state: &State, actor: Actor) -> String {
    match actor {
        Actor::User(user) => match (state.person(user), state.former(user)) {
            (Some(person), _) => person.profile.called().to_owned(),
            (None, Some(called)) => called.to_owned(),
            (None, None) => "Former user".to_owned(),
        },
        Actor::CommandLine => "Command line".to_owned(),
        Actor::SetUp => "Set-up".to_owned(),
    }
}

/// The moment of a change, as an announcement carries it: the number and what it touches, nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The number of the revision.
    pub revision: u64,
    /// What of the screens it touches.
    pub touched: BTreeSet<Touched>,
    /// When this process learnt of it.
    pub at: Millis,
}
