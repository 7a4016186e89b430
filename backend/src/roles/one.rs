//! One role by itself: its cells, who has it, and what may be done with it.

use super::grid::of_roles;
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::in_words;
use model::change::{self, Change};
use model::grant::{Grant, Subject, Window};
use model::guard;
use model::id::{GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use model::misfit::Misfit;
use model::person::Status;
use model::role::Delegate;
use model::state::{RoleState, State};
use model::view::roles::{Holder, One};
use std::collections::BTreeMap;

/// How many people, and how many groups, are named.
const NAMED: usize = 20;

/// A role.
///
/// # Errors
/// When the caller may not see roles, or when there is no such role.
pub async fn one(_backend: &Backend, caller: &Caller, id: RoleId) -> Result<One> {
    caller.require("roles.view")?;
    if caller.state.role(id).is_none() {
        return Err(Error::NotFound("role"));
    }
    let caller = caller.clone();
    // A role that everybody has is counted for everybody: not on a thread that others wait for.
    let found = tokio::task::spawn_blocking(move || caller.state.role(id).map(|role| view(&caller, role)));
    found.await.map_err(Error::broken)?.ok_or(Error::NotFound("role"))
}

fn view(caller: &Caller, role: &RoleState) -> One {
    let state = &caller.state;
    let name_of = |id: RoleId| state.role(id).map(|role| role.name.clone());
    let shows_names = caller.may("people.view");
    let mut people = BTreeMap::<UserId, Vec<Grant>>::new();
    let mut groups = BTreeMap::<GroupId, Vec<Grant>>::new();
    let mut accounts = BTreeMap::<ServiceAccountId, Vec<Grant>>::new();
    let mut everyone = false;
    for grant in state.grants_of_role(role.id) {
        match grant.subject {
            Subject::User(user) => people.entry(user).or_default().push(grant),
            Subject::Group(group) => groups.entry(group).or_default().push(grant),
            Subject::ServiceAccount(account) => accounts.entry(account).or_default().push(grant),
            Subject::Everyone => everyone = true,
        }
    }
    let (people_total, groups_total) = (people.len() as u64, groups.len() as u64);
    let accounts_total = accounts.len() as u64;
    let mut people: Vec<Holder> = people
        .into_iter()
        .filter(|_| shows_names)
        .filter_map(|(user, grants)| {
            let person = state.person(user)?;
            let note = match person.status {
                Status::Active => "",
                Status::Invited => "invited",
                Status::Deactivated => "deactivated",
            };
            Some(holder(state, &grants, user.to_string(), person.profile.called(), note))
        })
        .collect();
    let mut groups: Vec<Holder> = groups
        .into_iter()
        .filter(|_| shows_names)
        .filter_map(|(id, grants)| {
            let group = state.group(id)?;
            let note = match state.member_count(id) {
                1 => "1 person".to_owned(),
                many => format!("{many} people"),
            };
            Some(holder(state, &grants, id.to_string(), &group.name, &note))
        })
        .collect();
    let mut accounts: Vec<Holder> = accounts
        .into_iter()
        .filter(|_| shows_names)
        .filter_map(|(id, grants)| {
            let account = state.service_account(id)?;
            let note = if account.disabled { "disabled" } else { "" };
            Some(holder(state, &grants, id.to_string(), &account.name, note))
        })
        .collect();
    for list in [&mut people, &mut groups, &mut accounts] {
        list.sort_by_cached_key(|holder| model::name::fold(&holder.name));
        list.truncate(NAMED);
    }
    One {
        grid: of_roles(caller, &[role]),
        description: role.description.clone(),
        origin: role.origin.and_then(name_of),
        delegates: role.delegates.iter().filter_map(|one| delegate_name(state, one)).collect(),
        renaming: renaming(caller, role),
        deleting: deleting(caller, role),
        groups,
        groups_total,
        people,
        people_total,
        accounts,
        accounts_total,
        everyone,
        shows_names,
    }
}

/// Whoever has it in several places is one line.
fn holder(state: &State, grants: &[Grant], id: String, name: &str, note: &str) -> Holder {
    let everywhere = grants.iter().any(|grant| grant.object == ObjectId::ORGANIZATION);
    let mut places: Vec<&str> = grants
        .iter()
        .filter(|grant| grant.object != ObjectId::ORGANIZATION)
        .filter_map(|grant| state.object(grant.object))
        .map(|object| object.name.as_str())
        .collect();
    places.sort_unstable();
    places.dedup();
    if everywhere && !places.is_empty() {
        places.insert(0, "Whole organization");
    }
    // For a time, or under limits, in every place: otherwise it would say too much.
    let is_timed = grants.iter().all(|grant| grant.window != Window::ALWAYS);
    let limits: Vec<String> = match grants {
        [one] => in_words::limits(state, &one.limits),
        all if all.iter().all(|grant| !grant.limits.is_none()) => vec!["with limits".to_owned()],
        _ => Vec::new(),
    };
    let notes: Vec<&str> = [note, if is_timed { "for a time" } else { "" }]
        .into_iter()
        .filter(|note| !note.is_empty())
        .chain(limits.iter().map(String::as_str))
        .collect();
    let place = (!places.is_empty()).then(|| places.join(", "));
    Holder { id, name: name.to_owned(), place, note: notes.join(", ") }
}

/// The role that may be handed out, or the permission in roles that give nothing else.
fn delegate_name(state: &State, delegate: &Delegate) -> Option<String> {
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
    built_in(role).or_else(|| caller.require("roles.manage").err().map(|error| error.to_string()))
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
