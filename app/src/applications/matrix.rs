//! Who can merge to production, over all applications, on one screen. The cell that has focus is explained below.

use super::list::{Here, ListTabs};
use super::server;
use super::wording::status_name;
use crate::action::Action;
use crate::address;
use crate::check::{EditDialog, Editing};
use crate::components::when::absolute;
use crate::components::{
    Avatar, Button, EmptyState, For, Icon, Loaded, PageHead, Pager, ProblemBanner, SearchBox, Show,
};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use model::grant::Who;
use model::view::applications::{Cell, CellQuery, Matrix, MatrixQuery, MatrixRow, PathLine, Paths};
use model::view::check::who_key;

/// The page.
#[component]
pub fn MatrixPage() -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| MatrixQuery {
            search: query.get("q").unwrap_or_default(),
            accounts_only: query.get("only").is_some_and(|only| only == "accounts"),
            page: address::page(query),
        })
    });
    let matrix = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::matrix(asked));
    view! {
        <Loaded of=matrix let:matrix>
            <Screen matrix=matrix/>
        </Loaded>
    }
}

/// What can have focus, by its row and column: without a row it is in the head, without a column it is the name.
type Spot = (Option<usize>, Option<usize>);

/// How many rows and columns of cells there are.
fn size(matrix: &Matrix) -> (usize, usize) {
    (matrix.rows.len(), matrix.columns.rows.len())
}

/// The spot itself, or the nearest one that is there.
fn within((row, column): Spot, (rows, columns): (usize, usize)) -> Spot {
    let last = |at: usize, count: usize| at.min(count.saturating_sub(1));
    (row.map(|row| last(row, rows)), column.map(|column| last(column, columns)))
}

#[component]
fn Screen(matrix: Signal<Matrix>) -> impl IntoView {
    let spot = RwSignal::new((Some(0), Some(0)));
    // The one tab stop: a search may leave less than there was when it was set.
    let at = Memo::new(move |_| matrix.with(|m| within(spot.get(), size(m))));
    let about = Signal::derive(move || {
        let others = match matrix.with(|m| m.others) {
            0 => String::new(),
            others => {
                format!(" {others} more that you see are left out: who may merge them is not yours to see.")
            }
        };
        format!("All applications on one screen. Conditions and end dates are marked, never hidden.{others}")
    });
    let is_shown = Memo::new(move |_| matrix.with(|m| !m.rows.is_empty() && !m.columns.rows.is_empty()));
    let read = move |read: fn(&Matrix) -> u32| Signal::derive(move || matrix.with(read));
    let nothing = || {
        view! {
            <div class="body">
                <EmptyState
                    title="Nobody is found"
                    about="Here stands everybody who may merge an application to production, with a column for each application."
                />
            </div>
        }
    };
    view! {
        <PageHead title="Who can merge to production" about=about>
            // To the browser it is another page: one that it keeps as a file.
            <a class="btn" href="/applications/rights.csv" rel="external">
                <Icon name="down"/>
                "Download CSV"
            </a>
        </PageHead>
        <ListTabs here=Here::Rights/>
        <div class="bar">
            <SearchBox label="Application or person"/>
            <OnlyAccounts/>
            <span class="push"></span>
            <p class="legend" aria-label="What the marks mean">
                <span class="mk" data-mark="on">
                    "Given on the application"
                </span>
                <span class="mk" data-mark="from">
                    "Through the organization"
                </span>
                <span class="mk" data-mark="maybe">
                    "Depends"
                </span>
                <span class="mk" data-mark="hasnt">
                    "May not"
                </span>
            </p>
        </div>
        <Show when=move || is_shown.get() fallback=nothing>
            <Table matrix=matrix spot=spot at=at/>
            <Help matrix=matrix at=at/>
            <div class="under">
                <Pager
                    total=Signal::derive(move || matrix.with(|m| m.columns.total))
                    page=read(|m| m.columns.page)
                    size=read(|m| m.columns.size)
                />
            </div>
        </Show>
    }
}

#[component]
fn OnlyAccounts() -> impl IntoView {
    let location = use_location();
    let navigate = StoredValue::new(use_navigate());
    let only =
        Memo::new(move |_| location.query.with(|query| query.get("only").is_some_and(|o| o == "accounts")));
    let turn = move |event: web_sys::Event| {
        let wanted = event_target_checked(&event).then_some("accounts");
        let path = location.pathname.get_untracked();
        let to = location.query.with_untracked(|query| address::link(&path, query, &[("only", wanted)]));
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate.with_value(|go| go(&to, options));
    };
    view! {
        <label class="choice">
            <input type="checkbox" checked=only.get_untracked() prop:checked=move || only.get() on:change=turn/>
            " Service accounts only"
        </label>
    }
}

#[component]
fn Table(matrix: Signal<Matrix>, spot: RwSignal<Spot>, at: Memo<Spot>) -> impl IntoView {
    let table = NodeRef::<html::Table>::new();
    let move_focus = move |event: web_sys::KeyboardEvent| {
        let key = event.key();
        let size = matrix.with_untracked(size);
        if let Some(to) = lead(&key, event.ctrl_key(), at.get_untracked(), size) {
            event.prevent_default();
            spot.set(to);
            focus(table, to);
        }
    };
    let head = move || {
        let (people, accounts) = matrix.with(|m| (m.people, m.accounts));
        let people = words::count(people, "person", "people");
        match accounts {
            0 => people,
            some => format!("{people}, {}", words::count(some, "service account", "service accounts")),
        }
    };
    let rows = move || matrix.with(|m| m.rows.iter().cloned().enumerate().collect::<Vec<_>>());
    view! {
        <div class="scroll fill">
            <table
                class="grid rights"
                role="grid"
                aria-label="Who can merge to production"
                aria-readonly="true"
                aria-rowcount=move || matrix.with(|m| (m.rows.len() + 1).to_string())
                node_ref=table
                on:keydown=move_focus
            >
                <thead>
                    <tr>
                        <th scope="col">{head}</th>
                        {move || {
                            matrix
                                .with(|m| m.columns.rows.clone())
                                .into_iter()
                                .enumerate()
                                .map(|(place, column)| {
                                    let here = (None, Some(place));
                                    view! {
                                        <th scope="col">
                                            <a
                                                href=format!("/applications/{}", column.id)
                                                data-at=mark_of(here)
                                                tabindex=move || tab_stop(at, here)
                                                on:focus=move |_| spot.set(here)
                                            >
                                                {column.name}
                                            </a>
                                            <small>{status_name(column.status).to_lowercase()}</small>
                                        </th>
                                    }
                                })
                                .collect_view()
                        }}
                        <th scope="col">"In all"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=Clone::clone let:row>
                        {line(row.0, row.1, matrix, spot, at)}
                    </For>
                </tbody>
            </table>
        </div>
    }
}

fn mark_of((row, column): Spot) -> String {
    let part = |at: Option<usize>| at.map_or_else(|| "h".to_owned(), |at| at.to_string());
    format!("{}.{}", part(row), part(column))
}

fn tab_stop(at: Memo<Spot>, here: Spot) -> &'static str {
    if at.get() == here { "0" } else { "-1" }
}

fn line(
    place: usize,
    row: MatrixRow,
    matrix: Signal<Matrix>,
    spot: RwSignal<Spot>,
    at: Memo<Spot>,
) -> impl IntoView {
    let total = move || matrix.with(|m| m.columns.total.max(row.may));
    let head = (Some(place), None);
    let name = match row.who {
        Who::User(user) => view! {
            <a
                class="plain"
                href=format!("/people/{user}")
                data-at=mark_of(head)
                tabindex=move || tab_stop(at, head)
                on:focus=move |_| spot.set(head)
            >
                {row.name.clone()}
            </a>
        }
        .into_any(),
        _ => view! {
            <span data-at=mark_of(head) tabindex=move || tab_stop(at, head) on:focus=move |_| spot.set(head)>
                {row.name.clone()}
            </span>
        }
        .into_any(),
    };
    let cells = row.cells.iter().cloned().enumerate().map(|(column, cell)| {
        let (mark, words, note) = drawn(&cell);
        let here = (Some(place), Some(column));
        view! {
            <td
                role="gridcell"
                data-mark=mark
                data-at=mark_of(here)
                tabindex=move || tab_stop(at, here)
                aria-describedby=move || (at.get() == here).then_some("cell-help")
                on:focus=move |_| spot.set(here)
                on:click=move |_| spot.set(here)
            >
                <span class="vh">{words}</span>
                {note.map(|note| view! { <small>{note}</small> })}
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span class="who">
                    <Avatar name=row.name.clone()/>
                    <span>{name} <span class="sub">{row.about.clone()}</span></span>
                </span>
            </th>
            {cells.collect_view()}
            <td class="end">
                <b>{row.may}</b>
                {move || format!(" of {}", total())}
            </td>
        </tr>
    }
}

/// The mark of a cell, what it says to screen readers, and the note in it.
fn drawn(cell: &Cell) -> (&'static str, String, Option<String>) {
    match cell {
        Cell::Given => ("on", "May".to_owned(), None),
        Cell::Inherited => ("from", "May, through the organization".to_owned(), None),
        Cell::Depends(how) => ("maybe", "May".to_owned(), Some(how.clone())),
        Cell::Until(at) => {
            let day = absolute(*at).split(',').next().unwrap_or_default().to_owned();
            ("maybe", "May".to_owned(), Some(format!("until {day}")))
        }
        Cell::No => ("hasnt", "May not".to_owned(), None),
    }
}

/// Where a key leads from a cell or from a name in the head or at the left, as the grid pattern says; `None`: nowhere.
fn lead(key: &str, control: bool, (row, column): Spot, (rows, columns): (usize, usize)) -> Option<Spot> {
    let (bottom, right) = (rows.saturating_sub(1), columns.saturating_sub(1));
    let on = |at: Option<usize>, last: usize| Some(at.map_or(0, |at| (at + 1).min(last)));
    // There is nothing in the corner.
    let back = |at: Option<usize>, other: Option<usize>| match at {
        Some(0) if other.is_none() => Some(0),
        at => at.and_then(|at| at.checked_sub(1)),
    };
    Some(match (key, control) {
        ("ArrowLeft", false) => (row, back(column, row)),
        ("ArrowRight", false) => (row, on(column, right)),
        ("ArrowUp", false) => (back(row, column), column),
        ("ArrowDown", false) => (on(row, bottom), column),
        ("Home", false) => (row, Some(0)),
        ("End", false) => (row, Some(right)),
        ("Home", true) => (Some(0), Some(0)),
        ("End", true) => (Some(bottom), Some(right)),
        _ => return None,
    })
}

fn focus(table: NodeRef<html::Table>, spot: Spot) {
    use leptos::wasm_bindgen::JsCast;
    let Some(table) = table.get_untracked() else { return };
    let found = table.query_selector(&format!("[data-at=\"{}\"]", mark_of(spot))).ok().flatten();
    if let Some(cell) = found.and_then(|cell| cell.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails only for what has left the page.
        let _ = cell.focus();
    }
}

/// What the focused cell says: the verdict and every path.
#[component]
fn Help(matrix: Signal<Matrix>, at: Memo<Spot>) -> impl IntoView {
    let asked = Memo::new(move |_| {
        let (row, column) = at.get();
        matrix.with(|m| {
            let (row, column) = (m.rows.get(row?)?, m.columns.rows.get(column?)?);
            Some(CellQuery { who: row.who, application: column.id })
        })
    });
    let editing = Editing::new();
    let told = RwSignal::new(None::<Result<(CellQuery, Paths), Problem>>);
    let look = Action::new(move |query: CellQuery| async move {
        let found = server::paths(query).await;
        // An answer about a cell that was left meanwhile is not shown.
        if asked.get_untracked() == Some(query) {
            told.set(Some(found.map(|paths| (query, paths))));
        }
    });
    whenever(move || {
        // What others save alters paths too.
        matrix.track();
        if let Some(query) = asked.get() {
            look.dispatch(query);
        }
    });
    // The same answer once more is not drawn anew: the focus may be on a button in it.
    let shown = Memo::new(move |_| told.get().filter(|_| asked.with(Option::is_some)));
    view! {
        <section class="cellhelp" id="cell-help" aria-label="About this cell">
            {move || match shown.get() {
                None => view! { <p class="muted">"Move to a cell to see by which paths."</p> }.into_any(),
                Some(Err(refused)) => {
                    view! { <ProblemBanner problem=Signal::stored(Some(refused))/> }.into_any()
                }
                Some(Ok((query, paths))) => view! { <Told query=query paths=paths editing=editing/> }.into_any(),
            }}
        </section>
        <EditDialog editing=editing seen=Signal::derive(move || matrix.with(|m| m.revision))/>
    }
}

#[component]
fn Told(query: CellQuery, paths: Paths, editing: Editing) -> impl IntoView {
    let count = match paths.paths.len() {
        0 => String::new(),
        1 => "1 path: ".to_owned(),
        many => format!("{many} paths: "),
    };
    let check = format!("/check?who={}&may=merge.production&where={}", who_key(query.who), paths.stage);
    let mut reasons: Vec<String> = paths.paths.iter().filter_map(|path| path.ends.refused.clone()).collect();
    reasons.sort();
    reasons.dedup();
    let line = |(number, path): (usize, PathLine)| {
        let PathLine { words, ends } = path;
        let (refused, name) = (ends.refused.clone(), ends.words.clone());
        view! {
            <li>
                <span>{words}</span>
                " "
                <Button
                    id=format!("end-{number}")
                    class="btn mini"
                    reason=Signal::stored(refused)
                    on_press=move |()| editing.ask(ends.clone(), true)
                >
                    {name}
                </Button>
            </li>
        }
    };
    let lines = paths.paths.into_iter().enumerate().map(line).collect_view();
    view! {
        <div>
            <h2>{paths.sentence}</h2>
            <p>{count}</p>
            <ul class="ends">{lines}</ul>
            {reasons.into_iter().map(|text| view! { <p class="help">{text}</p> }).collect_view()}
        </div>
        <div class="row">
            <a class="btn" href=check>
                <Icon name="ask"/>
                "See every path"
            </a>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_within_the_grid() {
        let size = (3, 4);
        let at = |row: usize, column: usize| (Some(row), Some(column));
        let (name, head) = ((Some(1), None), (None, Some(2)));
        let table = [
            ("ArrowRight", false, at(0, 3), at(0, 3)),
            ("ArrowLeft", false, at(1, 1), at(1, 0)),
            ("ArrowLeft", false, at(1, 0), name),
            ("ArrowLeft", false, name, name),
            ("ArrowRight", false, name, at(1, 0)),
            ("ArrowUp", false, (Some(0), None), (Some(0), None)),
            ("ArrowDown", false, at(0, 1), at(1, 1)),
            ("ArrowDown", false, at(2, 1), at(2, 1)),
            ("ArrowUp", false, at(0, 2), head),
            ("ArrowUp", false, head, head),
            ("ArrowDown", false, head, at(0, 2)),
            ("ArrowLeft", false, (None, Some(0)), (None, Some(0))),
            ("Home", false, at(1, 2), at(1, 0)),
            ("End", true, at(0, 0), at(2, 3)),
            ("Home", true, at(2, 3), at(0, 0)),
        ];
        for (key, control, from, to) in table {
            assert_eq!(lead(key, control, from, size), Some(to), "{key} from {from:?}");
        }
        assert_eq!(lead("a", false, at(0, 0), size), None);
    }

    #[test]
    fn the_tab_stop_stays_where_something_is() {
        assert_eq!(within((Some(7), Some(9)), (1, 4)), (Some(0), Some(3)));
        assert_eq!(within((None, Some(9)), (1, 4)), (None, Some(3)));
        assert_eq!(within((Some(7), None), (2, 4)), (Some(1), None));
    }

    #[test]
    fn a_cell_is_drawn_by_its_mark_with_its_condition() {
        assert_eq!(drawn(&Cell::No).0, "hasnt");
        assert_eq!(drawn(&Cell::Until(1_795_528_927_000)).2.as_deref(), Some("until 24 Nov 2026"));
        let only = Cell::Depends("from Hotfix only".to_owned());
        assert_eq!(drawn(&only), ("maybe", "May".to_owned(), Some("from Hotfix only".to_owned())));
    }
}
