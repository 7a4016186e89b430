//! The two halves of a folder role: what it gives in the folder, and what its holder needs in the tenant as well.
//!
//! The one place that knows which half is missing. Whatever gives roles gives them by [`give_whole`].

use super::plan::give;
use super::rows::allowed;
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use model::Millis;
use model::catalog::PermissionSet;
use model::change::Change;
use model::decide;
use model::grant::{Grant, Subject};
use model::id::{ObjectId, RoleId};
use model::limit::Limits;
use model::object::Level;
use model::state::State;
use model::view::people::Half;

/// How many clones of clones are followed to the role that came with an area.
const MOST_CLONES: usize = 8;

/// A half that somebody lacks.
pub(crate) struct Lacking {
    role: RoleId,
    tenant: ObjectId,
    /// Why it is not the caller's to give.
    refused: Option<String>,
}

/// What giving a role comes to.
pub(crate) struct Given {
    pub changes: Vec<Change>,
    /// The half that is missing, whether it is given or not.
    pub lacking: Option<Lacking>,
}

/// Gives a role; what is had already is not given again. `with_half`: gives the half that is missing as well, where
/// it is the caller's to give.
pub(crate) fn give_whole(backend: &Backend, caller: &Caller, wanted: Grant, with_half: bool) -> Given {
    let state = &caller.state;
    let half = missing(state, &wanted, caller.at);
    let mut changes = give(backend, state, wanted);
    let Some(half) = half else { return Given { changes, lacking: None } };
    let (role, tenant) = (half.role, half.object);
    let added = give(backend, state, half);
    let refused = allowed(caller, &added).err().map(|refusal| refusal.to_string());
    if with_half && refused.is_none() {
        changes.extend(added);
    }
    Given { changes, lacking: Some(Lacking { role, tenant, refused }) }
}

/// What is told of the halves that are missing. Those of one wish are for one role in one place, so they are one.
/// None where the tenant is not the caller's to see.
pub(crate) fn told(caller: &Caller, lacking: &[Lacking]) -> Option<Half> {
    let first = lacking.first()?;
    let role = caller.state.role(first.role)?;
    // Where it can be given to some, those for whom it is refused are left without.
    let can_be_given = lacking.iter().any(|one| one.refused.is_none());
    Some(Half {
        role: role.name.clone(),
        about: role.description.clone(),
        tenant: Sight::of(caller).name(first.tenant)?,
        lacking: lacking.len() as u64,
        refused: first.refused.clone().filter(|_| !can_be_given),
    })
}

/// The half of a folder role that its holder would still lack in the tenant.
fn missing(state: &State, wanted: &Grant, at: Millis) -> Option<Grant> {
    let role = half_of(state, wanted.role)?;
    let tenant = state.tenant_of(wanted.object)?;
    let needed = state.permissions_of(role);
    let mut held = PermissionSet::default();
    for grant in grants_that_count(state, wanted.subject) {
        let covers = grant.limits.is_none()
            && grant.window.covers(&wanted.window, at)
            && state.is_within(tenant, grant.object);
        if covers {
            held.add(&state.permissions_of(grant.role));
        }
    }
    let is_missing = !needed.without(&held).is_empty();
    is_missing.then(|| Grant { role, object: tenant, limits: Limits::NONE, ..wanted.clone() })
}

/// The tenant role that belongs to a folder role, or to the one that it was cloned from.
fn half_of(state: &State, role: RoleId) -> Option<RoleId> {
    let catalog = state.catalog();
    let mut here = state.role(role).filter(|role| role.level == Level::Folder)?;
    for _ in 0..MOST_CLONES {
        if let Some(entry) = catalog.built_in(here.id) {
            let half = catalog.role(entry.pair.as_deref()?)?;
            return (half.level == Level::Tenant).then(|| half.role());
        }
        here = state.role(here.origin?)?;
    }
    None
}

/// What gives somebody something: of their own, of their groups, of all users.
fn grants_that_count(state: &State, subject: Subject) -> Vec<Grant> {
    match subject {
        Subject::User(user) => decide::grants_for(state, user).collect(),
        Subject::Group(group) => decide::grants_for(state, group).collect(),
        Subject::ServiceAccount(account) => decide::grants_for(state, account).collect(),
        Subject::Everyone => state.grants_of(subject).collect(),
    }
}
