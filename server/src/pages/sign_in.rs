//! Signing in with address and password, and signing out.

use super::form::{Field, Sent, Wrong, banner};
use super::frame::Page;
use crate::answer::{own_path, see_other};
use crate::console::Console;
use crate::edge::session::Visitor;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use backend::random::Token;
use backend::sign_in::SignInError;
use leptos::prelude::*;
use serde::Deserialize;

/// Where to go on to.
#[derive(Debug, Default, Deserialize)]
pub struct Next {
    /// A path of this console; anything else is passed over.
    pub next: Option<String>,
    /// What has just been done, e.g. a password set.
    pub done: Option<String>,
}

/// What somebody reads whose session ended without them: its time was over, or somebody ended it.
const ENDED: &str = "Your session has ended, so you are signed out. Sign in again; if that does not work, ask \
                     an administrator.";

/// `GET /sign-in`
pub async fn show(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Query(query): Query<Next>,
) -> Response {
    if visitor.session.is_some() {
        return see_other(own_path(query.next.as_deref()));
    }
    if !console.backend().is_set_up() {
        return super::not_set_up(&page);
    }
    let done = match query.done.as_deref() {
        Some("password") => Some("Your new password is set. Sign in with it."),
        Some("signed-out") => Some("You are signed out."),
        // The browser still has a token: it did not sign out, its session was ended.
        _ if visitor.token.is_some() => Some(ENDED),
        _ => None,
    };
    draw(&page, StatusCode::OK, "", own_path(query.next.as_deref()), done, None)
}

/// `POST /sign-in`
pub async fn sign_in(State(console): State<Console>, page: Page, visitor: Visitor, sent: Sent) -> Response {
    let next = own_path(Some(sent.get("next"))).to_owned();
    let email = sent.get("email");
    let state = console.backend().state();
    let is_active = move |user| model::decide::is_active(&state, user);
    let outcome = console.sign_in().sign_in(email, sent.get("password"), &visitor.from, is_active).await;
    match outcome {
        Ok(new) => {
            // Whoever was signed in with this browser before, no longer is.
            if let Some(before) = &visitor.token
                && let Err(cause) = console.sessions().end_token(before).await
            {
                tracing::error!(%cause, "the former session of a browser could not be ended");
            }
            let mut response = see_other(&next);
            hand_out(&console, &mut response, &new.token);
            response
        }
        Err(SignInError::Wrong) => {
            let wrong =
                Wrong::whole("E-mail address or password is wrong. Try again, or set a new password.");
            draw(&page, StatusCode::UNAUTHORIZED, email, &next, None, Some(&wrong))
        }
        Err(SignInError::TooMany(refused)) => {
            let wrong = Wrong::whole(super::too_many(refused.seconds));
            let response = draw(&page, StatusCode::TOO_MANY_REQUESTS, email, &next, None, Some(&wrong));
            super::retry_after(response, refused.seconds)
        }
        Err(SignInError::Busy(busy)) => {
            let wrong = Wrong::whole(busy);
            draw(&page, StatusCode::SERVICE_UNAVAILABLE, email, &next, None, Some(&wrong))
        }
        Err(SignInError::Sql(cause)) => super::broken(&page, &cause),
    }
}

/// `POST /sign-out`
pub async fn sign_out(State(console): State<Console>, page: Page, visitor: Visitor) -> Response {
    if let Some(token) = &visitor.token
        && let Err(cause) = console.sessions().end_token(token).await
    {
        return super::broken(&page, &cause);
    }
    let mut response = see_other("/sign-in?done=signed-out");
    if let Some(cookie) = console.cookie().clear() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Gives the browser its session's cookie.
pub fn hand_out(console: &Console, response: &mut Response, token: &Token) {
    if let Some(cookie) = console.cookie().set(token) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn draw(
    page: &Page,
    status: StatusCode,
    email: &str,
    next: &str,
    done: Option<&'static str>,
    wrong: Option<&Wrong>,
) -> Response {
    let address = Field {
        name: "email",
        label: "E-mail address",
        kind: "email",
        autocomplete: "username",
        value: email,
        help: None,
        first: email.is_empty(),
    };
    let password = Field {
        name: "password",
        label: "Password",
        kind: "password",
        autocomplete: "current-password",
        value: "",
        help: None,
        first: !email.is_empty(),
    };
    let body = view! {
        {done.map(|done| view! { <div class="banner good" role="status"><p>{done}</p></div> })}
        {banner(wrong)}
        <form class="stack" method="post" action="/sign-in">
            <input type="hidden" name="next" value=next.to_owned()/>
            {address.draw(wrong)}
            {password.draw(wrong)}
            <button class="btn primary wide">"Sign in"</button>
            <a class="small" href="/forgot-password">"Forgot password?"</a>
        </form>
    };
    page.show(status, "Sign in", body)
}
