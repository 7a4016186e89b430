//! The server functions of a person's own account.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::view;

/// The caller's own account.
#[server(endpoint = "account/mine", protocol = Json)]
pub async fn mine() -> Result<view::account::Account, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    let sessions = crate::request::part::<backend::session::Sessions>()?;
    Ok(backend::account::account(&backend, &caller, &sessions).await?)
}

/// Gives the caller another name; the number of the change is the answer.
#[server(endpoint = "account/rename", protocol = Json)]
pub async fn rename(
    /// The name from now on.
    name: String,
) -> Result<u64, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::account::rename(&backend, &caller, &name).await?.revision)
}

/// Gives the caller another password and ends their other sessions.
#[server(endpoint = "account/change-password", protocol = Json)]
pub async fn change_password(
    /// The present one.
    old: String,
    /// The one from now on.
    new: String,
) -> Result<(), Problem> {
    let (_, caller) = crate::request::caller().await?;
    let sign_in = crate::request::part::<backend::sign_in::SignIn>()?;
    let session = crate::request::part::<backend::session::Session>()?;
    let from = crate::request::part::<backend::sign_in_events::From>()?;
    let passwords = backend::account::Passwords { old, new };
    Ok(backend::account::change_password(&caller, &sign_in, &session, &from, &passwords).await?)
}

/// Ends one of the caller's own sessions.
#[server(endpoint = "account/end-session", protocol = Json)]
pub async fn end_session(
    /// Its id.
    session: String,
) -> Result<(), Problem> {
    let (_, caller) = crate::request::caller().await?;
    let sessions = crate::request::part::<backend::session::Sessions>()?;
    Ok(backend::account::end_session(&caller, &sessions, &session).await?)
}

/// Ends all of the caller's sessions but this one.
#[server(endpoint = "account/end-other-sessions", protocol = Json)]
pub async fn end_other_sessions() -> Result<(), Problem> {
    let (_, caller) = crate::request::caller().await?;
    let sessions = crate::request::part::<backend::session::Sessions>()?;
    Ok(backend::account::end_other_sessions(&caller, &sessions).await?)
}
