//! The dialog that gives a role on an application or on one of its stages: to whom, where, which, from when until when,
//! and what that does.

use super::server;
use crate::components::{FieldAround, For};
use crate::people::wanted::Wanted;
use crate::people::{DayFields, Days, ReviewDialog, RoleChoice, WhomField};
use crate::whenever::whenever;
use leptos::prelude::*;
use model::id::{ObjectId, RoleId};
use model::view::access::{WhomSearch, subject_of_key};
use model::view::applications::{Application, Assigned, RightsAct, RightsWish};
use model::view::people::{ChoicesFor, Place};

/// Gives a role there.
#[component]
pub(super) fn AssignDialog(
    /// The application.
    application: Signal<Application>,
    /// Who has what on it, and where more can be given.
    assigned: Signal<Assigned>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (whom, called) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let place = RwSignal::new(None::<ObjectId>);
    let role = RwSignal::new(None::<(RoleId, String)>);
    let days = Days::new();
    whenever(move || {
        if open.get() {
            for text in [whom, called] {
                text.set(String::new());
            }
            days.clear();
            place.set(assigned.with_untracked(|assigned| assigned.places.first().map(|place| place.id)));
            role.set(None);
        }
    });
    let asked = Memo::new(move |_| {
        Some(ChoicesFor { subject: whom.with(|key| subject_of_key(key))?, object: place.get()? })
    });
    let wanted = Memo::new(move |_| {
        let (ChoicesFor { subject, object }, (role, _)) = (asked.get()?, role.get()?);
        let window = days.window();
        let seen = assigned.with(|assigned| assigned.revision);
        let act = RightsAct::Give { subject, role, object, window };
        open.get().then_some(Wanted::Rights(RightsWish { act, seen }))
    });
    let find = move |search: String| async move {
        let of = place.get_untracked().unwrap_or_else(|| application.with_untracked(|a| a.id));
        server::whom(WhomSearch { of, search }).await
    };
    let done = move || {
        let given = role.with(|role| role.as_ref().map(|(_, name)| name.clone()).unwrap_or_default());
        let on = assigned.with(|assigned| {
            let chosen = assigned.places.iter().find(|one| Some(one.id) == place.get());
            chosen.map(|place| place.name.clone()).unwrap_or_default()
        });
        format!("{} has {given} on {on}.", called.get())
    };
    view! {
        <ReviewDialog
            id="assigning"
            title=Signal::derive(move || format!("Assign access to {}", application.with(|a| a.name.clone())))
            open=open
            wanted=wanted
            confirm="Assign".to_owned()
            done=Signal::derive(done)
        >
            <WhomField id="assign-whom" value=whom text=called search=find/>
            <Where assigned=assigned place=place/>
            <RoleChoice asked=asked role=role look=server::roles/>
            <DayFields id="assign" days=days/>
        </ReviewDialog>
    }
}

/// The application or one of its stages.
#[component]
fn Where(assigned: Signal<Assigned>, place: RwSignal<Option<ObjectId>>) -> impl IntoView {
    let option = move |one: Place| {
        let id = one.id;
        view! {
            <option value=id.to_string() selected=move || place.get() == Some(id)>
                {format!("{} ({})", one.name, one.kind.to_lowercase())}
            </option>
        }
    };
    view! {
        <FieldAround id="assign-where" label="Where">
            <span class="select">
                <select
                    class="input"
                    id="assign-where"
                    on:change=move |event| place.set(event_target_value(&event).parse().ok())
                >
                    <For
                        each=move || assigned.with(|assigned| assigned.places.clone())
                        key=|one| (one.id, one.name.clone())
                        children=option
                    />
                </select>
            </span>
        </FieldAround>
    }
}
