//! *Set up access*: how far the guide's steps are, and who has the sets of roles that fit teams. It only reads.

use super::{GOVERN, VIEW, all_seen};
use crate::Backend;
use crate::caller::Caller;
use crate::error::Result;
use crate::people::{allowed, refused, unlimited};
use model::audience::Audiences;
use model::catalog::Bundle;
use model::change::Change;
use model::grant::{Subject, Who, Window};
use model::id::{ObjectId, RoleId, UserId};
use model::person::Status;
use model::state::State;
use model::view::guide::{Guide, RoleSet, SetRole};
use std::collections::BTreeSet;

/// How many names stand beside a set.
const NAMES: usize = 4;

/// The page.
///
/// # Errors
/// When the area is off, and for who may not see people and roles.
pub async fn guide(_: &Backend, caller: &Caller) -> Result<Guide> {
    let seen = all_seen(caller)?;
    caller.require("people.view")?;
    caller.require("roles.view")?;
    let state = &caller.state;
    let with = |status| state.people().filter(|person| person.status == status).count() as u64;
    let audiences = Audiences::of(state, GOVERN, caller.at);
    let is_untouched = |tenant: ObjectId| {
        let beyond_seeing = audiences.settings().iter().filter(|setting| {
            state.catalog().entry(setting.permission).is_some_and(|entry| entry.key != VIEW)
        });
        beyond_seeing.map(|setting| audiences.named(setting, tenant)).all(|named| named.is_empty())
    };
    let areas = state.catalog().packs().iter().filter(|area| area.on);
    Ok(Guide {
        revision: state.revision(),
        active: with(Status::Active),
        invited: with(Status::Invited),
        groups: state.group_count() as u64,
        tenants: seen.len() as u64,
        untouched: seen.iter().filter(|tenant| is_untouched(tenant.id)).count() as u64,
        sets: areas.flat_map(|area| &area.pack.bundles).map(|set| of_set(caller, set)).collect(),
    })
}

fn of_set(caller: &Caller, set: &Bundle) -> RoleSet {
    let state = &caller.state;
    let ids = set.roles.iter().filter_map(|key| state.catalog().role_id(key));
    let roles: Vec<SetRole> = ids
        .filter_map(|id| state.role(id))
        .map(|role| SetRole { id: role.id, name: role.name.clone() })
        .collect();
    let people = roles.iter().map(|role| holders(caller, role.id)).reduce(|all, these| &all & &these);
    let people = people.unwrap_or_default();
    let first = state.people_by_name().filter(|person| people.contains(&person.id)).take(NAMES);
    RoleSet {
        key: set.key.clone(),
        name: set.name.clone(),
        about: set.about.clone(),
        people: people.len() as u64,
        names: first.map(|person| person.profile.name.clone()).collect(),
        no_giving: no_giving(caller, &roles),
        roles,
    }
}

/// The active people who have a role now for the whole organization, themselves or by a group, without limits.
fn holders(caller: &Caller, role: RoleId) -> BTreeSet<UserId> {
    let state = &caller.state;
    let grants = state.grants_of_role(role).filter(|grant| {
        grant.object == ObjectId::ORGANIZATION && grant.window.holds(caller.at) && grant.limits.is_none()
    });
    let people = grants.flat_map(|grant| state.people_of(grant.subject));
    people.filter(|user| state.is_active(Who::User(*user))).collect()
}

/// Why the caller could not give the roles to somebody who has none of them.
fn no_giving(caller: &Caller, roles: &[SetRole]) -> Option<String> {
    let other = somebody_else(&caller.state, caller.user)?;
    let give = |role: &SetRole| Change::GrantAdded {
        grant: unlimited(Subject::User(other), role.id, ObjectId::ORGANIZATION, Window::ALWAYS),
    };
    refused(allowed(caller, &roles.iter().map(give).collect::<Vec<_>>()))
}

/// Nobody may hand to themselves all that they may hand to others.
fn somebody_else(state: &State, user: UserId) -> Option<UserId> {
    state.people_by_name().map(|person| person.id).find(|other| *other != user)
}
