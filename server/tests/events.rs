//! The event stream: what is told, to whom, and when it ends.

use crate::support::{ORIGIN_HERE, Place};
use crate::world::{BEN, CREW};
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use backend::access::Proposal;
use futures::StreamExt;
use model::change::Change;
use model::guard::Actor;
use server::routes;
use std::collections::BTreeSet;
use std::time::Duration;
use tower::ServiceExt;

async fn listen(place: &Place, who: &str) -> Result<BodyDataStream, StatusCode> {
    let cookie = place.browser_of(who).cookie.unwrap();
    let request = Request::get("/events").header("cookie", cookie).header("origin", ORIGIN_HERE);
    let router = routes::router(place.console.clone());
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    match response.status() {
        StatusCode::OK => Ok(response.into_body().into_data_stream()),
        status => Err(status),
    }
}

async fn next(stream: &mut BodyDataStream) -> Option<serde_json::Value> {
    let chunk =
        tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("an event or the end")?;
    let text = String::from_utf8(chunk.unwrap().to_vec()).unwrap();
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap_or("null");
    Some(serde_json::from_str(data).unwrap())
}

async fn commit(place: &Place, change: Change) {
    place.console.backend().commit(Proposal::new(Actor::CommandLine, vec![change])).await.unwrap();
}

#[tokio::test]
async fn a_commit_is_told_by_number_and_area_alone() {
    let place = Place::new().await;
    let mut stream = listen(&place, "Member").await.unwrap();
    let first = next(&mut stream).await.unwrap();
    assert_eq!((&first["revision"], &first["touched"]), (&3.into(), &serde_json::json!([])));
    commit(&place, Change::MemberAdded { group: CREW, user: BEN }).await;
    let told = next(&mut stream).await.unwrap();
    let keys: BTreeSet<&str> = told.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["build", "revision", "touched"]));
    assert_eq!((&told["revision"], &told["touched"]), (&4.into(), &serde_json::json!(["groups"])));
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_with_its_person() {
    let place = Place::new().await;
    let mut stream = listen(&place, "Member").await.unwrap();
    next(&mut stream).await.unwrap();
    place.browser_of("Member").post("/sign-out", &[]).await;
    commit(&place, Change::MemberAdded { group: CREW, user: BEN }).await;
    assert_eq!(next(&mut stream).await, None);

    let mut stream = listen(&place, "people.view").await.unwrap();
    next(&mut stream).await.unwrap();
    let state = place.console.backend().state();
    let user = state.person_by_email("people.view@nordhavn.example").unwrap().id;
    commit(&place, Change::UserDeactivated { user }).await;
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let place = Place::new().await;
    let mut stream = listen(&place, "Admin").await.unwrap();
    next(&mut stream).await.unwrap();
    place.console.begin_closing();
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn a_session_listens_only_so_often_and_a_stranger_never() {
    let place = Place::new().await;
    let mut open = Vec::new();
    let refused = loop {
        match listen(&place, "Member").await {
            Ok(stream) => open.push(stream),
            Err(status) => break status,
        }
        assert!(open.len() < 100);
    };
    assert_eq!((refused, open.len()), (StatusCode::TOO_MANY_REQUESTS, 8));
    assert!(listen(&place, "Admin").await.is_ok(), "others are not affected");
    assert_eq!(place.browser().get("/events").await.status, StatusCode::UNAUTHORIZED);
}
