//! A search whose words stand in the address: a form by GET that also works before the page is alive.

use super::icon::Icon;
use crate::address;
use crate::whenever::whenever;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use std::time::Duration;

/// How long typing must rest before the list is asked for.
const REST: Duration = Duration::from_millis(180);

/// Sets `?q=` (or another name) and takes `page` out. The page reads the value from the query.
#[component]
pub fn SearchBox(
    /// Its name: `Find a person`.
    #[prop(into)]
    label: String,
    /// The name of the value in the address.
    #[prop(default = "q")]
    name: &'static str,
) -> impl IntoView {
    let location = use_location();
    let field = NodeRef::<html::Input>::new();
    let text = RwSignal::new(location.query.with_untracked(|query| query.get(name)).unwrap_or_default());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let navigate = use_navigate();
    let go = StoredValue::new(move || {
        let words = text.get_untracked();
        let path = location.pathname.get_untracked();
        let to = location
            .query
            .with_untracked(|query| address::link(&path, query, &[(name, Some(&words)), ("page", None)]));
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&to, options);
    });
    let rest = move || {
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        waiting.set_value(set_timeout_with_handle(move || go.with_value(|go| go()), REST).ok());
    };
    // Back and forward change the address: what is typed then follows it, unless typing goes on.
    whenever(move || {
        let words = location.query.with(|query| query.get(name)).unwrap_or_default();
        let is_typing = field
            .get_untracked()
            .is_some_and(|field| document().active_element().as_ref() == Some(field.as_ref()));
        if !is_typing {
            text.set(words);
        }
    });
    let others = location.query.with_untracked(|query| others(query, name));
    let (placeholder, name_of_all) = (label.clone(), label.clone());
    view! {
        <form
            class="search"
            role="search"
            aria-label=name_of_all
            method="get"
            on:submit=move |event| {
                event.prevent_default();
                go.with_value(|go| go());
            }
        >
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                name=name
                node_ref=field
                aria-label=label
                placeholder=placeholder
                autocomplete="off"
                value=text.get_untracked()
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    rest();
                }
            />
            {others
                .into_iter()
                .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
                .collect_view()}
        </form>
    }
}

/// The other values of the address, which the form keeps.
fn others(query: &leptos_router::params::ParamsMap, name: &str) -> Vec<(String, String)> {
    query
        .clone()
        .into_iter()
        .filter(|(key, _)| key != name && key != "page")
        .map(|(key, value)| (key.into_owned(), value))
        .collect()
}
