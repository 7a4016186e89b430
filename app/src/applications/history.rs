//! Merges, updates and rollbacks: of one application, or of all that the reader may see.

use super::list::{Here, ListTabs};
use super::server;
use super::wording::{kind_name, outcome, version};
use crate::address;
use crate::components::{EmptyState, For, Loaded, PageHead, Pager, Show, When};
use crate::fetched::Fetched;
use crate::history::{Choice, PERIODS};
use crate::live::Live;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use model::id::ObjectId;
use model::view::applications::{Application, MoveKind, MoveRow, Moves, MovesQuery};

/// The page over all applications.
#[component]
pub fn HistoryPage() -> impl IntoView {
    view! {
        <PageHead title="Applications & sandboxes" about="Every merge, update and rollback of what you may see."/>
        <ListTabs here=Here::History/>
        <Content application=None/>
    }
}

/// The part of one application.
#[component]
pub(super) fn HistoryPart(
    /// The application.
    application: Signal<Application>,
) -> impl IntoView {
    let id = application.with_untracked(|a| a.id);
    view! { <Content application=Some(id)/> }
}

/// What the address asks.
fn asked(query: &ParamsMap, application: Option<ObjectId>) -> MovesQuery {
    let text = |key: &str| query.get(key).unwrap_or_default();
    MovesQuery {
        application,
        kind: MoveKind::of_key(&text("kind")),
        stage: text("of").parse().ok(),
        by: text("by"),
        days: match text("when").as_str() {
            "day" => 1,
            "week" => 7,
            "month" => 30,
            "year" => 365,
            _ => 0,
        },
        page: address::page(query),
    }
}

#[component]
fn Content(application: Option<ObjectId>) -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let question = Memo::new(move |_| query.with(|query| asked(query, application)));
    let moves =
        Fetched::new(move || (question.get(), live.changes()), |(question, _)| server::history(question));
    view! {
        <Loaded of=moves let:moves>
            <Screen moves=moves is_of_one=application.is_some()/>
        </Loaded>
    }
}

#[component]
fn Screen(moves: Signal<Moves>, is_of_one: bool) -> impl IntoView {
    let owned = |first: &str, rest: Vec<(String, String)>| -> Vec<(String, String)> {
        std::iter::once((String::new(), first.to_owned())).chain(rest).collect()
    };
    let kinds = MoveKind::ALL.map(|kind| (kind.key().to_owned(), kind_name(kind).to_owned())).to_vec();
    let kinds = owned("Every kind", kinds);
    let periods: Vec<(String, String)> =
        PERIODS.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect();
    let actors = Signal::derive(move || owned("By anyone", moves.with(|m| m.actors.clone())));
    let stages = Signal::derive(move || {
        let all = moves.with(|m| m.stages.clone());
        owned("Every stage", all.into_iter().map(|stage| (stage.id.to_string(), stage.name)).collect())
    });
    let read = move |read: fn(&Moves) -> u32| Signal::derive(move || moves.with(read));
    let nothing = || {
        view! {
            <EmptyState
                title="Nothing to show"
                about="Here stands every merge, update and rollback, with who and when, that fits the filters."
            />
        }
    };
    view! {
        <div class="bar">
            <Choice name="kind" label="Kind" options=Signal::stored(kinds)/>
            {is_of_one.then(|| view! { <Choice name="of" label="Stage" options=stages/> })}
            <Choice name="by" label="By" options=actors/>
            <Choice name="when" label="When" options=Signal::stored(periods)/>
        </div>
        <div class="body">
            <Show when=move || moves.with(|m| !m.moves.rows.is_empty()) fallback=nothing>
                <div class="scroll">
                    <table class="table cards">
                        <thead>
                            <tr>
                                <th scope="col">"Kind"</th>
                                <th scope="col">"Stages"</th>
                                <th scope="col">"Version"</th>
                                <th scope="col">"By"</th>
                                <th scope="col">"When"</th>
                                <th scope="col" class="end">
                                    "Outcome"
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || moves.with(|m| m.moves.rows.clone()) key=Clone::clone let:row>
                                {line(row, is_of_one)}
                            </For>
                        </tbody>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || moves.with(|m| m.moves.total))
                    page=read(|m| m.moves.page)
                    size=read(|m| m.moves.size)
                />
            </Show>
        </div>
    }
}

fn line(row: MoveRow, is_of_one: bool) -> impl IntoView {
    let stages = match row.from.is_empty() {
        true => row.to.clone(),
        false => format!("{} → {}", row.from, row.to),
    };
    let moved = match row.kind {
        MoveKind::Rollback => format!("{} → {}", version(&row.version_before), version(&row.version_after)),
        MoveKind::Merge | MoveKind::Update => version(&row.version_after),
    };
    let (class, ended) = outcome(row.outcome, &row.carried_by, row.is_taken_back);
    let count = match row.kind {
        MoveKind::Merge => format!("brings {}", words::count(row.versions, "version", "versions")),
        MoveKind::Rollback => format!("takes away {}", words::count(row.versions, "version", "versions")),
        MoveKind::Update => String::new(),
    };
    let application = (!is_of_one).then(|| {
        view! {
            <a class="plain" href=format!("/applications/{}", row.application.id)>
                {row.application.name.clone()}
            </a>
            ": "
        }
    });
    let about = (!row.description.is_empty()).then(|| view! { <span class="sub">{row.description}</span> });
    view! {
        <tr>
            <td data-label="Kind">{kind_name(row.kind)}</td>
            <th scope="row">{application} {stages} {about}</th>
            <td data-label="Version">
                <code>{moved}</code>
                <span class="sub">{count}</span>
            </td>
            <td data-label="By">{row.by}</td>
            <td data-label="When">
                <When at=row.at/>
            </td>
            <td class="end" data-label="Outcome">
                <span class=class>{ended}</span>
            </td>
        </tr>
    }
}
