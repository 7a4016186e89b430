//! What comes by link: an invitation, a new password, the way back in.

use crate::support::Place;
use crate::world::{ADMIN_EMAIL, ADMIN_PASSWORD, BEN, IVY};
use axum::http::StatusCode;
use backend::mail::texts;
use backend::one_time_link::Purpose;
use model::person::Status;

const NEW: &str = "copper heron violet 58";

#[tokio::test]
async fn an_invited_person_joins_with_a_name_and_a_password() {
    let place = Place::new().await;
    let backend = place.console.backend();
    let mut connection = backend.database().pool().acquire().await.unwrap();
    let by = Some(place.world.admin);
    let token = place.console.sign_in().invitation_link(&mut connection, IVY, by).await.unwrap();
    drop(connection);
    let link = texts::link("", Purpose::Invitation, &token);
    let mut browser = place.browser();
    let form = browser.get(&link).await;
    assert!(
        form.body.contains("Ada Holm has invited ivy@nordhavn.example to Nordhavn Foods."),
        "{}",
        form.body
    );

    let nameless = browser.post(&link, &[("name", " "), ("password", NEW)]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.input("name").contains("aria-invalid"), "{}", nameless.body);
    let weak = browser.post(&link, &[("name", "Ivy Berg"), ("password", "short")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.input("password").contains("aria-invalid"), "{}", weak.body);
    assert!(weak.input("name").contains("Ivy Berg"), "{}", weak.body);

    let joined = browser.post(&link, &[("name", "Ivy Berg"), ("password", NEW)]).await;
    assert_eq!((joined.status, joined.location()), (StatusCode::SEE_OTHER, "/"), "{}", joined.body);
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    let state = backend.state();
    let ivy = state.person(IVY).unwrap();
    assert_eq!((ivy.status, ivy.profile.name.as_str()), (Status::Active, "Ivy Berg"));
    assert_eq!(
        place.browser().post(&link, &[("name", "X"), ("password", NEW)]).await.status,
        StatusCode::GONE
    );
    assert_eq!(place.browser().sign_in("ivy@nordhavn.example", NEW).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_new_password_by_link_ends_all_sessions() {
    let place = Place::new().await;
    let token = place.console.sign_in().reset_link(BEN, place.world.admin).await.unwrap();
    let link = texts::link("", Purpose::PasswordReset, &token);
    let mut elsewhere = place.browser_of("Member");
    assert_eq!(elsewhere.get("/").await.status, StatusCode::OK);
    let weak = place.browser().post(&link, &[("password", "short")]).await;
    assert!(weak.input("password").contains("aria-invalid"), "{}", weak.body);

    let set = place.browser().post(&link, &[("password", NEW)]).await;
    assert_eq!(set.location(), "/sign-in?done=password", "{}", set.body);
    assert_eq!(elsewhere.get("/").await.location(), "/sign-in");
    assert_eq!(place.browser().post(&link, &[("password", NEW)]).await.status, StatusCode::GONE);
    assert_eq!(place.browser().sign_in("ben@nordhavn.example", NEW).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_recovery_link_signs_in_once() {
    let place = Place::new().await;
    let token = place.console.sign_in().recover_link(place.world.admin).await.unwrap();
    let link = texts::link("", Purpose::Recovery, &token);
    let mut browser = place.browser();
    assert_eq!(browser.get(&link).await.status, StatusCode::OK);
    assert_eq!(browser.get("/").await.location(), "/sign-in", "opening the link does nothing");
    let back = browser.post(&link, &[("password", NEW)]).await;
    assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, "/"), "{}", back.body);
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    assert_eq!(place.browser().post(&link, &[]).await.status, StatusCode::GONE);
    assert_eq!(place.browser().sign_in(ADMIN_EMAIL, ADMIN_PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(place.browser().sign_in(ADMIN_EMAIL, NEW).await.status, StatusCode::SEE_OTHER);
}
