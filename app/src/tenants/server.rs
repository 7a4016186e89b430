//! What the screens of tenants ask of the server.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::people::Saved;
use model::view::{guide, tenants as view};

/// The tenants that the reader may see.
#[server(endpoint = "tenants/list", protocol = Json)]
pub async fn list(
    /// What is looked for.
    query: view::TenantsQuery,
) -> Result<view::TenantsScreen, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::list(&backend, &caller, &query).await?)
}

/// How far access is set up, and the sets of roles that fit teams.
#[server(endpoint = "tenants/guide", protocol = Json)]
pub async fn guide() -> Result<guide::Guide, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::guide(&backend, &caller).await?)
}

/// Adds a tenant.
#[server(endpoint = "tenants/create", protocol = Json)]
pub async fn create(
    /// Its name.
    new: view::NewTenant,
) -> Result<view::Made, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::create(&backend, &caller, &new).await?)
}

/// The head of one tenant's page, and its settings.
#[server(endpoint = "tenants/one", protocol = Json)]
pub async fn one(
    /// Which.
    tenant: ObjectId,
) -> Result<view::Tenant, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::one(&backend, &caller, tenant).await?)
}

/// Saves another name or other settings.
#[server(endpoint = "tenants/edit", protocol = Json)]
pub async fn edit(
    /// What is altered.
    edit: view::TenantEdit,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::edit(&backend, &caller, &edit).await?)
}

/// What would go with a tenant.
#[server(endpoint = "tenants/removal", protocol = Json)]
pub async fn removal(
    /// Which.
    tenant: ObjectId,
) -> Result<view::Removal, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::removal(&backend, &caller, tenant).await?)
}

/// Removes a tenant.
#[server(endpoint = "tenants/remove", protocol = Json)]
pub async fn remove(
    /// Which.
    tenant: ObjectId,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::remove(&backend, &caller, tenant).await?)
}

/// A page of a tenant's apps.
#[server(endpoint = "tenants/apps", protocol = Json)]
pub async fn apps(
    /// What is looked for.
    query: view::AppsQuery,
) -> Result<view::Apps, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::apps(&backend, &caller, &query).await?)
}

/// Uploads apps to a tenant.
#[server(endpoint = "tenants/upload", protocol = Json)]
pub async fn upload(
    /// The apps.
    wanted: view::Upload,
) -> Result<view::Uploaded, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::upload(&backend, &caller, &wanted).await?)
}

/// The apps that a file names.
#[server(endpoint = "tenants/read-file", protocol = Json)]
pub async fn read_file(
    /// For which tenant.
    tenant: ObjectId,
    /// What is in the file.
    text: String,
) -> Result<Vec<view::NewApp>, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::read_file(&backend, &caller, tenant, &text).await?)
}

/// Removes an app.
#[server(endpoint = "tenants/remove-app", protocol = Json)]
pub async fn remove_app(
    /// Which.
    app: ObjectId,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::remove_app(&backend, &caller, app).await?)
}

/// Who has access to a tenant.
#[server(endpoint = "tenants/access", protocol = Json)]
pub async fn access(
    /// Which.
    tenant: ObjectId,
) -> Result<view::Access, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::access(&backend, &caller, tenant).await?)
}

/// Whom a setting could name as well.
#[server(endpoint = "tenants/found", protocol = Json)]
pub async fn found(
    /// What is looked for.
    query: view::PickerQuery,
) -> Result<view::Picked, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::found(&backend, &caller, &query).await?)
}

/// What other audiences would do.
#[server(endpoint = "tenants/preview", protocol = Json)]
pub async fn preview(
    /// The edits.
    wish: view::AccessEdits,
) -> Result<view::AccessPlan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::preview(&backend, &caller, &wish).await?)
}

/// Saves other audiences.
#[server(endpoint = "tenants/save", protocol = Json)]
pub async fn save(
    /// The edits.
    wish: view::AccessEdits,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::save(&backend, &caller, &wish).await?)
}

/// All tenants with their permissions.
#[server(endpoint = "tenants/matrix", protocol = Json)]
pub async fn matrix(
    /// Part of a name.
    search: String,
) -> Result<view::Matrix, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::matrix(&backend, &caller, &search).await?)
}

/// What making tenants like another would do.
#[server(endpoint = "tenants/alike-preview", protocol = Json)]
pub async fn alike_preview(
    /// Which ones.
    wish: view::Alike,
) -> Result<view::AccessPlan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::alike_preview(&backend, &caller, &wish).await?)
}

/// Makes tenants like another.
#[server(endpoint = "tenants/alike", protocol = Json)]
pub async fn alike(
    /// Which ones.
    wish: view::Alike,
) -> Result<Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::tenants::alike(&backend, &caller, &wish).await?)
}
