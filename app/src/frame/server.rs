//! The server function behind the frame.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view;

/// Who is signed in, where, and what they may do on the organization.
#[server(endpoint = "shell", input = Json, output = Json)]
pub async fn shell() -> Result<view::shell::Shell, Problem> {
    let (_, caller) = crate::request::caller().await?;
    Ok(backend::shell::shell(&caller))
}
