//! One role by itself: its cells, where they came from, how many have it, and what may be done with it.

use super::grid::of_roles;
use super::sight::{RoleSight, seen};
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::change::{self, Change};
use model::grant::Subject;
use model::guard;
use model::id::RoleId;
use model::misfit::Misfit;
use model::role::Delegate;
use model::state::{RoleState, State};
use model::view::roles::{One, Origin};

/// A role.
///
/// # Errors
/// When the caller may not see roles, or when there is no such role.
pub async fn one(_backend: &Backend, caller: &Caller, id: RoleId) -> Result<One> {
    seen(caller, id)?;
    let caller = caller.clone();
    // A role that everybody has is counted for everybody: not on a thread that others wait for.
    let found = tokio::task::spawn_blocking(move || {
        let sight = RoleSight::of(&caller)?;
        Ok(view(&caller, &sight, seen(&caller, id)?))
    });
    found.await.map_err(Error::broken)?
}

fn view(caller: &Caller, sight: &RoleSight<'_>, role: &RoleState) -> One {
    let state = &caller.state;
    let mut holders: Vec<Subject> = state.grants_of_role(role.id).map(|grant| grant.subject).collect();
    holders.sort_unstable();
    holders.dedup();
    let count = |is: fn(&Subject) -> bool| holders.iter().filter(|subject| is(subject)).count() as u64;
    let shown: Vec<&RoleState> =
        [Some(role), role.origin.and_then(|id| state.role(id)).filter(|origin| sight.sees(origin))]
            .into_iter()
            .flatten()
            .collect();
    let mut grid = of_roles(caller, sight, &shown);
    let origin = (grid.roles.len() > 1).then(|| grid.roles.pop()).flatten();
    One {
        grid,
        description: role.description.clone(),
        origin: origin.map(|origin| Origin { id: origin.id, name: origin.name, allows: origin.allows }),
        origin_is_deleted: role.origin.is_some_and(|origin| state.role(origin).is_none()),
        delegates: role.delegates.iter().filter_map(|one| delegate_name(state, one)).collect(),
        renaming: renaming(caller, role),
        deleting: deleting(caller, role),
        groups: count(|subject| matches!(subject, Subject::Group(_))),
        people: count(|subject| matches!(subject, Subject::User(_))),
        accounts: count(|subject| matches!(subject, Subject::ServiceAccount(_))),
        everyone: holders.contains(&Subject::Everyone),
    }
}

/// The role that may be handed out, or the permission in roles that give nothing else.
pub(super) fn delegate_name(state: &State, delegate: &Delegate) -> Option<String> {
    match delegate {
        Delegate::Role(id) => state.role(*id).map(|role| role.name.clone()),
        Delegate::Permission(key) => {
            let entry = state.catalog().entry(state.catalog().number(key)?)?;
            Some(entry.name.clone())
        }
    }
}

/// Why the caller may not rename or describe the role.
fn renaming(caller: &Caller, role: &RoleState) -> Option<String> {
    if role.id == RoleId::MEMBER {
        return Some(
            "Member came with Rolecall and keeps its name. What it allows is yours to set.".to_owned(),
        );
    }
    let managing = caller.require_on("roles.manage", role.owner.place());
    built_in(role).or_else(|| managing.err().map(|error| error.to_string()))
}

/// Why the caller may not delete the role: what deleting would refuse, in the same words.
fn deleting(caller: &Caller, role: &RoleState) -> Option<String> {
    if let Some(reason) = built_in(role) {
        return Some(reason);
    }
    let changes = [Change::RoleRemoved { role: caller.state.record(role) }];
    let changes = change::expand(&caller.state, &changes);
    let judged = guard::check(&caller.state, caller.actor(), &changes, caller.at);
    judged.err().map(|refusal| refusal.to_string())
}

fn built_in(role: &RoleState) -> Option<String> {
    role.id.is_built_in().then(|| Misfit::BuiltIn { role: role.name.clone() }.to_string())
}
