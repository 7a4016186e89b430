//! The document around the pages that need no script: sign-in, set-up and what comes by link.
//!
//! Drawn with Leptos on the server and never hydrated. The one script sets the theme that this browser has
//! chosen; without scripts the pages do the same.

use crate::console::Console;
use crate::edge::headers::Nonce;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use leptos::prelude::*;
use std::convert::Infallible;

/// What a page needs to be drawn.
#[derive(Debug, Clone)]
pub struct Page {
    console: Console,
    nonce: String,
}

impl FromRequestParts<Console> for Page {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Infallible> {
        Ok(Self::new(console, &parts.extensions))
    }
}

impl Page {
    /// For the request with these extensions.
    #[must_use]
    pub fn new(console: &Console, extensions: &Extensions) -> Self {
        let nonce = extensions.get::<Nonce>().map(|nonce| nonce.as_str().to_owned());
        Self { console: console.clone(), nonce: nonce.unwrap_or_default() }
    }

    /// The whole page: `body` in a panel under the heading.
    #[must_use]
    pub fn show(&self, status: StatusCode, title: &str, body: impl IntoView + 'static) -> Response {
        let organization = self.console.backend().state().organization().to_owned();
        let assets = self.console.assets();
        let heading = title.to_owned();
        // Signals and contexts that a view makes live in an owner; it ends with the page.
        let html = Owner::new().with(|| {
            view! {
                <html lang="en">
                    <head>
                        <meta charset="utf-8"/>
                        <meta name="viewport" content="width=device-width, initial-scale=1"/>
                        <meta name="robots" content="noindex"/>
                        <title>{format!("{title} · Rolecall")}</title>
                        <script nonce=self.nonce.clone() src=assets.live></script>
                        <link rel="stylesheet" href=assets.style/>
                        <link rel="icon" type="image/svg+xml" href=assets.icons/>
                    </head>
                    <body class="alone">
                        <main id="main">
                            {brand(organization)}
                            <section class="panel" aria-labelledby="title">
                                <div class="pad">
                                    <h1 id="title">{heading}</h1>
                                    {body}
                                </div>
                            </section>
                            <p class="tiny faint">
                                {concat!("Works without scripts. Rolecall ", env!("CARGO_PKG_VERSION"))}
                            </p>
                        </main>
                        {sprite()}
                    </body>
                </html>
            }
            .to_html()
        });
        (status, Html(format!("<!DOCTYPE html>{html}"))).into_response()
    }

    /// A page that says one thing, with a way on.
    #[must_use]
    pub fn message(&self, status: StatusCode, title: &str, sentence: &str) -> Response {
        let sentence = sentence.to_owned();
        let on = status.is_client_error() || status.is_server_error();
        let on = on.then(|| view! { <a class="btn wide" href="/">"Open the first page"</a> });
        self.show(status, title, view! { <p>{sentence}</p> {on} })
    }
}

fn brand(organization: String) -> impl IntoView {
    let organization = (!organization.is_empty()).then(|| view! { <small>{organization}</small> });
    view! {
        <div class="brand">
            <svg
                viewBox="0 0 24 24"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
                stroke-linejoin="round"
                aria-hidden="true"
            >
                <rect x="2" y="2" width="20" height="20" rx="5" fill="currentColor" stroke="none"></rect>
                <g class="knock">
                    <path d="M11 7.500h7M11 12.500h7M11 17.500h4"></path>
                    <path d="m5.300 7.400 1.100 1.100 2-2.200M5.300 12.400l1.100 1.100 2-2.200M5.700 17.500h1.800"></path>
                </g>
            </svg>
            <span>"Rolecall" {organization}</span>
        </div>
    }
}

fn sprite() -> impl IntoView {
    view! {
        <svg class="vh" aria-hidden="true">
            <symbol id="i-warn" viewBox="0 0 16 16">
                <path d="M8 2.500 14.300 13.500H1.700zM8 6.500v3.200M8 11.600v.01"></path>
            </symbol>
        </svg>
    }
}
