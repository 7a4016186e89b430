//! Files of what the console shows, for whoever may see it there: the backend requires the same permission.

use crate::answer;
use crate::console::Console;
use crate::edge::session::Visitor;
use crate::screens::to_sign_in;
use app::components::when::absolute;
use app::problem::Problem;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use backend::applications::matrix_file;
use backend::caller::SignedIn;
use backend::error::Result;

/// `GET /applications/rights.csv`: who can merge to production, over all applications.
pub async fn merge_rights(State(console): State<Console>, visitor: Visitor, request: Request) -> Response {
    let Some(signed_in) = visitor.signed_in() else { return to_sign_in(&request) };
    match matrix(&console, signed_in).await {
        Ok(text) => {
            let kind = (CONTENT_TYPE, "text/csv; charset=utf-8");
            let name = (CONTENT_DISPOSITION, "attachment; filename=\"merge-to-production.csv\"");
            ([kind, name], text).into_response()
        }
        Err(error) => {
            let problem = Problem::from(error);
            let status = StatusCode::from_u16(problem.kind.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            answer::refusal(&console, &request, status, &problem.message)
        }
    }
}

async fn matrix(console: &Console, signed_in: SignedIn) -> Result<String> {
    let caller = console.backend().caller(signed_in)?;
    matrix_file(console.backend(), &caller, absolute).await
}
