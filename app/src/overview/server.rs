//! The server function of the Overview.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view;

/// The Overview as its reader may see it.
#[server(endpoint = "overview", protocol = Json)]
pub async fn overview() -> Result<view::overview::Overview, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::overview::overview(&backend, &caller).await?)
}
