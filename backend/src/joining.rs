//! Accepting an invitation: the person becomes active, with the name and password that they chose.

use crate::access::Proposal;
use crate::error::Error;
use crate::one_time_link::Link;
use crate::password::{About, PasswordError};
use crate::random::Token;
use crate::sign_in::{LinkError, SignIn};
use crate::sign_in_events::From;
use crate::{Backend, profile};
use model::change::Change;
use model::guard::Actor;
use model::id::UserId;
use model::name::{BadName, clean};
use model::person::Profile;

/// Why somebody could not join.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The name.
    #[error(transparent)]
    Name(#[from] BadName),
    /// The change does not fit any more, or something failed.
    #[error(transparent)]
    Backend(#[from] Error),
}

/// What somebody brings who joins.
pub struct Joiner<'a> {
    /// The end of the link.
    pub token: Token,
    /// The name that they chose.
    pub name: &'a str,
    /// The password that they chose.
    pub password: &'a str,
    /// From where.
    pub from: &'a From,
}

/// Accepts an invitation, in one transaction: the change, the profile, the password and the used-up link.
///
/// # Errors
/// When the link no longer holds, or when name or password are refused.
pub async fn join(
    backend: &Backend,
    sign_in: &SignIn,
    link: &Link,
    joiner: Joiner<'_>,
) -> Result<UserId, JoinError> {
    let Joiner { token, name, password, from } = joiner;
    let name = clean(name)?;
    let state = backend.state();
    let user = link.user.ok_or(Error::NotFound("invitation"))?;
    let email = state.person(user).ok_or(Error::NotFound("invitation"))?.profile.email.clone();
    let about =
        About { name: name.clone(), email: email.clone(), organization: state.organization().to_owned() };
    let hash = sign_in.prepare_password(password, &about).await?;
    let profile = Profile::new(&name, &email);
    let now = backend.clock().now();
    let (acceptor, from) = (sign_in.clone(), from.clone());
    let joined = Proposal::new(Actor::User(user), vec![Change::UserJoined { user }]);
    let proposal = joined.beside(move |connection| {
        Box::pin(async move {
            let accepted = acceptor.accept_invitation(connection, &token, user, &hash, &from).await;
            accepted.map_err(|refused| match refused {
                LinkError::Sql(cause) => Error::broken(cause),
                refused => Error::Invalid { field: "link", message: refused.to_string() },
            })?;
            profile::update(connection, user, &profile, now).await.map_err(Error::broken)
        })
    });
    backend.commit(proposal).await?;
    Ok(user)
}
