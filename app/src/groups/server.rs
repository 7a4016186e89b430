//! What the screens of groups ask of the server.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view::groups::{self as groups, GroupQuery, GroupWish, GroupsQuery, Made, NewGroup};
use model::view::people::Saved;

/// A page of the groups that hold the search.
#[server(endpoint = "groups/list", protocol = Json)]
pub async fn list(
    /// Which.
    query: GroupsQuery,
) -> Result<groups::GroupsScreen, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::groups::list(&backend, &caller, &query).await?)
}

/// One group.
#[server(endpoint = "groups/one", protocol = Json)]
pub async fn one(
    /// What is looked for.
    query: GroupQuery,
) -> Result<groups::GroupPage, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::groups::page(&backend, &caller, &query).await?)
}

/// People who are not in a group, by name or address.
#[server(endpoint = "groups/candidates", protocol = Json)]
pub async fn candidates(
    /// What is looked for.
    query: GroupQuery,
) -> Result<groups::Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::groups::candidates(&backend, &caller, &query).await?)
}

/// Makes a group.
#[server(endpoint = "groups/create", protocol = Json)]
pub async fn create(
    /// Its name and description.
    new: NewGroup,
) -> Result<Made, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::groups::create(&backend, &caller, &new).await?)
}

/// What a wish would do.
#[server(endpoint = "groups/preview", protocol = Json)]
pub async fn preview(
    /// What is wished.
    wish: GroupWish,
) -> Result<groups::GroupPlan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::groups::preview(&backend, &caller, &wish).await?)
}

/// Does it.
#[server(endpoint = "groups/save", protocol = Json)]
pub async fn save(
    /// What is wished.
    wish: GroupWish,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::groups::save(&backend, &caller, &wish).await?)
}
