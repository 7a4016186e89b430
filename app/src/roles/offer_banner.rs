//! The edit that somebody may want to make as well, under the cell that needs it.

use super::offer::Offer;
use crate::components::Icon;
use leptos::prelude::*;

/// What is useless without what, and the one button that helps.
#[component]
pub fn OfferBanner(
    /// The edit.
    offer: Offer,
    /// Makes it.
    accept: Callback<()>,
    /// Leaves it.
    leave: Callback<()>,
) -> impl IntoView {
    let Offer { role_name, useless, needs, on, .. } = offer;
    let words = match on {
        true => (" opens nothing until this role also has ", format!("Allow {needs}")),
        false => (" opens nothing in this role without ", format!("Take away {useless} as well")),
    };
    view! {
        <div class="banner wait">
            <Icon name="info"/>
            <p>
                <b>{format!("{role_name}: {useless}")}</b>
                {words.0}
                <b>{needs}</b>
                "."
            </p>
            <button type="button" class="btn mini primary" on:click=move |_| accept.run(())>
                {words.1}
            </button>
            <button type="button" class="btn mini" on:click=move |_| leave.run(())>
                "Leave it"
            </button>
        </div>
    }
}
