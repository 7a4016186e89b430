//! The one error of the backend's questions and changes, said to people.
//!
//! What the text says is for people; causes of [`Error::Broken`] are for the log alone.

use model::Millis;
use model::guard::Refusal;
use model::misfit::Misfit;

/// Who overtook a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overtaker {
    /// The name of whoever did.
    pub name: String,
    /// The number of that revision.
    pub revision: u64,
    /// When.
    pub at: Millis,
}

/// Why something was not answered or not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or no longer.
    #[error("You are signed out. Sign in again.")]
    SignedOut,
    /// A right is missing.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A change does not fit.
    #[error("{0}")]
    Misfit(Misfit),
    /// A change no longer fits, because somebody was faster.
    #[error("{misfit} {} changed it in change no. {}.", by.name, by.revision)]
    Overtaken {
        /// Why it no longer fits.
        misfit: Misfit,
        /// Who was faster.
        by: Overtaker,
    },
    /// A field is wrong.
    #[error("{message}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong with it and what to do.
        message: String,
    },
    /// What was asked for is not there, or not for this reader.
    #[error("There is no such {0}. It may have been removed.")]
    NotFound(&'static str),
    /// Nothing would be altered.
    #[error("There is nothing to save.")]
    NothingToDo,
    /// A revision holds something that cannot be taken back.
    #[error("This cannot be undone: {0}")]
    NotUndoable(&'static str),
    /// Too many tries.
    #[error("Too many tries. Wait {seconds} seconds, then try again.")]
    TooMany {
        /// How long to wait.
        seconds: u64,
    },
    /// Something failed inside; what, stands in the log.
    #[error("Something went wrong on the server. Nothing was saved. Try again in a minute.")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The outcome of a question or change.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A failure inside, with its cause for the log.
    pub fn broken(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Broken(cause.into())
    }

    /// The field of the form that is wrong, where one is.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Invalid { field, .. } => Some(field),
            Self::Misfit(misfit) | Self::Overtaken { misfit, .. } => misfit.field(),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        Self::broken(cause)
    }
}

impl From<Misfit> for Error {
    fn from(misfit: Misfit) -> Self {
        Self::Misfit(misfit)
    }
}
