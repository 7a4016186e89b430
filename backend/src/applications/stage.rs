//! Adding, renaming and deleting a stage.

use super::{SANDBOX, again, clean, seen, seen_stage, stands_against, tree, versions};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::{Error, Result};
use model::change::Change;
use model::id::ObjectId;
use model::object::Object;
use model::state::State;
use model::view::applications::{NewStage, NewlyMade};
use model::view::people::Saved;

/// Adds a sandbox or a branch below a stage, with the versions of that one; or the production stage, where an
/// application has none.
///
/// # Errors
/// When it is not the caller's to do, or the name is taken or not well formed.
pub async fn add(backend: &Backend, caller: &Caller, new: &NewStage) -> Result<NewlyMade> {
    let application = seen(caller, &Sight::of(caller), new.application)?.id;
    caller.require_on(SANDBOX, application)?;
    let name = clean("name", &new.name)?;
    let above = new.above;
    refuse_place(&caller.state, application, above)?;
    let id = ObjectId::from_bits(backend.random().bits());
    let object = Object { id, kind: tree::STAGE.to_owned(), name: name.clone(), parent: Some(application) };
    let mut changes = vec![Change::ObjectCreated { object }];
    changes.extend(above.map(|above| Change::Linked { link: tree::tie(id, above) }));
    let (handle, caller, branch) = (backend.clone(), caller.clone(), new.branch && above.is_some());
    let proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            // Two may add production at once: asked again while nobody else can write.
            refuse_place(&handle.state(), application, above)?;
            let mut noted = versions::Noted { branch, ..versions::Noted::default() };
            if let Some(above) = above {
                let from = versions::of(&mut *to, above).await?.unwrap_or_default();
                noted.version = from.version;
                let held = versions::held(&mut *to, &[above]).await?.remove(&above).unwrap_or_default();
                versions::add(&mut *to, id, &held, None).await?;
            }
            Ok(versions::note(to, id, &noted).await?)
        })
    });
    let committed = backend.commit(proposal).await?;
    Ok(NewlyMade { id, name, saved: Saved { revision: committed.revision, undoable: true } })
}

fn refuse_place(state: &State, application: ObjectId, above: Option<ObjectId>) -> Result<()> {
    match above {
        Some(above) => match tree::stage(state, above) {
            Some((_, holder)) if holder.id == application => Ok(()),
            _ => Err(Error::Invalid {
                field: "above",
                message: "The stage above is no longer there. Choose another.".to_owned(),
            }),
        },
        None if tree::roots(state, application).is_empty() => Ok(()),
        None => Err(Error::Invalid {
            field: "above",
            message: "This application has its production stage. Choose the stage above the new one."
                .to_owned(),
        }),
    }
}

/// Gives a stage another name.
///
/// # Errors
/// When it is not the caller's to do, or the name is taken or not well formed.
pub async fn rename(backend: &Backend, caller: &Caller, stage: ObjectId, name: &str) -> Result<Saved> {
    let (object, application) = seen_stage(caller, stage)?;
    caller.require_on(SANDBOX, application.id)?;
    let now = clean("name", name)?;
    if now == object.name {
        return Err(Error::NothingToDo);
    }
    let renamed = Change::ObjectRenamed { object: stage, was: object.name.clone(), now };
    let committed = backend.commit(Proposal::new(caller.actor(), vec![renamed])).await?;
    Ok(Saved { revision: committed.revision, undoable: true })
}

/// Why a stage stays, whoever asks: it is production, others stand below it, or something runs on it.
pub(super) fn why_it_stays(state: &State, stage: ObjectId, noted: Option<&versions::Noted>) -> Result<()> {
    let below = tree::below(state, stage);
    let lowest = below.first().and_then(|one| state.object(*one));
    match (tree::above(state, stage), lowest) {
        (_, Some(lowest)) => Err(stands_against(format!(
            "Delete what stands below it first: {}{}.",
            lowest.name,
            if below.len() > 1 { format!(" and {} more", below.len() - 1) } else { String::new() }
        ))),
        (None, None) => Err(stands_against("Production goes only with its application.".to_owned())),
        (Some(_), None) if noted.is_some_and(|noted| noted.locked_by.is_some()) => {
            Err(stands_against("It is locked. Wait until the merge or rollback has ended.".to_owned()))
        }
        (Some(_), None) => Ok(()),
    }
}

/// Deletes a sandbox or a branch that nothing stands below.
///
/// # Errors
/// When it is not the caller's to do, or it stays.
pub async fn remove(backend: &Backend, caller: &Caller, stage: ObjectId) -> Result<Saved> {
    let (object, application) = seen_stage(caller, stage)?;
    caller.require_on(SANDBOX, application.id)?;
    let changes = vec![Change::ObjectRemoved { object: object.clone() }];
    let (handle, caller) = (backend.clone(), caller.clone());
    let proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            let now = again(&handle, &caller)?;
            let noted = versions::of(to, stage).await?;
            why_it_stays(&now.state, stage, noted.as_ref())
        })
    });
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable: true })
}
