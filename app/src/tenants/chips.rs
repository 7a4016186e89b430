//! Those whom a permission names, as chips: saved, staged to go, and staged to come.

use super::staged::{RowEdit, Staged};
use crate::components::Icon;
use leptos::prelude::*;
use model::grant::Subject;
use model::id::RoleId;
use model::view::tenants::{AccessRow, Chip};

/// The chips of a row. `barred`: whether the reader may change none of it.
#[component]
pub(super) fn Chips(
    /// The row as saved.
    row: Memo<Option<AccessRow>>,
    /// What is staged.
    staged: Staged,
    /// Whether nothing may be changed.
    barred: Memo<bool>,
) -> impl IntoView {
    move || {
        let Some(row) = row.get() else { return ().into_any() };
        let (role, edit, barred) = (row.role, staged.of(row.role), barred.get());
        let is_nobody = barred && row.audience.is_empty();
        let saved = row.audience.iter().map(|chip| one(chip, state_of(chip, &edit), role, staged, barred));
        let added = edit.add.iter().map(|chip| one(chip, State::Added, role, staged, barred));
        view! {
            {saved.chain(added).collect_view()}
            {is_nobody.then(|| view! { <span class="faint">"Nobody"</span> })}
        }
        .into_any()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Saved,
    Cut,
    Added,
}

fn state_of(chip: &Chip, edit: &RowEdit) -> State {
    if edit.cut.contains(&chip.subject) { State::Cut } else { State::Saved }
}

fn one(chip: &Chip, state: State, role: RoleId, staged: Staged, barred: bool) -> impl IntoView + use<> {
    let icon = match chip.subject {
        Subject::Everyone => Some("all"),
        Subject::Group(_) => Some("group"),
        Subject::ServiceAccount(_) => Some("robot"),
        Subject::User(_) => None,
    };
    let (class, label, sign) = match state {
        State::Saved => ("chip", format!("Take {} out", chip.name), "x"),
        State::Cut => ("chip loss", format!("Put {} back", chip.name), "undo"),
        State::Added => ("chip gain", format!("Take {} out again", chip.name), "x"),
    };
    let said = match state {
        State::Saved => None,
        State::Cut => Some(" will be taken out"),
        State::Added => Some(" will be added"),
    };
    let subject = chip.subject;
    let press = move |_| match state {
        State::Cut => staged.put_back(role, subject),
        State::Saved | State::Added => staged.cut(role, subject),
    };
    let button = (!barred).then(|| {
        view! {
            <button type="button" aria-label=label on:click=press>
                <Icon name=sign/>
            </button>
        }
    });
    view! {
        <span class=class>
            {icon.map(|name| view! { <Icon name=name/> })}
            <span>{chip.name.clone()}</span>
            {said.map(|said| view! { <span class="vh">{said}</span> })}
            {button}
        </span>
    }
}
