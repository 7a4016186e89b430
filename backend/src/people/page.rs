//! One person's page. What its reader may not do is said with the reason; what they may not see is not sent.

use super::access::access;
use super::account;
use super::rows::{allowed, gives_nowhere, groups_of, lacks, places, refused, roles_held};
use super::seen::last_seen;
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::invitations;
use model::change::Change;
use model::grant::Subject;
use model::guard;
use model::id::UserId;
use model::person::{Person, Status};
use model::state::State;
use model::view::people::{GroupHeld, Named, PersonActions, PersonPage, SessionRow};

/// Everything about one person.
///
/// # Errors
/// For who may not see people, and when the person is not there.
pub async fn page(backend: &Backend, caller: &Caller, user: UserId) -> Result<PersonPage> {
    caller.require("people.view")?;
    let state = &caller.state;
    let person = state.person(user).ok_or(Error::NotFound("person"))?;
    let groups = groups_of(state, person);
    let others = state.groups().into_iter().filter(|group| !person.groups.contains(&group.id));
    let other_groups = others.map(|group| Named { id: group.id, name: group.name.clone() }).collect();
    let groups = groups.into_iter().map(|group| GroupHeld {
        roles: roles_held(caller, Subject::Group(group.id)).into_iter().map(|held| held.name).collect(),
        id: group.id,
        name: group.name,
    });
    Ok(PersonPage {
        revision: state.revision(),
        at: caller.at,
        id: user,
        name: person.profile.name.clone(),
        email: person.profile.email.clone(),
        status: person.status,
        is_self: user == caller.user,
        roles: roles_held(caller, Subject::User(user)),
        groups: groups.collect(),
        other_groups,
        places: places(caller),
        access: access(caller, user),
        sessions: sessions(backend, caller, user).await?,
        refused: actions(backend, caller, person).await?,
        last_seen: last_seen(backend, &[user]).await?.get(&user).copied(),
        invitation_until: match person.status {
            Status::Invited => invitations::until(backend, user).await?,
            _ => None,
        },
    })
}

/// Where the person is signed in: for themselves, and for who may act on the account.
async fn sessions(
    backend: &Backend,
    caller: &Caller,
    user: UserId,
) -> Result<std::result::Result<Vec<SessionRow>, String>> {
    if user != caller.user
        && let Err(refusal) = guard::account(&caller.state, caller.actor(), user, caller.at)
    {
        return Ok(Err(refusal.to_string()));
    }
    let sessions = backend.sessions()?.list(user).await?;
    let rows = sessions.into_iter().map(|session| SessionRow {
        is_this: session.id == caller.session,
        id: session.id,
        created_at: session.created_at,
        last_seen: session.last_seen_at,
        address: session.address,
        agent: session.agent,
    });
    Ok(Ok(rows.collect()))
}

async fn actions(backend: &Backend, caller: &Caller, person: &Person) -> Result<PersonActions> {
    let state: &State = &caller.state;
    let user = person.id;
    let account = refused(guard::account(state, caller.actor(), user, caller.at));
    let edit = if user == caller.user { None } else { account.clone() };
    let suspend = match person.status {
        Status::Active => account::ending(backend, caller, vec![Change::UserDeactivated { user }]).await?,
        Status::Deactivated => refused(allowed(caller, &[Change::UserReactivated { user }])),
        Status::Invited => Some("Not here yet: revoke the invitation instead.".to_owned()),
    };
    let link = match person.status {
        Status::Active => account.clone(),
        Status::Invited => Some("Not here yet: make a new link for the invitation instead.".to_owned()),
        Status::Deactivated => Some("Reactivate the account first.".to_owned()),
    };
    let removal = Change::UserRemoved { user, status: person.status, called: account::FORMER.to_owned() };
    Ok(PersonActions {
        give: gives_nowhere(caller),
        groups: lacks(caller, &["groups.manage"]),
        edit,
        link,
        suspend,
        remove: account::ending(backend, caller, vec![removal]).await?,
        resend: match person.status {
            Status::Invited => invitations::no_resending(caller, user),
            _ => Some("Has joined already.".to_owned()),
        },
    })
}
