//! The server functions of the settings.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view;

/// The settings.
#[server(endpoint = "settings/read", protocol = Json)]
pub async fn read() -> Result<view::settings::Settings, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    let sign_in = crate::request::part::<backend::sign_in::SignIn>()?;
    let outside = backend::settings::Outside {
        address: sign_in.public_url().to_owned(),
        has_mail: sign_in.mailer().is_configured(),
    };
    Ok(backend::settings::settings(&backend, &caller, outside)?)
}

/// Who would gain and who would lose what by staged edits.
#[server(endpoint = "settings/preview", protocol = Json)]
pub async fn preview(
    /// The edits.
    edit: view::settings::SettingsEdit,
) -> Result<view::effect::Effect, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::settings::preview(&backend, &caller, &edit).await?)
}

/// Saves staged edits as one change; its number is the answer.
#[server(endpoint = "settings/save", protocol = Json)]
pub async fn save(
    /// The edits.
    edit: view::settings::SettingsEdit,
) -> Result<u64, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::settings::save(&backend, &caller, &edit).await?.revision)
}
