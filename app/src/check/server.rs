//! What *Check access* asks of the server.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view::check::{CheckQuery, CheckScreen, EditWish, Found};
use model::view::people::{Plan, Saved};

/// The answer to what is asked.
#[server(endpoint = "check/answer", protocol = Json)]
pub async fn answer(
    /// What is asked.
    query: CheckQuery,
) -> Result<CheckScreen, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::check::answer(&backend, &caller, query).await?)
}

/// People, groups and service accounts of a name.
#[server(endpoint = "check/find-who", protocol = Json)]
pub async fn find_who(
    /// Part of the name.
    search: String,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::check::find_who(&backend, &caller, &search).await?)
}

/// Places of a name.
#[server(endpoint = "check/find-places", protocol = Json)]
pub async fn find_places(
    /// Words of its name and of what holds it.
    search: String,
    /// The kind that it must be; none: any.
    kind: Option<String>,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::check::find_places(&backend, &caller, &search, kind).await?)
}

/// What edits would do.
#[server(endpoint = "check/preview", protocol = Json)]
pub async fn preview(
    /// The edits.
    wish: EditWish,
) -> Result<Plan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::check::preview(&backend, &caller, &wish).await?)
}

/// Saves edits.
#[server(endpoint = "check/save", protocol = Json)]
pub async fn save(
    /// The edits.
    wish: EditWish,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::check::save(&backend, &caller, &wish).await?)
}
