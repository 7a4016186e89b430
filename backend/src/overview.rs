//! The Overview page. Everybody may open it; each part is left out for who may not see what it tells.

#[cfg(test)]
pub(crate) mod tests;

use crate::Backend;
use crate::access::commit::actor_name;
use crate::access::log;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::roles::sight::RoleSight;
use model::catalog::ADMINISTRATION;
use model::guard::Actor;
use model::id::{ObjectId, RoleId, UserId};
use model::person::Status;
use model::state::State;
use model::view::overview::{Overview, People, Recent, Roles, Steps};
use model::words::{Line, Mark};
use std::collections::BTreeSet;

/// How many changes the page lists.
const RECENT: u64 = 8;

/// The page, as its reader may see it.
///
/// # Errors
/// When the log cannot be read.
pub async fn overview(backend: &Backend, caller: &Caller) -> Result<Overview> {
    let state = &caller.state;
    let (sees_people, sees_roles) = (caller.may("people.view"), caller.may("roles.view"));
    let areas = state.catalog().packs().iter().filter(|area| area.on && area.pack.key != ADMINISTRATION);
    Ok(Overview {
        organization: state.organization().to_owned(),
        areas: areas.map(|area| area.pack.name.clone()).collect(),
        people: sees_people.then(|| people(state)),
        roles: sees_roles.then(|| roles(caller)).transpose()?,
        steps: (sees_people && sees_roles).then(|| steps(state, caller.user)),
        recent: if caller.may("history.view") { Some(recent(backend, state).await?) } else { None },
    })
}

fn people(state: &State) -> People {
    let mut counts = People { groups: state.group_count() as u64, ..People::default() };
    for person in state.people() {
        match person.status {
            Status::Active => counts.active += 1,
            Status::Invited => counts.invited += 1,
            Status::Deactivated => counts.deactivated += 1,
        }
    }
    counts
}

fn roles(caller: &Caller) -> Result<Roles> {
    let all = RoleSight::of(caller)?.roles();
    let own = all.iter().filter(|role| !role.id.is_built_in()).count();
    Ok(Roles { all: all.len() as u64, own: own as u64 })
}

fn steps(state: &State, reader: UserId) -> Steps {
    let grants = state
        .grants_of_role(RoleId::ADMIN)
        .filter(|grant| grant.object == ObjectId::ORGANIZATION && grant.limits.is_none());
    let admins: BTreeSet<UserId> = grants
        .flat_map(|grant| state.people_of(grant.subject))
        .filter(|user| state.person(*user).is_some_and(|person| person.status != Status::Deactivated))
        .collect();
    Steps {
        admins: admins.len() as u64,
        is_admin: admins.contains(&reader),
        member_allows: state.permissions_of(RoleId::MEMBER).len() as u64,
        others: state.people_count().saturating_sub(admins.len()) as u64,
    }
}

async fn recent(backend: &Backend, state: &State) -> Result<Vec<Recent>> {
    let mut connection = backend.database().pool().acquire().await?;
    let since = state.revision().saturating_sub(RECENT);
    let mut revisions = log::after(&mut connection, since).await.map_err(Error::broken)?;
    revisions.reverse();
    let shown = revisions.into_iter().filter(|revision| revision.number <= state.revision());
    Ok(shown.map(|revision| told(state, &revision)).collect())
}

fn told(state: &State, revision: &log::Revision) -> Recent {
    let first = revision.words.first();
    if revision.actor == Actor::SetUp {
        let (actor, line) = (actor_name(state, Actor::SetUp), "The organization was set up".to_owned());
        return Recent { revision: revision.number, at: revision.at, actor, mark: Mark::Add, line, more: 0 };
    }
    Recent {
        revision: revision.number,
        at: revision.at,
        actor: actor_name(state, revision.actor),
        mark: first.map_or(Mark::Note, |line| line.mark),
        line: first.map(|line| sentence(state, line)).unwrap_or_default(),
        more: revision.words.len().saturating_sub(1) as u64,
    }
}

/// A line as plain text. Moments are left to History, which knows its reader's zone.
fn sentence(state: &State, line: &Line) -> String {
    crate::in_words::plain(state, &line.parts, |_| "…".to_owned())
}
