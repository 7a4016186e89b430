//! What the screens of applications ask of the server.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::access::{AccessQuery, WhomSearch};
use model::view::applications as view;
use model::view::check::Found;
use model::view::people::{ChoicesFor, Plan, RoleChoices, Saved};

/// The applications that the reader may see.
#[server(endpoint = "applications/list", protocol = Json)]
pub async fn list(
    /// What is looked for.
    query: view::ApplicationsQuery,
) -> Result<view::ApplicationsScreen, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::list(&backend, &caller, &query).await?)
}

/// Creates an application.
#[server(endpoint = "applications/create", protocol = Json)]
pub async fn create(
    /// Its name, and with what it starts.
    new: view::NewApplication,
) -> Result<view::Made, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::create(&backend, &caller, &new).await?)
}

/// The page of one application.
#[server(endpoint = "applications/one", protocol = Json)]
pub async fn one(
    /// Which.
    application: ObjectId,
) -> Result<view::Application, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::one(&backend, &caller, application).await?)
}

/// Saves another name, description or owners.
#[server(endpoint = "applications/edit", protocol = Json)]
pub async fn edit(
    /// What is altered.
    edit: view::ApplicationEdit,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::edit(&backend, &caller, &edit).await?)
}

/// Saves another status.
#[server(endpoint = "applications/set-status", protocol = Json)]
pub async fn set_status(
    /// The status.
    wish: view::StatusEdit,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::set_status(&backend, &caller, &wish).await?)
}

/// Deletes an application.
#[server(endpoint = "applications/remove", protocol = Json)]
pub async fn remove(
    /// Which.
    application: ObjectId,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::remove(&backend, &caller, application).await?)
}

/// Adds a sandbox or a branch.
#[server(endpoint = "applications/add-stage", protocol = Json)]
pub async fn add_stage(
    /// Its name and where it stands.
    new: view::NewStage,
) -> Result<view::NewlyMade, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::add_stage(&backend, &caller, &new).await?)
}

/// Gives a stage another name.
#[server(endpoint = "applications/rename-stage", protocol = Json)]
pub async fn rename_stage(
    /// Which.
    stage: ObjectId,
    /// Its name now.
    name: String,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::rename_stage(&backend, &caller, stage, &name).await?)
}

/// Deletes a sandbox or a branch.
#[server(endpoint = "applications/remove-stage", protocol = Json)]
pub async fn remove_stage(
    /// Which.
    stage: ObjectId,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::remove_stage(&backend, &caller, stage).await?)
}

/// What merging from a stage would bring.
#[server(endpoint = "applications/merge-plan", protocol = Json)]
pub async fn merge_plan(
    /// From which stage.
    from: ObjectId,
) -> Result<view::MergePlan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::merge_plan(&backend, &caller, from).await?)
}

/// Begins a merge.
#[server(endpoint = "applications/begin-merge", protocol = Json)]
pub async fn begin_merge(
    /// From where, and what is in it.
    wish: view::MergeWish,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::begin_merge(&backend, &caller, &wish).await?)
}

/// What can be taken back of a stage.
#[server(endpoint = "applications/rollback-plan", protocol = Json)]
pub async fn rollback_plan(
    /// Which.
    stage: ObjectId,
) -> Result<view::RollbackPlan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::rollback_plan(&backend, &caller, stage).await?)
}

/// Begins a rollback.
#[server(endpoint = "applications/begin-rollback", protocol = Json)]
pub async fn begin_rollback(
    /// Of what, and why.
    wish: view::RollbackWish,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::begin_rollback(&backend, &caller, &wish).await?)
}

/// Says how a merge or rollback ended.
#[server(endpoint = "applications/end", protocol = Json)]
pub async fn end(
    /// Which, and how.
    ending: view::Ending,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::end(&backend, &caller, &ending).await?)
}

/// Merges, updates and rollbacks.
#[server(endpoint = "applications/history", protocol = Json)]
pub async fn history(
    /// What is looked for.
    query: view::MovesQuery,
) -> Result<view::Moves, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::history(&backend, &caller, &query).await?)
}

/// Who holds which permission on an application.
#[server(endpoint = "applications/rights", protocol = Json)]
pub async fn rights(
    /// Which.
    application: ObjectId,
) -> Result<view::Rights, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::rights(&backend, &caller, application).await?)
}

/// Who was given which role on an application and its stages.
#[server(endpoint = "applications/assigned", protocol = Json)]
pub async fn assigned(
    /// Which page.
    query: AccessQuery,
) -> Result<view::Assigned, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::assigned(&backend, &caller, &query).await?)
}

/// Who could be given a role there.
#[server(endpoint = "applications/whom", protocol = Json)]
pub async fn whom(
    /// What is looked for.
    search: WhomSearch,
) -> Result<Found, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::whom(&backend, &caller, &search).await?)
}

/// The roles that somebody could be given there.
#[server(endpoint = "applications/roles", protocol = Json)]
pub async fn roles(
    /// Who, and where.
    asked: ChoicesFor,
) -> Result<RoleChoices, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::roles(&backend, &caller, asked).await?)
}

/// What giving or taking a role would do.
#[server(endpoint = "applications/assign-plan", protocol = Json)]
pub async fn assign_plan(
    /// The wish.
    wish: view::RightsWish,
) -> Result<Plan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::assign_plan(&backend, &caller, &wish).await?)
}

/// Gives or takes a role.
#[server(endpoint = "applications/assign", protocol = Json)]
pub async fn assign(
    /// The wish.
    wish: view::RightsWish,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::assign(&backend, &caller, &wish).await?)
}

/// Who can merge to production, over all applications.
#[server(endpoint = "applications/matrix", protocol = Json)]
pub async fn matrix(
    /// What is looked for.
    query: view::MatrixQuery,
) -> Result<view::Matrix, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::matrix(&backend, &caller, &query).await?)
}

/// Why somebody can merge an application to production.
#[server(endpoint = "applications/paths", protocol = Json)]
pub async fn paths(
    /// Who, and which application.
    query: view::CellQuery,
) -> Result<view::Paths, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::applications::paths(&backend, &caller, &query).await?)
}
