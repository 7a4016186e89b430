//! The server functions of History.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view;

/// A page of the changes that somebody looks for.
#[server(endpoint = "history/list", protocol = Json)]
pub async fn list(
    /// What they look for.
    asked: view::history::HistoryQuery,
) -> Result<view::history::HistoryPage, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::history::list(&backend, &caller, &asked).await?)
}

/// All lines of one change.
#[server(endpoint = "history/lines", protocol = Json)]
pub async fn lines(
    /// Its number.
    revision: u64,
) -> Result<Vec<view::history::Told>, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::history::lines(&backend, &caller, revision).await?)
}

/// What taking a change back would do.
#[server(endpoint = "history/undo-preview", protocol = Json)]
pub async fn undo_preview(
    /// Its number.
    revision: u64,
) -> Result<view::history::UndoPreview, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::history::undo_preview(&backend, &caller, revision).await?)
}

/// Takes a change back, as a change of its own; its number is the answer.
#[server(endpoint = "history/undo", protocol = Json)]
pub async fn undo(
    /// Its number.
    revision: u64,
) -> Result<u64, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::history::undo(&backend, &caller, revision).await?.revision)
}
