//! What the screens of folders and robots ask of the server.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::access::{AccessQuery, WhomSearch};
use model::view::check::Found;
use model::view::folders as view;
use model::view::people::{ChoicesFor, Plan, RoleChoices, Saved};

/// The open part of the tree.
#[server(endpoint = "folders/tree", protocol = Json)]
pub async fn tree(
    /// Which part.
    query: view::TreeQuery,
) -> Result<view::Tree, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::tree(&backend, &caller, &query).await?)
}

/// The page without a place.
#[server(endpoint = "folders/top", protocol = Json)]
pub async fn top() -> Result<view::Top, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::top(&backend, &caller).await?)
}

/// One place.
#[server(endpoint = "folders/one", protocol = Json)]
pub async fn one(
    /// Which.
    place: ObjectId,
) -> Result<view::Place, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::one(&backend, &caller, place).await?)
}

/// What a place holds.
#[server(endpoint = "folders/holds", protocol = Json)]
pub async fn holds(
    /// What is looked for.
    query: view::HoldsQuery,
) -> Result<view::Holds, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::holds(&backend, &caller, &query).await?)
}

/// What belongs to a place.
#[server(endpoint = "folders/related", protocol = Json)]
pub async fn related(
    /// Which.
    place: ObjectId,
) -> Result<view::Related, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::related(&backend, &caller, place).await?)
}

/// Places by their names.
#[server(endpoint = "folders/find", protocol = Json)]
pub async fn find(
    /// What is looked for.
    search: view::PlaceSearch,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::found(&backend, &caller, &search).await?)
}

/// Who has what in a place.
#[server(endpoint = "folders/access", protocol = Json)]
pub async fn access(
    /// Which page.
    query: AccessQuery,
) -> Result<model::view::access::Access, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::access(&backend, &caller, &query).await?)
}

/// Who could be given a role in a place.
#[server(endpoint = "folders/whom", protocol = Json)]
pub async fn whom(
    /// What is looked for.
    search: WhomSearch,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::whom(&backend, &caller, &search).await?)
}

/// The roles that somebody could be given in a place.
#[server(endpoint = "folders/roles", protocol = Json)]
pub async fn roles(
    /// Who, and where.
    asked: ChoicesFor,
) -> Result<RoleChoices, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::roles(&backend, &caller, asked).await?)
}

/// Makes something.
#[server(endpoint = "folders/create", protocol = Json)]
pub async fn create(
    /// What.
    new: view::New,
) -> Result<view::Made, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::create(&backend, &caller, &new).await?)
}

/// What a wish would do.
#[server(endpoint = "folders/preview", protocol = Json)]
pub async fn preview(
    /// The wish.
    wish: view::FolderWish,
) -> Result<Plan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::preview(&backend, &caller, &wish).await?)
}

/// Does what is wished.
#[server(endpoint = "folders/save", protocol = Json)]
pub async fn save(
    /// The wish.
    wish: view::FolderWish,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::folders::save(&backend, &caller, &wish).await?)
}
