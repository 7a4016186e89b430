//! Forms: what a browser sent, and fields that say what is wrong with them.

use crate::answer;
use crate::console::Console;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use leptos::prelude::*;

/// The largest form that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// What every new password is told.
pub const NEW_PASSWORD: &str = "12 characters or more. A few words that do not belong together are good.";

/// The fields of a form as they were sent.
#[derive(Debug, Clone, Default)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    /// What stands in a field; empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Everything that was ticked under one name.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }
}

impl FromRequest<Console> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, console: &Console) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_form = kind.split(';').next().map(str::trim) == Some("application/x-www-form-urlencoded");
        let refuse = |status, sentence: &str| {
            answer::refusal(console, &Request::from_parts(parts, Body::empty()), status, sentence)
        };
        if !is_form {
            let sentence = "A form is expected here. Open the page and fill it in.";
            return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
        }
        match to_bytes(body, LARGEST).await {
            Ok(bytes) => Ok(Self(form_urlencoded::parse(&bytes).into_owned().collect())),
            Err(_) => {
                let sentence = "What you sent is too large for this form. Shorten it, then try again.";
                Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, sentence))
            }
        }
    }
}

/// What is wrong with a form: with one of its fields, or with the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field, if it is about one.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Wrong {
    /// Something wrong with a field.
    #[must_use]
    pub fn with(field: &str, message: impl ToString) -> Self {
        Self { field: Some(field.to_owned()), message: message.to_string() }
    }

    /// Something wrong with the whole.
    #[must_use]
    pub fn whole(message: impl ToString) -> Self {
        Self { field: None, message: message.to_string() }
    }
}

/// What is wrong, above the form. A field says it itself as well; the banner then leads there.
#[must_use]
pub fn banner(wrong: Option<&Wrong>) -> Option<impl IntoView + use<>> {
    let Wrong { field, message } = wrong?.clone();
    let text = match field {
        Some(field) => view! { <a href=format!("#{field}")>{message}</a> }.into_any(),
        None => message.into_any(),
    };
    Some(view! {
        <div class="banner stop" role="alert">
            <svg class="i" aria-hidden="true"><use href="#i-warn"></use></svg>
            <p>{text}</p>
        </div>
    })
}

/// One field to type into.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Its name, and its id on the page.
    pub name: &'static str,
    /// What it asks for.
    pub label: &'static str,
    /// `text`, `email` or `password`.
    pub kind: &'static str,
    /// What browsers fill in.
    pub autocomplete: &'static str,
    /// What stands in it; never a password.
    pub value: &'a str,
    /// A sentence under it.
    pub help: Option<&'static str>,
    /// Whether typing starts here, unless another field is wrong.
    pub first: bool,
}

impl Field<'_> {
    /// The field as it is drawn.
    #[must_use]
    pub fn draw(self, wrong: Option<&Wrong>) -> impl IntoView + use<> {
        let starts_here = self.first && wrong.is_none_or(|wrong| wrong.field.is_none());
        let error = wrong.filter(|wrong| wrong.field.as_deref() == Some(self.name));
        let error = error.map(|wrong| wrong.message.clone());
        let (error_id, help_id) = (format!("{}-error", self.name), format!("{}-help", self.name));
        let described: Vec<&str> = [(error.is_some(), &error_id), (self.help.is_some(), &help_id)]
            .into_iter()
            .filter(|(is_there, _)| *is_there)
            .map(|(_, id)| id.as_str())
            .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let value = (!self.value.is_empty()).then(|| self.value.to_owned());
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                <input
                    class="input"
                    id=self.name
                    name=self.name
                    type=self.kind
                    autocomplete=self.autocomplete
                    value=value
                    required=true
                    autofocus=error.is_some() || starts_here
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=described
                />
                {error.map(|error| view! { <p class="error" id=error_id>{error}</p> })}
                {self.help.map(|help| view! { <p class="help" id=help_id>{help}</p> })}
            </div>
        }
    }
}
