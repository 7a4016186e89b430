//! Pages without scripts: signing in and out, the set-up, and what comes by link.
//!
//! Plain forms that post and redirect. They say what is wrong beside the field, keep what was typed except
//! passwords, and never tell a stranger who is here.

pub mod forgot;
pub mod form;
pub mod frame;
pub mod invitation;
pub mod link;
pub mod recover;
pub mod reset;
pub mod set_up;
pub mod sign_in;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use frame::Page;
use leptos::prelude::*;

/// When to try again.
#[must_use]
pub fn too_many(seconds: i64) -> String {
    let wait = match seconds {
        ..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    };
    format!("Too many tries. Wait {wait}, then try again.")
}

/// The answer, with the time after which trying again makes sense.
#[must_use]
pub fn retry_after(mut response: Response, seconds: i64) -> Response {
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    response
}

/// What every page is before the organization is set up.
#[must_use]
pub fn not_set_up(page: &Page) -> Response {
    page.show(
        StatusCode::SERVICE_UNAVAILABLE,
        "Not set up yet",
        view! {
            <p>
                "Nobody can sign in before the organization is set up. The link for it stands in the output of "
                "the server, and is printed anew each time it starts."
            </p>
        },
    )
}

/// A failure inside: the cause goes to the log, under the id of the request.
#[must_use]
pub fn broken(page: &Page, cause: &dyn std::error::Error) -> Response {
    tracing::error!(%cause, "a page failed");
    page.message(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "Something went wrong on the server, and nothing was saved. Try again in a minute.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_said_in_words() {
        assert_eq!(too_many(1), "Too many tries. Wait a second, then try again.");
        assert_eq!(too_many(30), "Too many tries. Wait 30 seconds, then try again.");
        assert_eq!(too_many(300), "Too many tries. Wait 5 minutes, then try again.");
    }
}
