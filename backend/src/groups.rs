//! Groups: the list, one group, its members and its roles.
//!
//! Every function requires its permission itself, and everything is saved through
//! [`Backend::commit`](crate::Backend::commit): being put into a group hands out what the group has, and that
//! is judged like handing it out.

mod change;

pub use change::{create, preview, save};

use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::{counts, gives_nowhere, lacks, places, refused, roles_held};
use model::grant::Subject;
use model::guard;
use model::id::GroupId;
use model::name::fold;
use model::person::{Group, Person};
use model::state::State;
use model::view::Page;
use model::view::groups::{Found, GroupPage, GroupQuery, GroupRow, GroupsQuery, GroupsScreen, Member, PAGE};

/// How many people a search for new members shows.
const MOST_FOUND: usize = 20;

/// A page of the groups whose name or description holds the search, by name.
///
/// # Errors
/// For who may not see people.
pub async fn list(_: &Backend, caller: &Caller, query: &GroupsQuery) -> Result<GroupsScreen> {
    caller.require("people.view")?;
    let state = &caller.state;
    let search = fold(&query.search);
    let mut wanted = state.groups();
    wanted.retain(|group| {
        search.is_empty() || fold(&group.name).contains(&search) || fold(&group.description).contains(&search)
    });
    Ok(GroupsScreen {
        revision: state.revision(),
        groups: Page::of(wanted, query.page, PAGE).map(|group| row(caller, group)),
        counts: counts(state),
        no_managing: lacks(caller, &["groups.manage"]),
        no_inviting: lacks(caller, &["people.invite"]),
    })
}

fn row(caller: &Caller, group: &Group) -> GroupRow {
    let state = &caller.state;
    GroupRow {
        id: group.id,
        name: group.name.clone(),
        description: group.description.clone(),
        members: state.member_count(group.id) as u64,
        roles: roles_held(caller, Subject::Group(group.id)),
    }
}

/// One group, with a page of its members.
///
/// # Errors
/// For who may not see people, and when the group is not there.
pub async fn page(_: &Backend, caller: &Caller, query: &GroupQuery) -> Result<GroupPage> {
    caller.require("people.view")?;
    let state = &caller.state;
    let group = state.group(query.group).ok_or(Error::NotFound("group"))?;
    Ok(GroupPage {
        revision: state.revision(),
        id: group.id,
        name: group.name.clone(),
        description: group.description.clone(),
        members: members(state, query),
        roles: roles_held(caller, Subject::Group(group.id)),
        places: places(caller),
        no_managing: lacks(caller, &["groups.manage"]),
        no_members: no_members(caller, group.id),
        no_giving: gives_nowhere(caller),
    })
}

/// Why the caller may put nobody into that group: its roles count as handed out.
fn no_members(caller: &Caller, group: GroupId) -> Option<String> {
    lacks(caller, &["groups.manage"]).or_else(|| {
        caller.state.grants_of(Subject::Group(group)).find_map(|grant| {
            refused(guard::giving(&caller.state, caller.actor(), grant.role, grant.object, caller.at))
        })
    })
}

fn members(state: &State, query: &GroupQuery) -> Page<Member> {
    let search = fold(&query.search);
    let mut all: Vec<&Person> = state
        .members(query.group)
        .filter_map(|user| state.person(user))
        .filter(|person| crate::people::matches(person, &search))
        .collect();
    all.sort_by_cached_key(|one| (one.profile.order(), one.id));
    Page::of(all, query.page, PAGE).map(member)
}

fn member(person: &Person) -> Member {
    Member {
        id: person.id,
        name: person.profile.called().to_owned(),
        email: person.profile.email.clone(),
        status: person.status,
    }
}

/// People who are not in that group, by part of their name or address.
///
/// # Errors
/// For who may not see people, and when the group is not there.
pub async fn candidates(_: &Backend, caller: &Caller, query: &GroupQuery) -> Result<Found> {
    caller.require("people.view")?;
    let state = &caller.state;
    state.group(query.group).ok_or(Error::NotFound("group"))?;
    let search = fold(&query.search);
    let fits =
        |person: &&Person| !person.groups.contains(&query.group) && crate::people::matches(person, &search);
    let total = state.people_by_name().filter(fits).count() as u64;
    let people = state.people_by_name().filter(fits).take(MOST_FOUND).map(member).collect();
    Ok(Found { people, total })
}

#[cfg(test)]
mod tests;
