//! What a role is for, in a dialog.

use super::Shared;
use crate::action::Action;
use crate::components::{FieldAround, FormDialog};
use crate::problem::Problem;
use crate::roles::saving::saved;
use crate::roles::server;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::change::Change;

/// The dialog that changes the description.
#[component]
pub(super) fn Describe(shared: Shared, open: RwSignal<bool>) -> impl IntoView {
    let (text, problem) = (RwSignal::new(String::new()), RwSignal::new(None::<Problem>));
    let save = Action::new(server::save);
    whenever(move || {
        if open.get() {
            problem.set(None);
            text.set(shared.one.with_untracked(|one| one.description.clone()));
        }
    });
    whenever(move || match save.value().get() {
        Some(Ok(revision)) => {
            open.set(false);
            shared.live.saved(revision);
            saved(revision, shared.live);
        }
        Some(Err(failed)) => problem.set(Some(failed)),
        None => {}
    });
    let submit = move |()| {
        let was = shared.one.with_untracked(|one| one.description.clone());
        let now = text.get_untracked();
        if now.trim() == was {
            open.set(false);
        } else {
            save.dispatch(shared.edits(Change::RoleDescribed { role: shared.id(), was, now }));
        }
    };
    let error = Signal::derive(move || problem.with(|p| p.as_ref().and_then(|p| p.about("description"))));
    let elsewhere =
        Signal::derive(move || problem.get().filter(|p| p.field.as_deref() != Some("description")));
    view! {
        <FormDialog
            id="describe-role"
            title="Describe the role"
            open=open
            confirm="Save description"
            busy=save.pending()
            problem=elsewhere
            on_submit=submit
        >
            <FieldAround id="role-description" label="What it is for" error=error>
                <textarea
                    class="input"
                    id="role-description"
                    aria-describedby="role-description-error"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    autofocus=true
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                ></textarea>
            </FieldAround>
        </FormDialog>
    }
}
