//! Rolling a stage back: what that would take away, and beginning it.
//!
//! *Rollback* takes back the last merge of a stage, and never two of them one after the other; *Roll back further*
//! takes back any merge with all that came after it. Like a merge, it locks its stage until somebody says how it
//! ended.

use super::moves::{self, Move};
use super::{FURTHER, ROLLBACK, again, clean_text, seen_stage, stands_against, tree, versions};
use crate::Backend;
use crate::access::Proposal;
use crate::access::commit::actor_name;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::refused;
use model::change::Change;
use model::guard::Actor;
use model::id::{MoveId, ObjectId};
use model::view::applications::{MoveKind, Outcome, RollbackPlan, RollbackWish, Status, Step};
use model::view::people::Saved;
use sqlx::AnyConnection;

/// Why a stage may not be rolled back twice in a row.
const ONCE: &str = "The last merge was taken back already, and merges are not taken back one after the other. Going \
     back further is a right of its own.";

/// A merge that stands to be taken back, with all that came after it.
#[derive(Debug)]
pub(super) struct Back {
    /// The merges, the last one first.
    pub merges: Vec<Move>,
    /// Whether it takes *Roll back further*.
    pub is_further: bool,
}

/// The merges of a stage that can be taken back, the last one first: each with those after it.
pub(super) fn steps(moves: &[Move]) -> Vec<Back> {
    let done = |one: &&Move| one.outcome == Outcome::Done && one.kind != MoveKind::Update;
    let is_again = moves.iter().find(done).is_some_and(|last| last.kind == MoveKind::Rollback);
    let open = |one: &&Move| done(one) && one.kind == MoveKind::Merge && one.taken_back_by.is_none();
    let mut merges: Vec<Move> = Vec::new();
    let mut all = Vec::new();
    for merge in moves.iter().filter(open) {
        merges.push(merge.clone());
        all.push(Back { merges: merges.clone(), is_further: merges.len() > 1 || is_again });
    }
    all
}

/// Whether the caller may take that back now.
pub(super) fn may(caller: &Caller, stage: ObjectId, is_further: bool, is_again: bool) -> Result<()> {
    caller.require_on(ROLLBACK, stage)?;
    if !is_further || caller.may_on(FURTHER, stage) {
        return Ok(());
    }
    if is_again { Err(stands_against(ONCE.to_owned())) } else { caller.require_on(FURTHER, stage) }
}

/// What stands against rolling back, whoever asks.
pub(super) fn against(name: &str, status: Status, noted: Option<&versions::Noted>) -> Option<String> {
    if status == Status::Archived {
        let message = "The application is archived: nothing is rolled back in it. Change its status first.";
        return Some(message.to_owned());
    }
    noted
        .is_some_and(|noted| noted.locked_by.is_some())
        .then(|| format!("{name} is locked: a merge or rollback runs. Wait until it has ended."))
}

/// What can be taken back of a stage.
///
/// # Errors
/// When the caller may roll nothing back there, or it is locked.
pub async fn plan(backend: &Backend, caller: &Caller, stage: ObjectId) -> Result<RollbackPlan> {
    let (object, application) = seen_stage(caller, stage)?;
    caller.require_on(ROLLBACK, stage)?;
    let mut connection = backend.database().pool().acquire().await?;
    let noted = versions::of(&mut connection, stage).await?;
    let status = super::details::of(&mut connection, application.id).await?.status;
    if let Some(message) = against(&object.name, status, noted.as_ref()) {
        return Err(stands_against(message));
    }
    let moves = moves::of_stage(&mut connection, stage).await?;
    let mut shown = Vec::new();
    for back in steps(&moves) {
        let Some(merge) = back.merges.last() else { continue };
        let Some((_, takes)) = versions::since(&mut connection, stage, merge.id).await? else { continue };
        let is_again = back.is_further && back.merges.len() == 1;
        shown.push(Step {
            merge: merge.id,
            from: merge.from.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
            at: merge.begun_at,
            by: merge.actor.map(|actor| actor_name(&caller.state, actor)).unwrap_or_default(),
            version: merge.version_before.clone(),
            takes,
            merges: back.merges.len() as u64,
            barred: refused(may(caller, stage, back.is_further, is_again)),
        });
    }
    if shown.is_empty() {
        return Err(stands_against(format!(
            "Nothing was merged into {} that could be taken back.",
            object.name
        )));
    }
    Ok(RollbackPlan {
        stage,
        name: object.name.clone(),
        version: noted.unwrap_or_default().version,
        is_production: tree::above(&caller.state, stage).is_none(),
        steps: shown,
    })
}

/// Begins a rollback: the stage is locked from now on.
///
/// # Errors
/// When it is not the caller's to do, or the stage has moved on since the plan.
pub async fn begin(backend: &Backend, caller: &Caller, wish: &RollbackWish) -> Result<Saved> {
    let (object, _) = seen_stage(caller, wish.stage)?;
    let described = clean_text("description", &wish.description)?;
    if described.is_empty() {
        let message = "Say why: those who read the history will ask.".to_owned();
        return Err(Error::Invalid { field: "description", message });
    }
    let reason = format!("Rollback of {} begun: {described}", object.name);
    let id = MoveId::from_bits(backend.random().bits());
    let changes = vec![Change::DetailsEdited { object: wish.stage }];
    let (handle, caller, wish) = (backend.clone(), caller.clone(), wish.clone());
    let mut proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            let now = again(&handle, &caller)?;
            write(to, &now, id, &wish, described).await
        })
    });
    proposal.reason = reason;
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable: false })
}

async fn write(
    to: &mut AnyConnection,
    caller: &Caller,
    id: MoveId,
    wish: &RollbackWish,
    description: String,
) -> Result<()> {
    let (object, application) = seen_stage(caller, wish.stage)?;
    let noted = versions::of(&mut *to, wish.stage).await?;
    let status = super::details::of(&mut *to, application.id).await?.status;
    if let Some(message) = against(&object.name, status, noted.as_ref()) {
        return Err(stands_against(message));
    }
    let version = noted.unwrap_or_default().version;
    if version != wish.version {
        let message = "The version has moved on since this was shown. Look at it again.".to_owned();
        return Err(stands_against(message));
    }
    let moves = moves::of_stage(&mut *to, wish.stage).await?;
    let is_wanted = |back: &Back| back.merges.last().is_some_and(|merge| merge.id == wish.merge);
    let Some(back) = steps(&moves).into_iter().find(is_wanted) else {
        let message = "Only a merge that is done and was not taken back can be taken back.".to_owned();
        return Err(stands_against(message));
    };
    may(caller, wish.stage, back.is_further, back.is_further && back.merges.len() == 1)?;
    let found = versions::since(&mut *to, wish.stage, wish.merge).await?;
    let (Some((_, takes)), Some(merge)) = (found, back.merges.last()) else {
        return Err(stands_against("What this merge brought is no longer there.".to_owned()));
    };
    versions::lock(&mut *to, wish.stage, id).await?;
    let rollback = Move {
        id,
        application: application.id,
        kind: MoveKind::Rollback,
        stage: (wish.stage, object.name.clone()),
        from: None,
        version_before: version,
        version_after: merge.version_before.clone(),
        versions: takes,
        description,
        actor: Some(Actor::User(caller.user)),
        carried_by: String::new(),
        outcome: Outcome::Running,
        begun_at: caller.at,
        ended_at: None,
        takes_back: Some(wish.merge),
        taken_back_by: None,
    };
    Ok(moves::insert(to, &rollback).await?)
}
