//! Making an application: alone, or with the chain of sandboxes below its production stage.

use super::{CREATE, SANDBOX, clean, details, refuse_off, tree, versions};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::error::Result;
use model::change::Change;
use model::id::ObjectId;
use model::object::Object;
use model::view::applications::{Made, NewApplication};

/// The stages of the chain, from production down.
pub(crate) const CHAIN: [&str; 4] = ["Production", "Acceptance", "Testing", "Development"];

/// Makes an application.
///
/// # Errors
/// When the caller may make none, or none with sandboxes, or the name is taken or not well formed.
pub async fn create(backend: &Backend, caller: &Caller, new: &NewApplication) -> Result<Made> {
    refuse_off(caller)?;
    caller.require(CREATE)?;
    let name = clean("name", &new.name)?;
    let id = ObjectId::from_bits(backend.random().bits());
    let parent = Some(ObjectId::ORGANIZATION);
    let application = Object { id, kind: tree::APPLICATION.to_owned(), name: name.clone(), parent };
    let mut changes = vec![Change::ObjectCreated { object: application }];
    // Stages are a right of their own: without it the application starts with none.
    let wanted = match (new.chain, caller.may(SANDBOX)) {
        (true, _) => CHAIN.len(),
        (false, may) => usize::from(may),
    };
    let mut stages: Vec<ObjectId> = Vec::new();
    for name in CHAIN.iter().take(wanted) {
        let stage = ObjectId::from_bits(backend.random().bits());
        let object =
            Object { id: stage, kind: tree::STAGE.to_owned(), name: (*name).to_owned(), parent: Some(id) };
        changes.push(Change::ObjectCreated { object });
        if let Some(above) = stages.last() {
            changes.push(Change::Linked { link: tree::tie(stage, *above) });
        }
        stages.push(stage);
    }
    let since = backend.clock().now();
    let proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            let noted = details::Noted { since, ..details::Noted::default() };
            details::note(&mut *to, id, &noted).await?;
            for stage in stages {
                versions::note(&mut *to, stage, &versions::Noted::default()).await?;
            }
            Ok(())
        })
    });
    backend.commit(proposal).await?;
    Ok(Made { id, name })
}
