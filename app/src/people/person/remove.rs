//! The dialog that removes a person: what they lose by name, and the word that history keeps.

use crate::action::Action;
use crate::components::{ConfirmDialog, Field, ProblemBanner, toast};
use crate::live::Live;
use crate::people::labels::EffectList;
use crate::people::server;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::view::people::{PersonPage, Removal};

/// Removes the person and leads back to the list.
#[component]
pub fn RemoveDialog(
    person: Signal<PersonPage>,
    called: Signal<String>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let word = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let user = person.with_untracked(|p| p.id);
    let look = Action::new(server::preview_removal);
    let lost = look.value();
    whenever(move || {
        if open.get() {
            word.set("Former user".to_owned());
            lost.set(None);
            problem.set(None);
            look.dispatch(user);
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let remove = Action::new(move |word: String| {
        let name = called.get_untracked();
        async move {
            if let Some(saved) = live.save(server::remove(user, word), problem).await {
                open.set(false);
                navigate.with_value(|navigate| navigate("/people", Default::default()));
                live.saved(saved.revision);
                toast(format!("{name} is removed. Change no. {}.", saved.revision));
            }
        }
    });
    let error = Signal::derive(move || problem.get()?.about("called"));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.field.is_none()));
    view! {
        <ConfirmDialog
            id="removing"
            title=Signal::derive(move || format!("Remove {}?", called.get()))
            open=open
            confirm="Remove person".to_owned()
            keep="Keep the person"
            busy=remove.pending()
            problem=other
            on_confirm=move |()| {
                remove.dispatch(word.get_untracked());
            }
        >
            <p>
                "Name, address, password and sessions are erased for good. This cannot be undone: to shut somebody out for a while, deactivate them."
            </p>
            {move || match lost.get() {
                None => view! { <p class="muted" role="status">"Working out what is lost"</p> }.into_any(),
                Some(Err(problem)) => {
                    view! { <ProblemBanner problem=Signal::stored(Some(problem))/> }.into_any()
                }
                Some(Ok(lost)) => view! { <Lost lost=lost/> }.into_any(),
            }}
            <Field
                id="called"
                label="What history calls this person from now on"
                value=word
                error=error
                help="Changes that they made stay in history, under this word."
            />
        </ConfirmDialog>
    }
}

#[component]
fn Lost(lost: Removal) -> impl IntoView {
    let list = |words: &'static str, names: Vec<String>| {
        (!names.is_empty()).then(|| view! { <p>{words} <b>{names.join(", ")}</b></p> })
    };
    view! {
        {list("Loses the roles ", lost.roles)}
        {list("Leaves the groups ", lost.groups)}
        <EffectList effect=lost.effect/>
    }
}
