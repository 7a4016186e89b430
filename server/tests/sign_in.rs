//! Signing in and out by plain HTTP, without scripts.

use crate::support::{Browser, Place};
use crate::world::{ADMIN_EMAIL, ADMIN_PASSWORD};
use axum::http::StatusCode;

#[tokio::test]
async fn a_person_signs_in_and_out_without_scripts() {
    let place = Place::new().await;
    let mut browser = place.browser();
    assert_eq!(browser.get("/history?page=2").await.location(), "/sign-in?next=%2Fhistory%3Fpage%3D2");
    let form = browser.get("/sign-in?next=%2Fhistory%3Fpage%3D2").await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.input("next").contains("value=\"/history?page=2\""), "{}", form.input("next"));

    let fields = [("email", ADMIN_EMAIL), ("password", ADMIN_PASSWORD), ("next", "/history?page=2")];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/history?page=2"));
    assert_eq!(browser.get("/").await.status, StatusCode::OK);

    let former = browser.clone();
    let answer = browser.post("/sign-out", &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?done=signed-out"));
    assert_eq!(browser.cookie, None);
    let mut former: Browser = former;
    assert_eq!(former.get("/").await.location(), "/sign-in", "the token no longer opens anything");
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let table = [
        ("http://localhost:3000", "rolecall=", "; Path=/; HttpOnly; SameSite=Lax"),
        ("https://access.example", "__Host-rolecall=", "; Path=/; HttpOnly; SameSite=Lax; Secure"),
    ];
    for (url, begin, end) in table {
        let place = Place::at(url).await;
        let answer = place.browser().sign_in(ADMIN_EMAIL, ADMIN_PASSWORD).await;
        let cookie = answer.header("set-cookie");
        let token = cookie.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
        assert_eq!(token.map(str::len), Some(43), "{cookie}");
    }
}

#[tokio::test]
async fn each_sign_in_gives_a_new_token_and_ends_the_one_before() {
    let place = Place::new().await;
    let mut browser = place.browser();
    browser.sign_in(ADMIN_EMAIL, ADMIN_PASSWORD).await;
    let mut first = browser.clone();
    browser.sign_in(ADMIN_EMAIL, ADMIN_PASSWORD).await;
    assert_ne!(first.cookie, browser.cookie);
    assert_eq!(first.get("/").await.location(), "/sign-in");
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_own_paths_are_gone_on_to() {
    let place = Place::new().await;
    for next in ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "evil"] {
        let fields = [("email", ADMIN_EMAIL), ("password", ADMIN_PASSWORD), ("next", next)];
        assert_eq!(place.browser().post("/sign-in", &fields).await.location(), "/", "{next:?}");
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        let answer = place.browser_of("Admin").get(&format!("/sign-in?{query}")).await;
        assert_eq!(answer.location(), "/", "{next:?}");
    }
}

#[tokio::test]
async fn no_answer_tells_whether_somebody_is_here() {
    let place = Place::new().await;
    let mut bodies = Vec::new();
    // Somebody here with a wrong password, somebody here without one, an invited person, a stranger.
    for email in [ADMIN_EMAIL, "ben@nordhavn.example", "ivy@nordhavn.example", "nobody@nordhavn.example"] {
        let answer = place.browser().sign_in(email, "not the password 1").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{email}");
        assert!(answer.input("email").contains(email), "what was typed is kept");
        assert!(!answer.body.contains("not the password 1"));
        let nonce = answer.body.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        bodies.push(answer.body.replace(nonce, "").replace(email, ""));

        let asked = place.browser().post("/forgot-password", &[("email", email)]).await;
        assert_eq!(asked.status, StatusCode::OK, "{email}");
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:#?}");
}

#[tokio::test]
async fn who_guesses_is_told_when_to_try_again() {
    let place = Place::new().await;
    let mut browser = place.browser();
    let refused = loop {
        let answer = browser.sign_in(ADMIN_EMAIL, "not the password").await;
        match answer.status {
            StatusCode::UNAUTHORIZED => {}
            _ => break answer,
        }
    };
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: i64 = refused.header("retry-after").parse().unwrap();
    assert!(seconds > 0 && refused.body.contains("Too many tries. Wait "), "{}", refused.body);
    place.clock.advance(seconds * 1_000);
    let later = browser.sign_in(ADMIN_EMAIL, ADMIN_PASSWORD).await;
    assert_eq!(later.status, StatusCode::SEE_OTHER, "{}", later.body);
}
