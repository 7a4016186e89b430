//! Merging a stage into the one above it: what that would bring, and beginning it.
//!
//! A merge begins and locks both of its ends; when somebody says that it is done, the version moves, and when it
//! failed, nothing has moved. No platform is connected yet: Rolecall only records what is carried out elsewhere.
//!
//! INVARIANT: the right is asked on the stage that the merge starts from, under the writer's lock, when it begins and
//! again when it ends.

use super::moves::{self, Move};
use super::{MERGE_PRODUCTION, MERGE_SANDBOX, again, clean_text, seen_stage, stands_against, tree, versions};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::change::Change;
use model::id::{MoveId, ObjectId};
use model::state::State;
use model::view::applications::{MergePlan, MergeWish, MoveKind, Outcome, Status};
use model::view::people::Saved;
use sqlx::AnyConnection;

/// From a stage into the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hop {
    pub from: ObjectId,
    pub to: ObjectId,
    pub application: ObjectId,
    pub to_production: bool,
}

impl Hop {
    /// The hop that starts from a stage; none from production, and none where the tree is broken.
    pub(super) fn from(state: &State, from: ObjectId) -> Option<Self> {
        let (_, application) = tree::stage(state, from)?;
        let to = tree::above(state, from)?;
        let (_, same) = tree::stage(state, to)?;
        let to_production = tree::above(state, to).is_none();
        (same.id == application.id).then_some(Self { from, to, application: application.id, to_production })
    }

    /// The permission that it needs, on the stage that it starts from.
    pub(super) fn needs(self) -> &'static str {
        if self.to_production { MERGE_PRODUCTION } else { MERGE_SANDBOX }
    }
}

/// A merge that stands to be made.
#[derive(Debug)]
pub(super) struct Ready {
    pub hop: Hop,
    pub from: versions::Noted,
    pub to: versions::Noted,
    pub brings: Vec<String>,
    pub lacks: Vec<String>,
}

/// What stands against merging, of what is known of the two stages; none: nothing.
pub(super) fn against(
    state: &State,
    hop: Hop,
    status: Status,
    ends: (Option<&versions::Noted>, Option<&versions::Noted>),
    brings: usize,
) -> Option<String> {
    let name = |id: ObjectId| state.object(id).map(|one| one.name.clone()).unwrap_or_default();
    let (from, to) = (name(hop.from), name(hop.to));
    let locked = |end: Option<&versions::Noted>| end.is_some_and(|noted| noted.locked_by.is_some());
    let is_unknown = |end: Option<&versions::Noted>| end.is_none_or(|noted| noted.version.is_empty());
    if status == Status::Archived {
        return Some(
            "The application is archived: nothing is merged in it. Change its status first.".to_owned(),
        );
    }
    for (name, end) in [(&from, ends.0), (&to, ends.1)] {
        if locked(end) {
            return Some(format!("{name} is locked: a merge or rollback runs. Wait until it has ended."));
        }
    }
    if is_unknown(ends.0) {
        return Some(format!("The version of {from} is not known. Set it with: rolecall stage version set."));
    }
    if brings == 0 {
        return Some(format!("{to} has everything that {from} has: there is nothing to merge."));
    }
    None
}

/// Reads what a merge from a stage would bring, and refuses what cannot be begun by the caller as they are now.
pub(super) async fn ready(connection: &mut AnyConnection, caller: &Caller, from: ObjectId) -> Result<Ready> {
    let (stage, application) = seen_stage(caller, from)?;
    let Some(hop) = Hop::from(&caller.state, from) else {
        return Err(stands_against(format!("{} is production: it is merged into, not from.", stage.name)));
    };
    caller.require_on(hop.needs(), from)?;
    let noted = versions::of_all(connection, &[hop.from, hop.to]).await?;
    let held = versions::held(connection, &[hop.from, hop.to]).await?;
    let status = super::details::of(connection, application.id).await?.status;
    let of = |id: ObjectId| held.get(&id).map(Vec::as_slice).unwrap_or_default();
    let (brings, lacks) =
        (versions::beyond(of(hop.from), of(hop.to)), versions::beyond(of(hop.to), of(hop.from)));
    let ends = (noted.get(&hop.from), noted.get(&hop.to));
    if let Some(message) = against(&caller.state, hop, status, ends, brings.len()) {
        return Err(stands_against(message));
    }
    let end = |id: ObjectId| noted.get(&id).cloned().unwrap_or_default();
    Ok(Ready { hop, from: end(hop.from), to: end(hop.to), brings, lacks })
}

/// What merging from a stage would bring.
///
/// # Errors
/// What beginning would refuse.
pub async fn plan(backend: &Backend, caller: &Caller, from: ObjectId) -> Result<MergePlan> {
    let mut connection = backend.database().pool().acquire().await?;
    let Ready { hop, from, to, brings, lacks } = ready(&mut connection, caller, from).await?;
    let name = |id: ObjectId| caller.state.object(id).map(|one| one.name.clone()).unwrap_or_default();
    Ok(MergePlan {
        from: hop.from,
        from_name: name(hop.from),
        from_version: from.version,
        to_name: name(hop.to),
        to_version: to.version,
        to_production: hop.to_production,
        brings,
        lacks,
    })
}

/// Begins a merge: both of its ends are locked from now on.
///
/// # Errors
/// When it is not the caller's to do, the stages do not stand so that it can be made, or have moved on since the plan.
pub async fn begin(backend: &Backend, caller: &Caller, wish: &MergeWish) -> Result<Saved> {
    let (stage, _) = seen_stage(caller, wish.from)?;
    let described = clean_text("description", &wish.description)?;
    if described.is_empty() {
        let message = "Say what is in it: those who read the history will ask.".to_owned();
        return Err(Error::Invalid { field: "description", message });
    }
    let id = MoveId::from_bits(backend.random().bits());
    let reason = format!("Merge from {} begun: {described}", stage.name);
    let changes = vec![Change::DetailsEdited { object: wish.from }];
    let (handle, caller, wish) = (backend.clone(), caller.clone(), wish.clone());
    let mut proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            let now = again(&handle, &caller)?;
            let ready = ready(&mut *to, &now, wish.from).await?;
            if ready.from.version != wish.from_version || ready.to.version != wish.to_version {
                let message =
                    "The versions have moved on since this plan was shown. Look at it again.".to_owned();
                return Err(stands_against(message));
            }
            write(to, &now, id, &ready, described).await
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
    ready: &Ready,
    description: String,
) -> Result<()> {
    let hop = ready.hop;
    let name = |id: ObjectId| caller.state.object(id).map(|one| one.name.clone()).unwrap_or_default();
    if versions::of(&mut *to, hop.to).await?.is_none() {
        versions::note(&mut *to, hop.to, &versions::Noted::default()).await?;
    }
    for stage in [hop.from, hop.to] {
        versions::lock(&mut *to, stage, id).await?;
    }
    let merge = Move {
        id,
        application: hop.application,
        kind: MoveKind::Merge,
        stage: (hop.to, name(hop.to)),
        from: Some((hop.from, name(hop.from))),
        version_before: ready.to.version.clone(),
        version_after: ready.from.version.clone(),
        versions: ready.brings.clone(),
        description,
        actor: Some(caller.actor()),
        carried_by: String::new(),
        outcome: Outcome::Running,
        begun_at: caller.at,
        ended_at: None,
        takes_back: None,
        taken_back_by: None,
    };
    Ok(moves::insert(to, &merge).await?)
}
