//! The set-up page: once, by its link, with what is wrong named beside the field.

use crate::support::{Browser, Place};
use axum::http::StatusCode;
use backend::mail::texts;
use backend::one_time_link::{self, NewLink, Purpose};
use model::decide;

const GOOD: [(&str, &str); 6] = [
    ("organization", "Nordhavn Foods"),
    ("name", "Ada Holm"),
    ("email", "ada@nordhavn.example"),
    ("password", "marble otter lantern 93"),
    ("area", "applications"),
    ("area", "packaging"),
];

async fn link(place: &Place) -> String {
    let backend = place.console.backend();
    let new = NewLink { purpose: Purpose::SetUp, user: None, created_by: None, lifetime: 60_000 };
    let mut connection = backend.database().pool().acquire().await.unwrap();
    let made =
        one_time_link::create(&mut connection, backend.random(), place.clock.now(), new).await.unwrap();
    texts::link("", Purpose::SetUp, &made.0)
}

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    GOOD.iter().filter(|(key, _)| *key != name).copied().chain([(name, value)]).collect()
}

async fn first_page(browser: &mut Browser) -> StatusCode {
    browser.get("/").await.status
}

#[tokio::test]
async fn an_organization_is_set_up_once() {
    let place = Place::untouched().await;
    let link = link(&place).await;
    let mut browser = place.browser();
    assert_eq!(first_page(&mut browser).await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(browser.get("/sign-in").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(browser.get(&link).await.status, StatusCode::OK);

    let answer = browser.post(&link, &GOOD).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{}", answer.body);
    assert_eq!(first_page(&mut browser).await, StatusCode::OK, "whoever sets up is signed in");
    let state = place.console.backend().state();
    assert_eq!((state.revision(), state.organization()), (1, "Nordhavn Foods"));
    assert_eq!(decide::administrators(&state).len(), 1);
    assert!(
        state.catalog().pack("applications").unwrap().on && state.catalog().pack("packaging").unwrap().on
    );

    let again = place.browser().post(&link, &GOOD).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.body.contains("set up already"), "{}", again.body);
    assert_eq!(place.console.backend().state().revision(), 1);
}

#[tokio::test]
async fn two_at_once_set_up_one_organization() {
    let place = Place::untouched().await;
    let link = link(&place).await;
    let (mut one, mut other) = (place.browser(), place.browser());
    let (a, b) = tokio::join!(one.post(&link, &GOOD), other.post(&link, &GOOD));
    let mut statuses = [a.status, b.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::GONE], "{} {}", a.body, b.body);
    assert_eq!(place.console.backend().state().people_count(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_named_and_the_rest_is_kept_except_the_password() {
    let place = Place::untouched().await;
    let link = link(&place).await;
    let table = [
        ("organization", " \u{200b} "),
        ("name", ""),
        ("email", "nobody"),
        ("password", "short"),
        ("password", "nordhavnfoods"),
    ];
    for (field, value) in table {
        let answer = place.browser().post(&link, &with(field, value)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value:?}: {}", answer.body);
        let input = answer.input(field);
        assert!(input.contains("aria-invalid=\"true\""), "{input}");
        assert!(input.contains(&format!("{field}-error")), "{input}");
        assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{}", answer.body);
        for (other, kept) in
            GOOD.iter().filter(|(key, _)| *key != field && *key != "password" && *key != "area")
        {
            assert!(answer.input(other).contains(&format!("value=\"{kept}\"")), "{}", answer.input(other));
        }
        assert!(!answer.input("password").contains("value="), "{}", answer.input("password"));
        assert_eq!(answer.body.matches(" checked").count(), 2, "{}", answer.body);
    }
    assert!(!place.console.backend().is_set_up());
    let answer = place.browser().post(&link, &with("area", "nothing")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!place.console.backend().is_set_up());
}

#[tokio::test]
async fn the_sample_organization_can_be_loaded_with_it() {
    let place = Place::untouched().await;
    let link = link(&place).await;
    let answer = place.browser().post(&link, &with("sample", "on")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let state = place.console.backend().state();
    let own_roles = state.roles().into_iter().filter(|role| !role.id.is_built_in()).count();
    assert_eq!((state.people_count(), state.groups().len(), own_roles), (41, 8, 10));
    let known = place.browser().sign_in("amara.okafor@meridian.example", "").await;
    assert_eq!(known.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_link_that_is_made_up_or_too_old_opens_nothing() {
    let place = Place::untouched().await;
    let link = link(&place).await;
    for path in ["/set-up/made-up", "/reset/made-up", "/recover/made-up", "/invitation/made-up"] {
        assert_eq!(place.browser().get(path).await.status, StatusCode::GONE, "{path}");
        assert_eq!(place.browser().post(path, &GOOD).await.status, StatusCode::GONE, "{path}");
    }
    place.clock.advance(61_000);
    assert_eq!(place.browser().post(&link, &GOOD).await.status, StatusCode::GONE);
    assert!(!place.console.backend().is_set_up());
}
