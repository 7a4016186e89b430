//! The page of one application: what is noted of it, and its stages with what stands against each action.

use super::merge::{self, Hop};
use super::moves::Move;
use super::{CREATE, ROLLBACK, SANDBOX, STATUS, ending, lacks_on, mergers, readable, seen, sees_stage};
use super::{details, edit, moves, rollback, stage, tree, versions};
use crate::Backend;
use crate::access::commit::actor_name;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use crate::people::refused;
use model::grant::Who;
use model::id::ObjectId;
use model::state::State;
use model::view::applications::{Application, OwnedBy, Running, Stage};
use model::view::check::who_of_key;
use std::collections::HashMap;

/// The page of an application.
///
/// # Errors
/// When it is not there, or not for the caller to see.
pub async fn one(backend: &Backend, caller: &Caller, id: ObjectId) -> Result<Application> {
    let sight = Sight::of(caller);
    let application = seen(caller, &sight, id)?;
    let tree = tree::stages(&caller.state, id);
    let ids: Vec<ObjectId> = tree.iter().map(|(id, _)| *id).collect();
    let mut connection = backend.database().pool().acquire().await?;
    let noted = details::of(&mut connection, id).await?;
    let known = Known {
        status: noted.status,
        noted: versions::of_all(&mut connection, &ids).await?,
        held: versions::held(&mut connection, &ids).await?,
    };
    let mut running = Vec::new();
    for one in moves::running(&mut connection, id).await? {
        let moves = moves::of_stage(&mut connection, one.stage.0).await?;
        running.extend(shown(caller, &sight, &one, &moves));
    }
    drop(connection);
    let stages = tree.into_iter().map(|(stage, depth)| known.stage(caller, &sight, id, stage, depth));
    let removing = || {
        edit::why_it_stays(caller, id)?;
        caller.require_on(CREATE, id)?;
        if ids.is_empty() { Ok(()) } else { caller.require_on(SANDBOX, id) }
    };
    Ok(Application {
        revision: caller.state.revision(),
        id,
        name: application.name.clone(),
        in_force: caller.state.catalog().in_force_on(tree::APPLICATION),
        description: noted.description,
        owners: noted.owners.iter().filter_map(|key| owner(&caller.state, key)).collect(),
        status: noted.status,
        planned_on: noted.planned_on,
        since: (noted.since > 0).then_some(noted.since),
        stages: stages.collect(),
        running,
        mergers: mergers(caller, id),
        no_rights: refused(readable(caller, id)),
        no_editing: lacks_on(caller, CREATE, id),
        no_status: lacks_on(caller, STATUS, id),
        no_sandbox: lacks_on(caller, SANDBOX, id),
        no_removing: refused(removing()),
    })
}

fn owner(state: &State, key: &str) -> Option<OwnedBy> {
    let name = match who_of_key(key)? {
        Who::User(user) => state.person(user)?.profile.called().to_owned(),
        Who::Group(group) => state.group(group)?.name.clone(),
        Who::ServiceAccount(_) => return None,
    };
    Some(OwnedBy { key: key.to_owned(), name })
}

/// What runs, for who may see one of its ends.
fn shown(caller: &Caller, sight: &Sight<'_>, running: &Move, moves: &[Move]) -> Option<Running> {
    let ends = running.from.iter().map(|(from, _)| *from).chain([running.stage.0]);
    if !ends.into_iter().any(|end| sees_stage(caller, sight, end)) {
        return None;
    }
    Some(Running {
        id: running.id,
        kind: running.kind,
        from: running.from.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        to: running.stage.1.clone(),
        to_production: tree::above(&caller.state, running.stage.0).is_none(),
        version_before: running.version_before.clone(),
        version_after: running.version_after.clone(),
        versions: running.versions.clone(),
        description: running.description.clone(),
        by: running.actor.map(|actor| actor_name(&caller.state, actor)).unwrap_or_default(),
        at: running.begun_at,
        no_ending: refused(ending::may_end(caller, running, moves, false)),
    })
}

/// What is noted of the stages of one application.
struct Known {
    status: model::view::applications::Status,
    noted: HashMap<ObjectId, versions::Noted>,
    held: HashMap<ObjectId, Vec<String>>,
}

impl Known {
    fn versions(&self, stage: ObjectId) -> &[String] {
        self.held.get(&stage).map(Vec::as_slice).unwrap_or_default()
    }

    fn stage(
        &self,
        caller: &Caller,
        sight: &Sight<'_>,
        application: ObjectId,
        id: ObjectId,
        depth: u32,
    ) -> Stage {
        let state = &caller.state;
        let above = tree::above(state, id);
        let noted = self.noted.get(&id);
        let name = state.object(id).map(|stage| stage.name.clone()).unwrap_or_default();
        let is_seen = sees_stage(caller, sight, id);
        let (ahead, behind) = match above {
            Some(above) => (
                versions::beyond(self.versions(id), self.versions(above)).len(),
                versions::beyond(self.versions(above), self.versions(id)).len(),
            ),
            None => (0, 0),
        };
        let rollback = rollback::against(&name, self.status, noted);
        let removing = || {
            stage::why_it_stays(state, id, noted)?;
            caller.require_on(SANDBOX, application)
        };
        Stage {
            id,
            depth,
            above,
            branch: noted.is_some_and(|noted| noted.branch),
            version: noted.filter(|_| is_seen).map(|noted| noted.version.clone()).unwrap_or_default(),
            ahead: ahead as u64,
            behind: behind as u64,
            lock: noted.and_then(|noted| noted.locked_by),
            no_merging: self.no_merging(caller, id, ahead),
            no_rollback: lacks_on(caller, ROLLBACK, id).or(rollback),
            no_removing: refused(removing()),
            name: is_seen.then_some(name),
        }
    }

    fn no_merging(&self, caller: &Caller, id: ObjectId, ahead: usize) -> Option<String> {
        let Some(hop) = Hop::from(&caller.state, id) else {
            return Some("Nothing stands above it: it is merged into, not from.".to_owned());
        };
        let ends = (self.noted.get(&hop.from), self.noted.get(&hop.to));
        lacks_on(caller, hop.needs(), id)
            .or_else(|| merge::against(&caller.state, hop, self.status, ends, ahead))
    }
}
