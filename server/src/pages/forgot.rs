//! “Forgot password”: asks for a link by mail. The answer never tells whether the address is known.

use super::form::{Field, Sent, Wrong, banner};
use super::frame::Page;
use crate::console::Console;
use crate::edge::session::Visitor;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// `GET /forgot-password`
pub async fn show(State(console): State<Console>, page: Page) -> Response {
    draw(&page, &console, StatusCode::OK, "", None)
}

/// `POST /forgot-password`
pub async fn ask(State(console): State<Console>, page: Page, visitor: Visitor, sent: Sent) -> Response {
    let email = sent.get("email");
    // Only the shape is judged, which says nothing about who is here.
    let email = match model::name::clean_email(email) {
        Ok(email) => email,
        Err(wrong) => {
            let wrong = Wrong::with("email", wrong);
            return draw(&page, &console, StatusCode::UNPROCESSABLE_ENTITY, email, Some(&wrong));
        }
    };
    let state = console.backend().state();
    let is_active = move |user| model::decide::is_active(&state, user);
    if let Err(refused) = console.sign_in().reset_request(&email, &visitor.from, is_active).await {
        let wrong = Wrong::whole(super::too_many(refused.seconds));
        let response = draw(&page, &console, StatusCode::TOO_MANY_REQUESTS, &email, Some(&wrong));
        return super::retry_after(response, refused.seconds);
    }
    let sentence = if console.mailer().is_configured() {
        "If somebody here has this address, a link to set a new password is on its way. It holds for a short \
         time. Look in the spam folder too."
    } else {
        NO_MAIL
    };
    page.show(
        StatusCode::OK,
        "Set a new password",
        view! {
            <p>{sentence}</p>
            <a class="btn wide" href="/sign-in">"Back to sign-in"</a>
        },
    )
}

const NO_MAIL: &str = "This console sends no mail. Ask an administrator for a link: it is made on your page \
                       under People, and handed to you.";

fn draw(page: &Page, console: &Console, status: StatusCode, email: &str, wrong: Option<&Wrong>) -> Response {
    let address = Field {
        name: "email",
        label: "E-mail address",
        kind: "email",
        autocomplete: "username",
        value: email,
        help: Some("A link to set a new password is sent there."),
        first: true,
    };
    let body = if console.mailer().is_configured() {
        view! {
            {banner(wrong)}
            <form class="stack" method="post" action="/forgot-password">
                {address.draw(wrong)}
                <button class="btn primary wide">"Send the link"</button>
            </form>
        }
        .into_any()
    } else {
        view! { <p>{NO_MAIL}</p> }.into_any()
    };
    page.show(
        status,
        "Set a new password",
        view! {
            {body}
            <a class="small" href="/sign-in">"Back to sign-in"</a>
        },
    )
}
