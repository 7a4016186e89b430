//! Requests that another site has forged, and calls that are not as they should be.

use crate::support::Place;
use crate::world::{ADMIN_EMAIL, ADMIN_PASSWORD};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

const FIELDS: [(&str, &str); 2] = [("email", ADMIN_EMAIL), ("password", ADMIN_PASSWORD)];

#[tokio::test]
async fn a_form_without_its_origin_is_refused_and_signs_nobody_in() {
    let place = Place::new().await;
    for origin in [None, Some("https://evil.example"), Some("null"), Some("http://localhost:3001")] {
        let mut browser = place.browser();
        browser.origin = origin.map(str::to_owned);
        let answer = browser.post("/sign-in", &FIELDS).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin:?}");
        assert!(answer.body.contains("does not come from this console"), "{}", answer.body);
        assert_eq!(browser.cookie, None, "{origin:?}");
    }
}

#[tokio::test]
async fn a_forged_call_is_refused_as_json_and_changes_nothing() {
    let place = Place::new().await;
    let before = place.console.backend().state().revision();
    for site in ["cross-site", "same-site", "nonsense"] {
        let request = Request::post("/api/history/undo")
            .header("sec-fetch-site", site)
            .header("origin", "http://localhost:3000")
            .header("content-type", "application/json")
            .body(Body::from(json!({"number": 2}).to_string()))
            .unwrap();
        let answer = place.browser_of("Admin").send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site}");
        assert_eq!(answer.json()["kind"], "NotAllowed");
    }
    assert_eq!(place.console.backend().state().revision(), before);
}

#[tokio::test]
async fn signing_out_from_elsewhere_does_nothing() {
    let place = Place::new().await;
    let mut browser = place.browser_of("Admin");
    browser.origin = Some("https://evil.example".to_owned());
    assert_eq!(browser.post("/sign-out", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_call_that_is_not_as_it_should_be_is_refused_in_a_sentence() {
    let place = Place::new().await;
    let mut browser = place.browser_of("Admin");
    let large = format!("\"{}\"", "x".repeat(1024 * 1024));
    let table = [
        ("application/x-www-form-urlencoded", "a=b".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("text/plain", "{}".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/json", "{\"a\":".to_owned(), StatusCode::BAD_REQUEST),
        ("application/json", String::new(), StatusCode::BAD_REQUEST),
        ("application/json", large, StatusCode::PAYLOAD_TOO_LARGE),
        ("application/json", "[1, 2]".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (kind, body, status) in table {
        let start: String = body.chars().take(20).collect();
        let answer = browser.post_as("/api/history/lines", kind, body).await;
        assert_eq!(answer.status, status, "{kind} {start}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/json", "{kind} {start}");
        let problem = answer.json();
        assert_eq!(problem["kind"], "Invalid", "{problem}");
        assert!(problem["message"].as_str().unwrap().ends_with('.'), "{problem}");
        assert_eq!(problem["request"], answer.header("x-request-id"), "{problem}");
    }
}

#[tokio::test]
async fn a_value_that_cannot_be_read_is_named() {
    let place = Place::new().await;
    let mut browser = place.browser_of("Admin");
    let seen = place.console.backend().state().revision();
    let table = [
        ("/api/people/one", json!({"user": "000000000ZZZZ"}), "user", "not an id"),
        ("/api/people/one", json!({}), "user", "missing"),
        (
            "/api/people/save",
            json!({"wish": {"people": ["0000000000001", "x"], "act": "deactivate", "seen": 1}}),
            "wish.people[1]",
            "not an id",
        ),
        ("/api/history/undo", json!({"revision": -1}), "revision", "invalid value"),
        ("/api/roles/save", json!({"edits": {"seen": 1}}), "edits.changes", "missing"),
    ];
    for (path, body, field, why) in table {
        let answer = browser.call(path, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {body}: {}", answer.body);
        let problem = answer.json();
        assert_eq!(problem["field"], field, "{path} {body}: {problem}");
        let message = problem["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("“{field}” could not be read")), "{message}");
        assert!(message.contains(why), "{path} {body}: {message}");
    }
    assert_eq!(place.console.backend().state().revision(), seen);
}

#[tokio::test]
async fn functions_answer_to_post_alone() {
    let place = Place::new().await;
    let answer = place.browser_of("Admin").get("/api/overview").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "POST");
    assert_eq!(answer.json()["kind"], "Invalid");
}

#[tokio::test]
async fn an_unknown_function_is_not_there() {
    let place = Place::new().await;
    let answer = place.browser_of("Admin").call("/api/nothing", &json!({})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.json()["kind"], "Gone");
}

#[tokio::test]
async fn a_call_is_never_answered_with_a_redirect_to_where_it_came_from() {
    let place = Place::new().await;
    let request = Request::post("/api/overview")
        .header("origin", "http://localhost:3000")
        .header("referer", "http://localhost:3000/people")
        .header("accept", "text/html")
        .header("content-type", "application/json")
        .body(Body::from("{}"))
        .unwrap();
    let answer = place.browser_of("Admin").send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.location(), "");
}
