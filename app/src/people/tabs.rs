//! The parts of the screen of people, with their counts.

use leptos::prelude::*;
use model::view::people::PeopleCounts;

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The list of people.
    People,
    /// Groups.
    Groups,
    /// Pending invitations.
    Invitations,
}

/// Links to all parts.
#[component]
pub fn Tabs(
    /// The one that is shown.
    here: Tab,
    /// How many there are of each.
    #[prop(into)]
    counts: Signal<PeopleCounts>,
) -> impl IntoView {
    let tab = move |tab: Tab, href: &'static str, words: &'static str, count: fn(PeopleCounts) -> u64| {
        view! {
            <a href=href aria-current=(tab == here).then_some("page")>
                {words}
                " "
                <span class="count">{move || count(counts.get())}</span>
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Parts of this page">
            {tab(Tab::People, "/people", "People", |counts| counts.people)}
            {tab(Tab::Groups, "/groups", "Groups", |counts| counts.groups)}
            {tab(Tab::Invitations, "/people/invitations", "Invitations", |counts| counts.invitations)}
        </nav>
    }
}
