//! The server's side of a server function: who asks, and what is answered when it fails.
//!
//! Server functions are called over HTTP and, while a page is drawn, without it; both ways the server
//! provides `Backend`, [`SignedIn`] and [`RequestId`] as context. Nothing here decides about access.

use crate::problem::{Kind, Problem};
use backend::Backend;
use backend::caller::{Caller, SignedIn};
use backend::error::Error;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use model::misfit::Misfit;
use server_fn::error::ServerFnErrorErr;

/// The id of the request, as it stands in the log; provided by the server.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The backend, and the person who asks with the state on which they are judged.
///
/// # Errors
/// [`Kind::SignedOut`] when nobody is signed in, or no longer.
pub async fn caller() -> Result<(Backend, Caller), Problem> {
    let signed_in = use_context::<SignedIn>().ok_or(Error::SignedOut)?;
    let backend = use_context::<Backend>().ok_or_else(|| Error::broken("no backend in the context"))?;
    let caller = backend.caller(signed_in)?;
    Ok((backend, caller))
}

/// Another part of the running console that the server provides beside the backend: sign-in, sessions, mail.
///
/// # Errors
/// [`Kind::SignedOut`] where only who is signed in has one, and [`Kind::Broken`] for all others.
pub fn part<T: Clone + Send + Sync + 'static>() -> Result<T, Problem> {
    if use_context::<SignedIn>().is_none() {
        return Err(Error::SignedOut.into());
    }
    use_context::<T>().ok_or_else(|| Error::broken("a part of the console is not in the context").into())
}

/// Sets the status of the answer that is being made, be it a page's or a function's.
pub fn answer(kind: Kind) {
    if let (Some(response), Ok(status)) =
        (use_context::<ResponseOptions>(), server_fn::http_export::StatusCode::from_u16(kind.status()))
    {
        response.set_status(status);
    }
}

/// Writes down what failed around a function, and gives the problem the request's id.
pub(crate) fn noted(problem: Problem, failure: &ServerFnErrorErr) -> Problem {
    let request = use_context::<RequestId>().map(|id| id.0);
    tracing::info!(request, %failure, "a server function was not called as it should be");
    Problem { request, ..problem }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        if let Error::Broken(cause) = &error {
            tracing::error!(request = request_id(), %cause, "a server function failed");
        }
        Self {
            kind: kind(&error),
            field: error.field().map(str::to_owned),
            request: request_id(),
            message: error.to_string(),
        }
    }
}

fn request_id() -> Option<String> {
    use_context::<RequestId>().map(|id| id.0)
}

fn kind(error: &Error) -> Kind {
    match error {
        Error::SignedOut => Kind::SignedOut,
        Error::Refused(_) => Kind::NotAllowed,
        Error::Misfit(misfit) => misfit_kind(misfit),
        Error::Overtaken { .. } | Error::NothingToDo | Error::NotUndoable(_) => Kind::Conflict,
        Error::Invalid { .. } => Kind::Invalid,
        Error::NotFound(_) => Kind::Gone,
        Error::TooMany { .. } => Kind::TooMany,
        Error::Broken(_) => Kind::Broken,
    }
}

fn misfit_kind(misfit: &Misfit) -> Kind {
    match misfit {
        Misfit::Gone { .. } | Misfit::Exists { .. } | Misfit::Overtaken { .. } => Kind::Conflict,
        _ => Kind::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::guard::Refusal;

    #[test]
    fn what_the_backend_says_reaches_the_screen_with_its_status_and_field() {
        let needs = Refusal::Needs { permission: "Manage people".into(), place: "the organization".into() };
        let gone = Misfit::Gone { what: "role".into() };
        let taken = Misfit::NameTaken { what: "a role".into(), name: "Tester".into() };
        let table = [
            (Error::SignedOut, 401, None),
            (Error::Refused(needs), 403, None),
            (Error::NotFound("role"), 404, None),
            (Error::Misfit(gone), 409, None),
            (Error::NothingToDo, 409, None),
            (Error::Misfit(taken), 422, Some("name")),
            (Error::Invalid { field: "email", message: "…".into() }, 422, Some("email")),
            (Error::TooMany { seconds: 3 }, 429, None),
            (Error::broken("the disk is full"), 500, None),
        ];
        for (error, status, field) in table {
            let problem = Problem::from(error);
            assert_eq!((problem.kind.status(), problem.field.as_deref()), (status, field), "{problem}");
            assert!(!problem.message.contains("disk"), "causes stay in the log");
        }
    }
}
