//! Each permission that is needed: its paths from who asks to the place, as a picture and in words, or the reasons
//! against.

use super::edit::Editing;
use super::picture::PathsPicture;
use super::verdict::said;
use crate::components::{Button, Icon};
use crate::people::{LimitWords, WindowWords};
use leptos::prelude::*;
use model::view::check::{Need, Outcome, Path, Stop, StopKind};

/// The panel.
#[component]
pub(super) fn Paths(needs: Vec<Need>, editing: Editing) -> impl IntoView {
    let reasons = reasons(&needs);
    let drawn = needs.clone();
    let rows = needs.into_iter().enumerate().map(|(at, need)| rows(at, need, editing)).collect_view();
    view! {
        <section class="panel" aria-labelledby="paths-title">
            <header>
                <h2 id="paths-title">"Paths"</h2>
                <span class="row">
                    <span class="mk" data-mark="on">
                        "holds"
                    </span>
                    <span class="mk" data-mark="maybe">
                        "depends"
                    </span>
                    <span class="mk" data-mark="hasnt">
                        "missing"
                    </span>
                </span>
            </header>
            <PathsPicture needs=drawn/>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of paths">
                <table class="table tall cards paths">
                    <thead>
                        <tr>
                            <th scope="col">"Needs"</th>
                            <th scope="col">"Path"</th>
                            <th scope="col">"What would end it"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {(!reasons.is_empty())
                .then(|| {
                    let reasons = reasons.into_iter().map(|text| view! { <p class="help">{text}</p> });
                    view! { <div class="pad">{reasons.collect_view()}</div> }
                })}
        </section>
    }
}

/// Why some of the edits are not the reader's to make.
fn reasons(needs: &[Need]) -> Vec<String> {
    let refused = needs.iter().flat_map(|need| &need.paths).filter_map(|path| path.ends.refused.clone());
    let mut all: Vec<String> = refused.collect();
    all.sort();
    all.dedup();
    all
}

fn rows(at: usize, need: Need, editing: Editing) -> impl IntoView {
    let (mark, word) = match need.outcome {
        Outcome::Allowed => ("on", "holds"),
        Outcome::Denied => ("hasnt", "missing"),
        Outcome::Depends => ("maybe", "depends"),
    };
    let place = need.place.map(|place| view! { <span class="sub">{format!("on {place}")}</span> });
    let count = need.paths.len().max(1);
    let name = view! {
        <th scope="rowgroup" rowspan=count>
            <span class="mk wraps" data-mark=mark>
                {need.permission}
                <span class="vh">{format!(": {word}")}</span>
            </span>
            {place}
            <span class="sub">{need.opens}</span>
        </th>
    };
    let reasons = need.reasons.into_iter().map(|reason| view! { <p>{said(reason)}</p> }).collect_view();
    let mut paths = need.paths.into_iter().enumerate();
    match paths.next() {
        None => view! {
            <tr>
                {name}
                <td data-label="Why not">{reasons}</td>
                <td></td>
            </tr>
        }
        .into_any(),
        Some((_, first)) => {
            let id = move |number: usize| format!("end-{at}-{number}");
            let rest = paths
                .map(|(number, path)| view! { <tr>{cells(id(number), path, editing)}</tr> })
                .collect_view();
            view! {
                <tr>{name} {cells(id(0), first, editing)}</tr>
                {rest}
            }
            .into_any()
        }
    }
}

fn cells(id: String, path: Path, editing: Editing) -> impl IntoView {
    let depends = (!path.depends.is_empty()).then(|| {
        view! { <span class="badge wait">{format!("depends on {}", path.depends.join(", "))}</span> }
    });
    let ends = path.ends;
    let (words, label, refused) = (ends.words.clone(), ends.words.clone(), ends.refused.clone());
    view! {
        <td data-label="Path">
            <ol class="chain">{path.stops.into_iter().map(stop).collect_view()}</ol>
            <span class="small muted">
                {path.how} <WindowWords window=path.window/> <LimitWords limits=path.limits/>
                " " {depends}
            </span>
        </td>
        <td class="tight" data-label="To end it">
            <Button
                id=id
                class="btn mini"
                label=label
                reason=Signal::stored(refused)
                on_press=move |()| editing.ask(ends.clone(), true)
            >
                {words}
            </Button>
        </td>
    }
}

fn stop(stop: Stop) -> impl IntoView {
    let icon = match stop.kind {
        StopKind::Who => "people",
        StopKind::Group => "group",
        StopKind::Role => "grid",
        StopKind::Place => "folder",
        StopKind::Hidden => "lock",
    };
    let name = match stop.href {
        Some(href) => view! { <a class="plain" href=href>{stop.name}</a> }.into_any(),
        None => view! { <span>{stop.name}</span> }.into_any(),
    };
    let how = (!stop.how.is_empty()).then(|| view! { <i>{stop.how}</i> });
    view! {
        <li class=(stop.kind == StopKind::Hidden).then_some("hidden-places")>
            {how}
            <span class="box">
                <Icon name=icon/>
                <span>
                    {name}
                    {(!stop.about.is_empty()).then(|| view! { <small>{stop.about}</small> })}
                </span>
            </span>
        </li>
    }
}
