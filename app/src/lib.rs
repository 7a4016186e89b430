//! The screens of Rolecall: pages, components and server functions.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The whole application, from the body of the page down.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <p>"There is no such page."</p> }>
                <Route path=path!("/") view=|| view! { <h1>"Rolecall"</h1> }/>
            </Routes>
        </Router>
    }
}
