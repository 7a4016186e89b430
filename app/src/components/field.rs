//! A label, what it labels, help and what is wrong with it, tied together for screen readers.

use leptos::prelude::*;

/// A line of text to fill in. `error` is usually `problem.about("name")`.
///
/// ```ignore
/// <Field id="role-name" label="Name" value=name error=Signal::derive(move || problem.get()?.about("name"))/>
/// ```
#[component]
pub fn Field(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: String,
    /// What is filled in.
    value: RwSignal<String>,
    /// `text`, `email`, `password`, `date` …
    #[prop(default = "text")]
    kind: &'static str,
    /// The name of the value where a form is sent.
    #[prop(optional)]
    name: &'static str,
    /// What browsers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What it is for.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether focus starts here when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let (input_id, error_id, help_id) = (id.clone(), format!("{id}-error"), format!("{id}-help"));
    let described = describer(&error_id, &help_id, help.is_some(), error);
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=input_id
                type=kind
                name=(!name.is_empty()).then_some(name)
                autocomplete=autocomplete
                autofocus=autofocus
                prop:value=move || value.get()
                value=value.get_untracked()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:input=move |event| value.set(event_target_value(&event))
            />
            {help.map(|help| view! { <span class="help" id=help_id>{help}</span> })}
            <ErrorText id=error_id error=error/>
        </div>
    }
}

/// The same around something else to fill in: give that one `id`, and `aria-describedby="ID-error"`.
#[component]
pub fn FieldAround(
    /// The id of what is inside.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What is filled in.
    children: Children,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {children()}
            <ErrorText id=error_id error=error/>
        </div>
    }
}

/// Read out when it appears, since it appears while the person is elsewhere.
#[component]
fn ErrorText(id: String, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <span class="error" id=id role="status">
            {move || error.get()}
        </span>
    }
}

fn describer(
    error_id: &str,
    help_id: &str,
    has_help: bool,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Send + Sync + use<> {
    let (error_id, help_id) = (error_id.to_owned(), help_id.to_owned());
    move || match (error.with(Option::is_some), has_help) {
        (true, true) => Some(format!("{error_id} {help_id}")),
        (true, false) => Some(error_id.clone()),
        (false, true) => Some(help_id.clone()),
        (false, false) => None,
    }
}
