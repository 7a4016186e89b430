//! The dialog that gives a role in a place: to whom, which, from when until when, and what that does.

use super::near::FindPlace;
use super::server;
use crate::components::{FieldAround, Show};
use crate::people::wanted::Wanted;
use crate::people::{DayFields, Days, ReviewDialog, RoleChoice, WhomField};
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::id::{ObjectId, RoleId};
use model::limit::Limits;
use model::view::access::{WhomSearch, subject_of_key};
use model::view::folders::{FolderAct, FolderWish, Place};
use model::view::people::{ChoicesFor, RoleChoices};
use model::view::use_cases::{LimitKind, only};

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
    let days = Days::new();
    let choices = RwSignal::new(None::<Result<RoleChoices, Problem>>);
    let (limit, limit_to, limit_name) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    whenever(move || {
        if open.get() {
            for text in [whom, called, limit, limit_to, limit_name] {
                text.set(String::new());
            }
            days.clear();
        }
    });
    let subject = Memo::new(move |_| whom.with(|key| subject_of_key(key)));
    let asked = Memo::new(move |_| {
        let object = place.with_untracked(|place| place.id);
        subject.get().map(|subject| ChoicesFor { subject, object })
    });
    // Each role has limits of its own, and each limit places of its own.
    whenever(move || {
        role.track();
        limit.set(String::new());
    });
    whenever(move || {
        limit.track();
        limit_to.set(String::new());
        limit_name.set(String::new());
    });
    let kinds = Memo::new(move |_| {
        let of = role.with(|role| role.as_ref().map(|(role, _)| *role));
        choices.with(|choices| match choices {
            Some(Ok(choices)) => {
                let option = choices.options.iter().find(|option| Some(option.role) == of);
                option.map(|option| option.limits.clone()).unwrap_or_default()
            }
            _ => Vec::new(),
        })
    });
    let wanted = Memo::new(move |_| {
        let (subject, (role, _)) = (subject.get()?, role.get()?);
        let limits = match limit.with(String::is_empty) {
            true => Limits::NONE,
            false => only(&limit.get(), limit_to.with(|to| to.parse::<ObjectId>().ok())?),
        };
        let window = days.window();
        let (object, seen) = place.with(|place| (place.id, place.revision));
        let act = FolderAct::Give { subject, role, object, window, limits, with_half: false };
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
            <WhomField id="assign-whom" value=whom text=called search=find/>
            <RoleChoice asked=asked role=role look=server::roles choices=choices/>
            <Show when=move || !kinds.with(Vec::is_empty)>
                <LimitField place=place kinds=kinds limit=limit to=limit_to name=limit_name/>
            </Show>
            <DayFields id="assign" days=days/>
        </ReviewDialog>
    }
}

/// Within which limit, and to which place.
#[component]
fn LimitField(
    place: Signal<Place>,
    kinds: Memo<Vec<LimitKind>>,
    limit: RwSignal<String>,
    to: RwSignal<String>,
    name: RwSignal<String>,
) -> impl IntoView {
    let kind = move || {
        let chosen = limit.get();
        kinds.with(|kinds| kinds.iter().find(|kind| kind.key == chosen).map(|kind| kind.kind.clone()))
    };
    let options = move || {
        kinds
            .get()
            .into_iter()
            .map(|one| {
                let (key, words) = (one.key.clone(), one.words);
                view! {
                    <option value=one.key selected=move || limit.with(|limit| *limit == key)>
                        {words}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <FieldAround id="assign-limit" label="Limit (optional)">
            <span class="select">
            <select
                class="input"
                id="assign-limit"
                prop:value=move || limit.get()
                on:change=move |event| limit.set(event_target_value(&event))
            >
                <option value="">"No limit"</option>
                {options}
            </select>
            </span>
        </FieldAround>
        {move || kind().map(|kind| view! { <FindPlace id="assign-limit-to" place=place kind=kind value=to text=name/> })}
    }
}
