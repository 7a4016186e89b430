//! Deleting a role: who has it, which role could take its place, and moving them there in the same revision.

use super::one::delegate_name;
use super::users::{holding, known, plain_row};
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::{Error, Result};
use crate::people::{allowed, give};
use model::catalog::PermissionSet;
use model::change::{self, Change};
use model::grant::Grant;
use model::id::{GrantId, RoleId};
use model::name::order_of;
use model::state::{RoleState, State};
use model::view::role_users::{Leaving, NAMED, SomeNames, Successor};

/// How many who have it are named.
const SHOWN: usize = 8;
/// How many of the nearest roles are tried for one that is the caller's to give.
const TRIED: usize = 5;

/// Who has a role that is about to be deleted, and which could take its place.
///
/// # Errors
/// When the caller may not see roles, or there is no such role.
pub async fn leaving(backend: &Backend, caller: &Caller, role: RoleId) -> Result<Leaving> {
    let backend = backend.clone();
    // Everybody may have it.
    Sight::aside(caller, move |caller, sight| {
        let state = &*caller.state;
        let role = known(caller, role)?;
        let holders = holding(state, role.id, "");
        let named = if caller.may("people.view") { SHOWN } else { 0 };
        let near = by_nearness(state, role);
        let is_theirs = |other: &&&RoleState| {
            let changes = change::expand(state, &moved(&backend, state, role, other.id));
            allowed(caller, &changes).is_ok()
        };
        let nearest = near.iter().take(TRIED).find(is_theirs).map(|other| other.id);
        Ok(Leaving {
            revision: state.revision(),
            holders: holders.iter().take(named).map(|grant| plain_row(caller, sight, grant)).collect(),
            total: holders.len() as u64,
            successors: near.into_iter().map(|other| successor(state, role, other)).collect(),
            nearest: nearest.filter(|_| !holders.is_empty()),
        })
    })
    .await
}

/// The changes that delete a role, and give who has it another one before where one is named.
pub(super) fn changes(
    backend: &Backend,
    caller: &Caller,
    role: &RoleState,
    to: Option<RoleId>,
) -> Result<Vec<Change>> {
    let state = &*caller.state;
    let Some(to) = to else { return Ok(vec![removal(state, role)]) };
    if !by_nearness(state, role).iter().any(|other| other.id == to) {
        let message = "Choose a role of the same level and owner.".to_owned();
        return Err(Error::Invalid { field: "to", message });
    }
    Ok(moved(backend, state, role, to))
}

fn removal(state: &State, role: &RoleState) -> Change {
    Change::RoleRemoved { role: state.record(role) }
}

/// Each has the other role where they had this one, for as long and within the same limits.
fn moved(backend: &Backend, state: &State, role: &RoleState, to: RoleId) -> Vec<Change> {
    let given = state.grants_of_role(role.id).flat_map(|held| {
        let wanted = Grant { id: GrantId::from_bits(0), role: to, ..held };
        give(backend, state, wanted)
    });
    given.chain([removal(state, role)]).collect()
}

/// The roles that can be given wherever this one is, those that differ least first.
fn by_nearness<'s>(state: &'s State, role: &RoleState) -> Vec<&'s RoleState> {
    let mine = state.permissions_of(role.id);
    let fits = |other: &&RoleState| {
        other.id != role.id
            && other.level == role.level
            && (other.owner.is_organization() || other.owner == role.owner)
    };
    let mut all: Vec<&RoleState> = state.roles().into_iter().filter(fits).collect();
    all.sort_by_cached_key(|other| {
        let theirs = state.permissions_of(other.id);
        let (more, less) = (theirs.without(&mine).len(), mine.without(&theirs).len());
        let delegates = other.delegates.iter().filter(|one| !role.delegates.contains(one)).count();
        // Of two that differ as much, the one that gives less beyond what they have.
        (more + less + delegates, more + delegates, order_of(&other.name))
    });
    all
}

fn successor(state: &State, role: &RoleState, other: &RoleState) -> Successor {
    let (mine, theirs) = (state.permissions_of(role.id), state.permissions_of(other.id));
    Successor {
        role: other.id,
        name: other.name.clone(),
        more: beyond(state, (other, &theirs), (role, &mine)),
        less: beyond(state, (role, &mine), (other, &theirs)),
    }
}

/// What one role gives that another one does not, and may hand out.
fn beyond(
    state: &State,
    one: (&RoleState, &PermissionSet),
    other: (&RoleState, &PermissionSet),
) -> SomeNames {
    let fresh = one.1.without(other.1);
    let delegates = one.0.delegates.iter().filter(|delegate| !other.0.delegates.contains(delegate));
    let delegates: Vec<String> = delegates
        .filter_map(|delegate| delegate_name(state, delegate))
        .map(|name| format!("giving others {name}"))
        .collect();
    let total = (fresh.len() + delegates.len()) as u64;
    let permissions = fresh.iter().filter_map(|number| state.catalog().entry(number));
    let names = permissions.map(|entry| entry.name.clone()).chain(delegates);
    SomeNames { names: names.take(NAMED).collect(), total }
}
