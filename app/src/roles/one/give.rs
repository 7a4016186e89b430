//! The dialog that gives the role: to whom, one or many, where its level allows, from when until when.

use super::Shared;
use crate::components::focus::rescue_focus;
use crate::components::{Combobox, For, Icon, Show};
use crate::people::wanted::Wanted;
use crate::people::{DayFields, Days, ReviewDialog, WhomField};
use crate::roles::server;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use model::grant::Subject;
use model::id::ObjectId;
use model::view::access::subject_of_key;
use model::view::role_users::{RoleAct, RoleSearch, RoleWish, Users};

/// Those who were picked, in order, with their names.
type Picked = RwSignal<Vec<(Subject, String)>>;

/// Gives the role.
#[component]
pub(super) fn GiveRole(
    shared: Shared,
    /// Who has it.
    users: Signal<Users>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let picked: Picked = RwSignal::new(Vec::new());
    let (whom, called) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (place, place_name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let days = Days::new();
    whenever(move || {
        if open.get() {
            for text in [whom, called] {
                text.set(String::new());
            }
            days.clear();
            picked.set(Vec::new());
            let first = users.with_untracked(|users| users.place.clone()).unwrap_or_default();
            place.set(first.value);
            place_name.set(first.name);
        }
    });
    // Whoever is chosen joins the others, and the field is free for the next.
    whenever(move || {
        if let Some(subject) = whom.with(|key| subject_of_key(key)) {
            let name = called.get_untracked();
            picked.update(|picked| {
                if !picked.iter().any(|(other, _)| *other == subject) {
                    picked.push((subject, name));
                }
            });
            whom.set(String::new());
            called.set(String::new());
        }
    });
    let wanted = Memo::new(move |_| {
        let object: ObjectId = place.with(|place| place.parse()).ok()?;
        let whom: Vec<Subject> = picked.with(|picked| picked.iter().map(|(subject, _)| *subject).collect());
        let window = days.window();
        let seen = users.with(|users| users.revision);
        let is_ready = open.get() && !whom.is_empty();
        let act = RoleAct::Give { whom, object, window, with_half: false };
        is_ready.then(|| Wanted::Role(RoleWish { role: shared.id(), act, seen }))
    });
    let find_whom =
        move |search: String| async move { server::whom(RoleSearch { role: shared.id(), search }).await };
    let find_place =
        move |search: String| async move { server::places(RoleSearch { role: shared.id(), search }).await };
    let role = move || shared.column.with(|role| role.name.clone());
    let done = Signal::derive(move || {
        let names: Vec<String> = picked.with(|picked| picked.iter().map(|(_, name)| name.clone()).collect());
        let verb = if names.len() == 1 { "has" } else { "have" };
        format!("{} {verb} {}.", words::names(&names, names.len() as u64, 3), role())
    });
    view! {
        <ReviewDialog
            id="giving"
            title=Signal::derive(move || format!("Add users to {}", role()))
            open=open
            wanted=wanted
            confirm="Give role".to_owned()
            done=done
        >
            <WhomField id="give-whom" value=whom text=called search=find_whom/>
            <PickedOnes picked=picked/>
            <Combobox
                id="give-where"
                label="Where"
                name="place"
                value=place
                text=place_name
                placeholder="Part of its name"
                search=find_place
            />
            <DayFields id="give" days=days/>
        </ReviewDialog>
    }
}

/// Those who were picked, each with a button that leaves them out again.
#[component]
fn PickedOnes(picked: Picked) -> impl IntoView {
    view! {
        <Show when=move || picked.with(|picked| !picked.is_empty())>
            <ul class="chips" aria-label="Chosen">
                <For each=move || picked.get() key=|(subject, _)| *subject let:one>
                    {
                        let (subject, name) = one;
                        view! {
                            <li class="chip">
                                {name.clone()}
                                <button
                                    type="button"
                                    aria-label=format!("Leave out {name}")
                                    on:click=move |_| {
                                        picked.update(|picked| picked.retain(|(other, _)| *other != subject));
                                        rescue_focus();
                                    }
                                >
                                    <Icon name="x"/>
                                </button>
                            </li>
                        }
                    }
                </For>
            </ul>
        </Show>
    }
}
