//! A button that may have a reason against it: it then stays, keeps focus and says why.

use leptos::prelude::*;

/// Why something may not be done. Other controls point at it with `aria-describedby`.
#[component]
pub fn Reason(
    /// The id that controls point at.
    #[prop(into)]
    id: String,
    /// The sentence; nothing is drawn without one.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// For screen readers only: where the same sentence is in sight already.
    #[prop(optional)]
    hidden: bool,
) -> impl IntoView {
    move || {
        let class = if hidden { "vh" } else { "help" };
        text.get().map(|text| view! { <span id=id.clone() class=class>{text}</span> })
    }
}

/// A `<button type="button">`. With a reason it is drawn dashed, does nothing and is described by the reason.
///
/// ```ignore
/// <Button class="btn primary" id="add-role" reason=why_not on_press=move |()| open.set(true)>
///     <Icon name="plus"/> "Add role"
/// </Button>
/// ```
#[component]
pub fn Button(
    /// Unique on the page; needed only where there may be a reason.
    #[prop(optional, into)]
    id: String,
    /// `btn`, `btn primary`, `btn quiet mini` …
    #[prop(optional, into)]
    class: Option<String>,
    /// Why it may not be pressed.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// While what it started goes on.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Its name, where the words in it are not enough.
    #[prop(optional, into)]
    label: Option<String>,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// Icon and words.
    children: Children,
) -> impl IntoView {
    let why = format!("{id}-why");
    let described = why.clone();
    let is_barred = move || reason.with(Option::is_some);
    let press = move |_| {
        if !is_barred() && !busy.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            id=(!id.is_empty()).then_some(id)
            class=class.unwrap_or_else(|| "btn".to_owned())
            aria-label=label
            aria-disabled=move || is_barred().then_some("true")
            aria-describedby=move || is_barred().then(|| described.clone())
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {children()}
        </button>
        <Reason id=why text=reason hidden=true/>
    }
}
