//! The dialog that gives a role in a place: to whom, which, from when until when, and what that does.

use super::server;
use crate::components::{Combobox, Field};
use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use crate::people::{RoleList, day};
use crate::problem::Problem;
use leptos::prelude::*;
use model::grant::{Subject, Window};
use model::id::RoleId;
use model::view::folders::{FolderAct, FolderWish, Place, WhomSearch, subject_of_key};
use model::view::people::{ChoicesFor, RoleChoices};

/// Gives a role there.
#[component]
pub(super) fn AssignDialog(
    /// The place.
    place: Signal<Place>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (whom, called) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let role = RwSignal::new(None::<(RoleId, String)>);
    let (from, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let choices = RwSignal::new(None::<Result<RoleChoices, Problem>>);
    Effect::new(move |_| {
        if open.get() {
            for text in [whom, called, from, until] {
                text.set(String::new());
            }
            role.set(None);
            choices.set(None);
        }
    });
    let subject = Memo::new(move |_| whom.with(|key| subject_of_key(key)));
    let asked = StoredValue::new(0_u32);
    let look = Action::new_local(move |subject: &Subject| {
        let wanted = ChoicesFor { subject: *subject, object: place.with_untracked(|place| place.id) };
        asked.update_value(|number| *number = number.wrapping_add(1));
        let number = asked.get_value();
        async move {
            let found = server::roles(wanted).await;
            // An answer about somebody who is no longer chosen is not shown.
            if asked.get_value() == number {
                choices.set(Some(found));
            }
        }
    });
    Effect::new(move |_| {
        role.set(None);
        choices.set(None);
        if let Some(subject) = subject.get() {
            look.dispatch_local(subject);
        }
    });
    let wanted = Memo::new(move |_| {
        let (subject, (role, _)) = (subject.get()?, role.get()?);
        let window = Window { from: day(&from.get(), 0), until: day(&until.get(), 1) };
        let (object, seen) = place.with(|place| (place.id, place.revision));
        let act = FolderAct::Give { subject, role, object, window, with_half: false };
        open.get().then_some(Wanted::Folders(FolderWish { act, seen }))
    });
    let find = move |search: String| async move {
        let of = place.with_untracked(|place| place.id);
        server::whom(WhomSearch { of, search }).await
    };
    let given = move || role.with(|role| role.as_ref().map(|(_, name)| name.clone()).unwrap_or_default());
    view! {
        <ReviewDialog
            id="assigning"
            title=Signal::derive(move || format!("Assign access to {}", place.with(|place| place.name.clone())))
            open=open
            wanted=wanted
            confirm="Assign".to_owned()
            done=Signal::derive(move || format!("{} has {} here.", called.get(), given()))
        >
            <Combobox
                id="assign-whom"
                label="Who"
                name="who"
                value=whom
                text=called
                placeholder="People, groups, service accounts or all users"
                search=find
            />
            <Show when=move || subject.get().is_some()>
                <RoleList choices=choices role=role/>
            </Show>
            <div class="pair">
                <Field id="assign-from" label="From (optional)" kind="date" value=from/>
                <Field id="assign-until" label="Until the end of (optional)" kind="date" value=until/>
            </div>
        </ReviewDialog>
    }
}
