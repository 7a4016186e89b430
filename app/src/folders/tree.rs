//! The tree: one list of lines with their levels, of which one has the tab stop.

use super::keys::{Lead, lead};
use super::opened::{asked, drawn, spelled, spelled_shut, toggled};
use super::{icon_of, server};
use crate::address;
use crate::components::{For, Icon, Loaded, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::{Kind, Problem};
use crate::whenever::whenever;
use crate::words;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use model::id::ObjectId;
use model::view::folders::{Tree, TreeQuery, TreeRow};
use std::collections::HashMap;

/// What tells a line from the others: a thing that is shared stands on several.
type Key = (ObjectId, ObjectId, bool);

fn key_of(row: &TreeRow) -> Key {
    (row.within, row.id, row.rest > 0)
}

fn mark(key: Key) -> String {
    format!("line-{}-{}{}", key.0, key.1, if key.2 { "-more" } else { "" })
}

/// The tree, with the place that is shown.
#[component]
pub(super) fn FolderTree(
    /// The place that is shown.
    at: Memo<Option<ObjectId>>,
) -> impl IntoView {
    let live = Live::here();
    let query = use_location().query;
    let asked = Memo::new(move |_| query.with(|query| asked(query, at.get())));
    let tree = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| grown(asked));
    view! { <Loaded of=tree let:tree><Lines tree=tree asked=asked/></Loaded> }
}

/// What is said of an area that is off, the page says beside it.
async fn grown(asked: TreeQuery) -> Result<Tree, Problem> {
    match server::tree(asked).await {
        Err(problem) if problem.kind == Kind::Gone => Ok(Tree { revision: 0, rows: Vec::new() }),
        grown => grown,
    }
}

#[component]
fn Lines(tree: Signal<Tree>, asked: Memo<TreeQuery>) -> impl IntoView {
    let (location, navigate) = (use_location(), StoredValue::new(use_navigate()));
    let focused = RwSignal::new(None::<Key>);
    let selected = Memo::new(move |_| {
        let at = asked.with(|asked| asked.at)?;
        tree.with(|tree| tree.rows.iter().find(|row| row.id == at && row.rest == 0).map(key_of))
    });
    // The line with the tab stop: the one that had focus last, while it is there.
    let stop = Memo::new(move |_| {
        tree.with(|tree| {
            let there = |key: &Key| tree.rows.iter().any(|row| key_of(row) == *key);
            let first = || tree.rows.first().map(key_of);
            focused.get().filter(there).or_else(|| selected.get()).or_else(first)
        })
    });
    // What alters while a line stays the same one: it must not be drawn anew under whoever is on it.
    let states = Memo::new(move |_| {
        let state = |row: &TreeRow| (key_of(row), (row.open, row.holds));
        tree.with(|tree| tree.rows.iter().map(state).collect::<HashMap<Key, (Option<bool>, u64)>>())
    });
    let open = Memo::new(move |_| tree.with(|tree| asked.with(|asked| spelled(&drawn(&tree.rows, asked)))));
    let toggle = move |row: &TreeRow| {
        let next = tree.with_untracked(|tree| asked.with_untracked(|asked| toggled(&tree.rows, asked, row)));
        let (open, shut) = (spelled(&next.open), spelled_shut(&next.shut));
        let changes = [("open", Some(open.as_str())), ("shut", Some(shut.as_str()))];
        let path = location.pathname.get_untracked();
        let to = location.query.with_untracked(|query| address::link(&path, query, &changes));
        navigate
            .with_value(|go| go(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() }));
    };
    let toggle = Callback::new(move |row: TreeRow| toggle(&row));
    let href = move |id: ObjectId| {
        let open = open.get();
        if open.is_empty() { format!("/folders/{id}") } else { format!("/folders/{id}?open={open}") }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(stop) = stop.get_untracked() else { return };
        let rows = tree.with_untracked(|tree| tree.rows.clone());
        let here = rows.iter().position(|row| key_of(row) == stop);
        let Some((row, lead)) = here.and_then(|here| rows.get(here).zip(lead(&event.key(), here, &rows)))
        else {
            return;
        };
        event.prevent_default();
        match lead {
            Lead::To(to) => {
                if let Some(row) = rows.get(to) {
                    focused.set(Some(key_of(row)));
                    focus(&mark(key_of(row)));
                }
            }
            Lead::Toggle => toggle.run(row.clone()),
            Lead::Follow => {
                let to = untrack(|| href(row.id));
                navigate.with_value(|go| go(&to, NavigateOptions { scroll: false, ..Default::default() }));
            }
        }
    };
    let line = move |row: TreeRow| {
        let key = key_of(&row);
        let (id, level, rest) = (row.id, row.level.min(9), row.rest);
        let state = Memo::new(move |_| states.with(|states| states.get(&key).copied()).unwrap_or_default());
        let press = move || {
            let row = tree.with_untracked(|tree| tree.rows.iter().find(|row| key_of(row) == key).cloned());
            if let Some(row) = row {
                toggle.run(row);
            }
        };
        let label = match (row.rest, &row.via) {
            (0, None) => row.name.clone(),
            (0, Some(via)) => format!("{}, {via}", row.name),
            (rest, _) => format!("Show more: {} left", words::count(rest, "place", "places")),
        };
        let small = move || {
            let (open, holds) = state.get();
            let holds = (open == Some(false)).then(|| holds.to_string());
            row.via.clone().or(holds).map(|text| view! { <small>{text}</small> })
        };
        let inside = if rest > 0 {
            let more = label.clone();
            view! {
                <span class="more" on:click=move |_| press()>
                    {more}
                </span>
            }
            .into_any()
        } else {
            view! {
                <span class="fold" aria-hidden="true" on:click=move |_| press()></span>
                <a href=move || href(id) tabindex="-1">
                    <Icon name=icon_of(&row.kind)/>
                    <span>{row.name.clone()}</span>
                    {small}
                </a>
            }
            .into_any()
        };
        view! {
            <li
                role="treeitem"
                {..custom_attribute("aria-level", row.level.to_string())}
                id=mark(key)
                class=format!("level-{level}")
                aria-label=label
                aria-posinset=row.number.to_string()
                aria-setsize=row.beside.to_string()
                aria-expanded=move || state.get().0.map(|open| open.to_string())
                aria-selected=move || (selected.get() == Some(key)).to_string()
                tabindex=move || if stop.get() == Some(key) { "0" } else { "-1" }
                on:focus=move |_| focused.set(Some(key))
            >
                {inside}
            </li>
        }
    };
    view! {
        <Show
            when=move || tree.with(|tree| !tree.rows.is_empty())
            fallback=|| view! { <p class="muted">"Nothing here that you may see."</p> }
        >
            <ul class="tree flat" role="tree" aria-label="Folders and what they hold" on:keydown=on_key>
                <For
                    each=move || tree.with(|tree| tree.rows.clone())
                    key=|row| TreeRow { open: None, holds: 0, ..row.clone() }
                    children=line
                />
            </ul>
        </Show>
        <Refocus rows=tree focused=focused/>
    }
}

/// A line that is drawn anew, since it was renamed or others came, gets back the focus that it had.
#[component]
fn Refocus(rows: Signal<Tree>, focused: RwSignal<Option<Key>>) -> impl IntoView {
    whenever(move || {
        rows.track();
        if let Some(key) = focused.get_untracked() {
            refocus(mark(key));
        }
    });
}

#[cfg(feature = "hydrate")]
fn focus(id: &str) {
    use leptos::wasm_bindgen::JsCast;
    let line = document().get_element_by_id(id);
    if let Some(line) = line.and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = line.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
fn focus(_: &str) {}

/// Focus is only put back where nothing else has taken it.
#[cfg(feature = "hydrate")]
fn refocus(id: String) {
    request_animation_frame(move || {
        if document().active_element().is_none_or(|active| active.tag_name() == "BODY") {
            focus(&id);
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn refocus(_: String) {}
