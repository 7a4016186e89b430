//! The application's pages and the functions that its screens call.
//!
//! Both run with the same context: the backend, who is signed in, and the id of the request. Nothing is
//! decided here; a function that is called without HTTP, while a page is drawn, is refused just the same.

use crate::answer;
use crate::console::Console;
use crate::edge::headers::Nonce;
use crate::edge::session::Visitor;
use crate::pages::{self, frame::Page};
use app::document::document;
use app::problem::Kind;
use app::request::RequestId;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, REFERER};
use axum::http::{Extensions, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;

/// The largest body of a call, in bytes.
pub const LARGEST_CALL: usize = 1024 * 1024;

/// What pages and functions find in their context.
fn context(
    console: &Console,
    visitor: &Visitor,
    extensions: &Extensions,
) -> impl Fn() + Clone + Send + Sync + 'static {
    let console = console.clone();
    let visitor = visitor.clone();
    let id = extensions.get::<RequestId>().cloned();
    let nonce = extensions.get::<Nonce>().map(|nonce| nonce.as_str().to_owned());
    move || {
        provide_context(console.backend().clone());
        provide_context(console.sign_in().clone());
        provide_context(console.sessions().clone());
        provide_context(console.mailer().clone());
        provide_context(visitor.from.clone());
        if let Some(session) = visitor.session.clone() {
            provide_context(session);
        }
        if let Some(signed_in) = visitor.signed_in() {
            provide_context(signed_in);
        }
        if let Some(id) = id.clone() {
            provide_context(id);
        }
        if let Some(nonce) = nonce.clone() {
            provide_context(leptos::nonce::Nonce::from_value(nonce));
        }
    }
}

/// A page of the application, for whoever is signed in.
pub async fn page(State(console): State<Console>, visitor: Visitor, request: Request) -> Response {
    if !console.backend().is_set_up() {
        return pages::not_set_up(&Page::new(&console, request.extensions()));
    }
    if visitor.session.is_none() {
        return to_sign_in(&request);
    }
    let context = context(&console, &visitor, request.extensions());
    let assets = console.assets().clone();
    leptos_axum::render_app_async_with_context(context, move || document(assets.clone()))(request).await
}

/// Sends somebody who is signed out to sign in, and then back.
pub(crate) fn to_sign_in(request: &Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    match answer::own_path(Some(asked)) {
        "/" => answer::see_other("/sign-in"),
        path => {
            let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            answer::see_other(&format!("/sign-in?next={next}"))
        }
    }
}

/// What no route knows: for people a page of the application that says so, for programs a sentence.
pub async fn unknown(State(console): State<Console>, visitor: Visitor, request: Request) -> Response {
    let is_page = request.method() == Method::GET || request.method() == Method::HEAD;
    if request.uri().path().starts_with(answer::CALLS) || !is_page {
        let sentence = "There is no such address. Reload the page: it may be of an older version.";
        return answer::refusal(&console, &request, StatusCode::NOT_FOUND, sentence);
    }
    let mut response = page(State(console), visitor, request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// A call of a server function. All of them take JSON by POST.
pub async fn call(State(console): State<Console>, visitor: Visitor, request: Request) -> Response {
    if request.method() != Method::POST {
        return answer::wrong_method(&console, &request, "POST");
    }
    let (mut parts, body) = request.into_parts();
    let refuse = |status, sentence: &str, extensions: &Extensions| {
        answer::problem(status, Kind::Invalid, sentence, extensions.get())
    };
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        let sentence = "The request must be JSON, with the content type application/json.";
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence, &parts.extensions);
    }
    let Ok(bytes) = to_bytes(body, LARGEST_CALL).await else {
        let sentence = "The request is larger than 1 MiB. Send less at once.";
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, sentence, &parts.extensions);
    };
    if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes) {
        let sentence = format!("The request is not JSON: line {}, column {}.", error.line(), error.column());
        return refuse(StatusCode::BAD_REQUEST, &sentence, &parts.extensions);
    }
    // With these two, Leptos would answer a program with a redirect to wherever it came from.
    parts.headers.remove(REFERER);
    parts.headers.remove(ACCEPT);
    let context = context(&console, &visitor, &parts.extensions);
    let request = Request::from_parts(parts, Body::from(bytes));
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}
