//! The screens of Rolecall: pages, the components they are built of, and the server functions they call.
//!
//! One folder for each area of the screen holds its pages, its own components and its server functions
//! together; [`components`] are the parts that all areas share, [`frame`] is what stands around every page,
//! [`pages`] says which page stands where. The crate is compiled twice: natively with `ssr`, where the server
//! draws pages, and to WebAssembly with `hydrate`, where the browser brings them to life. It holds no SQL and
//! decides nothing about access: `backend` requires the permission itself, whoever calls.
//!
//! # Server functions
//! They are thin: get the caller, call the backend, turn its error into a [`problem::Problem`] with `?`.
//!
//! ```ignore
//! /// The grid of all roles.
//! #[server(endpoint = "roles/grid", protocol = Json)]
//! pub async fn grid() -> Result<view::roles::Grid, Problem> {
//!     let (backend, caller) = request::caller().await?;
//!     Ok(backend::roles::grid(&backend, &caller).await?)
//! }
//! ```
//!
//! - They stand in the area's `server.rs`. Each makes a type of its own name in capitals (`Grid`), so the types
//!   of `model::view` are named with their module there.
//! - The endpoint is explicit (`/api/roles/grid`), the method is POST, arguments and answer are JSON.
//! - They are called over HTTP by the browser and directly while a page is drawn; what they need comes from
//!   the context ([`request`]).
//! - A page fetches with a [`fetched::Fetched`] whose question holds the query of its address and
//!   [`live::Live::changes`], and draws it with [`components::Loaded`].
//! - The server draws a page on one thread and drops it on another: what it keeps must be `Send`, so nothing of
//!   it is made with `StoredValue::new_local` or the like (the request would end without an answer).
//! - What a page does when it is told to is an [`action::Action`]. What saves and may then be drawn anew, or be gone,
//!   does it through [`live::Live::save`]; afterwards [`live::Live::saved`] makes this tab fetch again at once.

// A page is one nested type; its layout is computed by as many steps as it is deep.
#![recursion_limit = "512"]

pub mod account;
pub mod action;
pub mod address;
pub mod applications;
pub mod check;
pub mod components;
pub mod document;
pub mod fetched;
pub mod folders;
pub mod frame;
pub mod groups;
pub mod history;
pub mod live;
pub mod new_id;
pub mod overview;
pub mod pages;
pub mod people;
pub mod problem;
#[cfg(feature = "ssr")]
pub mod request;
pub mod roles;
pub mod settings;
pub mod tenants;
pub mod whenever;
pub mod wire;
pub mod words;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

/// The whole application, from the body of the page down.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    components::toast::provide_toasts();
    let live = live::Live::provide();
    frame::provide_shell(live);
    view! {
        <Router>
            <frame::Frame>
                <pages::Pages/>
            </frame::Frame>
        </Router>
    }
}
