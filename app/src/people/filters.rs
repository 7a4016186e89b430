//! What the list is searched and filtered by. All of it stands in the address.

use crate::address;
use crate::components::{For, SearchBox};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::params::ParamsMap;
use model::view::people::{PeopleQuery, PeopleScreen, Standing};

/// What the address asks for.
#[must_use]
pub fn query_of(params: &ParamsMap) -> PeopleQuery {
    PeopleQuery {
        search: params.get("q").unwrap_or_default(),
        role: params.get("role").and_then(|role| role.parse().ok()),
        group: params.get("group").and_then(|group| group.parse().ok()),
        standing: Standing::of_key(&params.get("state").unwrap_or_default()),
        page: address::page(params),
    }
}

/// Whether it asks for anybody in particular.
#[must_use]
pub fn is_filtered(params: &ParamsMap) -> bool {
    ["q", "role", "group", "state"].iter().any(|key| params.get(key).is_some_and(|value| !value.is_empty()))
}

/// The search box and the filters.
#[component]
pub fn Filters(
    /// What there is to filter by.
    screen: Signal<PeopleScreen>,
) -> impl IntoView {
    let roles = Signal::derive(move || {
        screen.with(|s| s.roles.iter().map(|role| (role.id.to_string(), role.name.clone())).collect())
    });
    let groups = Signal::derive(move || {
        screen.with(|s| s.groups.iter().map(|group| (group.id.to_string(), group.name.clone())).collect())
    });
    let standings = Standing::ALL.iter().skip(1).map(|one| (one.key().to_owned(), one.name().to_owned()));
    let standings = Signal::stored(standings.collect::<Vec<_>>());
    view! {
        <div class="bar">
            <SearchBox label="Name or e-mail address"/>
            <Filter name="role" label="Role" any="Any role" options=roles/>
            <Filter name="group" label="Group" any="Any group" options=groups/>
            <Filter name="state" label="State" any=Standing::Present.name() options=standings/>
        </div>
    }
}

/// A choice that goes into the address under its name.
#[component]
fn Filter(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let location = use_location();
    let chosen = Memo::new(move |_| location.query.with(|query| query.get(name)).unwrap_or_default());
    let navigate = use_navigate();
    let choose = move |event| {
        let value = event_target_value(&event);
        let path = location.pathname.get_untracked();
        let to = location
            .query
            .with_untracked(|q| address::link(&path, q, &[(name, Some(&value)), ("page", None)]));
        navigate(&to, NavigateOptions { scroll: false, ..Default::default() });
    };
    view! {
        <span class="select">
            <select class="input" aria-label=label on:change=choose prop:value=move || chosen.get()>
                <option value="" selected=move || chosen.get().is_empty()>
                    {any}
                </option>
                <For each=move || options.get() key=|option| option.clone() let:option>
                    {
                        let (value, words) = option;
                        let mine = value.clone();
                        view! {
                            <option value=value selected=move || chosen.get() == mine>
                                {words}
                            </option>
                        }
                    }
                </For>
            </select>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_what_is_asked_for() {
        let params: ParamsMap =
            [("q", "anna"), ("role", "000000000001a"), ("group", "x"), ("state", "inactive"), ("page", "3")]
                .into_iter()
                .collect();
        let query = query_of(&params);
        assert_eq!(query.search, "anna");
        assert_eq!(query.role, "000000000001a".parse().ok());
        assert_eq!((query.group, query.standing, query.page), (None, Standing::Inactive, 3));
        assert!(is_filtered(&params));
        assert!(!is_filtered(&[("page", "2")].into_iter().collect()));
    }
}
