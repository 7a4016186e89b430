//! Accepting an invitation: a name and a password, and one is in.

use super::form::{Field, NEW_PASSWORD, Sent, Wrong, banner};
use super::frame::Page;
use super::link;
use super::sign_in::hand_out;
use crate::answer::see_other;
use crate::console::Console;
use crate::edge::session::Visitor;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::joining::{self, JoinError, Joiner};
use backend::one_time_link::{Link, Purpose};
use backend::password::PasswordError;
use backend::random::Token;
use leptos::prelude::*;

/// `GET /invitation/{token}`
pub async fn show(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Response {
    match link::holding(&console, &page, &visitor, &Token::sent(&token), Purpose::Invitation).await {
        Ok(link) => {
            let name = invited(&console, &link).0;
            draw(&console, &page, &token, &link, &name, StatusCode::OK, None)
        }
        Err(response) => *response,
    }
}

/// `POST /invitation/{token}`
pub async fn accept(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
    sent: Sent,
) -> Response {
    let sent_token = Token::sent(&token);
    let link = match link::holding(&console, &page, &visitor, &sent_token, Purpose::Invitation).await {
        Ok(link) => link,
        Err(response) => return *response,
    };
    let name = sent.get("name");
    let joiner = Joiner { token: sent_token, name, password: sent.get("password"), from: &visitor.from };
    let outcome = joining::join(console.backend(), console.sign_in(), &link, joiner).await;
    let user = match outcome {
        Ok(user) => user,
        Err(error) => {
            let (status, wrong) = match error {
                JoinError::Name(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, Wrong::with("name", wrong)),
                JoinError::Password(PasswordError::Refused(wrong)) => {
                    (StatusCode::UNPROCESSABLE_ENTITY, Wrong::with("password", wrong))
                }
                JoinError::Password(PasswordError::Busy(busy)) => {
                    (StatusCode::SERVICE_UNAVAILABLE, Wrong::whole(busy))
                }
                JoinError::Backend(cause @ backend::Error::Broken(_)) => return super::broken(&page, &cause),
                JoinError::Backend(error) => (StatusCode::CONFLICT, Wrong::whole(error)),
            };
            return draw(&console, &page, &token, &link, name, status, Some(&wrong));
        }
    };
    match console.sessions().start(user, &visitor.from).await {
        Ok(new) => {
            let mut response = see_other("/");
            hand_out(&console, &mut response, &new.token);
            response
        }
        Err(cause) => super::broken(&page, &cause),
    }
}

/// What the invited person is called so far, and the address that was invited.
fn invited(console: &Console, link: &Link) -> (String, String) {
    let state = console.backend().state();
    let person = link.user.and_then(|user| state.person(user));
    person.map(|person| (person.profile.name.clone(), person.profile.email.clone())).unwrap_or_default()
}

fn draw(
    console: &Console,
    page: &Page,
    token: &str,
    link: &Link,
    name: &str,
    status: StatusCode,
    wrong: Option<&Wrong>,
) -> Response {
    let state = console.backend().state();
    let email = invited(console, link).1;
    let by = link.created_by.and_then(|by| state.person(by)).map(|by| by.profile.called().to_owned());
    let invitation = match by {
        Some(by) => format!("{by} has invited {email} to {}.", state.organization()),
        None => format!("{email} is invited to {}.", state.organization()),
    };
    let name = Field {
        name: "name",
        label: "Your name",
        kind: "text",
        autocomplete: "name",
        value: name,
        help: None,
        first: true,
    };
    let password = Field {
        name: "password",
        label: "Password",
        kind: "password",
        autocomplete: "new-password",
        value: "",
        help: Some(NEW_PASSWORD),
        first: false,
    };
    let body = view! {
        {banner(wrong)}
        <p>{invitation}</p>
        <form class="stack" method="post" action=format!("/invitation/{token}")>
            // Password managers keep the address with the password.
            <input type="hidden" name="email" autocomplete="username" value=email/>
            {name.draw(wrong)}
            {password.draw(wrong)}
            <button class="btn primary wide">"Join"</button>
        </form>
    };
    page.show(status, "You are invited", body)
}
