//! The dialog for a person's name and address.

use crate::action::Action;
use crate::components::{Field, FormDialog, toast};
use crate::live::Live;
use crate::people::server;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::people::{PersonPage, ProfileEdit};

/// Changes name and address.
#[component]
pub fn EditDialog(person: Signal<PersonPage>, open: RwSignal<bool>) -> impl IntoView {
    let live = Live::here();
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            problem.set(None);
            person.with_untracked(|p| {
                name.set(p.name.clone());
                email.set(p.email.clone());
            });
        }
    });
    let save = Action::new(move |edit: ProfileEdit| async move {
        if let Some(saved) = live.save(server::edit_profile(edit), problem).await {
            open.set(false);
            live.saved(saved.revision);
            toast(format!("Name and address are saved. Change no. {}.", saved.revision));
        }
    });
    let submit = move |()| {
        save.dispatch(ProfileEdit {
            user: person.with_untracked(|p| p.id),
            name: name.get_untracked(),
            email: email.get_untracked(),
        });
    };
    let about = move |field: &'static str| Signal::derive(move || problem.get()?.about(field));
    let other = Signal::derive(move || problem.get().filter(|problem| problem.field.is_none()));
    view! {
        <FormDialog
            id="editing"
            title="Edit name and address"
            open=open
            confirm="Save"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Field id="edit-name" label="Name" value=name error=about("name")/>
            <Field
                id="edit-email"
                label="E-mail address"
                kind="email"
                value=email
                error=about("email")
                help="They sign in with this address, and links for a new password go there."
            />
        </FormDialog>
    }
}
