//! A field that finds what is typed on the server. Without scripts it is a field of a form: the text is sent.

use super::icon::Icon;
use crate::action::Action;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::check::{Choice, Found};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// How long typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(150);

/// Finds what has the words that were typed.
#[derive(Clone)]
pub struct Search(Arc<dyn Fn(String) -> Finding + Send + Sync>);

type Finding = Pin<Box<dyn Future<Output = Result<Found, Problem>> + Send>>;

impl<F, R> From<F> for Search
where
    F: Fn(String) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Found, Problem>> + Send + 'static,
{
    fn from(search: F) -> Self {
        Self(Arc::new(move |words| Box::pin(search(words))))
    }
}

/// A combobox with a list below it. In a form it sends what was chosen under its name, and the text under its
/// name with `-name` behind it.
///
/// ```ignore
/// <Combobox id="who" label="Who" name="who" value text search=move |words| server::find_who(words)/>
/// ```
#[component]
pub fn Combobox(
    /// Unique on the page.
    id: &'static str,
    /// Its name on the screen.
    label: &'static str,
    /// Its name in a form.
    name: &'static str,
    /// What was chosen; empty: nothing.
    value: RwSignal<String>,
    /// What stands in the field.
    text: RwSignal<String>,
    /// What an empty field means.
    #[prop(optional)]
    placeholder: &'static str,
    /// Why it cannot be altered.
    #[prop(optional, into)]
    fixed: Signal<bool>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Finds what has the words.
    #[prop(into)]
    search: Search,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let at = RwSignal::new(0_usize);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let look = Action::new(move |words: String| (search.0)(words));
    let found = look.value();
    whenever(move || {
        found.track();
        at.set(0);
    });
    let show_all = move || {
        if !fixed.get_untracked() && !open.get_untracked() {
            open.set(true);
            // What is chosen already is no search.
            let words =
                if value.with_untracked(String::is_empty) { text.get_untracked() } else { String::new() };
            look.dispatch(words);
        }
    };
    let rest = move || {
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        let ask = move || {
            look.dispatch(text.get_untracked());
        };
        waiting.set_value(set_timeout_with_handle(ask, REST).ok());
    };
    let pick = move |choice: Choice| {
        value.set(choice.value);
        text.set(choice.name);
        open.set(false);
    };
    let options = move || {
        found.with(|found| match found {
            Some(Ok(found)) => found.options.clone(),
            _ => Vec::new(),
        })
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let (count, here) = (options().len(), at.get_untracked());
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open.get_untracked() => show_all(),
            "ArrowDown" if count > 0 => at.set((here + 1) % count),
            "ArrowUp" if count > 0 => at.set((here + count - 1) % count),
            "Enter" if open.get_untracked() => match options().into_iter().nth(here) {
                Some(choice) => pick(choice),
                None => return,
            },
            "Escape" if open.get_untracked() => open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let option_id = move |at: usize| format!("{id}-option-{at}");
    let active = move || (open.get() && at.get() < options().len()).then(|| option_id(at.get()));
    let (list_id, error_id) = (format!("{id}-list"), format!("{id}-error"));
    let (controls, described) = (list_id.clone(), error_id.clone());
    view! {
        <div class="field combo">
            <label for=id>{label}</label>
            <input type="hidden" name=name value=value.get_untracked() prop:value=move || value.get()/>
            <input
                class="input"
                id=id
                name=format!("{name}-name")
                role="combobox"
                aria-expanded=move || open.get().to_string()
                aria-controls=controls
                aria-autocomplete="list"
                aria-activedescendant=active
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                readonly=move || fixed.get()
                autocomplete="off"
                placeholder=placeholder
                value=text.get_untracked()
                prop:value=move || text.get()
                on:input=move |event| {
                    value.set(String::new());
                    text.set(event_target_value(&event));
                    open.set(true);
                    rest();
                }
                on:click=move |_| show_all()
                on:keydown=on_key
                on:blur=move |_| open.set(false)
            />
            <div class="menu" hidden=move || !open.get()>
                <p class="note" role="status">
                    {move || {
                        open.get()
                            .then(|| {
                                found
                                    .with(|found| match found {
                                        None => "Searching".to_owned(),
                                        Some(Err(problem)) => problem.message.clone(),
                                        Some(Ok(found)) if found.options.is_empty() => {
                                            "Nothing found. Try another word.".to_owned()
                                        }
                                        Some(Ok(found)) => {
                                            format!("{} of {} found", found.options.len(), found.total)
                                        }
                                    })
                            })
                    }}
                </p>
                <div role="listbox" id=list_id aria-label=label>
                    {move || {
                        options()
                            .into_iter()
                            .enumerate()
                            .map(|(number, choice)| {
                                let picked = choice.clone();
                                view! {
                                    <div
                                        role="option"
                                        id=option_id(number)
                                        aria-selected=move || (at.get() == number).to_string()
                                        on:mousedown=|event| event.prevent_default()
                                        on:mousemove=move |_| at.set(number)
                                        on:click=move |_| pick(picked.clone())
                                    >
                                        <span>{choice.name}</span>
                                        <Icon name=icon_of(&choice.value)/>
                                        <small>{choice.about}</small>
                                    </div>
                                }
                            })
                            .collect_view()
                    }}
                </div>
            </div>
            <span class="error" id=error_id role="status">
                {move || error.get()}
            </span>
        </div>
    }
}

fn icon_of(value: &str) -> &'static str {
    match value.split_once('.') {
        Some(("person", _)) => "people",
        Some(("group", _)) => "group",
        Some(_) => "process",
        None => "folder",
    }
}
