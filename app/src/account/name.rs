//! The person's own name. The address is changed by who manages people: it is what they sign in with.

use super::server;
use crate::action::Action;
use crate::components::{Field, ProblemBanner, toast};
use crate::live::Live;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::account::Account;

/// The panel with the name.
#[component]
pub(super) fn NamePanel(account: Signal<Account>) -> impl IntoView {
    let live = Live::here();
    let name = RwSignal::new(account.with_untracked(|account| account.name.clone()));
    let rename = Action::new(server::rename);
    whenever(move || {
        if let Some(Ok(revision)) = rename.value().get() {
            live.saved(revision);
            toast("Your name is saved.");
        }
    });
    let failed = Signal::derive(move || rename.value().get().and_then(Result::err));
    let about_name = Signal::derive(move || failed.get().and_then(|problem| problem.about("name")));
    let other = Signal::derive(move || failed.get().filter(|problem| problem.about("name").is_none()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !rename.pending().get_untracked() {
            rename.dispatch(name.get_untracked());
        }
    };
    view! {
        <section class="panel" aria-labelledby="name-head">
            <header>
                <h2 id="name-head">"Name and address"</h2>
            </header>
            <form class="pad" on:submit=submit>
                <Field id="own-name" label="Name" value=name autocomplete="name" error=about_name/>
                <p class="small">
                    {move || account.with(|account| account.email.clone())}
                    <span class="sub">
                        "The address that you sign in with. Who manages people can change it."
                    </span>
                </p>
                <ProblemBanner problem=other/>
                <div class="row">
                    <button class="btn" aria-busy=move || rename.pending().get().then_some("true")>
                        "Save name"
                    </button>
                </div>
            </form>
        </section>
    }
}
