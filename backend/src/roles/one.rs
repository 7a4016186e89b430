//! One role by itself: its cells, who has it, and what may be done with it.

use super::grid::of_roles;
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::in_words;
use model::change::{self, Change};
use model::grant::{Grant, Subject};
use model::guard;
use model::id::{ObjectId, RoleId};
use model::misfit::Misfit;
use model::person::Status;
use model::role::Delegate;
use model::state::{RoleState, State};
use model::view::roles::{Holder, One};

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
    let (mut people, mut groups, mut accounts, mut everyone) = (Vec::new(), Vec::new(), Vec::new(), false);
    for grant in state.grants_of_role(role.id) {
        match grant.subject {
            Subject::User(user) => people.push((user, grant)),
            Subject::Group(group) => groups.push((group, grant)),
            Subject::ServiceAccount(account) => accounts.push((account, grant)),
            Subject::Everyone => everyone = true,
        }
    }
    let (people_total, groups_total) = (people.len() as u64, groups.len() as u64);
    let accounts_total = accounts.len() as u64;
    let mut people: Vec<Holder> = people
        .into_iter()
        .filter(|_| shows_names)
        .filter_map(|(user, grant)| {
            let person = state.person(user)?;
            let note = match person.status {
                Status::Active => "",
                Status::Invited => "invited",
                Status::Deactivated => "deactivated",
            };
            Some(holder(state, &grant, user.to_string(), person.profile.called(), note.to_owned()))
        })
        .collect();
    let mut groups: Vec<Holder> = groups
        .into_iter()
        .filter(|_| shows_names)
        .filter_map(|(id, grant)| {
            let group = state.group(id)?;
            let note = match state.member_count(id) {
                1 => "1 person".to_owned(),
                many => format!("{many} people"),
            };
            Some(holder(state, &grant, id.to_string(), &group.name, note))
        })
        .collect();
    let mut accounts: Vec<Holder> = accounts
        .into_iter()
        .filter(|_| shows_names)
        .filter_map(|(id, grant)| {
            let account = state.service_account(id)?;
            let note = if account.disabled { "disabled" } else { "" };
            Some(holder(state, &grant, id.to_string(), &account.name, note.to_owned()))
        })
        .collect();
    for list in [&mut people, &mut groups, &mut accounts] {
        list.sort_by_cached_key(|holder| (model::name::fold(&holder.name), holder.place.clone()));
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

fn holder(state: &State, grant: &Grant, id: String, name: &str, note: String) -> Holder {
    let place = state.object(grant.object).filter(|object| object.id != ObjectId::ORGANIZATION);
    let limits = in_words::limits(state, &grant.limits);
    let notes: Vec<String> = [note].into_iter().filter(|note| !note.is_empty()).chain(limits).collect();
    Holder {
        id,
        name: name.to_owned(),
        place: place.map(|object| object.name.clone()),
        note: notes.join(", "),
    }
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
