//! Those whom a permission names, as chips: saved, staged to go, and staged to come.

use super::staged::Staged;
use crate::components::{For, Icon};
use leptos::prelude::*;
use model::grant::Subject;
use model::id::RoleId;
use model::view::tenants::{AccessRow, Chip};

/// The chips of a row.
#[component]
pub(super) fn Chips(
    /// The row as saved.
    row: Memo<Option<AccessRow>>,
    /// What is staged.
    staged: Staged,
    /// Whether nothing may be changed.
    barred: Memo<bool>,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let Some(row) = row.get() else { return Vec::new() };
        let added = staged.of(row.role).add;
        row.audience.into_iter().chain(added).collect::<Vec<Chip>>()
    });
    let role = row.with_untracked(|row| row.as_ref().map(|row| row.role));
    let nobody = move || {
        let is_nobody = barred.get() && all.with(Vec::is_empty);
        is_nobody.then(|| view! { <span class="faint">"Nobody"</span> })
    };
    view! {
        {role
            .map(|role| {
                view! {
                    <For each=move || all.get() key=|chip| chip.subject let:chip>
                        <One chip=chip role=role staged=staged barred=barred/>
                    </For>
                }
            })}
        {nobody}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Saved,
    Cut,
    Added,
}

/// One chip. It stays the same element while it changes, so that focus stays on its button.
#[component]
fn One(chip: Chip, role: RoleId, staged: Staged, barred: Memo<bool>) -> impl IntoView {
    let (subject, name) = (chip.subject, chip.name.clone());
    let state = Memo::new(move |_| {
        let edit = staged.of(role);
        if edit.cut.contains(&subject) {
            State::Cut
        } else if edit.add.iter().any(|one| one.subject == subject) {
            State::Added
        } else {
            State::Saved
        }
    });
    let icon = match subject {
        Subject::Everyone => Some("all"),
        Subject::Group(_) => Some("group"),
        Subject::ServiceAccount(_) => Some("robot"),
        Subject::User(_) => None,
    };
    let class = move || match state.get() {
        State::Saved => "chip",
        State::Cut => "chip loss",
        State::Added => "chip gain",
    };
    let said = move || match state.get() {
        State::Saved => None,
        State::Cut => Some(view! { <span class="vh">" will be taken out"</span> }),
        State::Added => Some(view! { <span class="vh">" will be added"</span> }),
    };
    let label = move || match state.get() {
        State::Saved => format!("Take {name} out"),
        State::Cut => format!("Put {name} back"),
        State::Added => format!("Take {name} out again"),
    };
    let sign = move || if state.get() == State::Cut { "undo" } else { "x" };
    let press = move |_| match state.get_untracked() {
        State::Cut => staged.put_back(role, subject),
        State::Saved => staged.cut(role, subject),
        State::Added => {
            staged.cut(role, subject);
            // The chip goes: focus moves on to the field after it.
            focus(&format!("add-{role}"));
        }
    };
    let label = StoredValue::new(label);
    let button = move || {
        (!barred.get()).then(|| {
            view! {
                <button type="button" aria-label=move || label.with_value(|label| label()) on:click=press>
                    {move || view! { <Icon name=sign()/> }}
                </button>
            }
        })
    };
    view! {
        <span class=class>
            {icon.map(|name| view! { <Icon name=name/> })}
            <span>{chip.name}</span>
            {said}
            {button}
        </span>
    }
}

#[cfg(feature = "hydrate")]
fn focus(id: &str) {
    use leptos::wasm_bindgen::JsCast;
    let field =
        document().get_element_by_id(id).and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
fn focus(_: &str) {}
