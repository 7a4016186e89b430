//! One-time links: whether one still holds, and what is said when it does not.
//!
//! Opening a link uses nothing up, since mail programs open links too; only sending its form does.

use super::form::Wrong;
use super::frame::Page;
use crate::console::Console;
use crate::edge::session::Visitor;
use axum::http::StatusCode;
use axum::response::Response;
use backend::one_time_link::{Link, LinkState, Purpose};
use backend::random::Token;
use backend::sign_in::LinkError;

/// What became of a form that came by link: something to say on the form, or a page of its own.
pub enum Refused {
    /// The form again, with what is wrong.
    Form(StatusCode, Wrong),
    /// Another page.
    Page(Box<Response>),
}

/// The link, if it holds; else the page that says why it does not.
///
/// # Errors
/// The page.
pub async fn holding(
    console: &Console,
    page: &Page,
    visitor: &Visitor,
    token: &Token,
    purpose: Purpose,
) -> Result<Link, Box<Response>> {
    let error = match console.sign_in().peek(token, purpose, &visitor.from).await {
        Ok(LinkState::Valid(link)) => return Ok(link),
        Ok(LinkState::Refused(refused)) => LinkError::Link(refused),
        Err(error) => error,
    };
    match refused(page, error) {
        Refused::Page(response) => Err(response),
        Refused::Form(status, wrong) => Err(Box::new(page.message(status, "Not now", &wrong.message))),
    }
}

/// What to say about a link, or the password that came with it, that was refused.
#[must_use]
pub fn refused(page: &Page, error: LinkError) -> Refused {
    let own = |response| Refused::Page(Box::new(response));
    match error {
        LinkError::Link(refused) => {
            own(page.message(StatusCode::GONE, "This link does not work", &refused.to_string()))
        }
        LinkError::Refused(refused) => {
            Refused::Form(StatusCode::UNPROCESSABLE_ENTITY, Wrong::with("password", refused))
        }
        LinkError::TooMany(refused) => {
            let sentence = super::too_many(refused.seconds);
            let response = page.message(StatusCode::TOO_MANY_REQUESTS, "Too many tries", &sentence);
            own(super::retry_after(response, refused.seconds))
        }
        LinkError::Busy(busy) => Refused::Form(StatusCode::SERVICE_UNAVAILABLE, Wrong::whole(busy)),
        LinkError::Sql(cause) => own(super::broken(page, &cause)),
    }
}
