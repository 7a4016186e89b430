//! The list of people: searched, filtered and cut into pages here, so that it stays quick with many.

use super::rows::{groups_of, lacks, roles_held};
use super::seen::last_seen;
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use model::grant::Subject;
use model::id::{RoleId, UserId};
use model::name::fold;
use model::person::{Person, Status};
use model::state::{RoleState, State};
use model::view::Page;
use model::view::people::{
    MOST_SELECTED, Named, PAGE, PeopleCounts, PeopleQuery, PeopleScreen, PersonRow, Standing,
};
use std::collections::HashSet;

/// The most characters of a search that count.
const LONGEST_SEARCH: usize = 200;

/// One page of the list of people.
///
/// # Errors
/// For who may not see people.
pub async fn list(backend: &Backend, caller: &Caller, query: &PeopleQuery) -> Result<PeopleScreen> {
    caller.require("people.view")?;
    let state = &caller.state;
    let wanted = Wanted::new(state, query);
    let found: Vec<&Person> = state.people_by_name().filter(|person| wanted.has(person)).collect();
    let shown = Page::of(found, query.page, PAGE);
    let ids: Vec<UserId> = shown.rows.iter().map(|person| person.id).collect();
    let seen = last_seen(backend, &ids).await?;
    let row = |person: &Person| PersonRow {
        id: person.id,
        name: person.profile.called().to_owned(),
        email: person.profile.email.clone(),
        status: person.status,
        roles: roles_held(caller, Subject::User(person.id)),
        groups: groups_of(state, person),
        last_seen: seen.get(&person.id).copied(),
    };
    Ok(PeopleScreen {
        revision: state.revision(),
        at: caller.at,
        people: shown.map(row),
        counts: counts(state),
        roles: named_roles(caller),
        groups: state.groups().into_iter().map(|g| Named { id: g.id, name: g.name.clone() }).collect(),
        no_giving: lacks(caller, &["access.manage"]),
        no_groups: lacks(caller, &["groups.manage"]),
        no_managing: lacks(caller, &["people.manage"]),
        no_inviting: lacks(caller, &["people.invite"]),
    })
}

/// All who are found on all pages, as far as one change may be for so many.
///
/// # Errors
/// For who may not see people.
pub async fn found(_: &Backend, caller: &Caller, query: &PeopleQuery) -> Result<Vec<Named<UserId>>> {
    caller.require("people.view")?;
    let wanted = Wanted::new(&caller.state, query);
    let people = caller.state.people_by_name().filter(|person| wanted.has(person)).take(MOST_SELECTED);
    Ok(people.map(|person| Named { id: person.id, name: person.profile.called().to_owned() }).collect())
}

/// How many there are of each, for the tabs.
pub(crate) fn counts(state: &State) -> PeopleCounts {
    let mut counts = PeopleCounts { groups: state.group_count() as u64, ..PeopleCounts::default() };
    for person in state.people() {
        counts.people += u64::from(Standing::Present.shows(person.status));
        counts.invitations += u64::from(person.status == Status::Invited);
    }
    counts
}

/// The roles that people can be filtered by, without those of tenants that the caller may not see.
fn named_roles(caller: &Caller) -> Vec<Named<RoleId>> {
    let sight = Sight::of(caller);
    let shown = |role: &&RoleState| role.owner.is_organization() || sight.sees(role.owner.place());
    let roles = caller.state.roles().into_iter().filter(shown);
    roles.map(|role| Named { id: role.id, name: role.name.clone() }).collect()
}

/// A query, made ready to be asked of everybody.
struct Wanted<'a> {
    search: String,
    /// Who has the role: themselves, by a group, or as everybody has it.
    holders: Option<HashSet<UserId>>,
    query: &'a PeopleQuery,
}

impl<'a> Wanted<'a> {
    fn new(state: &State, query: &'a PeopleQuery) -> Self {
        let search: String = query.search.chars().take(LONGEST_SEARCH).collect();
        let holders = query.role.map(|role| {
            state.grants_of_role(role).flat_map(|grant| state.people_of(grant.subject)).collect()
        });
        Self { search: fold(&search), holders, query }
    }

    fn has(&self, person: &Person) -> bool {
        self.query.standing.shows(person.status)
            && self.query.group.is_none_or(|group| person.groups.contains(&group))
            && self.holders.as_ref().is_none_or(|holders| holders.contains(&person.id))
            && matches(person, &self.search)
    }
}

/// Whether a folded search is part of the name or the address.
pub(crate) fn matches(person: &Person, search: &str) -> bool {
    search.is_empty() || person.profile.name_key.contains(search) || person.profile.email_key.contains(search)
}
