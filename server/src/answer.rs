//! Answers that are no page of their own: refusals in a sentence, as a page or as JSON, and redirects.

use crate::console::Console;
use crate::pages::frame::Page;
use app::problem::{Kind, Problem};
use app::request::RequestId;
use axum::Json;
use axum::extract::Request;
use axum::http::header::{ALLOW, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Where the functions that screens call are mounted.
pub const CALLS: &str = "/api/";

/// A problem with a status of its own.
#[must_use]
pub fn problem(status: StatusCode, kind: Kind, message: &str, id: Option<&RequestId>) -> Response {
    let mut problem = Problem::new(kind, message);
    problem.request = id.map(|id| id.0.clone());
    (status, Json(problem)).into_response()
}

/// A refusal in the form that its reader understands: programs get JSON, people a page.
#[must_use]
pub fn refusal(console: &Console, request: &Request, status: StatusCode, sentence: &str) -> Response {
    if request.uri().path().starts_with(CALLS) {
        let kind = match status {
            StatusCode::FORBIDDEN => Kind::NotAllowed,
            StatusCode::NOT_FOUND => Kind::Gone,
            StatusCode::INTERNAL_SERVER_ERROR => Kind::Broken,
            _ => Kind::Invalid,
        };
        problem(status, kind, sentence, request.extensions().get())
    } else {
        Page::new(console, request.extensions()).message(status, "That did not work", sentence)
    }
}

/// The answer to a method that a route does not know.
#[must_use]
pub fn wrong_method(console: &Console, request: &Request, allowed: &'static str) -> Response {
    let sentence = format!("This address answers {allowed} only.");
    let mut response = refusal(console, request, StatusCode::METHOD_NOT_ALLOWED, &sentence);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

/// Sends a browser on with a fresh GET.
#[must_use]
pub fn see_other(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/"))]).into_response(),
    }
}

/// A path of this console to go on to, or the first page: never an address elsewhere.
///
/// Browsers read `//host` and `/\host` as another host, and drop tabs and line breaks before they look.
#[must_use]
pub fn own_path(next: Option<&str>) -> &str {
    let is_own = |path: &str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && path.bytes().all(|byte| byte.is_ascii_graphic())
            && !path.starts_with("/sign-")
    };
    next.filter(|path| path.len() <= 2_000 && is_own(path)).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_gone_on_to() {
        for own in ["/", "/roles?view=grid&q=a%20b", "/people/0000000000001"] {
            assert_eq!(own_path(Some(own)), own);
        }
        let elsewhere = [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "evil",
            "/\t/evil.example",
            "/\n/evil.example",
            "/a\\b",
            "javascript:alert(1)",
            "/sign-out",
            "/ä",
        ];
        for path in elsewhere {
            assert_eq!(own_path(Some(path)), "/", "{path:?}");
        }
        assert_eq!(own_path(None), "/");
        assert_eq!(own_path(Some(&format!("/{}", "a".repeat(3_000)))), "/");
    }
}
