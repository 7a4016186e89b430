//! Draws what a resource holds, once; later answers change what is drawn instead of drawing it anew.

#[cfg(not(feature = "ssr"))]
use super::focus::rescue_focus;
use super::loading::Loading;
use super::problem::PageProblem;
#[cfg(not(feature = "ssr"))]
use crate::problem::Kind;
use crate::problem::Problem;
use leptos::prelude::*;

/// What there is to draw.
#[cfg(not(feature = "ssr"))]
#[derive(Clone, PartialEq)]
enum Stage {
    Waiting,
    There,
    Failed(Problem),
}

/// Draws its children with a signal of what the resource holds. While it is fetched again, what is drawn stays, and
/// so does all that the page keeps in signals: focus, staged edits. A first failure, and any that means
/// *signed out*, *not allowed* or *gone*, is drawn as [`PageProblem`]; others leave the page as it was.
///
/// ```ignore
/// let roles = Resource::new(move || live.changes(), |_| grid());
/// view! { <Loaded of=roles let:grid><GridPage grid/></Loaded> } // grid: Signal<Grid>
/// ```
#[component]
pub fn Loaded<T, F, V>(
    /// What is fetched.
    of: Resource<Result<T, Problem>>,
    /// Draws it; runs once.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=|| view! { <Loading/> }>
            <Latest of=of show=children.clone()/>
        </Transition>
    }
}

/// The server draws once, when what waits for the resource is told that it is there; memos are told a moment later, so
/// that one made before would now and then still say *waiting*. Here the resource itself is read.
#[cfg(feature = "ssr")]
#[component]
fn Latest<T, F, V>(of: Resource<Result<T, Problem>>, show: F) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match of.get() {
        None => ().into_any(),
        Some(Err(problem)) => view! { <PageProblem problem=problem/> }.into_any(),
        Some(Ok(value)) => show(Signal::stored(value)).into_any(),
    }
}

#[cfg(not(feature = "ssr"))]
#[component]
fn Latest<T, F, V>(of: Resource<Result<T, Problem>>, show: F) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let latest = Memo::new(move |before: Option<&Option<T>>| match of.get() {
        Some(Ok(value)) => Some(value),
        _ => before.cloned().flatten(),
    });
    Effect::new(move |_| {
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
            Some(first) => {
                let value = Memo::new(move |_| latest.get().unwrap_or_else(|| first.clone()));
                show(value.into()).into_any()
            }
        },
    }
}

/// Whether what is drawn may not stay.
#[cfg(not(feature = "ssr"))]
fn is_final(problem: &Problem) -> bool {
    matches!(problem.kind, Kind::SignedOut | Kind::NotAllowed | Kind::Gone)
}
