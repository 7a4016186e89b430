//! What the screens of people ask of the server.

use crate::problem::Problem;
use crate::wire::Json;
use leptos::prelude::*;
use model::id::UserId;
use model::view::invitations::{self as invitations, Invitation};
use model::view::people::{self as people, ChoicesFor, HandedLink, Named, PeopleQuery, ProfileEdit, Wish};

/// One page of the list of people.
#[server(endpoint = "people/list", protocol = Json)]
pub async fn list(
    /// What is looked for.
    query: PeopleQuery,
) -> Result<people::PeopleScreen, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::list(&backend, &caller, &query).await?)
}

/// All who are found on all pages, to select them.
#[server(endpoint = "people/found", protocol = Json)]
pub async fn found(
    /// What is looked for.
    query: PeopleQuery,
) -> Result<Vec<Named<UserId>>, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::found(&backend, &caller, &query).await?)
}

/// One person's page.
#[server(endpoint = "people/one", protocol = Json)]
pub async fn one(
    /// Who.
    user: UserId,
) -> Result<people::PersonPage, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::page(&backend, &caller, user).await?)
}

/// The roles that a person or group could be given in a place.
#[server(endpoint = "people/choices", protocol = Json)]
pub async fn choices(
    /// For whom, and where.
    asked: ChoicesFor,
) -> Result<people::RoleChoices, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::choices(&backend, &caller, asked).await?)
}

/// What a wish would do.
#[server(endpoint = "people/preview", protocol = Json)]
pub async fn preview(
    /// What is wished.
    wish: Wish,
) -> Result<people::Plan, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::preview(&backend, &caller, &wish).await?)
}

/// Does it.
#[server(endpoint = "people/save", protocol = Json)]
pub async fn save(
    /// What is wished.
    wish: Wish,
) -> Result<people::Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::save(&backend, &caller, &wish).await?)
}

/// Takes back a change that the reader has just made.
#[server(endpoint = "people/take-back", protocol = Json)]
pub async fn take_back(
    /// The number of the change.
    revision: u64,
) -> Result<people::Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::take_back(&backend, &caller, revision).await?)
}

/// Gives somebody another name and address.
#[server(endpoint = "people/profile", protocol = Json)]
pub async fn edit_profile(
    /// The new name and address.
    edit: ProfileEdit,
) -> Result<people::Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::edit_profile(&backend, &caller, &edit).await?)
}

/// A link for a new password, to hand over.
#[server(endpoint = "people/reset-link", protocol = Json)]
pub async fn reset_link(
    /// Who.
    user: UserId,
) -> Result<HandedLink, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::reset_link(&backend, &caller, user).await?)
}

/// Ends one session of somebody, or all.
#[server(endpoint = "people/end-sessions", protocol = Json)]
pub async fn end_sessions(
    /// Who.
    user: UserId,
    /// Which one; none for all.
    session: Option<String>,
) -> Result<(), Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::end_sessions(&backend, &caller, user, session.as_deref()).await?)
}

/// What somebody would lose by being removed.
#[server(endpoint = "people/removal", protocol = Json)]
pub async fn preview_removal(
    /// Who.
    user: UserId,
) -> Result<people::Removal, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::preview_removal(&backend, &caller, user).await?)
}

/// Removes somebody; history keeps the word.
#[server(endpoint = "people/remove", protocol = Json)]
pub async fn remove(
    /// Who.
    user: UserId,
    /// The word.
    called: String,
) -> Result<people::Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::people::remove(&backend, &caller, user, &called).await?)
}

/// What the form for inviting offers.
#[server(endpoint = "people/invite-form", protocol = Json)]
pub async fn invite_form() -> Result<invitations::InviteForm, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::invitations::form(&backend, &caller).await?)
}

/// Invites everybody on a list, or nobody.
#[server(endpoint = "people/invite", protocol = Json)]
pub async fn invite(
    /// Who, and with what.
    wanted: Invitation,
) -> Result<invitations::Outcome, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::invitations::invite(&backend, &caller, &wanted).await?)
}

/// All pending invitations.
#[server(endpoint = "people/invitations", protocol = Json)]
pub async fn pending() -> Result<invitations::PendingScreen, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::invitations::pending(&backend, &caller).await?)
}

/// A new link for somebody who was invited.
#[server(endpoint = "people/resend", protocol = Json)]
pub async fn resend(
    /// Who.
    user: UserId,
) -> Result<invitations::InvitedLink, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::invitations::resend(&backend, &caller, user).await?)
}

/// Takes an invitation back.
#[server(endpoint = "people/revoke", protocol = Json)]
pub async fn revoke(
    /// Who.
    user: UserId,
) -> Result<people::Saved, Problem> {
    let (backend, caller) = crate::request::caller().await?;
    Ok(backend::invitations::revoke(&backend, &caller, user).await?)
}
