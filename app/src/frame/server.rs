//! The server functions behind the frame.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view;

/// Who is signed in, where, and what they may do on the organization.
#[server(endpoint = "shell", protocol = Json)]
pub async fn shell() -> Result<view::shell::Shell, Problem> {
    let (_, caller) = crate::request::caller().await?;
    Ok(backend::shell::shell(&caller))
}

/// What has these words in its name, of what the reader may see.
#[server(endpoint = "find", protocol = Json)]
pub async fn find(
    /// What is looked for.
    words: String,
) -> Result<Vec<view::find::Hit>, Problem> {
    let (_, caller) = crate::request::caller().await?;
    Ok(backend::find::find(&caller, &words).await?)
}
