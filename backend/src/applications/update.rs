//! Setting the version of a stage, from the machine itself: what a platform has built stands there as a reference.

use super::{refuse_off_state, stands_against, tree, versions};
use crate::Backend;
use crate::access::Proposal;
use crate::applications::moves::{self, Move};
use crate::error::{Error, Result};
use model::change::Change;
use model::guard::Actor;
use model::id::{MoveId, ObjectId};
use model::name::{self, fold};
use model::state::State;
use model::view::applications::{LONGEST_VERSION, MoveKind, Outcome};

/// A version that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The number of the change.
    pub revision: u64,
    /// The name of the application.
    pub application: String,
    /// The name of the stage.
    pub stage: String,
    /// What it has.
    pub now: String,
}

/// Says which version a stage has, as the command line does: of an application and a stage by their names.
///
/// # Errors
/// When there is no such stage, it is locked, or it has that version.
pub async fn set_version(
    backend: &Backend,
    application: &str,
    stage: &str,
    version: &str,
) -> Result<Updated> {
    let state = backend.state();
    refuse_off_state(&state)?;
    let version = clean_version(version)?;
    let held = named(&state, ObjectId::ORGANIZATION, tree::APPLICATION, application)
        .ok_or(Error::NotFound("application"))?;
    let here = named(&state, held.id, tree::STAGE, stage).ok_or(Error::NotFound("stage"))?;
    let (application, stage) = (held.clone(), here.clone());
    let id = MoveId::from_bits(backend.random().bits());
    let at = backend.clock().now();
    let (one, now) = (stage.clone(), version.clone());
    let holder = application.id;
    let changes = vec![Change::DetailsEdited { object: stage.id }];
    let mut proposal = Proposal::new(Actor::CommandLine, changes).beside(move |to| {
        Box::pin(async move {
            let noted = versions::of(&mut *to, one.id).await?;
            let before = noted.clone().unwrap_or_default();
            if before.locked_by.is_some() {
                let message =
                    format!("{} is locked: a merge or rollback runs. Wait until it has ended.", one.name);
                return Err(stands_against(message));
            }
            if before.version == now {
                return Err(Error::NothingToDo);
            }
            if noted.is_none() {
                versions::note(&mut *to, one.id, &before).await?;
            }
            versions::add(&mut *to, one.id, std::slice::from_ref(&now), Some(id)).await?;
            versions::set(&mut *to, one.id, &now).await?;
            let update = Move {
                id,
                application: holder,
                kind: MoveKind::Update,
                stage: (one.id, one.name),
                from: None,
                version_before: before.version,
                version_after: now.clone(),
                versions: vec![now],
                description: String::new(),
                actor: Some(Actor::CommandLine),
                carried_by: String::new(),
                outcome: Outcome::Done,
                begun_at: at,
                ended_at: Some(at),
                takes_back: None,
                taken_back_by: None,
            };
            Ok(moves::insert(to, &update).await?)
        })
    });
    proposal.reason = format!("Version {version} of {} is set.", stage.name);
    let committed = backend.commit(proposal).await?;
    Ok(Updated {
        revision: committed.revision,
        application: application.name,
        stage: stage.name,
        now: version,
    })
}

fn named<'s>(
    state: &'s State,
    within: ObjectId,
    kind: &str,
    name: &str,
) -> Option<&'s model::object::Object> {
    let key = fold(name);
    state.children(within).find(|object| object.kind == kind && fold(&object.name) == key)
}

/// A version as it is stored: one line without blanks, so that a list of them reads as one.
pub(crate) fn clean_version(version: &str) -> Result<String> {
    let cleaned =
        name::clean(version).map_err(|bad| Error::Invalid { field: "version", message: bad.to_string() })?;
    if cleaned.chars().count() > LONGEST_VERSION || cleaned.chars().any(char::is_whitespace) {
        let message = format!("Write the version in up to {LONGEST_VERSION} characters, without blanks.");
        return Err(Error::Invalid { field: "version", message });
    }
    Ok(cleaned)
}
