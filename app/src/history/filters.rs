//! Search and filters of History; each sets its part of the address.

use crate::address;
use crate::components::SearchBox;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use model::view::history::HistoryPage as Shown;

const KINDS: [(&str, &str); 8] = [
    ("", "Every kind"),
    ("roles", "Roles"),
    ("access", "Role assignments"),
    ("people", "People"),
    ("groups", "Groups"),
    ("service-accounts", "Service accounts"),
    ("objects", "Places"),
    ("settings", "Settings"),
];

/// What the filters put into the address, taken out.
pub(crate) const UNFILTERED: [(&str, Option<&str>); 6] =
    [("q", None), ("kind", None), ("by", None), ("when", None), ("no", None), ("page", None)];

/// Periods to choose from.
pub(crate) const PERIODS: [(&str, &str); 5] = [
    ("", "Any time"),
    ("day", "Last 24 hours"),
    ("week", "Last 7 days"),
    ("month", "Last 30 days"),
    ("year", "Last 12 months"),
];

/// The bar above the list.
#[component]
pub(super) fn Filters(found: Signal<Shown>) -> impl IntoView {
    let query = use_query_map();
    let owned = |table: &[(&str, &str)]| -> Vec<(String, String)> {
        table.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
    };
    let (kinds, periods) = (owned(&KINDS), owned(&PERIODS));
    let actors = Signal::derive(move || {
        let all = ("".to_owned(), "By anyone".to_owned());
        let named = found.with(|found| found.actors.clone());
        std::iter::once(all).chain(named.into_iter().map(|actor| (actor.key, actor.name))).collect()
    });
    let number = move || query.with(|query| query.get("no"));
    let all = all_changes();
    view! {
        <div class="bar">
            <SearchBox label="Person, role or place"/>
            <Choice name="kind" label="Kind" options=Signal::stored(kinds)/>
            <Choice name="by" label="By" options=actors/>
            <Choice name="when" label="When" options=Signal::stored(periods)/>
            {move || {
                number()
                    .map(|number| {
                        view! {
                            <span class="small">
                                {format!("Only change no. {number}. ")} <a href=all>"Show all"</a>
                            </span>
                        }
                    })
            }}
        </div>
    }
}

/// The address of the same list without any filter.
pub(super) fn all_changes() -> Memo<String> {
    let location = use_location();
    Memo::new(move |_| {
        let path = location.pathname.get();
        location.query.with(|query| address::link(&path, query, &UNFILTERED))
    })
}

/// A select that sets one value of the address.
#[component]
pub(crate) fn Choice(
    /// The name of the value in the address.
    name: &'static str,
    /// What it is called on the screen.
    label: &'static str,
    /// The values, each with its words; the empty one takes it out of the address.
    options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let location = use_location();
    let navigate = use_navigate();
    let chosen = Memo::new(move |_| location.query.with(|query| query.get(name)).unwrap_or_default());
    let choose = move |event| {
        let value = event_target_value(&event);
        let path = location.pathname.get_untracked();
        let to = location
            .query
            .with_untracked(|query| address::link(&path, query, &[(name, Some(&value)), ("page", None)]));
        navigate(&to, NavigateOptions { scroll: false, ..Default::default() });
    };
    view! {
        <span class="select">
            <select class="input" name=name aria-label=label on:change=choose prop:value=move || chosen.get()>
                {move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(value, words)| {
                            let is_chosen = chosen.with(|chosen| *chosen == value);
                            view! {
                                <option value=value selected=is_chosen>
                                    {words}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </span>
    }
}
