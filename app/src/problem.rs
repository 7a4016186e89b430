//! What a server function answers when it cannot do what was asked.
//!
//! Every server function of this crate fails with a [`Problem`] and nothing else. Its message is for
//! people: what went wrong and what to do. Causes stay in the server's log; [`Problem::request`] leads
//! there. A problem never travels as anything but JSON, with the status of its [`Kind`].

use crate::wire::Named;
#[cfg(feature = "ssr")]
use crate::wire::Unread;
use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use std::fmt;

/// What sort of problem it is; decides the status and how a screen takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// A right is missing.
    NotAllowed,
    /// Something in the request is wrong; [`Problem::field`] says what.
    Invalid,
    /// Somebody else was faster, or nothing would change.
    Conflict,
    /// What was asked for is not there, or not for this reader.
    Gone,
    /// Too many tries.
    TooMany,
    /// The server cannot be reached, or not now.
    Unavailable,
    /// Something failed inside.
    Broken,
}

impl Kind {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::NotAllowed => 403,
            Self::Gone => 404,
            Self::Conflict => 409,
            Self::Invalid => 422,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Unavailable => 503,
        }
    }
}

/// Why something was not answered or not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What sort of problem it is.
    pub kind: Kind,
    /// What went wrong and what to do, in a sentence or two.
    pub message: String,
    /// The field of the form that is wrong, where one is.
    pub field: Option<String>,
    /// The id of the request, for reports.
    pub request: Option<String>,
}

impl Problem {
    /// A problem in one sentence.
    #[must_use]
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), field: None, request: None }
    }

    /// The sentence, if it is about the field of that name.
    #[must_use]
    pub fn about(&self, field: &str) -> Option<String> {
        (self.field.as_deref() == Some(field)).then(|| self.message.clone())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl FromServerFnError for Problem {
    type Encoder = Named;

    fn from_server_fn_error(failure: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        return crate::request::noted(unread(&failure).unwrap_or_else(|| said(&failure)), &failure);
        #[cfg(not(feature = "ssr"))]
        said(&failure)
    }

    /// Runs once for each failed call over HTTP, whatever failed: the one place that sets the status.
    fn ser(&self) -> server_fn::Bytes {
        #[cfg(feature = "ssr")]
        crate::request::answer(self.kind);
        serde_json::to_vec(self).unwrap_or_default().into()
    }
}

/// An argument that the server could not read, by name.
#[cfg(feature = "ssr")]
fn unread(failure: &ServerFnErrorErr) -> Option<Problem> {
    let ServerFnErrorErr::Deserialization(written) = failure else { return None };
    let Unread { field, reason } = Unread::read(written)?;
    let what = if field.is_empty() { "The request".to_owned() } else { format!("“{field}”") };
    let mut problem = Problem::new(Kind::Invalid, format!("{what} could not be read: {reason}."));
    problem.field = Some(field).filter(|field| !field.is_empty());
    Some(problem)
}

/// What a failure outside a function's own body means to the person before the screen.
fn said(failure: &ServerFnErrorErr) -> Problem {
    let (kind, message) = match failure {
        ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
            (Kind::Invalid, "The request could not be read: a value is missing or of the wrong kind.")
        }
        ServerFnErrorErr::Request(_) if cfg!(feature = "ssr") => {
            (Kind::Invalid, "The request could not be read. It may be too large.")
        }
        ServerFnErrorErr::Request(_) => {
            (Kind::Unavailable, "The server cannot be reached. Check the connection, then try again.")
        }
        ServerFnErrorErr::Deserialization(_) => {
            (Kind::Unavailable, "The server's answer could not be read. Reload the page, then try again.")
        }
        _ => (Kind::Broken, "Something went wrong on the server. Try again in a minute."),
    };
    Problem::new(kind, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_comes_back_from_the_wire_as_it_was() {
        let mut problem = Problem::new(Kind::Invalid, "Give the role a name.");
        problem.field = Some("name".to_owned());
        assert_eq!(Problem::de(problem.ser()), problem);
        assert_eq!(problem.about("name").as_deref(), Some("Give the role a name."));
        assert_eq!(problem.about("about"), None);
    }

    #[test]
    fn an_answer_that_is_no_problem_is_one() {
        let problem = Problem::de(server_fn::Bytes::from_static(b"<html>"));
        assert!(!problem.message.is_empty());
        assert!(problem.kind.status() >= 400);
    }
}
