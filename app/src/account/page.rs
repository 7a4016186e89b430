//! `/account`: for everybody who is signed in.

use super::name::NamePanel;
use super::password::PasswordPanel;
use super::rights::{RightsPanel, RolesPanel};
use super::server;
use super::sessions::{EventsPanel, SessionsPanel};
use super::theme::ThemePanel;
use crate::components::{Loaded, PageHead};
use crate::fetched::Fetched;
use crate::live::Live;
use leptos::prelude::*;
use model::view::account::Account;

/// `/account`
#[component]
pub fn AccountPage() -> impl IntoView {
    let live = Live::here();
    // Sessions are no revisions: what this page does to them makes it look again by itself.
    let again = RwSignal::new(0_u32);
    let account = Fetched::new(move || (live.changes(), again.get()), |_| server::mine());
    view! { <Loaded of=account let:account><Shown account=account again=again/></Loaded> }
}

#[component]
fn Shown(account: Signal<Account>, again: RwSignal<u32>) -> impl IntoView {
    let about = move || account.with(|account| format!("You are signed in as {}.", account.email));
    view! {
        <PageHead title="Your account" about=Signal::derive(about)/>
        <div class="body account">
            <div class="split">
                <div class="stack">
                    <SessionsPanel account=account again=again/>
                    <EventsPanel account=account/>
                    <RolesPanel account=account/>
                    <RightsPanel account=account/>
                </div>
                <div class="stack">
                    <NamePanel account=account/>
                    <PasswordPanel again=again/>
                    <ThemePanel/>
                </div>
            </div>
        </div>
    }
}
