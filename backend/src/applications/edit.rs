//! An application's name, description, owners and status, and deleting it.

use super::{
    CREATE, SANDBOX, STATUS, again, clean, clean_text, details, seen, stands_against, tree, versions,
};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::{Error, Result};
use model::change::{self, Change};
use model::grant::Who;
use model::id::ObjectId;
use model::view::applications::{ApplicationEdit, Details, MOST_OWNERS, Status, StatusEdit};
use model::view::check::{moment, who_of_key};
use model::view::people::Saved;

/// Saves another name, description and owners as one revision.
///
/// # Errors
/// When that is not the caller's to do, somebody else was faster, or nothing is altered.
pub async fn edit(backend: &Backend, caller: &Caller, edit: &ApplicationEdit) -> Result<Saved> {
    let id = seen(caller, &Sight::of(caller), edit.application)?.id;
    caller.require_on(CREATE, id)?;
    let mut changes = Vec::new();
    if let Some((was, now)) = &edit.name {
        let now = clean("name", now)?;
        if *was != now {
            changes.push(Change::ObjectRenamed { object: id, was: was.clone(), now });
        }
    }
    let mut wanted = None;
    if let Some((was, now)) = &edit.details {
        let now = cleaned(caller, now)?;
        if *was != now {
            changes.push(Change::DetailsEdited { object: id });
            wanted = Some((was.clone(), now));
        }
    }
    let undoable = change::inverse(&changes).is_some();
    let (handle, caller) = (backend.clone(), caller.clone());
    let proposal = Proposal::new(caller.actor(), changes).seen(edit.seen).beside(move |to| {
        Box::pin(async move {
            again(&handle, &caller)?.require_on(CREATE, id)?;
            let Some((was, now)) = wanted else { return Ok(()) };
            let noted = details::of(&mut *to, id).await?;
            if noted.description != was.description || noted.owners != was.owners {
                let message = "Somebody else has changed this meanwhile. Close it to see that.".to_owned();
                return Err(Error::Invalid { field: "details", message });
            }
            let noted = details::Noted { description: now.description, owners: now.owners, ..noted };
            Ok(details::note(to, id, &noted).await?)
        })
    });
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

fn cleaned(caller: &Caller, details: &Details) -> Result<Details> {
    let state = &caller.state;
    let mut owners: Vec<String> = Vec::new();
    for key in &details.owners {
        let is_there = match who_of_key(key) {
            Some(Who::User(user)) => state.person(user).is_some(),
            Some(Who::Group(group)) => state.group(group).is_some(),
            Some(Who::ServiceAccount(_)) | None => false,
        };
        if !is_there {
            let message = "Choose owners from the people and groups that are here.".to_owned();
            return Err(Error::Invalid { field: "owners", message });
        }
        if !owners.contains(key) {
            owners.push(key.clone());
        }
    }
    if owners.len() > MOST_OWNERS {
        let message = format!("Name up to {MOST_OWNERS} owners, or a group.");
        return Err(Error::Invalid { field: "owners", message });
    }
    Ok(Details { description: clean_text("description", &details.description)?, owners })
}

/// Saves another status.
///
/// # Errors
/// When that is not the caller's to do, somebody else was faster, or nothing is altered.
pub async fn set_status(backend: &Backend, caller: &Caller, wish: &StatusEdit) -> Result<Saved> {
    let id = seen(caller, &Sight::of(caller), wish.application)?.id;
    caller.require_on(STATUS, id)?;
    let planned_on = match wish.now {
        Status::Development => wish.planned_on.trim().to_owned(),
        Status::Live | Status::Archived => String::new(),
    };
    if !planned_on.is_empty() && moment(&format!("{planned_on}T00:00")).is_none() {
        let message = "Write a day such as 2026-11-25, or leave it empty.".to_owned();
        return Err(Error::Invalid { field: "planned", message });
    }
    let (was, now, at) = (wish.was, wish.now, backend.clock().now());
    let (handle, caller) = (backend.clone(), caller.clone());
    let changes = vec![Change::DetailsEdited { object: id }];
    let mut proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            again(&handle, &caller)?.require_on(STATUS, id)?;
            let noted = details::of(&mut *to, id).await?;
            if noted.status != was {
                let message = "Somebody else has changed the status meanwhile.".to_owned();
                return Err(Error::Invalid { field: "status", message });
            }
            if noted.status == now && noted.planned_on == planned_on {
                return Err(Error::NothingToDo);
            }
            refuse_running(&mut *to, &handle, id).await?;
            let since = if noted.status == now { noted.since } else { at };
            let noted = details::Noted { status: now, planned_on, since, ..noted };
            Ok(details::note(to, id, &noted).await?)
        })
    });
    proposal.reason = match wish.now {
        Status::Development => "Status: development.",
        Status::Live => "Status: live.",
        Status::Archived => "Status: archived.",
    }
    .to_owned();
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable: false })
}

/// Refuses while a merge or rollback runs on a stage of an application.
async fn refuse_running(
    from: &mut sqlx::AnyConnection,
    backend: &Backend,
    application: ObjectId,
) -> Result<()> {
    let state = backend.state();
    let stages: Vec<ObjectId> = tree::stages(&state, application).into_iter().map(|(id, _)| id).collect();
    let noted = versions::of_all(from, &stages).await?;
    if noted.values().any(|stage| stage.locked_by.is_some()) {
        let message = "A merge or rollback runs in this application. Wait until it has ended.".to_owned();
        return Err(stands_against(message));
    }
    Ok(())
}

/// Why an application stays, whoever asks: stages stand below its production.
pub(super) fn why_it_stays(caller: &Caller, application: ObjectId) -> Result<()> {
    let state = &caller.state;
    let below = state.children(application).count().saturating_sub(tree::roots(state, application).len());
    match below {
        0 => Ok(()),
        _ => Err(stands_against("Delete its sandboxes and branches first, from the lowest up.".to_owned())),
    }
}

/// Deletes an application with its production stage.
///
/// # Errors
/// When it is not the caller's to do, or sandboxes stand below production.
pub async fn remove(backend: &Backend, caller: &Caller, id: ObjectId) -> Result<Saved> {
    let object = seen(caller, &Sight::of(caller), id)?.clone();
    caller.require_on(CREATE, id)?;
    if caller.state.children(id).next().is_some() {
        caller.require_on(SANDBOX, id)?;
    }
    why_it_stays(caller, id)?;
    let (handle, caller) = (backend.clone(), caller.clone());
    let changes = vec![Change::ObjectRemoved { object }];
    let proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            why_it_stays(&again(&handle, &caller)?, id)?;
            refuse_running(to, &handle, id).await
        })
    });
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable: true })
}
