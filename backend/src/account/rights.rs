//! The caller's own roles and what they may do, in names.

use crate::caller::Caller;
use crate::in_words;
use model::decide;
use model::grant::Subject;
use model::id::ObjectId;
use model::name::order_of;
use model::view::account::{OwnRights, OwnRole};

/// The roles that the caller has, those that have ended left out; direct ones first, then by name.
pub(super) fn roles(caller: &Caller) -> Vec<OwnRole> {
    let state = &caller.state;
    let may_open = caller.may("roles.view");
    let mut roles: Vec<OwnRole> = decide::grants_for(state, caller.user)
        .filter(|grant| grant.window.until.is_none_or(|until| until > caller.at))
        .filter_map(|grant| {
            let role = state.role(grant.role)?;
            Some(OwnRole {
                role: may_open.then_some(role.id),
                name: role.name.clone(),
                place: place(caller, grant.object),
                through: match grant.subject {
                    Subject::User(_) | Subject::ServiceAccount(_) => None,
                    Subject::Group(group) => state.group(group).map(|group| group.name.clone()),
                    Subject::Everyone => Some("All users".to_owned()),
                },
                from: grant.window.from.filter(|from| *from > caller.at),
                until: grant.window.until,
                limits: in_words::limits(state, &grant.limits),
            })
        })
        .collect();
    let key = |text: &Option<String>| text.as_deref().map(order_of);
    roles.sort_by_cached_key(|one| (key(&one.through), order_of(&one.name), key(&one.place)));
    roles
}

/// What the caller may do now: first in the whole organization, then elsewhere by name, and there only what
/// is not theirs everywhere.
pub(super) fn may(caller: &Caller) -> Vec<OwnRights> {
    let state = &caller.state;
    let held = decide::holdings(state, caller.user, caller.at);
    let everywhere = held.get(&ObjectId::ORGANIZATION).cloned().unwrap_or_default();
    let mut rights: Vec<OwnRights> = held
        .iter()
        .map(|(object, set)| {
            let here = if *object == ObjectId::ORGANIZATION { set.clone() } else { set.without(&everywhere) };
            let names = here.iter().filter_map(|permission| state.catalog().entry(permission));
            OwnRights {
                place: place(caller, *object),
                permissions: names.map(|entry| entry.name.clone()).collect(),
            }
        })
        .filter(|rights| !rights.permissions.is_empty())
        .collect();
    rights.sort_by_cached_key(|one| one.place.as_deref().map(order_of));
    rights
}

fn place(caller: &Caller, object: ObjectId) -> Option<String> {
    let object = caller.state.object(object).filter(|object| object.id != ObjectId::ORGANIZATION)?;
    Some(object.name.clone())
}
