//! What would allow it: robots that may be named, then the nearest edits, each with what else it would give.

use super::edit::Editing;
use super::form::with;
use crate::components::Button;
use crate::words;
use leptos::prelude::*;
use model::view::check::{CheckScreen, Fix, Need, Outcome, Verdict};

/// The panel; nothing where it is allowed.
#[component]
pub(super) fn Fixes(verdict: Verdict, screen: Signal<CheckScreen>, editing: Editing) -> impl IntoView {
    if verdict.outcome == Outcome::Allowed {
        return ().into_any();
    }
    let robots = robots(&verdict, screen);
    let missing: Vec<Need> =
        verdict.needs.into_iter().filter(|need| need.outcome != Outcome::Allowed).collect();
    let several = missing.len() > 1;
    let has_robots = robots.is_some();
    let nothing = !has_robots && missing.iter().all(|need| need.fixes.is_empty());
    let refused = refused(&missing);
    let hint = several.then(|| {
        let count = words::count(missing.len() as u64, "permission is", "permissions are");
        view! { <p class="help">{format!("{count} missing: each needs a fix of its own.")}</p> }
    });
    let lists = missing
        .into_iter()
        .enumerate()
        .filter(|(_, need)| !need.fixes.is_empty())
        .map(|(at, need)| {
            let place = need.place.map(|place| format!(" on {place}")).unwrap_or_default();
            let head = several.then(|| view! { <h3>{format!("{}{place}", need.permission)}</h3> });
            let fixes = need
                .fixes
                .into_iter()
                .enumerate()
                .map(|(number, one)| fix(format!("fix-{at}-{number}"), one, editing))
                .collect_view();
            view! {
                {head}
                <ol class="steps">{fixes}</ol>
            }
        })
        .collect_view();
    let no_fixes = verdict.no_fixes.clone();
    view! {
        <section class="panel" aria-labelledby="fixes-title">
            <header>
                <h2 id="fixes-title">"Nearest fixes"</h2>
                <span class="tiny faint">"Smallest first"</span>
            </header>
            <div class="pad">
                {robots}
                {hint}
                {lists}
                {refused.into_iter().map(|text| view! { <p class="help">{text}</p> }).collect_view()}
                {match no_fixes {
                    Some(text) => Some(view! { <p class="help">{text}</p> }.into_any()),
                    None => {
                        nothing
                            .then(|| {
                                view! {
                                    <p class="help">
                                        "No single edit would allow it."
                                    </p>
                                }
                                    .into_any()
                            })
                    }
                }}
            </div>
        </section>
    }
    .into_any()
}

/// The robots that may be named instead: links to the same question with the robot in it.
fn robots(verdict: &Verdict, screen: Signal<CheckScreen>) -> Option<impl IntoView + use<>> {
    let count = verdict.robots.len() as u64 + verdict.more_robots;
    let links = verdict
        .robots
        .iter()
        .map(|robot| {
            let to = screen.with_untracked(|screen| with(&screen.form, "robot", &robot.value));
            view! {
                <li>
                    <a href=to>{robot.name.clone()}</a>
                </li>
            }
        })
        .collect_view();
    let more = (verdict.more_robots > 0)
        .then(|| view! { <li class="faint">{format!("and {} more", verdict.more_robots)}</li> });
    (count > 0).then(|| {
        view! {
            <div>
                <h3>"Name a robot"</h3>
                <p class="muted small">
                    {format!("{} may be named. Changes nothing.", words::count(count, "robot", "robots"))}
                </p>
                <ul class="lines">{links} {more}</ul>
            </div>
        }
    })
}

/// Why some of them are not the reader's to make.
fn refused(missing: &[Need]) -> Vec<String> {
    let mut all: Vec<String> =
        missing.iter().flat_map(|need| &need.fixes).filter_map(|fix| fix.edit.refused.clone()).collect();
    all.sort();
    all.dedup();
    all
}

fn fix(id: String, fix: Fix, editing: Editing) -> impl IntoView {
    let Fix { edit, gives } = fix;
    let (words, refused) = (edit.words.clone(), edit.refused.clone());
    let label = format!("Prepare: {words}");
    view! {
        <li>
            <span>
                <b>{words}</b>
                <br/>
                <span class="muted">{gives}</span>
            </span>
            <span>
                <Button
                    id=id
                    class="btn mini"
                    label=label
                    reason=Signal::stored(refused)
                    on_press=move |()| editing.ask(edit.clone(), false)
                >
                    "Prepare"
                </Button>
            </span>
        </li>
    }
}
