//! A problem on the screen: in a banner beside what caused it, or in place of a page.

use super::banner::{Banner, Tone};
use crate::problem::{Kind, Problem};
use leptos::prelude::*;
use leptos_meta::Title;

/// What was answered; nothing where that is a problem, which is then shown.
pub fn or_show<T>(answer: Result<T, Problem>, problem: RwSignal<Option<Problem>>) -> Option<T> {
    match answer {
        Ok(answer) => Some(answer),
        Err(refused) => {
            problem.set(Some(refused));
            None
        }
    }
}

/// A banner while there is a problem, and nothing while there is none. Who is signed out is led to sign in.
#[component]
pub fn ProblemBanner(
    /// What went wrong.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    move || {
        problem.get().map(|problem| {
            leave_if_signed_out(&problem);
            let request = problem.request;
            view! {
                <Banner tone=Tone::Stop>{problem.message} <RequestNote request=request/></Banner>
            }
        })
    }
}

/// A page that could not be shown, with the status that says so to programs.
#[component]
pub fn PageProblem(
    /// What went wrong.
    problem: Problem,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::request::answer(problem.kind);
    leave_if_signed_out(&problem);
    let (title, about) = headline(problem.kind);
    view! {
        <Title text=format!("{title} · Rolecall")/>
        <div class="head">
            <div>
                <h1>{title}</h1>
                <p>{about}</p>
            </div>
        </div>
        <div class="body alone-in">
            <Banner tone=Tone::Stop>{problem.message}</Banner>
            <RequestNote request=problem.request/>
            <p>
                <a href="/">"Go to the overview"</a>
            </p>
        </div>
    }
}

/// Leads to the sign-in page and back here afterwards. Does nothing for other problems, and on the server,
/// where nobody who is signed out is shown a page.
pub fn leave_if_signed_out(problem: &Problem) {
    if problem.kind != Kind::SignedOut {
        return;
    }
    Effect::new(|_| {
        let location = window().location();
        let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        let next = js_sys::encode_uri_component(&here);
        let _ = location.assign(&format!("/sign-in?next={next}"));
    });
}

#[component]
fn RequestNote(request: Option<String>) -> impl IntoView {
    request.map(|request| {
        view! { <span class="tiny faint">{format!("Request {request}, if you need to report this.")}</span> }
    })
}

fn headline(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::SignedOut => ("You are signed out", "Sign in again to go on."),
        Kind::NotAllowed => ("You may not see this", "A right for this page is missing, or was taken away."),
        Kind::Gone => ("Not found", "There is nothing at this address."),
        Kind::Unavailable => ("Not now", "The server cannot answer at the moment."),
        Kind::TooMany => ("Too many tries", "Wait a little, then try again."),
        Kind::Invalid | Kind::Conflict | Kind::Broken => ("This did not work", "Nothing was changed."),
    }
}
