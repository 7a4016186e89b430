//! The whole of a state as text, read through all that it offers, so that two states can be compared; and a
//! state made again from nothing but its tables.

use crate::random::everybody;
use crate::world::{object, role};
use model::catalog::PermissionSet;
use model::change::Change;
use model::decide;
use model::grant::{Grant, Subject};
use model::id::{GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use model::object::{Bearer, How, Object};
use model::person::{Group, Person, ServiceAccount, Status};
use model::role::Owner;
use model::state::State;
use std::fmt::Write;

/// Names of which the dump says whether they are free.
pub const NAMES: [&str; 8] = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"];

/// The state without its revision number.
pub fn dump(state: &State) -> String {
    let mut out = format!("{}\n", state.organization());
    for installed in state.catalog().packs().iter().filter(|installed| installed.on) {
        let keys = installed.pack.permissions.iter().map(|entry| &entry.key);
        writeln!(out, "area {} {:?}", installed.pack.key, keys.collect::<Vec<_>>()).unwrap();
    }
    for role in state.roles() {
        writeln!(out, "{:?} allows {:?}", state.record(role), keys(state, &state.permissions_of(role.id)))
            .unwrap();
        let delegating: Vec<_> = state.roles_delegating(role.id).collect();
        writeln!(out, "  granted {:?}, by {delegating:?}", ids(state.grants_of_role(role.id))).unwrap();
    }
    for person in people(state) {
        writeln!(out, "{person:?} grants {:?}", ids(state.grants_of(Subject::User(person.id)))).unwrap();
        let found = state.person_by_email(&person.profile.email_key).map(|p| p.id);
        writeln!(out, "  found by address {found:?} {:?}", state.properties(Bearer::User(person.id)))
            .unwrap();
    }
    let listed: Vec<UserId> = state.people_by_name().map(|person| person.id).collect();
    writeln!(out, "{} people {listed:?}, former {:?}", state.people_count(), former(state)).unwrap();
    for group in state.groups() {
        let members: Vec<_> = state.members(group.id).collect();
        let granted = ids(state.grants_of(Subject::Group(group.id)));
        writeln!(out, "{group:?} {} {members:?} grants {granted:?}", state.member_count(group.id)).unwrap();
    }
    for account in state.service_accounts() {
        let granted = ids(state.grants_of(Subject::ServiceAccount(account.id)));
        let own = state.properties(Bearer::ServiceAccount(account.id));
        writeln!(out, "{account:?} {own:?} grants {granted:?}").unwrap();
    }
    places(state, &mut out);
    for who in everybody() {
        for at in [0, 10, 20, 30, 1_000] {
            let held = decide::holdings(state, who, at);
            let held: Vec<_> = held.iter().map(|(place, set)| (place, keys(state, set))).collect();
            writeln!(out, "{who:?} at {at}: {held:?}").unwrap();
        }
    }
    for grant in grants(state) {
        writeln!(out, "{grant:?}").unwrap();
    }
    writeln!(out, "limited {:?}", ids(state.limited_grants())).unwrap();
    writeln!(out, "everyone {:?}", ids(state.grants_of(Subject::Everyone))).unwrap();
    writeln!(out, "administrators {:?}", decide::administrators(state)).unwrap();
    writeln!(out, "free {:?}", free_names(state)).unwrap();
    out
}

fn places(state: &State, out: &mut String) {
    for object in objects(state) {
        let mut children: Vec<ObjectId> = state.children(object.id).map(|child| child.id).collect();
        children.sort();
        writeln!(out, "{object:?} holds {children:?} grants {:?}", ids(state.grants_on(object.id))).unwrap();
        let (holders, held): (Vec<_>, Vec<_>) =
            (state.holders(object.id).collect(), state.held_by(object.id).collect());
        let mut above = state.above(object.id);
        above.sort();
        writeln!(out, "  links {holders:?} {held:?} above {above:?}").unwrap();
        let accounts = state.accounts_of_robot(object.id);
        let own = state.properties(Bearer::Object(object.id));
        let roles = state.roles_owned_by(Owner::Tenant(object.id));
        writeln!(out, "  {own:?} accounts {accounts:?} roles {roles:?}").unwrap();
    }
    writeln!(out, "links {:?}", state.links()).unwrap();
}

fn keys(state: &State, set: &PermissionSet) -> Vec<String> {
    set.iter().filter_map(|one| state.catalog().entry(one)).map(|entry| entry.key.clone()).collect()
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

/// Which names could be taken by something new: a role, a group, a service account, a thing in each place.
fn free_names(state: &State) -> Vec<String> {
    let mut free = Vec::new();
    let fits = |change: Change| state.clone().apply(&change).is_ok();
    let fresh = ObjectId::from_bits(u64::MAX);
    let kinds: Vec<(ObjectId, &str)> = objects(state)
        .into_iter()
        .filter_map(|place| {
            let mut kinds = state.catalog().kinds();
            let kind = kinds.find(|kind| kind.within.contains(&place.kind) && !kind.nests())?;
            Some((place.id, kind.key.as_str()))
        })
        .collect();
    for name in NAMES {
        if fits(Change::RoleCreated { role: role(RoleId::from_bits(u64::MAX), name, &[]) }) {
            free.push(format!("role {name}"));
        }
        let group = Group { id: GroupId::from_bits(u64::MAX), name: name.into(), description: String::new() };
        if fits(Change::GroupCreated { group }) {
            free.push(format!("group {name}"));
        }
        let id = ServiceAccountId::from_bits(u64::MAX);
        let (name, description) = (name.to_owned(), String::new());
        let account = ServiceAccount { id, name: name.clone(), description, robot: None, disabled: false };
        if fits(Change::ServiceAccountAdded { account }) {
            free.push(format!("account {name}"));
        }
        for (place, kind) in &kinds {
            if fits(Change::ObjectCreated { object: object(fresh, kind, &name, *place) }) {
                free.push(format!("{name} in {place}"));
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
    let mut tree: Vec<&Object> = objects(state).into_iter().filter(|o| o.parent.is_some()).collect();
    tree.sort_by_key(|place| state.chain(place.id).count());
    for place in tree {
        apply(Change::ObjectCreated { object: place.clone() });
    }
    let mut links = state.links();
    links.sort_by_key(|link| link.how == How::PassedDown);
    links.into_iter().for_each(|link| apply(Change::Linked { link }));
    let mut records: Vec<_> = state.roles().into_iter().map(|role| state.record(role)).collect();
    // What is delegated must be there first, and delegates nothing itself.
    records.sort_by_key(|record| record.delegates.len());
    for role in records {
        if role.id == RoleId::MEMBER {
            for permission in role.permissions {
                apply(Change::PermissionAdded { role: RoleId::MEMBER, permission });
            }
        } else if !role.id.is_built_in() {
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
    for account in state.service_accounts() {
        apply(Change::ServiceAccountAdded { account: account.clone() });
    }
    for (of, property, value) in state.all_properties() {
        let (property, now) = (property.to_owned(), Some(value.clone()));
        apply(Change::PropertySet { of, property, was: None, now });
    }
    for grant in grants(state) {
        apply(Change::GrantAdded { grant });
    }
    for person in people(state) {
        fresh.set_profile(person.id, person.profile.clone()).unwrap();
    }
    fresh
}
