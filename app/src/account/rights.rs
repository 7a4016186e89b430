//! The person's own roles, and what these let them do.

use crate::components::{Show, When};
use crate::words;
use leptos::prelude::*;
use model::view::account::{Account, OwnRights, OwnRole};

/// The panel with the roles.
#[component]
pub(super) fn RolesPanel(account: Signal<Account>) -> impl IntoView {
    let roles = move || account.with(|account| account.roles.clone());
    let is_empty = move || account.with(|account| account.roles.is_empty());
    view! {
        <section class="panel" aria-labelledby="own-roles-head">
            <header>
                <h2 id="own-roles-head">"Your roles"</h2>
            </header>
            <div class="pad">
                <ul class="diff">{move || roles().into_iter().map(role).collect_view()}</ul>
                <Show when=is_empty>
                    <p class="muted">"You have no role."</p>
                </Show>
            </div>
        </section>
    }
}

fn role(role: OwnRole) -> impl IntoView {
    let name = match role.role {
        Some(id) => view! { <a href=format!("/roles/{id}")>{role.name}</a> }.into_any(),
        None => view! { <b>{role.name}</b> }.into_any(),
    };
    view! {
        <li>
            <span>
                {name} {role.place.map(|place| format!(" on {place}"))}
                {role.through.map(|through| format!(", through {through}"))}
                {role.from.map(|from| view! { ", from " <When at=from/> })}
                {role.until.map(|until| view! { ", until " <When at=until/> })}
                {role.limits.into_iter().map(|limit| format!(", {limit}")).collect_view()}
            </span>
        </li>
    }
}

/// The panel with what they allow.
#[component]
pub(super) fn RightsPanel(account: Signal<Account>) -> impl IntoView {
    let rights = move || account.with(|account| account.may.clone());
    let is_empty = move || account.with(|account| account.may.is_empty());
    view! {
        <section class="panel" aria-labelledby="own-rights-head">
            <header>
                <h2 id="own-rights-head">"What you may do"</h2>
            </header>
            <div class="pad">
                {move || rights().into_iter().map(place).collect_view()} <Show when=is_empty>
                    <p class="muted">"Nothing yet: your roles allow nothing. An Admin can change that."</p>
                </Show>
            </div>
        </section>
    }
}

fn place(rights: OwnRights) -> impl IntoView {
    let count = words::count(rights.permissions.len() as u64, "permission", "permissions");
    let head = match rights.place {
        Some(place) => format!("On {place}: {count} more"),
        None => format!("In the whole organization: {count}"),
    };
    let items =
        rights.permissions.into_iter().map(|name| view! { <li data-mark="has">{name}</li> }).collect_view();
    view! {
        <h3 class="small">{head}</h3>
        <ul class="may">{items}</ul>
    }
}
