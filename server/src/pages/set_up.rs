//! The set-up page of a new organization, opened by the link in the server's output.

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
use backend::Error;
use backend::one_time_link::Purpose;
use backend::random::Token;
use backend::set_up::{self, Area, SetUp};
use leptos::prelude::*;

/// `GET /set-up/{token}`
pub async fn show(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Response {
    if console.backend().is_set_up() {
        return set_up_already(&page);
    }
    match link::holding(&console, &page, &visitor, &Token::sent(&token), Purpose::SetUp).await {
        Ok(_) => draw(&page, &token, &Sent::default(), StatusCode::OK, None),
        Err(response) => *response,
    }
}

/// `POST /set-up/{token}`
pub async fn set_up(
    State(console): State<Console>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
    sent: Sent,
) -> Response {
    if console.backend().is_set_up() {
        return set_up_already(&page);
    }
    if let Err(response) =
        link::holding(&console, &page, &visitor, &Token::sent(&token), Purpose::SetUp).await
    {
        return *response;
    }
    let wanted = SetUp {
        organization: sent.get("organization").to_owned(),
        name: sent.get("name").to_owned(),
        email: sent.get("email").to_owned(),
        password: sent.get("password").to_owned(),
        areas: sent.all("area"),
        with_sample: sent.get("sample") == "on",
    };
    let outcome =
        set_up::set_up(console.backend(), console.sign_in(), wanted, Some(Token::sent(&token))).await;
    let user = match outcome {
        Ok(user) => user,
        Err(cause @ Error::Broken(_)) => return super::broken(&page, &cause),
        Err(error) => {
            let wrong = match error.field() {
                Some("link") => return page.message(StatusCode::GONE, "Not set up", &error.to_string()),
                Some(field) => Wrong::with(field, &error),
                None => Wrong::whole(&error),
            };
            return draw(&page, &token, &sent, StatusCode::UNPROCESSABLE_ENTITY, Some(&wrong));
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

fn set_up_already(page: &Page) -> Response {
    let sentence = "This organization is set up already. Sign in, or ask an administrator to invite you.";
    page.message(StatusCode::GONE, "Set up already", sentence)
}

fn draw(page: &Page, token: &str, sent: &Sent, status: StatusCode, wrong: Option<&Wrong>) -> Response {
    let field = |name, label, kind, autocomplete, help| {
        let first = name == "organization";
        Field { name, label, kind, autocomplete, value: sent.get(name), help, first }.draw(wrong)
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
    let ticked = sent.all("area");
    let areas: Vec<_> = set_up::areas().into_iter().map(|area| choice(area, &ticked)).collect();
    let with_sample = sent.get("sample") == "on";
    let body = view! {
        {banner(wrong)}
        <form class="stack" method="post" action=format!("/set-up/{token}")>
            {field("organization", "Name of the organization", "text", "organization", None)}
            {field("name", "Your name", "text", "name", Some("You become its first administrator."))}
            {field("email", "Your e-mail address", "email", "username", None)}
            {password.draw(wrong)}
            <fieldset class="stack">
                <legend>"What do you manage?"</legend>
                {areas}
                <p class="help">"You can change this later under Settings."</p>
            </fieldset>
            <fieldset class="stack">
                <legend>"To look around"</legend>
                <label class="choice">
                    <input
                        type="checkbox"
                        name="sample"
                        value="on"
                        checked=with_sample
                        aria-describedby="sample-help"
                    />
                    "Load the sample organization"
                </label>
                <p class="help" id="sample-help">
                    "40 people, 8 groups, 12 roles, 3 tenants and 4 applications; it turns on what it needs of the "
                    "above, and has folders with robots where you manage those. Its people are invented: none of them has a password, so none can sign in."
                </p>
            </fieldset>
            <button class="btn primary wide">"Set up"</button>
        </form>
    };
    page.show(status, "Set up Rolecall", body)
}

fn choice(area: Area, ticked: &[String]) -> impl IntoView + use<> {
    let is_ticked = ticked.iter().any(|key| key == area.key);
    let help = format!("area-{}", area.key);
    view! {
        <label class="choice">
            <input
                type="checkbox"
                name="area"
                value=area.key
                checked=is_ticked
                aria-describedby=help.clone()
            />
            {area.name}
        </label>
        <p class="help" id=help>{area.about}</p>
    }
}
