//! The dialog that changes how far an application has come.

use super::server;
use super::wording::status_name;
use crate::action::Action;
use crate::components::{Field, FormDialog, Show};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::applications::{Application, Status, StatusEdit};

/// Asks for the status; for development also for the day of going live.
#[component]
pub(super) fn StatusDialog(
    /// The application.
    application: Signal<Application>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let wanted = RwSignal::new(Status::Development);
    let planned = RwSignal::new(String::new());
    let was = RwSignal::new(Status::Development);
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            let (status, day) = application.with_untracked(|a| (a.status, a.planned_on.clone()));
            wanted.set(status);
            was.set(status);
            planned.set(day);
            problem.set(None);
        }
    });
    let save = Action::new(move |edit: StatusEdit| async move {
        if let Some(saved) = live.save(server::set_status(edit), problem).await {
            open.set(false);
            say_saved(live, "The status is saved.", &saved);
        }
    });
    let submit = move |()| {
        save.dispatch(StatusEdit {
            application: application.with_untracked(|a| a.id),
            was: was.get_untracked(),
            now: wanted.get_untracked(),
            planned_on: planned.get_untracked(),
        });
    };
    let error = Signal::derive(move || problem.get()?.about("planned"));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.about("planned").is_none()));
    let about = |status: Status| match status {
        Status::Development => " Development: it is being built",
        Status::Live => " Live: it is in use",
        Status::Archived => " Archived: nothing is merged or rolled back",
    };
    let choices = move || {
        Status::ALL
            .into_iter()
            .map(|status| {
                view! {
                    <label class="choice">
                        <input
                            type="radio"
                            name="status"
                            value=status.key()
                            prop:checked=move || wanted.get() == status
                            on:change=move |_| wanted.set(status)
                        />
                        {about(status)}
                    </label>
                }
            })
            .collect_view()
    };
    let title = Signal::derive(move || format!("Change status: {} now", status_name(was.get())));
    view! {
        <FormDialog
            id="setting-status"
            title=title
            open=open
            confirm="Save status"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <fieldset class="field">
                <legend class="label">"Status"</legend>
                {choices()}
            </fieldset>
            <Show when=move || wanted.get() == Status::Development>
                <Field id="planned-on" label="Planned to go live on" kind="date" value=planned error=error/>
            </Show>
        </FormDialog>
    }
}
