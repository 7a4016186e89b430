//! What every page has in common.

use crate::support::{Answer, Place};
use axum::body::to_bytes;
use axum::http::StatusCode;

/// One of each sort of answer: pages with and without scripts, refusals, JSON, health.
async fn all(place: &Place) -> Vec<(&'static str, Answer)> {
    let (mut stranger, mut admin) = (place.browser(), place.browser_of("Admin"));
    vec![
        ("/", admin.get("/").await),
        ("/nowhere", admin.get("/nowhere").await),
        ("/sign-in", stranger.get("/sign-in").await),
        ("/forgot-password", stranger.get("/forgot-password").await),
        ("/reset/x", stranger.get("/reset/x").await),
        ("/recover/x", stranger.get("/recover/x").await),
        ("/invitation/x", stranger.get("/invitation/x").await),
        ("/set-up/x", stranger.get("/set-up/x").await),
        ("/api/nothing", stranger.call("/api/nothing", &serde_json::json!({})).await),
        ("/assets/nothing.js", stranger.get("/assets/nothing.js").await),
        ("/healthz", stranger.get("/healthz").await),
        ("/readyz", stranger.get("/readyz").await),
        ("/events", stranger.get("/events").await),
        ("/applications/rights.csv", admin.get("/applications/rights.csv").await),
    ]
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let place = Place::at("https://access.example").await;
    for (path, answer) in all(&place).await {
        let policy = answer.header("content-security-policy");
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default();
        assert!(nonce.len() >= 22, "{path}: {policy}");
        assert_eq!(
            policy.replace(nonce, "…"),
            "default-src 'none'; script-src 'nonce-…' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path} {name}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 13, "{path}");
    }
}

/// Threads take turns: one that keeps to its own thread what it drew a page with ends the connection of another.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_one_thread_draws_another_one_sends() {
    let place = Place::new().await;
    let admin = place.browser_of("Admin");
    for path in [
        "/",
        "/people",
        "/people/invite",
        "/people/invitations",
        "/groups",
        "/roles",
        "/roles/compare",
        "/tenants",
        "/tenants/access",
        "/tenants/set-up",
        "/folders",
        "/applications",
        "/applications/rights",
        "/applications/history",
        "/check",
        "/history",
        "/settings",
        "/account",
    ] {
        let answer = admin.begin(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let another = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(to_bytes(answer.into_body(), usize::MAX)).unwrap()
        });
        let sent = tokio::task::spawn_blocking(|| another.join()).await.unwrap();
        let page = sent.unwrap_or_else(|_| panic!("{path} was not sent"));
        assert!(String::from_utf8_lossy(&page).contains("</html>"), "{path}");
    }
}

#[tokio::test]
async fn every_script_bears_the_nonce_of_its_answer_and_nothing_has_a_style_attribute() {
    let place = Place::new().await;
    let mut nonces = Vec::new();
    for (path, answer) in all(&place).await {
        let policy = answer.header("content-security-policy");
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
        let borne = answer.body.matches(&format!("nonce=\"{nonce}\"")).count();
        let scripts = ["<script", "rel=\"modulepreload\""].map(|what| answer.body.matches(what).count());
        assert_eq!(scripts.iter().sum::<usize>(), borne, "{path}: {}", answer.body);
        assert!(!answer.body.contains(" style=\""), "{path}");
        nonces.push(nonce);
    }
    let count = nonces.len();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), count, "each answer has a nonce of its own");
}

#[tokio::test]
async fn plain_http_on_this_machine_sends_no_promise_of_https() {
    let place = Place::new().await;
    assert_eq!(place.browser().get("/sign-in").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_to_people_who_are_signed_in() {
    let place = Place::new().await;
    assert_eq!(place.browser_of("Admin").get("/nowhere").await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.browser().get("/nowhere").await.location(), "/sign-in?next=%2Fnowhere");
}

#[tokio::test]
async fn what_was_typed_is_never_taken_for_markup() {
    let place = Place::new().await;
    let answer = place.browser().sign_in("\"><script>alert(1)</script>", "x").await;
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
    assert!(answer.body.contains("&lt;script&gt;") || answer.body.contains("&quot;"), "{}", answer.body);
}

#[tokio::test]
async fn health_is_told_apart_from_readiness() {
    let place = Place::new().await;
    let mut program = place.browser();
    assert_eq!(program.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(program.get("/readyz").await.status, StatusCode::OK);
    place.console.backend().database().close().await;
    place.clock.advance(5_000);
    assert_eq!(program.get("/healthz").await.status, StatusCode::OK);
    let unready = program.get("/readyz").await;
    assert_eq!(unready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(unready.body, "not ready: the database does not answer\n");
}

#[tokio::test]
async fn a_file_is_kept_by_the_browser_and_a_refusal_is_a_page() {
    let place = Place::new().await;
    let file = place.browser_of("Admin").get("/applications/rights.csv").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").starts_with("attachment;"), "{file:?}");
    assert!(file.body.starts_with("\u{feff}Who,What,By,Portal,In all\r\nAda Holm,person,Admin,"), "{file:?}");
    let refused = place.browser_of("people.manage").get("/applications/rights.csv").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.header("content-type").starts_with("text/html"), "{refused:?}");
    assert!(refused.body.contains("See people and groups"), "{refused:?}");
}
