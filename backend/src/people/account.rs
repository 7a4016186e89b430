//! What is done to the account of one person beside their access: name and address, a link for a new
//! password, their sessions, and their removal.
//!
//! All of it needs that the caller is at least as strong as that person. What ends an account ends its
//! sessions in the same transaction, so that it holds at once.

use super::rows::roles_held;
use crate::access::commit::{Committed, Proposal, refuse_lock_out};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::one_time_link::{self, Purpose};
use crate::profile::ProfileError;
use crate::{Backend, password, profile, session, sign_in};
use model::change::{self, Change};
use model::grant::Subject;
use model::guard;
use model::id::UserId;
use model::name;
use model::person::{Profile, Status};
use model::state::State;
use model::view::people::{HandedLink, ProfileEdit, Removal, Saved};
use sqlx::{AnyConnection, query};

/// What history calls a removed person, unless something else is chosen.
pub const FORMER: &str = "Former user";

/// Commits, and ends all sessions of these people in the same transaction.
pub(super) async fn commit_and_sign_out(
    backend: &Backend,
    proposal: Proposal,
    gone: Vec<UserId>,
) -> Result<Committed> {
    let ended = gone.clone();
    let now = backend.clock().now();
    let proposal = proposal.beside(move |conn| {
        Box::pin(async move {
            for user in ended {
                sign_in::end_access_in(&mut *conn, user, now).await?;
            }
            Ok(())
        })
    });
    let committed = backend.commit(proposal).await?;
    for user in gone {
        backend.sessions()?.forget(user);
    }
    Ok(committed)
}

/// Why the caller may not end that account, a lock-out included.
pub(super) async fn ending(
    backend: &Backend,
    caller: &Caller,
    changes: Vec<Change>,
) -> Result<Option<String>> {
    let changes = change::expand(&caller.state, &changes);
    if let Err(refusal) = guard::check(&caller.state, caller.actor(), &changes, caller.at) {
        return Ok(Some(refusal.to_string()));
    }
    let mut after = State::clone(&caller.state);
    after.apply_all(&changes).map_err(|(_, misfit)| Error::Misfit(misfit))?;
    let mut connection = backend.database().pool().acquire().await?;
    match refuse_lock_out(&mut connection, &after, caller.actor(), &changes).await {
        Err(broken @ Error::Broken(_)) => Err(broken),
        Err(refusal) => Ok(Some(refusal.to_string())),
        Ok(()) => Ok(None),
    }
}

/// Gives somebody another name and address.
///
/// # Errors
/// When it is not the caller's account to change, when name or address are not well formed, and when
/// somebody else has that address.
pub async fn edit_profile(backend: &Backend, caller: &Caller, edit: &ProfileEdit) -> Result<Saved> {
    caller.require("people.view")?;
    let user = edit.user;
    let person = caller.state.person(user).ok_or(Error::NotFound("person"))?;
    let name = match (person.status, edit.name.trim()) {
        (Status::Invited, "") => String::new(),
        (_, typed) => {
            name::clean(typed).map_err(|e| Error::Invalid { field: "name", message: e.to_string() })?
        }
    };
    let email = name::clean_email(&edit.email)
        .map_err(|error| Error::Invalid { field: "email", message: error.to_string() })?;
    let is_moved = name::fold(&email) != person.profile.email_key;
    if is_moved {
        // Whoever holds the address can have a new password sent there: also for oneself that is more than
        // a word on a screen.
        guard::account(&caller.state, caller.actor(), user, caller.at)?;
    }
    let profile = Profile::new(&name, &email);
    if profile == person.profile {
        return Err(Error::NothingToDo);
    }
    let now = backend.clock().now();
    let proposal = Proposal::new(caller.actor(), vec![Change::ProfileEdited { user }]).beside(move |conn| {
        Box::pin(async move {
            profile::update(&mut *conn, user, &profile, now).await.map_err(profile_error)?;
            if is_moved {
                // A link that went to the old address must not open the account any more.
                one_time_link::revoke(&mut *conn, user, Purpose::PasswordReset, now).await?;
            }
            Ok(())
        })
    });
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable: false })
}

/// A link by which somebody chooses a new password. It is shown to the caller once, who hands it over.
///
/// # Errors
/// When it is not the caller's account to change, or the person is not active.
pub async fn reset_link(backend: &Backend, caller: &Caller, user: UserId) -> Result<HandedLink> {
    caller.require("people.manage")?;
    let person = caller.state.person(user).ok_or(Error::NotFound("person"))?;
    guard::account(&caller.state, caller.actor(), user, caller.at)?;
    if person.status != Status::Active {
        let message = "Only an active person can get a link for a new password.".to_owned();
        return Err(Error::Invalid { field: "user", message });
    }
    let token = backend.sign_in()?.reset_link(user, caller.user).await?;
    let url = backend.sign_in()?.link(Purpose::PasswordReset, &token);
    Ok(HandedLink { url, lifetime: sign_in::RESET_LIFETIME })
}

/// Ends one session, or all of them.
///
/// # Errors
/// When it is not the caller's account to change.
pub async fn end_sessions(
    backend: &Backend,
    caller: &Caller,
    user: UserId,
    session: Option<&str>,
) -> Result<()> {
    caller.require("people.view")?;
    caller.state.person(user).ok_or(Error::NotFound("person"))?;
    if user != caller.user {
        guard::account(&caller.state, caller.actor(), user, caller.at)?;
    }
    match session {
        Some(session) => {
            if !backend.sessions()?.end(user, session).await? {
                return Err(Error::NotFound("session"));
            }
        }
        None => backend.sessions()?.end_all(user).await?,
    }
    Ok(())
}

/// What somebody would lose by being removed.
///
/// # Errors
/// What removing them would refuse.
pub async fn preview_removal(backend: &Backend, caller: &Caller, user: UserId) -> Result<Removal> {
    caller.require("people.view")?;
    let state = &caller.state;
    let person = state.person(user).ok_or(Error::NotFound("person"))?;
    let removal = Change::UserRemoved { user, status: person.status, called: FORMER.to_owned() };
    let effect = crate::preview::effect(backend, caller, &[removal], None).await?;
    let roles = roles_held(caller, Subject::User(user)).into_iter().map(|held| match held.place {
        Some(place) => format!("{} in {place}", held.name),
        None => held.name,
    });
    let groups = person.groups.iter().filter_map(|group| state.group(*group));
    Ok(Removal { roles: roles.collect(), groups: groups.map(|group| group.name.clone()).collect(), effect })
}

/// Removes somebody with name, address, password, sessions and links. History keeps the word.
///
/// # Errors
/// When it is not the caller's account to end, when nobody would be left in charge, and when the word is not
/// well formed.
pub async fn remove(backend: &Backend, caller: &Caller, user: UserId, called: &str) -> Result<Saved> {
    caller.require("people.view")?;
    let person = caller.state.person(user).ok_or(Error::NotFound("person"))?;
    let called = name::clean(called)
        .map_err(|error| Error::Invalid { field: "called", message: error.to_string() })?;
    let removal = Change::UserRemoved { user, status: person.status, called };
    erase(backend, caller, removal).await
}

/// Commits the removal of a person, and erases in the same transaction what stands beside the log.
pub(crate) async fn erase(backend: &Backend, caller: &Caller, removal: Change) -> Result<Saved> {
    let Change::UserRemoved { user, .. } = removal else { return Err(Error::NothingToDo) };
    let proposal = Proposal::new(caller.actor(), vec![removal]).beside(move |conn| {
        Box::pin(async move {
            session::end_all_in(&mut *conn, user).await?;
            password::store::delete(&mut *conn, user).await?;
            profile::delete(&mut *conn, user).await?;
            forget_traces(&mut *conn, user).await
        })
    });
    let committed = backend.commit(proposal).await?;
    backend.sessions()?.forget(user);
    Ok(Saved { revision: committed.revision, undoable: false })
}

/// Links, and where and with which browser somebody signed in, say something of a person too.
async fn forget_traces(conn: &mut AnyConnection, user: UserId) -> Result<()> {
    for statement in
        ["DELETE FROM one_time_links WHERE user_id = $1", "DELETE FROM sign_in_events WHERE user_id = $1"]
    {
        query(statement).bind(user.to_string()).execute(&mut *conn).await?;
    }
    Ok(())
}

/// What a profile that cannot be written means to the person who wrote it.
pub(crate) fn profile_error(error: ProfileError) -> Error {
    match error {
        ProfileError::EmailTaken => Error::Invalid { field: "email", message: error.to_string() },
        ProfileError::Missing => Error::NotFound("person"),
        ProfileError::Sql(cause) => Error::broken(cause),
    }
}
