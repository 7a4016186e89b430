//! The dialog that creates an application.

use super::server;
use crate::action::Action;
use crate::components::{Field, FormDialog, or_show};
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::view::applications::NewApplication;

/// Asks for the name, and with what it starts.
#[component]
pub(super) fn AddDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Why it may have no sandboxes.
    #[prop(into)]
    no_chain: Signal<Option<String>>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let chain = RwSignal::new(true);
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            name.set(String::new());
            chain.set(no_chain.with_untracked(Option::is_none));
            problem.set(None);
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let save = Action::new(move |new: NewApplication| async move {
        if let Some(made) = or_show(server::create(new).await, problem) {
            open.set(false);
            navigate.with_value(|go| go(&format!("/applications/{}", made.id), Default::default()));
        }
    });
    let submit = move |()| {
        save.dispatch(NewApplication { name: name.get_untracked(), chain: chain.get_untracked() });
    };
    let error = Signal::derive(move || problem.get()?.about("name"));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.about("name").is_none()));
    let choice = move |wanted: bool, words: &'static str| {
        let barred = move || wanted && no_chain.with(Option::is_some);
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="starts-with"
                    prop:checked=move || chain.get() == wanted
                    aria-disabled=move || barred().then_some("true")
                    aria-describedby=move || barred().then_some("no-chain")
                    on:click=move |event| {
                        if untrack(barred) {
                            event.prevent_default();
                        }
                    }
                    on:change=move |_| {
                        if !untrack(barred) {
                            chain.set(wanted);
                        }
                    }
                />
                {words}
            </label>
        }
    };
    view! {
        <FormDialog
            id="adding"
            title="Create application"
            open=open
            confirm="Create application"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Field id="application-name" label="Name" value=name error=error autofocus=true/>
            <fieldset class="field">
                <legend class="label">"It starts with"</legend>
                {choice(true, " Development, Testing, Acceptance and Production")}
                {choice(false, " Production alone")}
                {move || no_chain.get().map(|text| view! { <span class="help" id="no-chain">{text}</span> })}
            </fieldset>
            <p class="help">"It is in development. Versions move one stage up at a time."</p>
        </FormDialog>
    }
}
