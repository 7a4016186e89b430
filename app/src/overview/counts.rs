//! How large the organization is: people, groups, roles, each a way to its list.

use crate::components::Show;
use crate::words::count;
use leptos::prelude::*;
use model::view::overview::{Overview, People, Roles};

/// The panel; nothing for who sees neither people nor roles.
#[component]
pub(super) fn Counts(overview: Signal<Overview>) -> impl IntoView {
    let rows = move || overview.with(|overview| rows(overview.people, overview.roles));
    let drawn = move || {
        let rows = rows().into_iter().map(|(name, href, text)| {
            view! {
                <dt>
                    <a href=href>{name}</a>
                </dt>
                <dd>{text}</dd>
            }
        });
        rows.collect_view()
    };
    view! {
        <Show when=move || !rows().is_empty()>
            <section class="panel" aria-labelledby="counts">
                <header>
                    <h2 id="counts">"Who and what is here"</h2>
                </header>
                <div class="pad">
                    <dl class="small">{drawn}</dl>
                </div>
            </section>
        </Show>
    }
}

fn rows(people: Option<People>, roles: Option<Roles>) -> Vec<(&'static str, &'static str, String)> {
    let mut rows = Vec::new();
    if let Some(people) = people {
        rows.push(("People", "/people", people_words(people)));
        rows.push(("Groups", "/groups", count(people.groups, "group", "groups")));
    }
    if let Some(roles) = roles {
        let own = format!("{}, {} of your own", count(roles.all, "role", "roles"), roles.own);
        rows.push(("Roles", "/roles", own));
    }
    rows
}

fn people_words(people: People) -> String {
    let mut words = vec![format!("{} active", people.active)];
    if people.invited > 0 {
        words.push(format!("{} invited", people.invited));
    }
    if people.deactivated > 0 {
        words.push(format!("{} inactive", people.deactivated));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_reader_may_see_is_counted() {
        let people = People { active: 40, invited: 1, deactivated: 0, groups: 1 };
        assert!(rows(None, None).is_empty());
        let drawn = rows(Some(people), None);
        let texts: Vec<&str> = drawn.iter().map(|(_, _, text)| text.as_str()).collect();
        assert_eq!(texts, ["40 active, 1 invited", "1 group"]);
    }
}
