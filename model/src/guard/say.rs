//! What refusals call things.

use super::Refusal;
use crate::catalog::PermissionSet;
use crate::grant::Who;
use crate::id::{ObjectId, RoleId};
use crate::state::State;

pub(super) fn permission_name(state: &State, key: &str) -> String {
    let entry = state.catalog().number(key).and_then(|permission| state.catalog().entry(permission));
    entry.map_or_else(|| key.to_owned(), |entry| entry.name.clone())
}

pub(super) fn place_name(state: &State, object: ObjectId) -> String {
    match state.object(object) {
        Some(object) if object.id == ObjectId::ORGANIZATION => "the organization".to_owned(),
        Some(object) => object.name.clone(),
        None => "this place".to_owned(),
    }
}

pub(super) fn role_name(state: &State, role: RoleId) -> String {
    state.role(role).map_or_else(|| "This role".to_owned(), |role| role.name.clone())
}

pub(super) fn not_yours(state: &State, role: &str, missing: &PermissionSet) -> Refusal {
    let first = missing.iter().next().and_then(|permission| state.catalog().entry(permission));
    let more = match missing.len() {
        0 | 1 => String::new(),
        n => format!(" and {} more that you lack", n - 1),
    };
    Refusal::NotYours {
        role: role.to_owned(),
        permission: first.map(|entry| entry.name.clone()).unwrap_or_default(),
        more,
    }
}

pub(super) fn called(state: &State, who: Who) -> String {
    let called = match who {
        Who::User(user) => state.person(user).map(|person| person.profile.called().to_owned()),
        Who::ServiceAccount(account) => state.service_account(account).map(|one| one.name.clone()),
        Who::Group(group) => state.group(group).map(|one| one.name.clone()),
    };
    called.unwrap_or_else(|| "This account".to_owned())
}

pub(super) fn needs(state: &State, permission: &str, object: ObjectId) -> Refusal {
    Refusal::Needs { permission: permission_name(state, permission), place: place_name(state, object) }
}
