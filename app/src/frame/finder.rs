//! The finder: Ctrl+K, a few letters, Enter. Knows the pages.

use super::places::PLACES;
use super::shell_here;
use crate::components::{Dialog, Icon};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Somewhere to go, with the reason against.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    path: &'static str,
    name: &'static str,
    icon: &'static str,
    barred: Option<String>,
}

/// The button in the top bar and the dialog that it opens.
#[component]
pub fn Finder() -> impl IntoView {
    let open = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
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
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let found = Memo::new(move |_| words.with(|words| matching(&entries(), words)));
    let navigate = use_navigate();
    let go = StoredValue::new(move |entry: &Entry| {
        if entry.barred.is_none() {
            open.set(false);
            navigate(entry.path, Default::default());
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with(Vec::len);
        let here = chosen.get_untracked();
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
    };
    let active = move || found.with(|found| found.get(chosen.get()).map(option_id));
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
                    aria-label="Find a page"
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
    let (id, name, icon, barred) = (option_id(&entry), entry.name, entry.icon, entry.barred.clone());
    let is_barred = barred.is_some();
    view! {
        <div
            role="option"
            id=id
            aria-selected=move || (chosen.get() == at).to_string()
            aria-disabled=is_barred.then_some("true")
            on:mousemove=move |_| chosen.set(at)
            on:click=move |_| go.with_value(|go| go(&entry))
        >
            <span>{name}</span>
            <Icon name=icon/>
            {barred.map(|reason| view! { <small>{reason}</small> })}
        </div>
    }
}

fn option_id(entry: &Entry) -> String {
    format!("finder-{}", entry.icon)
}

fn entries() -> Vec<Entry> {
    let shell = shell_here();
    let own = Entry { path: "/account", name: "Your account", icon: "lock", barred: None };
    PLACES
        .iter()
        .filter(|place| shell.as_ref().is_none_or(|shell| place.is_there(shell)))
        .map(|place| Entry {
            path: place.path,
            name: place.name,
            icon: place.icon,
            barred: shell.as_ref().and_then(|shell| place.barred(shell)),
        })
        .chain([own])
        .collect()
}

/// Those whose name has every one of the words, at the start of a word or within one; starts first.
fn matching(entries: &[Entry], words: &str) -> Vec<Entry> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(bool, &Entry)> = entries
        .iter()
        .filter_map(|entry| {
            let name = entry.name.to_lowercase();
            let has_all = words.iter().all(|word| name.contains(word));
            let starts = words.first().is_none_or(|word| name.starts_with(word));
            has_all.then_some((!starts, entry))
        })
        .collect();
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Entry, matching};

    #[test]
    fn every_word_must_be_in_the_name_and_starts_come_first() {
        let all = ["History", "Your account", "Settings", "Roles & permissions", "Tenants"]
            .map(|name| Entry { path: "/", name, icon: "ask", barred: None });
        let names = |words| matching(&all, words).into_iter().map(|entry| entry.name).collect::<Vec<_>>();
        assert_eq!(names("t"), ["Tenants", "History", "Your account", "Settings"]);
        assert_eq!(names("PERM role"), ["Roles & permissions"]);
        assert_eq!(names("  ").len(), 5);
        assert!(names("xyz").is_empty());
    }
}
