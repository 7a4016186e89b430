//! The whole of a state as text, read through all that it offers, so that two states can be compared; and a
//! state made again from nothing but its tables.

use crate::world::{object, role};
use model::change::Change;
use model::decide;
use model::grant::{Grant, Subject};
use model::id::{GroupId, ObjectId, RoleId, UserId};
use model::object::Object;
use model::person::{Group, Person, Status};
use model::state::State;
use std::fmt::Write;

/// Names of which the dump says whether they are free.
pub const NAMES: [&str; 8] = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"];

/// The state without its revision number.
pub fn dump(state: &State) -> String {
    let mut out = format!("{}\n", state.organization());
    for installed in state.catalog().packs().iter().filter(|installed| installed.on) {
        writeln!(out, "area {}", installed.pack.key).unwrap();
    }
    for role in state.roles() {
        writeln!(out, "{:?} allows {:?}", state.record(role), state.permissions_of(role.id)).unwrap();
        let delegating: Vec<_> = state.roles_delegating(role.id).collect();
        writeln!(out, "  granted {:?}, by {delegating:?}", ids(state.grants_of_role(role.id))).unwrap();
    }
    for person in people(state) {
        writeln!(out, "{person:?} grants {:?}", ids(state.grants_of(Subject::User(person.id)))).unwrap();
        let found = state.person_by_email(&person.profile.email_key).map(|p| p.id);
        writeln!(out, "  found by address {found:?}").unwrap();
        for at in [0, 10, 20, 30, 1_000] {
            writeln!(out, "  at {at}: {:?}", decide::holdings(state, person.id, at)).unwrap();
        }
    }
    let listed: Vec<UserId> = state.people_by_name().map(|person| person.id).collect();
    writeln!(out, "{} people {listed:?}, former {:?}", state.people_count(), former(state)).unwrap();
    for group in state.groups() {
        let members: Vec<_> = state.members(group.id).collect();
        let granted = ids(state.grants_of(Subject::Group(group.id)));
        writeln!(out, "{group:?} {} {members:?} grants {granted:?}", state.member_count(group.id)).unwrap();
    }
    for object in objects(state) {
        let mut children: Vec<ObjectId> = state.children(object.id).map(|child| child.id).collect();
        children.sort();
        writeln!(out, "{object:?} holds {children:?} grants {:?}", ids(state.grants_on(object.id))).unwrap();
    }
    for grant in grants(state) {
        writeln!(out, "{grant:?}").unwrap();
    }
    writeln!(out, "everyone {:?}", ids(state.grants_of(Subject::Everyone))).unwrap();
    writeln!(out, "administrators {:?}", decide::administrators(state)).unwrap();
    writeln!(out, "free {:?}", free_names(state)).unwrap();
    out
}

fn ids(grants: impl Iterator<Item = Grant>) -> Vec<String> {
    let mut ids: Vec<String> = grants.map(|grant| grant.id.to_string()).collect();
    ids.sort();
    ids
}

fn people(state: &State) -> Vec<&Person> {
    let mut people: Vec<&Person> = state.people().collect();
    people.sort_by_key(|person| person.id);
    people
}

fn former(state: &State) -> Vec<(UserId, &str)> {
    let mut former: Vec<_> = state.former_people().collect();
    former.sort();
    former
}

fn objects(state: &State) -> Vec<&Object> {
    let mut objects: Vec<&Object> = state.objects().collect();
    objects.sort_by_key(|object| object.id);
    objects
}

fn grants(state: &State) -> Vec<Grant> {
    let mut grants: Vec<Grant> = state.grants().collect();
    grants.sort_by_key(|grant| grant.id);
    grants
}

/// Which names could be taken by a new role, a new group, a new thing in each place.
fn free_names(state: &State) -> Vec<String> {
    let mut free = Vec::new();
    let fits = |change: Change| state.clone().apply(&change).is_ok();
    for name in NAMES {
        if fits(Change::RoleCreated { role: role(RoleId::from_bits(u64::MAX), name, &[]) }) {
            free.push(format!("role {name}"));
        }
        let group = Group { id: GroupId::from_bits(u64::MAX), name: name.into(), description: String::new() };
        if fits(Change::GroupCreated { group }) {
            free.push(format!("group {name}"));
        }
        for place in objects(state) {
            let id = ObjectId::from_bits(u64::MAX);
            if ["application", "stage"]
                .iter()
                .any(|kind| fits(Change::ObjectCreated { object: object(id, kind, name, place.id) }))
            {
                free.push(format!("{name} in {}", place.id));
            }
        }
    }
    free
}

/// The same state, made from its tables alone.
pub fn rebuilt(state: &State) -> State {
    let mut fresh = State::new(state.organization());
    let mut apply = |change: Change| fresh.apply(&change).unwrap();
    for installed in state.catalog().packs() {
        match (installed.shipped, installed.on) {
            (true, true) if installed.pack.key != model::catalog::ADMINISTRATION => {
                apply(Change::AreaTurnedOn { area: installed.pack.key.clone() });
            }
            (false, on) => {
                apply(Change::PackInstalled { pack: installed.pack.clone() });
                if !on {
                    apply(Change::PackRemoved { pack: installed.pack.clone() });
                }
            }
            _ => {}
        }
    }
    let mut records: Vec<_> = state.roles().into_iter().map(|role| state.record(role)).collect();
    // What is delegated must be there first, and delegates nothing itself.
    records.sort_by_key(|record| record.delegates.len());
    for role in records {
        if role.id == RoleId::MEMBER {
            for permission in role.permissions {
                apply(Change::PermissionAdded { role: RoleId::MEMBER, permission });
            }
        } else if role.id != RoleId::ADMIN {
            apply(Change::RoleCreated { role });
        }
    }
    for (user, called) in former(state) {
        apply(Change::UserAdded { user, status: Status::Invited });
        apply(Change::UserRemoved { user, status: Status::Invited, called: called.into() });
    }
    for group in state.groups() {
        apply(Change::GroupCreated { group: group.clone() });
    }
    for person in people(state) {
        apply(Change::UserAdded { user: person.id, status: person.status });
        for group in &person.groups {
            apply(Change::MemberAdded { group: *group, user: person.id });
        }
    }
    let mut places: Vec<&Object> = objects(state).into_iter().filter(|o| o.parent.is_some()).collect();
    places.sort_by_key(|place| state.chain(place.id).count());
    for place in places {
        apply(Change::ObjectCreated { object: place.clone() });
    }
    for grant in grants(state) {
        apply(Change::GrantAdded { grant });
    }
    for person in people(state) {
        fresh.set_profile(person.id, person.profile.clone()).unwrap();
    }
    fresh
}
