//! The dialog that names and describes an application and says who owns it.

use super::server;
use crate::action::Action;
use crate::check::server::find_who;
use crate::components::focus::rescue_focus;
use crate::components::{Combobox, Field, FieldAround, For, FormDialog, Icon};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::applications::{Application, ApplicationEdit, Details, LONGEST_TEXT, OwnedBy};

/// Asks for the name, the description and the owners.
#[component]
pub(super) fn EditDialog(
    /// The application.
    application: Signal<Application>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let (name, about) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let owners = RwSignal::new(Vec::<OwnedBy>::new());
    let was = RwSignal::new(None::<Application>);
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            let now = application.get_untracked();
            name.set(now.name.clone());
            about.set(now.description.clone());
            owners.set(now.owners.clone());
            was.set(Some(now));
            problem.set(None);
        }
    });
    let save = Action::new(move |edit: ApplicationEdit| async move {
        if let Some(saved) = live.save(server::edit(edit), problem).await {
            open.set(false);
            say_saved(live, "The application is saved.", &saved);
        }
    });
    let submit = move |()| {
        if let Some(was) = was.get_untracked() {
            save.dispatch(edited(&was, name.get_untracked(), about.get_untracked(), &owners.get_untracked()));
        }
    };
    let error = move |field: &'static str| Signal::derive(move || problem.get()?.about(field));
    let other = Signal::derive(move || {
        problem.get().filter(|problem| {
            !["name", "description", "owners"].iter().any(|field| problem.about(field).is_some())
        })
    });
    view! {
        <FormDialog
            id="editing-application"
            title="Edit application"
            open=open
            confirm="Save application"
            busy=save.pending()
            problem=other
            on_submit=submit
        >
            <Field id="edit-name" label="Name" value=name error=error("name") autofocus=true/>
            <FieldAround id="edit-about" label="What it is for" error=error("description")>
                <textarea
                    class="input"
                    id="edit-about"
                    rows="3"
                    maxlength=LONGEST_TEXT.to_string()
                    aria-describedby="edit-about-error"
                    prop:value=move || about.get()
                    on:input=move |event| about.set(event_target_value(&event))
                ></textarea>
            </FieldAround>
            <Owners owners=owners error=error("owners")/>
        </FormDialog>
    }
}

fn edited(was: &Application, name: String, about: String, owners: &[OwnedBy]) -> ApplicationEdit {
    let keys = |all: &[OwnedBy]| all.iter().map(|owner| owner.key.clone()).collect::<Vec<_>>();
    let before = Details { description: was.description.clone(), owners: keys(&was.owners) };
    let now = Details { description: about, owners: keys(owners) };
    ApplicationEdit {
        application: was.id,
        name: (was.name != name).then(|| (was.name.clone(), name)),
        details: (before != now).then_some((before, now)),
        seen: was.revision,
    }
}

/// Who owns it: each with a button that takes them out, and a field that finds more.
#[component]
fn Owners(owners: RwSignal<Vec<OwnedBy>>, error: Signal<Option<String>>) -> impl IntoView {
    let (value, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    whenever(move || {
        let key = value.get();
        if key.is_empty() {
            return;
        }
        let name = text.get_untracked();
        owners.update(|all| {
            if all.iter().all(|owner| owner.key != key) {
                all.push(OwnedBy { key, name });
            }
        });
        value.set(String::new());
        text.set(String::new());
    });
    let chip = move |owner: OwnedBy| {
        let key = owner.key.clone();
        view! {
            <li class="chip">
                {owner.name.clone()}
                <button
                    type="button"
                    class="btn quiet mini icon"
                    aria-label=format!("Take {} out", owner.name)
                    on:click=move |_| {
                        owners.update(|all| all.retain(|one| one.key != key));
                        rescue_focus();
                    }
                >
                    <Icon name="x"/>
                </button>
            </li>
        }
    };
    view! {
        <div class="field">
            <span class="label" id="owners-label">"Owned by"</span>
            <ul class="row" aria-labelledby="owners-label">
                <For each=move || owners.get() key=|owner| owner.key.clone() let:owner>
                    {chip(owner)}
                </For>
            </ul>
        </div>
        <Combobox
            id="find-owner"
            label="Add a person or group"
            name="owner"
            value=value
            text=text
            error=error
            placeholder="Name"
            search=find_who
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::catalog::InForceHere;
    use model::id::ObjectId;
    use model::view::applications::Status;

    #[test]
    fn only_what_was_altered_is_sent() {
        let owner = |key: &str| OwnedBy { key: key.to_owned(), name: key.to_owned() };
        let was = Application {
            revision: 7,
            id: ObjectId::from_bits(1),
            name: "Shop".to_owned(),
            in_force: InForceHere::default(),
            description: "Sells".to_owned(),
            owners: vec![owner("a")],
            status: Status::Live,
            planned_on: String::new(),
            since: None,
            stages: Vec::new(),
            running: Vec::new(),
            mergers: None,
            no_rights: None,
            no_editing: None,
            no_status: None,
            no_sandbox: None,
            no_removing: None,
        };
        let same = edited(&was, "Shop".to_owned(), "Sells".to_owned(), &[owner("a")]);
        assert_eq!((same.name, same.details, same.seen), (None, None, 7));
        let other = edited(&was, "Store".to_owned(), "Sells".to_owned(), &[]);
        assert_eq!(other.name, Some(("Shop".to_owned(), "Store".to_owned())));
        assert_eq!(other.details.unwrap().1.owners, Vec::<String>::new());
    }
}
