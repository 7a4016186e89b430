//! Draws what a resource holds, once; later answers change what is drawn instead of drawing it anew.

#[cfg(not(feature = "ssr"))]
use super::focus::rescue_focus;
use super::loading::Loading;
use super::problem::PageProblem;
use crate::fetched::{Answer, AsJson, Fetched, Outcome, unreadable};
#[cfg(not(feature = "ssr"))]
use crate::problem::Kind;
#[cfg(not(feature = "ssr"))]
use crate::problem::Problem;
#[cfg(not(feature = "ssr"))]
use crate::whenever::whenever;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What there is to draw.
#[cfg(not(feature = "ssr"))]
#[derive(Clone, PartialEq)]
enum Stage {
    Waiting,
    There,
    Failed(Problem),
}

/// Draws what was fetched, from a signal of answers that follow each other.
type Show = Arc<dyn Fn(Signal<Answer>) -> AnyView + Send + Sync>;

/// Draws its children with a signal of what was fetched. While it is fetched again, what is drawn stays, and so does
/// all that the page keeps in signals: focus, staged edits. A first failure, and any that means *signed out*, *not
/// allowed* or *gone*, is drawn as [`PageProblem`]; others leave the page as it was.
///
/// ```ignore
/// let roles = Fetched::new(move || live.changes(), |_| grid());
/// view! { <Loaded of=roles let:grid><GridPage grid/></Loaded> } // grid: Signal<Grid>
/// ```
#[component]
pub fn Loaded<T, F, V>(
    /// What is fetched.
    of: Fetched<T>,
    /// Draws it; runs once.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let show: Show = Arc::new(move |answer| match answer.with_untracked(Answer::read::<T>) {
        None => view! { <PageProblem problem=unreadable()/> }.into_any(),
        Some(first) => children(typed(answer, first)).into_any(),
    });
    let outcome = of.outcome();
    view! {
        <Transition fallback=|| view! { <Loading/> }>
            <Latest of=outcome show=Arc::clone(&show)/>
        </Transition>
    }
}

/// The server draws once, when what waits for the resource is told that it is there; memos are told a moment later, so
/// that one made before would now and then still say *waiting*. Here the resource itself is read.
#[cfg(feature = "ssr")]
#[component]
fn Latest(of: Resource<Outcome, AsJson>, show: Show) -> impl IntoView {
    move || match of.get() {
        None => ().into_any(),
        Some(Err(problem)) => view! { <PageProblem problem=problem/> }.into_any(),
        Some(Ok(answer)) => show(Signal::stored(answer)),
    }
}

#[cfg(feature = "ssr")]
fn typed<T: Send + Sync + 'static>(_: Signal<Answer>, first: T) -> Signal<T> {
    Signal::stored(first)
}

#[cfg(not(feature = "ssr"))]
fn typed<T>(answer: Signal<Answer>, first: T) -> Signal<T>
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    Memo::new(move |_| answer.with(Answer::read).unwrap_or_else(|| first.clone())).into()
}

#[cfg(not(feature = "ssr"))]
#[component]
fn Latest(of: Resource<Outcome, AsJson>, show: Show) -> impl IntoView {
    let latest = Memo::new(move |before: Option<&Option<Answer>>| match of.get() {
        Some(Ok(answer)) => Some(answer),
        _ => before.cloned().flatten(),
    });
    whenever(move || {
        latest.track();
        rescue_focus();
    });
    let stage = Memo::new(move |_| match of.get() {
        Some(Err(problem)) if latest.with(Option::is_none) || is_final(&problem) => Stage::Failed(problem),
        _ if latest.with(Option::is_some) => Stage::There,
        _ => Stage::Waiting,
    });
    move || match stage.get() {
        Stage::Waiting => ().into_any(),
        Stage::Failed(problem) => view! { <PageProblem problem=problem/> }.into_any(),
        Stage::There => match latest.get_untracked() {
            None => ().into_any(),
            Some(first) => show(Memo::new(move |_| latest.get().unwrap_or_else(|| first.clone())).into()),
        },
    }
}

/// Whether what is drawn may not stay.
#[cfg(not(feature = "ssr"))]
fn is_final(problem: &Problem) -> bool {
    matches!(problem.kind, Kind::SignedOut | Kind::NotAllowed | Kind::Gone)
}
