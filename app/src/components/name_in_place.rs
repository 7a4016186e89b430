//! A name that is changed where it stands: Enter or the check saves, Escape or the cross leaves it as it was.

use super::icon::Icon;
use crate::components::Show;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::html;
use leptos::prelude::*;

/// The name, and a button to rename it; while `editing`, the field. The page saves in `on_save` and sets
/// `editing` to false when that went well; focus then goes back to the button.
#[component]
pub fn NameInPlace(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The name as it is.
    #[prop(into)]
    name: Signal<String>,
    /// What the field is called: `Name of the role`.
    #[prop(into)]
    label: String,
    /// Whether it is being changed.
    editing: RwSignal<bool>,
    /// Why it may not be changed; the reason stands on the page.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// While it is being saved.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it was not saved.
    #[prop(optional, into)]
    problem: Signal<Option<Problem>>,
    /// Saves the new name.
    #[prop(into)]
    on_save: Callback<String>,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |was: Option<bool>| {
        let is_editing = editing.get();
        if was == Some(true) && !is_editing {
            focus_when_drawn(button);
        }
        is_editing
    });
    let (id, label) = (StoredValue::new(id), StoredValue::new(label));
    let start = move |_| {
        if reason.with_untracked(Option::is_none) {
            editing.set(true);
        }
    };
    let why = move || format!("{}-why", id.get_value());
    view! {
        <Show
            when=move || editing.get()
            fallback=move || {
                view! {
                    <span>{name}</span>
                    <button
                        type="button"
                        class="btn quiet mini"
                        node_ref=button
                        aria-disabled=move || reason.with(Option::is_some).then_some("true")
                        aria-describedby=move || reason.with(Option::is_some).then(why)
                        on:click=start
                    >
                        "Rename"
                    </button>
                    {move || reason.get().map(|text| view! { <span class="vh" id=why()>{text}</span> })}
                }
            }
        >
            <Editor id=id.get_value() label=label.get_value() name=name editing=editing busy=busy problem=problem on_save=on_save/>
        </Show>
    }
}

#[component]
fn Editor(
    id: String,
    label: String,
    name: Signal<String>,
    editing: RwSignal<bool>,
    busy: Signal<bool>,
    problem: Signal<Option<Problem>>,
    on_save: Callback<String>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let text = RwSignal::new(name.get_untracked());
    whenever(move || {
        if let Some(field) = field.get() {
            // What is typed replaces the name, so it has to be there before it is selected.
            field.set_value(&text.get_untracked());
            let _ = field.focus();
            field.select();
        }
    });
    let save = move || {
        if !busy.get_untracked() {
            on_save.run(text.get_untracked());
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            save();
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            editing.set(false);
        }
        _ => {}
    };
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <span class="vh">{name}</span>
        <span class="edit">
            <input
                class="input"
                id=id
                aria-label=label
                autocomplete="off"
                node_ref=field
                prop:value=move || text.get()
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=move || problem.with(Option::is_some).then(|| described.clone())
                on:input=move |event| text.set(event_target_value(&event))
                on:keydown=on_key
            />
            <button
                type="button"
                class="btn icon primary"
                aria-label="Save name"
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| save()
            >
                <Icon name="check"/>
            </button>
            <button
                type="button"
                class="btn icon quiet"
                aria-label="Cancel, Escape"
                on:click=move |_| editing.set(false)
            >
                <Icon name="x"/>
            </button>
        </span>
        <span class="field">
            <span class="error" id=error_id role="status">
                {move || problem.get().map(|problem| problem.message)}
            </span>
        </span>
    }
}

/// The button is drawn anew after the field has gone: focus waits for it.
fn focus_when_drawn(button: NodeRef<html::Button>) {
    request_animation_frame(move || {
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
}
