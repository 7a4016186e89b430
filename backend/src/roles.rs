//! Roles: the grid of all of them, one by itself, what an edit would alter, and saving; who has one.
//!
//! Reading needs *See roles & permissions*, saving *Manage roles & permissions*, on the organization or on one
//! tenant, which then shows and opens what belongs to that tenant ([`sight`]). Beyond that the guards of the
//! model judge each change. Nothing but roles is changed here: other changes are refused, also when they
//! come along with some that are about roles.

mod counts;
mod grid;
mod one;
mod removal;
pub(crate) mod sight;
#[cfg(test)]
mod tests;
mod users;

pub use grid::grid;
pub use one::one;
pub use removal::leaving;
pub use users::{act, places, plan, users, whom};

use crate::Backend;
use crate::access::commit::{Committed, Proposal};
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::change::Change;
use model::misfit::Misfit;
use model::name::{self, BadName};
use model::role::{Owner, Role};
use model::state::RoleState;
use model::view::check::Found;
use model::view::effect::Effect;
use model::view::roles::Edits;
use sight::RoleSight;

/// The most edits that one save may hold.
pub const MOST_EDITS: usize = 5_000;

/// Who would gain and who would lose what, if these edits were saved now.
///
/// # Errors
/// What saving would refuse, is refused here with the same words.
pub async fn preview(backend: &Backend, caller: &Caller, edits: Edits) -> Result<Effect> {
    crate::preview::effect(backend, caller, &accepted(caller, edits.changes)?, Some(edits.seen)).await
}

/// Saves edits as one revision.
///
/// # Errors
/// When the caller may not, when an edit does not fit, or when it is not about roles. Nothing is then saved.
pub async fn save(backend: &Backend, caller: &Caller, edits: Edits) -> Result<Committed> {
    sight::require_making(caller)?;
    let proposal = Proposal::new(caller.actor(), accepted(caller, edits.changes)?);
    backend.commit(proposal.seen(edits.seen)).await
}

/// The tenants that the caller may make roles for, by words.
///
/// # Errors
/// When they may make roles nowhere.
pub async fn owners(_: &Backend, caller: &Caller, search: &str) -> Result<Found> {
    sight::require_making(caller)?;
    let (caller, search) = (caller.clone(), search.to_owned());
    let found = tokio::task::spawn_blocking(move || sight::owners(&caller, &search));
    found.await.map_err(Error::broken)
}

/// The changes with their names cleaned, if all of them are about roles that the caller may see.
fn accepted(caller: &Caller, changes: Vec<Change>) -> Result<Vec<Change>> {
    if changes.len() > MOST_EDITS {
        let message = format!("Save up to {MOST_EDITS} changes at once.");
        return Err(Error::Invalid { field: "changes", message });
    }
    let sight = RoleSight::of(caller)?;
    let changes: Vec<Change> = changes.into_iter().map(accepted_one).collect::<Result<_>>()?;
    // What is not to be seen is answered like what is not there.
    let hidden = |role: &RoleState| !sight.sees(role);
    for change in &changes {
        match change {
            Change::RoleCreated { role: Role { owner: Owner::Tenant(tenant), .. } }
                if !sight.sees_tenant(*tenant) =>
            {
                return Err(Error::NotFound("tenant"));
            }
            _ if grid::role_of(change).and_then(|id| caller.state.role(id)).is_some_and(hidden) => {
                return Err(Error::NotFound("role"));
            }
            _ => {}
        }
    }
    Ok(changes)
}

fn accepted_one(change: Change) -> Result<Change> {
    Ok(match change {
        Change::RoleCreated { role } => Change::RoleCreated {
            role: Role {
                name: clean(&role.name)?,
                description: clean_description(&role.description)?,
                delegates: Vec::new(),
                ..role
            },
        },
        Change::RoleRenamed { role, was, now } => Change::RoleRenamed { role, was, now: clean(&now)? },
        Change::RoleDescribed { role, was, now } => {
            Change::RoleDescribed { role, was, now: clean_description(&now)? }
        }
        Change::RoleRemoved { .. } | Change::PermissionAdded { .. } | Change::PermissionRemoved { .. } => {
            change
        }
        _ => {
            let message = "Only roles and what they allow are saved here.".to_owned();
            return Err(Error::Invalid { field: "changes", message });
        }
    })
}

fn clean(text: &str) -> Result<String> {
    name::clean(text).map_err(|error| wrong("name", error))
}

fn clean_description(text: &str) -> Result<String> {
    name::clean_description(text).map_err(|error| wrong("description", error))
}

fn wrong(field: &str, error: BadName) -> Error {
    Error::Misfit(Misfit::Name { field: field.to_owned(), error })
}
