//! What several screens say of people, groups and places. Only reads the state.

use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use model::change::Change;
use model::decide;
use model::grant::{Grant, Subject};
use model::guard::{self, Refusal};
use model::id::{GroupId, ObjectId};
use model::name::order_of;
use model::person::Person;
use model::state::State;
use model::view::people::{Named, Place, RoleHeld};

/// The most places that a screen offers at once.
const MOST_PLACES: usize = 500;

/// The sentence of a refusal, for an option that stays in sight.
pub(crate) fn refused<E: std::fmt::Display>(outcome: std::result::Result<(), E>) -> Option<String> {
    outcome.err().map(|refusal| refusal.to_string())
}

/// Why the caller lacks a permission on the organization.
pub(crate) fn lacks(caller: &Caller, permissions: &[&str]) -> Option<String> {
    let all: Result<()> = permissions.iter().try_for_each(|permission| caller.require(permission));
    refused(all)
}

/// Why the caller may give roles nowhere: not on the organization, and not on any place in it.
pub(crate) fn gives_nowhere(caller: &Caller) -> Option<String> {
    let number = caller.state.catalog().number("access.manage");
    let held = decide::holdings(&caller.state, caller.user, caller.at);
    let somewhere = number.is_some_and(|number| held.values().any(|set| set.contains(number)));
    if somewhere { None } else { lacks(caller, &["access.manage"]) }
}

/// Whether the caller may make these changes now, whatever else they depend on.
pub(crate) fn allowed(caller: &Caller, changes: &[Change]) -> std::result::Result<(), Refusal> {
    guard::check(&caller.state, caller.actor(), changes, caller.at)
}

/// The assignments that are for a subject itself, by the names of their roles. Access settings of tenants are
/// not among them: they have their own screen.
pub(crate) fn roles_held(caller: &Caller, subject: Subject) -> Vec<RoleHeld> {
    let catalog = caller.state.catalog();
    let is_setting = |grant: &Grant| catalog.built_in(grant.role).is_some_and(|role| role.setting);
    let sight = Sight::of(caller);
    let grants = caller.state.grants_of(subject).filter(|grant| !is_setting(grant));
    let mut all: Vec<RoleHeld> = grants.map(|grant| role_held(caller, &sight, &grant)).collect();
    all.sort_by_cached_key(|one| (!one.is_plain(), order_of(&one.name), one.place.as_deref().map(order_of)));
    all
}

fn role_held(caller: &Caller, sight: &Sight<'_>, grant: &Grant) -> RoleHeld {
    let state = &caller.state;
    RoleHeld {
        grant: grant.id,
        role: grant.role,
        name: state.role(grant.role).map(|role| role.name.clone()).unwrap_or_default(),
        place: place_name(sight, grant.object),
        window: grant.window,
        limits: sight.limits(&grant.limits),
    }
}

/// The name of a place after the names of what holds it; none for the organization.
pub(super) fn place_name(sight: &Sight<'_>, object: ObjectId) -> Option<String> {
    (object != ObjectId::ORGANIZATION).then(|| sight.path_or_hidden(object))
}

/// A group with its name.
pub(super) fn named_group(state: &State, id: GroupId) -> Option<Named<GroupId>> {
    state.group(id).map(|group| Named { id, name: group.name.clone() })
}

/// All groups that somebody is in, by name.
pub(super) fn groups_of(state: &State, person: &Person) -> Vec<Named<GroupId>> {
    let mut groups: Vec<Named<GroupId>> =
        person.groups.iter().filter_map(|id| named_group(state, *id)).collect();
    groups.sort_by_cached_key(|group| order_of(&group.name));
    groups
}

/// The places on which roles can be given and that the caller may see, each after what holds it.
pub(crate) fn places(caller: &Caller) -> Vec<Place> {
    let mut found = Vec::new();
    walk(caller, &Sight::of(caller), ObjectId::ORGANIZATION, &mut found);
    found
}

fn walk(caller: &Caller, sight: &Sight<'_>, object: ObjectId, found: &mut Vec<Place>) {
    let state = &caller.state;
    let Some(here) = state.object(object) else { return };
    // What lies in a place that is not to be seen may be the caller's all the same.
    if sight.sees(object) {
        let kind = state.catalog().kind(&here.kind);
        found.push(Place {
            id: here.id,
            name: sight.path(object),
            kind: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        });
    }
    let mut children: Vec<_> =
        state.children(object).map(|child| (order_of(&child.name), child.id)).collect();
    children.sort();
    for (_, child) in children {
        if found.len() < MOST_PLACES {
            walk(caller, sight, child, found);
        }
    }
}
