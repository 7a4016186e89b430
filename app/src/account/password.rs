//! Change of password: by who knows the present one. It ends the person's other sessions.

use super::server;
use crate::action::Action;
use crate::components::{Field, ProblemBanner, toast};
use crate::whenever::whenever;
use leptos::prelude::*;

/// The panel with the form.
#[component]
pub(super) fn PasswordPanel(again: RwSignal<u32>) -> impl IntoView {
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let change = Action::new(|(old, new): (String, String)| server::change_password(old, new));
    whenever(move || {
        if let Some(Ok(())) = change.value().get() {
            old.set(String::new());
            new.set(String::new());
            again.update(|again| *again += 1);
            toast("Your password is changed. Your other sessions have ended.");
        }
    });
    let failed = Signal::derive(move || change.value().get().and_then(Result::err));
    let about = move |field: &'static str| {
        Signal::derive(move || failed.get().and_then(|problem| problem.about(field)))
    };
    let other = Signal::derive(move || failed.get().filter(|problem| problem.field.is_none()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !change.pending().get_untracked() {
            change.dispatch((old.get_untracked(), new.get_untracked()));
        }
    };
    view! {
        <section class="panel" aria-labelledby="password-head">
            <header>
                <h2 id="password-head">"Password"</h2>
            </header>
            <form class="pad" on:submit=submit>
                <Field
                    id="old-password"
                    label="Present password"
                    kind="password"
                    autocomplete="current-password"
                    value=old
                    error=about("old_password")
                />
                <Field
                    id="new-password"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    value=new
                    help="12 characters or more, and hard to guess. Your other sessions end."
                    error=about("new_password")
                />
                <ProblemBanner problem=other/>
                <div class="row">
                    <button class="btn" aria-busy=move || change.pending().get().then_some("true")>
                        "Change password"
                    </button>
                </div>
            </form>
        </section>
    }
}
