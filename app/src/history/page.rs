//! `/history`: the list, newest first, day by day. Filters and page stand in the address.

use super::filters::{Filters, all_changes};
use super::row::{Day, Row};
use super::server;
use super::undo::{Undo, UndoDialog};
use crate::address;
use crate::components::when::day_of;
use crate::components::{EmptyState, For, Loaded, PageHead, Pager, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::whenever::whenever;
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
    let found = Fetched::new(move || (question.get(), live.changes()), |(asked, _)| server::list(asked));
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
    // What the server wrote is by days of UTC; once the page is alive, days are the reader's.
    let is_alive = RwSignal::new(false);
    whenever(move || is_alive.set(true));
    let lines = Memo::new(move |_| found.with(|found| by_day(&found.page.rows, is_alive.get())));
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
                <For
                    each=move || lines.get()
                    key=key
                    children=move |line| match line {
                        Line::Day(called, _) => view! { <Day called=called/> }.into_any(),
                        Line::Change(row) => view! { <Row row=*row undo=undo/> }.into_any(),
                    }
                />
            </tbody>
        </table>
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// The heading of a day, and the number of its last change: a clock that was set back has the day twice.
    Day(String, u64),
    /// A change on it.
    Change(Box<RevisionRow>),
}

/// The changes, each day with its heading.
fn by_day(rows: &[RevisionRow], is_alive: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut last = None;
    for row in rows {
        let day = day_of(row.at, is_alive);
        if last.as_ref() != Some(&day) {
            lines.push(Line::Day(day.clone(), row.number));
            last = Some(day);
        }
        lines.push(Line::Change(Box::new(row.clone())));
    }
    lines
}

/// A row is drawn anew when what stands in it has changed, and only then.
fn key(line: &Line) -> (u64, Option<u64>, Option<String>, String) {
    match line {
        // Changes are numbered from 1.
        Line::Day(called, last) => (0, Some(*last), None, called.clone()),
        Line::Change(row) => {
            let said = serde_json::to_string(&row.lines).unwrap_or_default();
            (row.number, row.undone_by, row.stays.clone(), row.by.name.clone() + &said)
        }
    }
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
    use model::view::history::Who;

    #[test]
    fn each_day_has_one_heading_above_its_changes() {
        let row = |number, at| RevisionRow {
            number,
            at,
            by: Who { name: String::new(), person: None },
            title: String::new(),
            reason: String::new(),
            lines: Vec::new(),
            more: 0,
            undoes: None,
            undone_by: None,
            stays: None,
        };
        let hour = 3_600_000;
        let lines = by_day(&[row(4, 49 * hour), row(3, 25 * hour), row(2, 24 * hour), row(1, hour)], false);
        let said = lines.into_iter().map(|line| match line {
            Line::Day(called, _) => called,
            Line::Change(row) => row.number.to_string(),
        });
        let wanted = ["3 Jan 1970, UTC", "4", "2 Jan 1970, UTC", "3", "2", "1 Jan 1970, UTC", "1"];
        assert_eq!(said.collect::<Vec<_>>(), wanted);
    }

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
