//! The dialog that adds a tenant.

use super::server;
use crate::action::Action;
use crate::components::{Field, FormDialog, or_show};
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::view::tenants::NewTenant;

/// Asks for the name, and says what the tenant starts with.
#[component]
pub(super) fn AddDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            name.set(String::new());
            problem.set(None);
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let save = Action::new(move |new: NewTenant| async move {
        if let Some(made) = or_show(server::create(new).await, problem) {
            open.set(false);
            navigate.with_value(|go| go(&format!("/tenants/{}", made.id), Default::default()));
        }
    });
    let submit = move |()| {
        save.dispatch(NewTenant { name: name.get_untracked() });
    };
    let error = Signal::derive(move || problem.get()?.about("name"));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.field.is_none()));
    view! {
        <FormDialog
            id="adding"
            title="Add tenant"
            open=open
            confirm="Save tenant"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Field id="tenant-name" label="Name" value=name error=error autofocus=true/>
            <p class="help">
                "All users will see it. Nobody uploads to it, configures it or says who has access until you say so, but for those who may by their role."
            </p>
        </FormDialog>
    }
}
