//! Whether this process runs, and whether it can serve.

use crate::console::Console;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// State that was confirmed this recently needs no look at the database, in milliseconds.
const JUST_NOW: i64 = 1_000;
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process answers.
pub async fn process() -> &'static str {
    "running\n"
}

/// `GET /readyz`: the database answers, and what is committed anywhere is known here.
pub async fn ready(State(console): State<Console>) -> Response {
    if *console.closing().borrow() {
        return unready("stopping");
    }
    let backend = console.backend();
    if backend.clock().now() - backend.fresh_at() <= JUST_NOW {
        return "ready\n".into_response();
    }
    match tokio::time::timeout(PATIENCE, backend.look_at_head()).await {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(_)) => unready("the database does not answer"),
        Err(_) => unready("the database is too slow to answer"),
    }
}

fn unready(why: &str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")).into_response()
}
