//! A new password by link. It ends all sessions of the person.

use super::form::{Field, NEW_PASSWORD, Sent, Wrong, banner};
use super::frame::Page;
use super::link::{self, Refused};
use crate::answer::see_other;
use crate::console::Console;
use crate::edge::session::Visitor;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::one_time_link::Purpose;
use backend::random::Token;
use leptos::prelude::*;

/// `GET /reset/{token}`
pub async fn show(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Response {
    match link::holding(&console, &page, &visitor, &Token::sent(&token), Purpose::PasswordReset).await {
        Ok(_) => draw(&page, &token, StatusCode::OK, None),
        Err(response) => *response,
    }
}

/// `POST /reset/{token}`
pub async fn reset(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
    sent: Sent,
) -> Response {
    let state = console.backend().state();
    let new = sent.get("password");
    let outcome =
        console.sign_in().reset(&Token::sent(&token), new, &visitor.from, state.organization()).await;
    match outcome {
        Ok(_) => see_other("/sign-in?done=password"),
        Err(error) => match link::refused(&page, error) {
            Refused::Form(status, wrong) => draw(&page, &token, status, Some(&wrong)),
            Refused::Page(response) => *response,
        },
    }
}

/// The field for a new password.
#[must_use]
pub fn new_password() -> Field<'static> {
    Field {
        name: "password",
        label: "New password",
        kind: "password",
        autocomplete: "new-password",
        value: "",
        help: Some(NEW_PASSWORD),
        first: true,
    }
}

fn draw(page: &Page, token: &str, status: StatusCode, wrong: Option<&Wrong>) -> Response {
    let body = view! {
        {banner(wrong)}
        <p>"You are signed out everywhere else as soon as it is set."</p>
        <form class="stack" method="post" action=format!("/reset/{token}")>
            {new_password().draw(wrong)}
            <button class="btn primary wide">"Set the password"</button>
        </form>
    };
    page.show(status, "Set a new password", body)
}
