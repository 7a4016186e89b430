//! Invitations that nobody has accepted yet: the list, a new link, taking one back.

use super::invite::DAY;
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::one_time_link::{self, NewLink, Purpose};
use crate::people::{counts, refused, roles_held};
use model::Millis;
use model::change::Change;
use model::decide;
use model::grant::Subject;
use model::guard;
use model::id::{ObjectId, UserId};
use model::person::{Person, Status};
use model::view::invitations::{DAYS, InvitedLink, PendingRow, PendingScreen};
use model::view::people::{Named, Saved};
use sqlx::{Row, query};
use std::collections::HashMap;

/// What is known of the last link of somebody.
#[derive(Debug, Clone, Copy)]
struct LastLink {
    by: Option<UserId>,
    at: Millis,
    until: Millis,
    is_good: bool,
}

/// All pending invitations, by name.
///
/// # Errors
/// For who may not see people.
pub async fn pending(backend: &Backend, caller: &Caller) -> Result<PendingScreen> {
    caller.require("people.view")?;
    let state = &caller.state;
    let links = last_links(backend).await?;
    let invited = state.people_by_name().filter(|person| person.status == Status::Invited);
    Ok(PendingScreen {
        revision: state.revision(),
        at: caller.at,
        rows: invited.map(|person| row(caller, person, links.get(&person.id))).collect(),
        counts: counts(state),
        no_inviting: refused(caller.require("people.invite")),
    })
}

fn row(caller: &Caller, person: &Person, link: Option<&LastLink>) -> PendingRow {
    let roles = roles_held(caller, Subject::User(person.id));
    PendingRow {
        user: person.id,
        name: person.profile.called().to_owned(),
        email: person.profile.email.clone(),
        roles: roles.into_iter().map(|held| Named { id: held.role, name: held.name }).collect(),
        by: link.and_then(|link| link.by).map(|by| called(caller, by)),
        at: link.map(|link| link.at),
        until: link.map(|link| link.until),
        is_expired: link.is_none_or(|link| !link.is_good || link.until <= caller.at),
        no_revoking: no_revoking(caller, person.id),
        no_resending: no_resending(caller, person.id),
    }
}

fn called(caller: &Caller, user: UserId) -> String {
    match (caller.state.person(user), caller.state.former(user)) {
        (Some(person), _) => person.profile.called().to_owned(),
        (None, Some(word)) => word.to_owned(),
        (None, None) => "Former user".to_owned(),
    }
}

fn removal(user: UserId) -> Change {
    Change::UserRemoved { user, status: Status::Invited, called: "Invited person".to_owned() }
}

fn no_revoking(caller: &Caller, user: UserId) -> Option<String> {
    let changes = model::change::expand(&caller.state, &[removal(user)]);
    refused(guard::check(&caller.state, caller.actor(), &changes, caller.at))
}

/// Why the caller may not make a new link: whoever has the link becomes that person, so the caller must be
/// one who could invite them as they are.
pub(crate) fn no_resending(caller: &Caller, user: UserId) -> Option<String> {
    let state = &caller.state;
    let actor = caller.actor();
    if let Some(reason) = refused(caller.require("people.invite")) {
        return Some(reason);
    }
    if guard::account(state, actor, user, caller.at).is_ok() {
        return None;
    }
    let mut grants = decide::grants_for(state, user).filter(|grant| grant.subject != Subject::Everyone);
    grants.find_map(|grant| match grant.object {
        ObjectId::ORGANIZATION => refused(guard::inviting(state, actor, grant.role, caller.at)),
        place => refused(guard::giving(state, actor, grant.role, place, caller.at)),
    })
}

/// A new link for somebody who was invited; those before are dead. It is shown once.
///
/// # Errors
/// When the caller could not invite that person, or they have joined already.
pub async fn resend(backend: &Backend, caller: &Caller, user: UserId) -> Result<InvitedLink> {
    caller.require("people.invite")?;
    let person = caller.state.person(user).ok_or(Error::NotFound("invitation"))?;
    if person.status != Status::Invited {
        let message = format!("{} has joined already.", person.profile.called());
        return Err(Error::Invalid { field: "user", message });
    }
    if let Some(message) = no_resending(caller, user) {
        return Err(Error::Invalid { field: "user", message });
    }
    let (now, lifetime) = (backend.clock().now(), Millis::from(DAYS) * DAY);
    let mut transaction = backend.database().write().await?;
    one_time_link::revoke(&mut transaction, user, Purpose::Invitation, now).await?;
    let new =
        NewLink { purpose: Purpose::Invitation, user: Some(user), created_by: Some(caller.user), lifetime };
    let (token, _) = one_time_link::create(&mut transaction, backend.random(), now, new).await?;
    transaction.commit().await?;
    let url = backend.sign_in()?.link(Purpose::Invitation, &token);
    backend.sign_in()?.mail_invitation(&person.profile.email, caller.state.organization(), &token);
    Ok(InvitedLink { user, name: person.profile.name.clone(), email: person.profile.email.clone(), url })
}

/// Takes an invitation back: the person is gone, with the address and the links.
///
/// # Errors
/// When the caller could neither invite that person nor manage them, or they have joined already.
pub async fn revoke(backend: &Backend, caller: &Caller, user: UserId) -> Result<Saved> {
    caller.require("people.view")?;
    let person = caller.state.person(user).ok_or(Error::NotFound("invitation"))?;
    if person.status != Status::Invited {
        let message = format!("{} has joined already.", person.profile.called());
        return Err(Error::Invalid { field: "user", message });
    }
    crate::people::erase(backend, caller, removal(user)).await
}

/// Until when the last link of an invited person is good; none when it no longer is.
pub(crate) async fn until(backend: &Backend, user: UserId) -> Result<Option<Millis>> {
    let now = backend.clock().now();
    let link = last_links(backend).await?.get(&user).copied();
    Ok(link.filter(|link| link.is_good && link.until > now).map(|link| link.until))
}

/// The newest link of everybody who has one.
async fn last_links(backend: &Backend) -> Result<HashMap<UserId, LastLink>> {
    let rows = query(
        "SELECT user_id, created_by, created_at, expires_at, used_at FROM one_time_links \
         WHERE purpose = 'invitation' AND user_id IS NOT NULL ORDER BY created_at, expires_at, id",
    )
    .fetch_all(backend.database().pool())
    .await?;
    let mut links = HashMap::new();
    for row in rows {
        let user: String = row.try_get("user_id")?;
        let by: Option<String> = row.try_get("created_by")?;
        let used: Option<i64> = row.try_get("used_at")?;
        if let Ok(user) = user.parse() {
            let link = LastLink {
                by: by.and_then(|by| by.parse().ok()),
                at: row.try_get("created_at")?,
                until: row.try_get("expires_at")?,
                is_good: used.is_none(),
            };
            links.insert(user, link);
        }
    }
    Ok(links)
}
