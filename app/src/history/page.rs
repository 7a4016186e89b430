//! `/history`: the list, newest first. Filters and page stand in the address.

use super::filters::{Filters, all_changes};
use super::row::Row;
use super::server;
use super::undo::{Undo, UndoDialog};
use crate::address;
use crate::components::{EmptyState, Loaded, PageHead, Pager};
use crate::live::Live;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::params::ParamsMap;
use model::id::ObjectId;
use model::view::history::{HistoryPage as Shown, HistoryQuery, RevisionRow};

/// `/history`
#[component]
pub fn HistoryPage() -> impl IntoView {
    view! { <Changes/> }
}

/// The changes with their filters: all, or those that concern a place.
#[component]
pub(crate) fn Changes(
    /// Which place; without one the list has the head of a page.
    #[prop(optional)]
    place: Option<ObjectId>,
) -> impl IntoView {
    let live = Live::here();
    let query = use_location().query;
    let question = Memo::new(move |_| HistoryQuery { place, ..query.with(asked) });
    let found = Resource::new(move || (question.get(), live.changes()), |(asked, _)| server::list(asked));
    view! { <Loaded of=found let:found><List found=found is_page=place.is_none()/></Loaded> }
}

/// What the address asks for.
fn asked(query: &ParamsMap) -> HistoryQuery {
    let text = |key| query.get(key).unwrap_or_default();
    HistoryQuery {
        search: text("q"),
        actor: text("by"),
        kind: text("kind"),
        period: text("when"),
        number: query.get("no").and_then(|number| number.parse().ok()),
        place: None,
        page: address::page(query),
    }
}

#[component]
fn List(found: Signal<Shown>, is_page: bool) -> impl IntoView {
    let undo = Undo::new();
    let query = use_location().query;
    let is_filtered = Memo::new(move |_| query.with(asked) != HistoryQuery { page: 1, ..Default::default() });
    let is_empty = Memo::new(move |_| found.with(|found| found.page.rows.is_empty()));
    view! {
        {is_page
            .then(|| {
                view! { <PageHead title="History" about="Every change to access, numbered. Undo is itself a change."/> }
            })}
        <Filters found=found/>
        <div class="body">
            <Show when=move || !is_empty.get() fallback=move || view! { <Nothing is_filtered=is_filtered/> }>
                <div class="scroll">
                    <Table found=found undo=undo/>
                </div>
            </Show>
            <Show when=move || !is_empty.get()>
                <Pager
                    total=Signal::derive(move || found.with(|found| found.page.total))
                    page=Signal::derive(move || found.with(|found| found.page.page))
                    size=Signal::derive(move || found.with(|found| found.page.size))
                />
            </Show>
        </div>
        <UndoDialog undo=undo/>
    }
}

#[component]
fn Table(found: Signal<Shown>, undo: Undo) -> impl IntoView {
    view! {
        <table class="table tall cards history">
            <thead>
                <tr>
                    <th scope="col">"No."</th>
                    <th scope="col">"What changed"</th>
                    <th scope="col">"By"</th>
                    <th scope="col">"When"</th>
                    <th scope="col">
                        <span class="vh">"Undo"</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                <For each=move || found.with(|found| found.page.rows.clone()) key=key let:row>
                    <Row row=row undo=undo/>
                </For>
            </tbody>
        </table>
    }
}

/// A row is drawn anew when what stands in it has changed, and only then.
fn key(row: &RevisionRow) -> (u64, Option<u64>, Option<String>, String) {
    let said = serde_json::to_string(&row.lines).unwrap_or_default();
    (row.number, row.undone_by, row.stays.clone(), row.by.name.clone() + &said)
}

#[component]
fn Nothing(is_filtered: Memo<bool>) -> impl IntoView {
    let all = all_changes();
    move || {
        if is_filtered.get() {
            view! {
                <EmptyState title="No change found" about="No change fits what you look for.">
                    <a class="btn" href=all>
                        "Show all changes"
                    </a>
                </EmptyState>
            }
        } else {
            view! {
                <EmptyState
                    title="Nothing has changed yet"
                    about="Whatever somebody saves is listed here, with who did it and when."
                />
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_what_is_looked_for() {
        let query: ParamsMap = [
            ("q", "anna"),
            ("by", "set-up"),
            ("kind", "roles"),
            ("when", "week"),
            ("no", "7"),
            ("page", "2"),
        ]
        .into_iter()
        .collect();
        let wanted = HistoryQuery {
            search: "anna".to_owned(),
            actor: "set-up".to_owned(),
            kind: "roles".to_owned(),
            period: "week".to_owned(),
            number: Some(7),
            place: None,
            page: 2,
        };
        assert_eq!(asked(&query), wanted);
        let wrong: ParamsMap = [("no", "x"), ("page", "0")].into_iter().collect();
        assert_eq!(asked(&wrong), HistoryQuery { page: 1, ..Default::default() });
    }
}
