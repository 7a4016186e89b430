//! A place that is named beside another: one of a few, or found on the server.

use super::server;
use crate::components::Combobox;
use leptos::prelude::*;
use model::view::folders::{Near, Place, PlaceSearch, SearchFor};
use model::view::use_cases::Choose;

/// Asks which.
#[component]
pub(super) fn NearPicker(
    /// Beside which place.
    place: Signal<Place>,
    /// What is asked.
    choose: Choose,
    /// The id of what was chosen; empty: nothing yet.
    value: RwSignal<String>,
    /// Its name.
    text: RwSignal<String>,
) -> impl IntoView {
    let Choose { label, kind, near, .. } = choose;
    match kind.filter(|_| near.is_empty()) {
        Some(kind) => {
            view! { <FindPlace id="near-place" place=place kind=kind value=value text=text/> }.into_any()
        }
        None => view! {
            <fieldset class="field">
                <legend>{label}</legend>
                {near.into_iter().map(|one| radio(one, value, text)).collect_view()}
            </fieldset>
        }
        .into_any(),
    }
}

fn radio(one: Near, value: RwSignal<String>, text: RwSignal<String>) -> impl IntoView {
    let Near { id, name, about, .. } = one;
    let key = id.to_string();
    let (chosen, picked, called) = (key.clone(), key, name.clone());
    view! {
        <label class="choice">
            <input
                type="radio"
                name="near-place"
                prop:checked=move || value.with(|value| *value == chosen)
                on:click=move |_| {
                    value.set(picked.clone());
                    text.set(called.clone());
                }
            />
            {name}
            <span class="faint">{about.to_lowercase()}</span>
        </label>
    }
}

/// Finds a place of a kind in the tenant of another.
#[component]
pub(super) fn FindPlace(
    /// Unique on the page.
    id: &'static str,
    /// Beside which place.
    place: Signal<Place>,
    /// The key of the kind.
    kind: String,
    /// The id of what was chosen.
    value: RwSignal<String>,
    /// What stands in the field.
    text: RwSignal<String>,
) -> impl IntoView {
    let label = match kind.as_str() {
        "robot" => "Robot",
        "environment" => "Environment",
        "process" => "Process",
        _ => "Place",
    };
    let find = move |search: String| {
        let (object, kind) = (place.with_untracked(|place| place.id), kind.clone());
        server::find(PlaceSearch { search, to: SearchFor::Beside { object, kind } })
    };
    view! {
        <Combobox id=id label=label name="near" value=value text=text placeholder="Part of its name" search=find/>
    }
}
