//! The verdict in a sentence, the paths below it, and beside them what would allow it.

use super::edit::Editing;
use super::fixes::Fixes;
use super::page::AsOf;
use super::paths::Paths;
use crate::components::{Icon, When};
use leptos::prelude::*;
use model::view::check::{CheckScreen, Outcome, Verdict};
use model::words::Part;

/// The whole answer.
#[component]
pub(super) fn VerdictView(
    /// The answer.
    verdict: Verdict,
    /// The page.
    screen: Signal<CheckScreen>,
    /// What is about to be edited.
    editing: Editing,
) -> impl IntoView {
    let (class, icon, word) = match verdict.outcome {
        Outcome::Allowed => ("verdict yes", "check", "Allowed: "),
        Outcome::Denied => ("verdict no", "x", "Not allowed: "),
        Outcome::Depends => ("verdict maybe", "ask", "It depends: "),
    };
    let because = verdict.because.clone().into_iter().map(|parts| view! { " " {said(parts)} }).collect_view();
    let sentence = verdict.sentence.clone();
    let in_force = verdict.needs.iter().map(|need| need.in_force);
    let in_force = super::lists::in_force(in_force.collect());
    view! {
        <div class=class role="status">
            <span>
                <Icon name=icon/>
            </span>
            <p>
                <span class="vh">{word}</span>
                <b>{sentence}</b>
                {because}
                <AsOf screen=screen/>
                <small>{in_force}</small>
            </p>
        </div>
        <div class="split">
            <div class="stack">
                <Paths needs=verdict.needs.clone() editing=editing/>
            </div>
            <Fixes verdict=verdict screen=screen editing=editing/>
        </div>
    }
}

/// A sentence with its moments.
pub(super) fn said(parts: Vec<Part>) -> impl IntoView {
    let drawn = parts.into_iter().map(|part| match part {
        Part::Text(words) | Part::Name(words) | Part::Was(words) => words.into_any(),
        Part::Time(at) => view! { <When at=at/> }.into_any(),
        Part::Person(_) => ().into_any(),
    });
    drawn.collect_view()
}
