//! A link that is shown once, with a button that copies it.

use crate::components::Icon;
use leptos::html;
use leptos::prelude::*;

/// The link, selected as a whole when it gets focus, and *Copy*.
#[component]
pub fn CopyLink(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it is: *Link for Alice Moreau*.
    #[prop(into)]
    label: String,
    /// The link.
    #[prop(into)]
    url: String,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(false);
    let text = url.clone();
    let copy = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        write_clipboard(&text);
        copied.set(true);
    };
    let name = format!(
        "Copy {}{}",
        label.chars().take(1).flat_map(char::to_lowercase).collect::<String>(),
        label.chars().skip(1).collect::<String>()
    );
    view! {
        <div class="copy">
            <input
                class="input"
                id=id
                aria-label=label
                readonly
                node_ref=field
                value=url
                on:focus=move |_| {
                    if let Some(field) = field.get_untracked() {
                        field.select();
                    }
                }
            />
            <button type="button" class="btn" aria-label=name on:click=copy>
                <Icon name="copy"/>
                {move || if copied.get() { "Copied" } else { "Copy" }}
            </button>
        </div>
    }
}

/// The field is selected as well, so that the keys for copying work where the browser refuses.
pub(crate) fn write_clipboard(text: &str) {
    let clipboard = window().navigator().clipboard();
    let _ = clipboard.write_text(text);
}
