//! Removing a tenant with all that it holds, and what that would be.

use super::{GOVERN, seen};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::error::Result;
use model::audience::Audiences;
use model::change::{self, Change};
use model::id::ObjectId;
use model::view::people::Saved;
use model::view::tenants::Removal;
use std::collections::BTreeMap;

/// What would go with a tenant.
///
/// # Errors
/// When it is not the caller's to remove.
pub async fn removal(_: &Backend, caller: &Caller, id: ObjectId) -> Result<Removal> {
    let changes = removing(caller, id)?;
    let catalog = caller.state.catalog();
    let mut removal = Removal::default();
    let mut holds: BTreeMap<String, u64> = BTreeMap::new();
    for change in change::expand(&caller.state, &changes) {
        match change {
            Change::ObjectRemoved { object } if object.id != id => {
                let kind = catalog.kind(&object.kind);
                let name = kind.map_or(object.kind.as_str(), |kind| kind.several()).to_owned();
                *holds.entry(name).or_default() += 1;
            }
            Change::GrantRemoved { .. } => removal.assignments += 1,
            Change::RoleRemoved { .. } => removal.roles += 1,
            _ => {}
        }
    }
    removal.holds = holds.into_iter().collect();
    let audiences = Audiences::of(&caller.state, GOVERN, caller.at);
    if let Some(see) = audiences.settings().first() {
        let named = audiences.named(see, id);
        removal.people = audiences.reaches(&named) + audiences.more_by_role(see, id, &named);
    }
    Ok(removal)
}

/// Removes a tenant with all that it holds, as one revision.
///
/// # Errors
/// When it is not the caller's to remove.
pub async fn remove(backend: &Backend, caller: &Caller, id: ObjectId) -> Result<Saved> {
    let committed = backend.commit(Proposal::new(caller.actor(), removing(caller, id)?)).await?;
    Ok(Saved { revision: committed.revision, undoable: true })
}

fn removing(caller: &Caller, id: ObjectId) -> Result<Vec<Change>> {
    let object = seen(caller, id)?.clone();
    caller.require("tenants.manage")?;
    Ok(vec![Change::ObjectRemoved { object }])
}
