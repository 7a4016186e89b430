//! The server functions of roles.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view::effect::Effect;
use model::view::roles::{Edits, Grid, One};

/// The grid of all roles.
#[server(endpoint = "roles/grid", input = Json, output = Json)]
pub async fn fetch_grid(
    /// The revision that the screen shows, for the news since then.
    since: Option<u64>,
) -> Result<Grid, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::grid(&backend, &caller, since).await?)
}

/// One role by itself.
#[server(endpoint = "roles/one", input = Json, output = Json)]
pub async fn fetch_one(
    /// Its id.
    id: String,
) -> Result<One, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    // What is no id is the id of nothing.
    let id = id.parse().map_err(|_| backend::Error::NotFound("role"))?;
    Ok(backend::roles::one(&backend, &caller, id).await?)
}

/// Who would gain and who would lose what, if these edits were saved now.
#[server(endpoint = "roles/preview", input = Json, output = Json)]
pub async fn preview(
    /// The edits.
    edits: Edits,
) -> Result<Effect, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::preview(&backend, &caller, edits).await?)
}

/// Saves edits of roles as one change; answers its number.
#[server(endpoint = "roles/save", input = Json, output = Json)]
pub async fn save(
    /// The edits.
    edits: Edits,
) -> Result<u64, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::save(&backend, &caller, edits).await?.revision)
}
