//! The finder: Ctrl+K, a few letters, Enter. Knows the pages and what is done on them; people, groups, roles,
//! permissions and places are looked up on the server while one types.

mod entry;
mod lookup;

use crate::components::{Dialog, Icon};
use crate::whenever::whenever;
use entry::{Act, Entry, entries, matching};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The button in the top bar and the dialog that it opens.
#[component]
pub fn Finder() -> impl IntoView {
    let open = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    whenever(move || {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            let is_asked = (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k");
            if is_asked {
                event.prevent_default();
                open.update(|open| *open = !*open);
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <button
            class="finder"
            type="button"
            aria-keyshortcuts="Control+K"
            aria-haspopup="dialog"
            on:click=move |_| open.set(true)
        >
            <Icon name="search"/>
            <span>"Find or do"</span>
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </button>
        <Dialog id="finder" title="Find or do" open=open>
            <Search open=open/>
        </Dialog>
    }
}

/// A combobox over the list of what there is.
#[component]
fn Search(open: RwSignal<bool>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    whenever(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let hits = lookup::hits(words);
    let found = Memo::new(move |_| {
        let mut found = words.with(|words| matching(&entries(), words));
        found.extend(hits.get());
        found
    });
    let navigate = use_navigate();
    let go = StoredValue::new(move |entry: &Entry| {
        if entry.barred.is_some() {
            return;
        }
        open.set(false);
        match &entry.act {
            Act::Open(path) => navigate(path, Default::default()),
            Act::Theme(theme) => {
                #[cfg(feature = "hydrate")]
                super::theme::keep(*theme);
                let _ = theme;
            }
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with(Vec::len);
        let here = chosen.get_untracked().min(count.saturating_sub(1));
        match event.key().as_str() {
            "ArrowDown" if count > 0 => chosen.set((here + 1) % count),
            "ArrowUp" if count > 0 => chosen.set((here + count - 1) % count),
            "Enter" => {
                if let Some(entry) = found.with(|found| found.get(here).cloned()) {
                    go.with_value(|go| go(&entry));
                }
            }
            _ => return,
        }
        event.prevent_default();
        show_chosen();
    };
    let active = move || (chosen.get() < found.with(Vec::len)).then(|| option_id(chosen.get()));
    let options = move || {
        found.get().into_iter().enumerate().map(|(at, entry)| option(at, entry, chosen, go)).collect_view()
    };
    view! {
        <div class="pad">
            <div class="search">
                <Icon name="search"/>
                <input
                    class="input"
                    id="finder-field"
                    role="combobox"
                    aria-label="Find a page, a person, a group, a role, a permission or a place"
                    placeholder="Page, person, group, role, permission or place"
                    aria-expanded="true"
                    aria-controls="finder-found"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    autocomplete="off"
                    node_ref=field
                    prop:value=move || words.get()
                    on:input=move |event| {
                        words.set(event_target_value(&event));
                        chosen.set(0);
                    }
                    on:keydown=on_key
                />
            </div>
            <div class="menu plain" id="finder-found" role="listbox" aria-label="Found">
                {options}
            </div>
            <p class="help" role="status">
                {move || found.with(Vec::is_empty).then_some("Nothing found. Try another word.")}
            </p>
        </div>
    }
}

fn option(
    at: usize,
    entry: Entry,
    chosen: RwSignal<usize>,
    go: StoredValue<impl Fn(&Entry) + Send + Sync + 'static>,
) -> impl IntoView {
    let Entry { name, note, icon, barred, .. } = entry.clone();
    let is_barred = barred.is_some();
    view! {
        <div
            role="option"
            id=option_id(at)
            aria-selected=move || (chosen.get() == at).to_string()
            aria-disabled=is_barred.then_some("true")
            on:mousemove=move |_| chosen.set(at)
            on:click=move |_| go.with_value(|go| go(&entry))
        >
            <Icon name=icon/>
            <span>{name} {(!note.is_empty()).then(|| view! { " " <span class="faint">{note}</span> })}</span>
            {barred.map(|reason| view! { <small>{reason}</small> })}
        </div>
    }
}

fn option_id(at: usize) -> String {
    format!("finder-{at}")
}

/// The chosen one is scrolled to where it can be seen, once it is drawn as such.
fn show_chosen() {
    request_animation_frame(|| {
        let chosen = document().query_selector("#finder-found [aria-selected=true]").ok().flatten();
        if let Some(chosen) = chosen {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            chosen.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}
