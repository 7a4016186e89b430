//! The server functions of roles.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::id::RoleId;
use model::view::check::Found;
use model::view::effect::Effect;
use model::view::roles::{Edits, Grid, One};
use model::view::{people, role_users as view};

/// The grid of all roles.
#[server(endpoint = "roles/grid", protocol = Json)]
pub async fn fetch_grid(
    /// The revision that the screen shows, for the news since then.
    since: Option<u64>,
) -> Result<Grid, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::grid(&backend, &caller, since).await?)
}

/// One role by itself.
#[server(endpoint = "roles/one", protocol = Json)]
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
#[server(endpoint = "roles/preview", protocol = Json)]
pub async fn preview(
    /// The edits.
    edits: Edits,
) -> Result<Effect, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::preview(&backend, &caller, edits).await?)
}

/// Saves edits of roles as one change; answers its number.
#[server(endpoint = "roles/save", protocol = Json)]
pub async fn save(
    /// The edits.
    edits: Edits,
) -> Result<u64, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::save(&backend, &caller, edits).await?.revision)
}

/// Who has a role.
#[server(endpoint = "roles/users", protocol = Json)]
pub async fn users(
    /// Which role, and which part of the list.
    query: view::UsersQuery,
) -> Result<view::Users, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::users(&backend, &caller, &query).await?)
}

/// Who could be given a role.
#[server(endpoint = "roles/whom", protocol = Json)]
pub async fn whom(
    /// What is looked for.
    search: view::RoleSearch,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::whom(&backend, &caller, &search).await?)
}

/// Where a role could be given.
#[server(endpoint = "roles/places", protocol = Json)]
pub async fn places(
    /// What is looked for.
    search: view::RoleSearch,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::places(&backend, &caller, &search).await?)
}

/// What a wish for a role would do.
#[server(endpoint = "roles/plan", protocol = Json)]
pub async fn plan(
    /// The wish.
    wish: view::RoleWish,
) -> Result<people::Plan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::plan(&backend, &caller, &wish).await?)
}

/// Does what is wished for a role.
#[server(endpoint = "roles/act", protocol = Json)]
pub async fn act(
    /// The wish.
    wish: view::RoleWish,
) -> Result<people::Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::act(&backend, &caller, &wish).await?)
}

/// Who has a role that is about to be deleted, and which role could take its place.
#[server(endpoint = "roles/leaving", protocol = Json)]
pub async fn leaving(
    /// Which role.
    role: RoleId,
) -> Result<view::Leaving, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::leaving(&backend, &caller, role).await?)
}

/// The tenants that the reader may make roles for, by words.
#[server(endpoint = "roles/owners", protocol = Json)]
pub async fn find_owners(
    /// What their names have.
    search: String,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::roles::owners(&backend, &caller, &search).await?)
}
