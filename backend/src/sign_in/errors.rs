//! What people are told when signing in, changing a password or using a link did not work.

use thiserror::Error;

use crate::error::Error as BackendError;
use crate::one_time_link::LinkRefused;
use crate::password::{Busy, PasswordError, PasswordRefused};
use crate::profile::ProfileError;
use crate::rate_limit::TooMany;

/// Why somebody was not signed in.
#[derive(Debug, Error)]
pub enum SignInError {
    /// The address, the password, or the person: which one is not said.
    #[error("This e-mail address and password do not fit together. Check both, or ask for a new password.")]
    Wrong,
    /// Too many guesses.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// Too many at this moment.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The database failed.
    #[error("signing in failed: {0}")]
    Sql(#[from] sqlx::Error),
}

/// Why a password was not changed.
#[derive(Debug, Error)]
pub enum ChangeError {
    /// The present one is wrong.
    #[error("This is not your present password.")]
    WrongOld,
    /// The new one is not good enough.
    #[error(transparent)]
    Refused(#[from] PasswordRefused),
    /// Too many guesses at the present one.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// Too many at this moment.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The database failed.
    #[error("changing the password failed: {0}")]
    Sql(#[from] sqlx::Error),
}

/// Why a link was of no use.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The link itself.
    #[error(transparent)]
    Link(#[from] LinkRefused),
    /// The new password is not good enough; the link still works.
    #[error(transparent)]
    Refused(#[from] PasswordRefused),
    /// Too many tries from this address.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// Too many at this moment.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The database failed.
    #[error("using the link failed: {0}")]
    Sql(#[from] sqlx::Error),
}

impl From<PasswordError> for ChangeError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Refused(refused) => refused.into(),
            PasswordError::Busy(busy) => busy.into(),
        }
    }
}

impl From<PasswordError> for LinkError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Refused(refused) => refused.into(),
            PasswordError::Busy(busy) => busy.into(),
        }
    }
}

fn invalid(field: &'static str, message: impl ToString) -> BackendError {
    BackendError::Invalid { field, message: message.to_string() }
}

impl From<TooMany> for BackendError {
    fn from(error: TooMany) -> Self {
        Self::TooMany { seconds: u64::try_from(error.seconds).unwrap_or(1) }
    }
}

/// Busy for a moment is said as a limit of a moment.
impl From<Busy> for BackendError {
    fn from(_: Busy) -> Self {
        Self::TooMany { seconds: 2 }
    }
}

impl From<PasswordError> for BackendError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Refused(refused) => invalid("password", refused),
            PasswordError::Busy(busy) => busy.into(),
        }
    }
}

impl From<LinkRefused> for BackendError {
    fn from(refused: LinkRefused) -> Self {
        invalid("link", refused)
    }
}

impl From<ProfileError> for BackendError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::EmailTaken => invalid("email", error),
            ProfileError::Missing => Self::NotFound("person"),
            ProfileError::Sql(cause) => cause.into(),
        }
    }
}

impl From<SignInError> for BackendError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => invalid("password", error),
            SignInError::TooMany(many) => many.into(),
            SignInError::Busy(busy) => busy.into(),
            SignInError::Sql(cause) => cause.into(),
        }
    }
}

impl From<ChangeError> for BackendError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::WrongOld => invalid("old_password", error),
            ChangeError::Refused(refused) => invalid("new_password", refused),
            ChangeError::TooMany(many) => many.into(),
            ChangeError::Busy(busy) => busy.into(),
            ChangeError::Sql(cause) => cause.into(),
        }
    }
}

impl From<LinkError> for BackendError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Link(refused) => refused.into(),
            LinkError::Refused(refused) => invalid("password", refused),
            LinkError::TooMany(many) => many.into(),
            LinkError::Busy(busy) => busy.into(),
            LinkError::Sql(cause) => cause.into(),
        }
    }
}
