//! The way back in for an administrator, by a link that was made on the machine itself.

use super::form::{Sent, Wrong, banner};
use super::frame::Page;
use super::link::{self, Refused};
use super::reset::new_password;
use super::sign_in::hand_out;
use crate::answer::see_other;
use crate::console::Console;
use crate::edge::session::Visitor;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::one_time_link::Purpose;
use backend::random::Token;
use leptos::prelude::*;

/// `GET /recover/{token}`
pub async fn show(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Response {
    match link::holding(&console, &page, &visitor, &Token::sent(&token), Purpose::Recovery).await {
        Ok(_) => draw(&page, &token, StatusCode::OK, None),
        Err(response) => *response,
    }
}

/// `POST /recover/{token}`
pub async fn recover(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
    sent: Sent,
) -> Response {
    let state = console.backend().state();
    // An empty field keeps the password that there is.
    let new = Some(sent.get("password")).filter(|new| !new.is_empty());
    let outcome =
        console.sign_in().recover(&Token::sent(&token), new, &visitor.from, state.organization()).await;
    match outcome {
        Ok(new) => {
            let mut response = see_other("/");
            hand_out(&console, &mut response, &new.token);
            response
        }
        Err(error) => match link::refused(&page, error) {
            Refused::Form(status, wrong) => draw(&page, &token, status, Some(&wrong)),
            Refused::Page(response) => *response,
        },
    }
}

fn draw(page: &Page, token: &str, status: StatusCode, wrong: Option<&Wrong>) -> Response {
    let password = new_password();
    let body = view! {
        {banner(wrong)}
        <p>"This link signs you in once. Set a new password now, so that you need no other."</p>
        <form class="stack" method="post" action=format!("/recover/{token}")>
            {password.draw(wrong)}
            <button class="btn primary wide">"Set the password and sign in"</button>
        </form>
        <form method="post" action=format!("/recover/{token}")>
            <button class="btn wide">"Keep the password and sign in"</button>
        </form>
    };
    page.show(status, "Back in", body)
}
