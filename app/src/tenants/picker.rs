//! The picker at the end of a row: a combobox whose options the server finds.

use super::server;
use super::staged::Staged;
use crate::action::Action;
use crate::components::{ProblemBanner, Show};
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::html;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::tenants::{AccessRow, Chip, Picked, PickerQuery};
use std::time::Duration;

/// How long typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(180);

/// All that the parts of one picker share.
#[derive(Clone, Copy)]
struct Picker {
    row: Memo<Option<AccessRow>>,
    staged: Staged,
    text: RwSignal<String>,
    open: RwSignal<bool>,
    found: RwSignal<Option<Result<Picked, Problem>>>,
    active: RwSignal<usize>,
    /// The number of the last question: an answer to an earlier one is not shown.
    asked: StoredValue<u32>,
    field: NodeRef<html::Input>,
}

impl Picker {
    /// Those found, without who is staged already.
    fn options(self) -> Vec<Chip> {
        let Some(row) = self.row.get() else { return Vec::new() };
        let edit = self.staged.of(row.role);
        let is_staged = |chip: &Chip| edit.add.iter().any(|one| one.subject == chip.subject);
        self.found.with(|found| match found {
            Some(Ok(picked)) => picked.found.iter().filter(|chip| !is_staged(chip)).cloned().collect(),
            _ => Vec::new(),
        })
    }

    /// Forgets what was found, so that nothing is picked that was found for other words.
    fn forget(self) {
        self.asked.update_value(|number| *number = number.wrapping_add(1));
        self.found.set(None);
        self.active.set(0);
    }

    fn pick(self, chip: Chip) {
        self.forget();
        if let Some(row) = self.row.get_untracked() {
            self.staged.add(&row, chip);
        }
        self.text.set(String::new());
        self.open.set(false);
        if let Some(field) = self.field.get_untracked() {
            let _ = field.focus();
        }
    }

    fn on_key(self, event: &web_sys::KeyboardEvent) {
        let count = untrack(move || self.options()).len();
        let is_open = self.open.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !is_open => self.open.set(true),
            "ArrowDown" => self.active.update(|at| *at = (*at + 1).min(count.saturating_sub(1))),
            "ArrowUp" => self.active.update(|at| *at = at.saturating_sub(1)),
            "Enter" if is_open => {
                let chosen = untrack(move || self.options()).into_iter().nth(self.active.get_untracked());
                if let Some(chip) = chosen {
                    self.pick(chip);
                }
            }
            "Escape" if is_open => self.open.set(false),
            _ => return,
        }
        event.prevent_default();
    }
}

/// The field and its list. What is picked is staged, not saved.
#[component]
pub(super) fn PickerField(
    /// The tenant.
    tenant: ObjectId,
    /// The row as saved.
    row: Memo<Option<AccessRow>>,
    /// What is staged.
    staged: Staged,
) -> impl IntoView {
    let picker = Picker {
        row,
        staged,
        text: RwSignal::new(String::new()),
        open: RwSignal::new(false),
        found: RwSignal::new(None),
        active: RwSignal::new(0),
        asked: StoredValue::new(0),
        field: NodeRef::new(),
    };
    let look = Action::new(move |query: PickerQuery| {
        let number = picker.asked.get_value();
        async move {
            let found = server::found(query).await;
            if picker.asked.get_value() == number {
                picker.found.set(Some(found));
            }
        }
    });
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    whenever(move || {
        let (search, is_open) = (picker.text.get(), picker.open.get());
        let role = picker.row.with_untracked(|row| row.as_ref().map(|row| row.role));
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        if let (true, Some(role)) = (is_open, role) {
            let ask = move || {
                look.dispatch(PickerQuery { tenant, role, search: search.clone() });
            };
            waiting.set_value(set_timeout_with_handle(ask, REST).ok());
        }
    });
    let (role, name) = row
        .with_untracked(|row| row.as_ref().map(|row| (row.role.to_string(), row.name.clone())))
        .unwrap_or_default();
    let list = StoredValue::new(format!("found-{role}"));
    let active = move || {
        let is_one = picker.open.get() && picker.active.get() < picker.options().len();
        is_one.then(|| format!("{}-{}", list.get_value(), picker.active.get()))
    };
    view! {
        <input
            role="combobox"
            id=format!("add-{role}")
            aria-label=format!("Add to {name}")
            aria-autocomplete="list"
            aria-expanded=move || if picker.open.get() { "true" } else { "false" }
            aria-controls=move || picker.open.get().then(|| list.get_value())
            aria-activedescendant=active
            placeholder="Add people or groups"
            autocomplete="off"
            node_ref=picker.field
            prop:value=move || picker.text.get()
            on:input=move |event| {
                picker.forget();
                picker.text.set(event_target_value(&event));
                picker.open.set(true);
            }
            on:click=move |_| picker.open.set(true)
            on:blur=move |_| picker.open.set(false)
            on:keydown=move |event| picker.on_key(&event)
        />
        <Show when=move || picker.open.get()>
            <List picker=picker id=list.get_value()/>
        </Show>
    }
}

#[component]
fn List(picker: Picker, id: String) -> impl IntoView {
    let named = id.clone();
    let id = StoredValue::new(id);
    let said = move || {
        picker.found.with(|found| match found {
            None => "Looking".to_owned(),
            Some(Ok(picked)) if picked.total == 0 => "Nobody else is found.".to_owned(),
            Some(Ok(picked)) => format!("{} of {} found", picked.found.len(), picked.total),
            Some(Err(_)) => String::new(),
        })
    };
    let problem = Signal::derive(move || picker.found.get().and_then(Result::err));
    let options = move || {
        let active = picker.active.get();
        picker
            .options()
            .into_iter()
            .enumerate()
            .map(|(at, chip)| {
                let option = format!("{}-{at}", id.get_value());
                let (name, about) = (chip.name.clone(), chip.about.clone());
                view! {
                    <div
                        role="option"
                        id=option
                        class=(at == active).then_some("focus-shown")
                        aria-selected="false"
                        on:click=move |_| picker.pick(chip.clone())
                    >
                        <span>{name}</span>
                        <small>{about}</small>
                    </div>
                }
            })
            .collect_view()
    };
    // Focus stays in the field while the list is pressed.
    view! {
        <div class="menu" on:mousedown=move |event| event.prevent_default()>
            <div role="listbox" id=named aria-label="Found">
                {options}
            </div>
            <ProblemBanner problem=problem/>
            <p class="note" role="status">
                {said}
            </p>
        </div>
    }
}
