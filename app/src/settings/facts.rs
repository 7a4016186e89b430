//! Facts about this console that are set where it runs, with what to do about them.

use leptos::prelude::*;
use model::view::settings::Settings;

/// The panel of facts.
#[component]
pub(super) fn FactsPanel(settings: Signal<Settings>) -> impl IntoView {
    let facts = Memo::new(move |_| settings.with(|settings| settings.facts.clone()));
    let mail = move || match facts.with(|facts| facts.has_mail) {
        true => "Sent through your mail server.",
        false => {
            "Not set up: invitations and links to a new password are copied and handed over. To send them, start the server with --smtp-url and --mail-from."
        }
    };
    let signed_out = move || {
        facts.with(|facts| {
            format!(
                "After {} hours without use, and after {} days in any case.",
                facts.idle_hours, facts.most_days
            )
        })
    };
    view! {
        <section class="panel" aria-labelledby="facts-head">
            <header>
                <h2 id="facts-head">"This console"</h2>
            </header>
            <div class="pad">
                <dl class="small">
                    <dt>"Address"</dt>
                    <dd>{move || facts.with(|facts| facts.address.clone())}</dd>
                    <dt>"Mail"</dt>
                    <dd>{mail}</dd>
                    <dt>"Sign-in"</dt>
                    <dd>"With e-mail address and password of 12 characters or more."</dd>
                    <dt>"Signed out"</dt>
                    <dd>{signed_out}</dd>
                    <dt>"Database"</dt>
                    <dd>{move || facts.with(|facts| facts.database.clone())}</dd>
                    <dt>"Version"</dt>
                    <dd>{move || facts.with(|facts| facts.version.clone())}</dd>
                </dl>
            </div>
        </section>
    }
}
