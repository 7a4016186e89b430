//! A native modal dialog. Escape closes it and the browser gives focus back to what opened it.

use super::focus::rescue_focus;
use crate::components::Show;
use crate::whenever::whenever;
use leptos::html;
use leptos::prelude::*;

/// Open while `open` is true; sets it to false when it is closed in any way. Its content is made anew each
/// time it opens: a `.pad` and a `footer`, or a `form` that holds both.
///
/// ```ignore
/// <Dialog id="add-role" title="Add role" open=adding>
///     <form on:submit=save>
///         <div class="pad"><Field .../></div>
///         <footer><button type="button" class="btn" on:click=move |_| adding.set(false)>"Cancel"</button>
///             <button class="btn primary">"Save role"</button></footer>
///     </form>
/// </Dialog>
/// ```
#[component]
pub fn Dialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// `.pad` and `footer`.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    whenever(move || {
        let (is_wanted, dialog) = (open.get(), node.get());
        if let Some(dialog) = dialog {
            show(&dialog, is_wanted);
        }
    });
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    let children = StoredValue::new(children);
    view! {
        <dialog id=id aria-labelledby=labelled node_ref=node on:close=move |_| {
            // The browser tells a little later: it may be open again.
            if node.get_untracked().is_some_and(|dialog| dialog.open()) {
                return;
            }
            open.set(false);
            // What opened it may be gone by what was done in it.
            rescue_focus();
        }>
            // No landmark of its own: a dialog may stand inside the header of the page.
            <header role="none">
                <h2 id=heading>{title}</h2>
            </header>
            <Show when=move || open.get()>{children.with_value(|children| children())}</Show>
        </dialog>
    }
}

/// Whether a dialog is open that is about one thing at a time: it opens when there is one, and closed it is about
/// nothing.
pub fn open_about<T: Send + Sync + 'static>(about: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    whenever(move || {
        if about.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is_open = open.get();
        if was == Some(true) && !is_open {
            about.set(None);
        }
        is_open
    });
    open
}

fn show(dialog: &web_sys::HtmlDialogElement, is_wanted: bool) {
    if is_wanted && !dialog.open() {
        // Fails only for a dialog that has left the page.
        let _ = dialog.show_modal();
    } else if !is_wanted && dialog.open() {
        dialog.close();
    }
}
