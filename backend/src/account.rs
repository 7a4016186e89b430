//! A person's own account: everybody who is signed in may see and change their own, and nobody else's here.

mod device;
mod rights;

use crate::access::{Committed, Proposal};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::session::{Session, Sessions};
use crate::sign_in::SignIn;
use crate::sign_in_events::{self, EventKind};
use crate::{Backend, profile};
use model::change::Change;
use model::misfit::Misfit;
use model::name;
use model::person::Profile;
use model::view::account::{Account, OwnEvent, OwnSession};

/// How many events are shown.
const EVENTS: i64 = 20;

/// The caller's own account.
///
/// # Errors
/// When the database fails.
pub async fn account(backend: &Backend, caller: &Caller, sessions: &Sessions) -> Result<Account> {
    let person = caller.state.person(caller.user).ok_or(Error::SignedOut)?;
    let mut own = sessions.list(caller.user).await?;
    // Stable: the one that asks first, then by last use.
    own.sort_by_key(|session| session.id != caller.session);
    let mut connection = backend.database().pool().acquire().await?;
    let events = sign_in_events::list(&mut connection, caller.user, EVENTS).await?;
    Ok(Account {
        user: caller.user,
        name: person.profile.name.clone(),
        email: person.profile.email.clone(),
        roles: rights::roles(caller),
        may: rights::may(caller),
        sessions: own.into_iter().map(|session| shown(session, caller)).collect(),
        events: events
            .into_iter()
            .map(|event| OwnEvent {
                at: event.at,
                what: said(event.kind).to_owned(),
                was_refused: event.kind == EventKind::Refused,
                address: event.address,
                device: device::words(&event.agent),
            })
            .collect(),
    })
}

fn shown(session: Session, caller: &Caller) -> OwnSession {
    OwnSession {
        device: device::words(&session.agent),
        is_this: session.id == caller.session,
        id: session.id,
        address: session.address,
        began_at: session.created_at,
        seen_at: session.last_seen_at,
    }
}

fn said(kind: EventKind) -> &'static str {
    match kind {
        EventKind::SignedIn => "Signed in",
        EventKind::Refused => "A wrong password was tried",
        EventKind::PasswordChanged => "Password changed",
        EventKind::PasswordReset => "New password set by a link",
        EventKind::InvitationAccepted => "Invitation accepted",
        EventKind::Recovered => "Signed in by a link from the machine itself",
    }
}

/// Gives the caller another name.
///
/// # Errors
/// When it is no name.
pub async fn rename(backend: &Backend, caller: &Caller, name: &str) -> Result<Committed> {
    let name =
        name::clean(name).map_err(|error| Error::Misfit(Misfit::Name { field: "name".to_owned(), error }))?;
    let person = caller.state.person(caller.user).ok_or(Error::SignedOut)?;
    if person.profile.name == name {
        return Err(Error::NothingToDo);
    }
    let (user, now) = (caller.user, backend.clock().now());
    let change = vec![Change::ProfileEdited { user }];
    let proposal = Proposal::new(caller.actor(), change).beside(move |to| {
        Box::pin(async move {
            // The address is read here: somebody may have changed it meanwhile.
            let kept = profile::get(to, user).await?.ok_or(Error::NotFound("person"))?;
            profile::update(to, user, &Profile::new(&name, &kept.email), now).await?;
            Ok(())
        })
    });
    backend.commit(proposal).await
}

/// Two passwords as they were typed. Never written down: it has no `Debug`.
pub struct Passwords {
    /// The present one.
    pub old: String,
    /// The one from now on.
    pub new: String,
}

/// Gives the caller another password and ends their other sessions.
///
/// # Errors
/// When the present one is wrong, or the new one too easily guessed.
pub async fn change_password(
    caller: &Caller,
    sign_in: &SignIn,
    session: &Session,
    from: &sign_in_events::From,
    passwords: &Passwords,
) -> Result<()> {
    if session.user != caller.user || session.id != caller.session {
        return Err(Error::SignedOut);
    }
    let organization = caller.state.organization();
    sign_in.change_password(session, &passwords.old, &passwords.new, from, organization).await?;
    Ok(())
}

/// Ends one of the caller's own sessions.
///
/// # Errors
/// When the caller has no such session.
pub async fn end_session(caller: &Caller, sessions: &Sessions, session: &str) -> Result<()> {
    if sessions.end(caller.user, session).await? { Ok(()) } else { Err(Error::NotFound("session")) }
}

/// Ends all of the caller's sessions but the one that asks.
///
/// # Errors
/// When the database fails.
pub async fn end_other_sessions(caller: &Caller, sessions: &Sessions) -> Result<()> {
    sessions.end_all_but(caller.user, &caller.session).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
