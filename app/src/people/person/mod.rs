//! One person's own page: roles, groups, access, sessions, and what is done to the account.

mod access;
mod account;
mod edit;
mod groups;
mod link;
mod remove;
mod roles;
mod sessions;

use super::labels::StatusBadge;
use super::server;
use crate::components::{Loaded, PageHead};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::{Kind, Problem};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::id::UserId;
use model::view::people::PersonPage as Shown;

/// The page.
#[component]
pub fn PersonPage() -> impl IntoView {
    let live = Live::here();
    let params = use_params_map();
    let again = RwSignal::new(0_u32);
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let person = Fetched::new(
        move || (id.get(), live.changes(), again.get()),
        |(id, ..)| async move {
            match id.parse::<UserId>() {
                Ok(id) => server::one(id).await,
                Err(_) => Err(Problem::new(Kind::Gone, "There is no such person. The address is not whole.")),
            }
        },
    );
    view! {
        <Loaded of=person let:person>
            <Screen person=person again=again/>
        </Loaded>
    }
}

#[component]
fn Screen(person: Signal<Shown>, again: RwSignal<u32>) -> impl IntoView {
    let called = Signal::derive(move || person.with(|p| p.called().to_owned()));
    let about = Signal::derive(move || person.with(|p| p.email.clone()));
    view! {
        <PageHead
            title=called
            about=about
            heading=move || {
                view! {
                    <span>{called}</span>
                    {move || person.with(|p| view! { <StatusBadge status=p.status/> })}
                    {move || {
                        person
                            .with(|p| p.is_self)
                            .then(|| view! { <span class="badge">"You"</span> })
                    }}
                }
            }
        >
            <account::Actions person=person called=called/>
        </PageHead>
        <div class="body">
            <div class="split">
                <div class="stack">
                    <roles::Roles person=person called=called/>
                    <access::Access person=person/>
                </div>
                <div class="stack">
                    <account::Facts person=person/>
                    <groups::Groups person=person called=called/>
                    <sessions::Sessions person=person called=called again=again/>
                </div>
            </div>
        </div>
    }
}
