//! The dialog that adds a sandbox or a branch.

use super::picture::name;
use super::server;
use crate::action::Action;
use crate::components::{Field, FormDialog, Show};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::id::ObjectId;
use model::view::applications::{Application, NewStage};

/// Asks below which stage, for the name, and whether it is a branch.
#[component]
pub(super) fn AddStageDialog(
    /// The application.
    application: Signal<Application>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let text = RwSignal::new(String::new());
    let above = RwSignal::new(None::<ObjectId>);
    let branch = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let lowest =
        move || application.with_untracked(|a| a.stages.iter().max_by_key(|s| s.depth).map(|s| s.id));
    let is_first = Memo::new(move |_| application.with(|a| a.stages.is_empty()));
    whenever(move || {
        if open.get() {
            text.set(if is_first.get_untracked() { "Production".to_owned() } else { String::new() });
            above.set(lowest());
            branch.set(false);
            problem.set(None);
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let save = Action::new(move |new: NewStage| async move {
        let application = new.application;
        if let Some(made) = live.save(server::add_stage(new), problem).await {
            open.set(false);
            say_saved(live, &format!("{} is there.", made.name), &made.saved);
            let to = format!("/applications/{application}?stage={}", made.id);
            navigate.with_value(|go| go(&to, Default::default()));
        }
    });
    let submit = move |()| {
        save.dispatch(NewStage {
            application: application.with_untracked(|a| a.id),
            above: above.get_untracked(),
            name: text.get_untracked(),
            branch: branch.get_untracked(),
        });
    };
    let error = Signal::derive(move || problem.get()?.about("name"));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.about("name").is_none()));
    let stages = move || application.with(|a| a.stages.iter().map(|s| (s.id, name(s))).collect::<Vec<_>>());
    view! {
        <FormDialog
            id="adding-stage"
            title="New sandbox or branch"
            open=open
            confirm="Save stage"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Field id="new-stage-name" label="Name" value=text error=error autofocus=true/>
            <Show
                when=move || !is_first.get()
                fallback=|| {
                    view! { <p class="help">"It is the production stage; sandboxes come below it."</p> }
                }
            >
                <div class="field">
                    <label for="new-stage-above">"Below"</label>
                    <span class="select">
                        <select
                            class="input"
                            id="new-stage-above"
                            on:change=move |event| above.set(event_target_value(&event).parse().ok())
                        >
                            {move || {
                                let chosen = above.get();
                                stages()
                                    .into_iter()
                                    .map(|(id, name)| {
                                        view! {
                                            <option value=id.to_string() selected=chosen == Some(id)>
                                                {name}
                                            </option>
                                        }
                                    })
                                    .collect_view()
                            }}
                        </select>
                    </span>
                </div>
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=move || branch.get()
                        on:change=move |event| branch.set(event_target_checked(&event))
                    />
                    " A branch beside the chain, for a hotfix or a trial"
                </label>
                <p class="help">"It starts with the versions of the stage above, and is merged into that one alone."</p>
            </Show>
        </FormDialog>
    }
}
