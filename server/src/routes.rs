//! The one table of all routes.
//!
//! Pages of the application and the functions that its screens call come from their own registers, so that
//! none is forgotten; everything else stands here, one line each.

use crate::console::Console;
use crate::edge;
use crate::events;
use crate::files;
use crate::health;
use crate::pages::{forgot, invitation, recover, reset, set_up, sign_in};
use crate::{answer, screens, site};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, any, get, post};
use std::collections::BTreeSet;

/// One line of the table.
pub struct Row {
    /// The path, as axum writes it.
    pub path: &'static str,
    /// What it answers to.
    pub methods: &'static [&'static str],
    route: MethodRouter<Console>,
}

/// The routes that stand on their own.
#[must_use]
pub fn table() -> Vec<Row> {
    let row = |path, methods, route| Row { path, methods, route };
    let form: &[&str] = &["GET", "POST"];
    vec![
        row("/healthz", &["GET"], get(health::process)),
        row("/readyz", &["GET"], get(health::ready)),
        row("/assets/{*path}", &["GET"], get(site::serve)),
        row("/events", &["GET"], get(events::events)),
        row("/applications/rights.csv", &["GET"], get(files::merge_rights)),
        row("/sign-in", form, get(sign_in::show).post(sign_in::sign_in)),
        row("/sign-out", &["POST"], post(sign_in::sign_out)),
        row("/forgot-password", form, get(forgot::show).post(forgot::ask)),
        row("/reset/{token}", form, get(reset::show).post(reset::reset)),
        row("/recover/{token}", form, get(recover::show).post(recover::recover)),
        row("/invitation/{token}", form, get(invitation::show).post(invitation::accept)),
        row("/set-up/{token}", form, get(set_up::show).post(set_up::set_up)),
    ]
}

/// The paths of the application's pages, as its router knows them.
#[must_use]
pub fn screen_paths() -> BTreeSet<String> {
    leptos_axum::generate_route_list(app::App).iter().map(|route| route.path().to_owned()).collect()
}

/// The paths of the functions that screens call.
#[must_use]
pub fn call_paths() -> BTreeSet<&'static str> {
    server_fn::axum::server_fn_paths().map(|(path, _)| path).collect()
}

/// All routes, with everything that stands around them.
pub fn router(console: Console) -> Router {
    let mut router = Router::new();
    for row in table() {
        router = router.route(row.path, row.route);
    }
    for path in screen_paths() {
        router = router.route(&path, get(screens::page));
    }
    for path in call_paths() {
        router = router.route(path, any(screens::call));
    }
    router
        .fallback(screens::unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(console.clone(), edge::around))
        .with_state(console)
}

async fn wrong_method(State(console): State<Console>, request: Request) -> Response {
    let sentence = "This address does not answer to that method. Open it from the console.";
    answer::refusal(&console, &request, StatusCode::METHOD_NOT_ALLOWED, sentence)
}
