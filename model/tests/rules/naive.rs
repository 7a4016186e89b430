//! The access rule once more, as slowly and plainly as it can be written: no index, no sets, only the tables.
//! Whatever is fast must agree with it.

use model::grant::{Grant, Subject};
use model::id::{ObjectId, RoleId, UserId};
use model::person::Status;
use model::state::State;

/// A subject may do P on O at T when the subject is active and at least one grant holds.
pub fn may(state: &State, user: UserId, permission: &str, object: ObjectId, at: i64) -> bool {
    let active = state.people().any(|person| person.id == user && person.status == Status::Active);
    active
        && is_on(state, permission)
        && state.grants().any(|g| gives(state, &g, user, permission, object, at))
}

/// Whether one grant is for that person, holds then, stands there or above, and has a role with the permission.
pub fn gives(
    state: &State,
    grant: &Grant,
    user: UserId,
    permission: &str,
    object: ObjectId,
    at: i64,
) -> bool {
    is_for(state, grant, user)
        && is_open(grant, at)
        && stands_above(state, grant.object, object)
        && contains(state, grant.role, permission)
}

pub fn is_for(state: &State, grant: &Grant, user: UserId) -> bool {
    for person in state.people() {
        if person.id == user {
            return match grant.subject {
                Subject::User(one) => one == user,
                Subject::Group(group) => person.groups.contains(&group),
                Subject::ServiceAccount(_) => false,
                Subject::Everyone => true,
            };
        }
    }
    false
}

pub fn is_open(grant: &Grant, at: i64) -> bool {
    let opened = match grant.window.from {
        Some(from) => at >= from,
        None => true,
    };
    let closed = match grant.window.until {
        Some(until) => at >= until,
        None => false,
    };
    opened && !closed
}

pub fn stands_above(state: &State, above: ObjectId, object: ObjectId) -> bool {
    let mut place = Some(object);
    while let Some(here) = place {
        let Some(found) = state.objects().find(|one| one.id == here) else { return false };
        if here == above {
            return true;
        }
        place = found.parent;
    }
    false
}

pub fn contains(state: &State, role: RoleId, permission: &str) -> bool {
    if role == RoleId::ADMIN {
        return is_on(state, permission);
    }
    for one in state.roles() {
        if one.id == role {
            return state.record(one).permissions.iter().any(|key| key == permission);
        }
    }
    false
}

/// Whether a permission belongs to an area that is on.
pub fn is_on(state: &State, permission: &str) -> bool {
    for installed in state.catalog().packs() {
        for entry in &installed.pack.permissions {
            if entry.key == permission {
                return installed.on;
            }
        }
    }
    false
}
