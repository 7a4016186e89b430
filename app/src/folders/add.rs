//! The dialog that makes something in a place: a folder, or a thing of any kind that may stand there.

use super::server;
use crate::action::Action;
use crate::components::{Dialog, Field, FieldAround, ProblemBanner, or_show};
use crate::people::{Barred, by_reason};
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::id::ObjectId;
use model::view::folders::{New, NewKind};

/// Asks for the kind and the name.
#[component]
pub(super) fn AddDialog(
    /// What will hold it.
    within: Signal<ObjectId>,
    /// What can be made there.
    kinds: Signal<Vec<NewKind>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (kind, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<Problem>);
    let first = move || {
        kinds.with_untracked(|kinds| {
            let free = kinds.iter().find(|kind| kind.refused.is_none());
            free.map(|kind| kind.key.clone()).unwrap_or_default()
        })
    };
    whenever(move || {
        if open.get() {
            kind.set(first());
            name.set(String::new());
            problem.set(None);
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let save = Action::new(move |new: New| async move {
        if let Some(made) = or_show(server::create(new).await, problem) {
            open.set(false);
            navigate.with_value(|go| go(&format!("/folders/{}", made.id), Default::default()));
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !save.pending().get_untracked() {
            let (kind, name) = (kind.get_untracked(), name.get_untracked());
            save.dispatch(New { kind, name, within: within.get_untracked() });
        }
    };
    let error = Signal::derive(move || problem.get()?.about("name"));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.about("name").is_none()));
    let options = move || {
        let (free, _) = by_reason(kinds.get(), |kind| kind.refused.clone());
        let option = |one: NewKind| {
            let key = one.key.clone();
            view! {
                <option value=one.key selected=move || kind.with(|chosen| *chosen == key)>
                    {one.name}
                </option>
            }
        };
        free.into_iter().map(option).collect_view()
    };
    let barred = move || {
        let (_, barred) = by_reason(kinds.get(), |kind| kind.refused.clone());
        let line = |one: Barred<NewKind>| {
            let names: Vec<String> = one.all.into_iter().map(|kind| kind.name).collect();
            view! { <p class="help">{format!("Not here by you: {}. {}", names.join(", "), one.reason)}</p> }
        };
        barred.into_iter().map(line).collect_view()
    };
    view! {
        <Dialog id="adding" title="Add" open=open>
            <form on:submit=submit novalidate>
                <div class="pad">
                    <FieldAround id="new-kind" label="Kind">
                        <span class="select">
                            <select
                                class="input"
                                id="new-kind"
                                on:change=move |event| kind.set(event_target_value(&event))
                            >
                                {options}
                            </select>
                        </span>
                    </FieldAround>
                    <Field id="new-name" label="Name" value=name error=error autofocus=true/>
                    {barred}
                    <ProblemBanner problem=other/>
                </div>
                <footer>
                    <button type="button" class="btn" on:click=move |_| open.set(false)>
                        "Cancel"
                    </button>
                    <button class="btn primary" aria-busy=move || save.pending().get().then_some("true")>
                        "Add"
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}
