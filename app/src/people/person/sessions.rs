//! Where a person is signed in.

use crate::action::Action;
use crate::components::{Button, ProblemBanner, When, or_show, toast};
use crate::people::server;
use crate::problem::Problem;
use leptos::either::Either;
use leptos::prelude::*;
use model::view::people::{PersonPage, SessionRow};

/// The panel. Sessions are no part of the access state, so ending one fetches the page again by `again`.
#[component]
pub fn Sessions(person: Signal<PersonPage>, called: Signal<String>, again: RwSignal<u32>) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let user = person.with_untracked(|p| p.id);
    let end = Action::new(move |session: Option<String>| async move {
        problem.set(None);
        if or_show(server::end_sessions(user, session.clone()).await, problem).is_some() {
            toast(if session.is_some() { "The session is ended." } else { "All sessions are ended." });
            again.update(|number| *number += 1);
        }
    });
    let on_end = Callback::new(move |session: Option<String>| {
        end.dispatch(session);
    });
    view! {
        <section class="panel" aria-labelledby="sessions-title">
            <header>
                <h2 id="sessions-title">"Sessions"</h2>
            </header>
            <div class="pad">
                <ProblemBanner problem=problem/>
                {move || match person.with(|p| p.sessions.clone()) {
                    Err(reason) => Either::Left(view! { <p class="help">{reason}</p> }),
                    Ok(sessions) => Either::Right(view! { <List sessions=sessions called=called on_end=on_end/> }),
                }}
            </div>
        </section>
    }
}

#[component]
fn List(
    sessions: Vec<SessionRow>,
    called: Signal<String>,
    on_end: Callback<Option<String>>,
) -> impl IntoView {
    if sessions.is_empty() {
        return view! { <p class="muted">"Not signed in anywhere."</p> }.into_any();
    }
    let many = sessions.len() > 1;
    let lines = sessions.into_iter().map(|session| {
        let id = session.id.clone();
        view! {
            <li>
                <span>
                    {browser(&session.agent)}
                    {session.is_this.then_some(" (this one)")}
                    <span class="sub">
                        {session.address.clone()} ", last used " <When at=session.last_seen/>
                    </span>
                </span>
                <Button
                    id=format!("end-{}", session.id)
                    class="btn quiet mini"
                    label=format!("End the session from {}", session.address)
                    on_press=move |()| on_end.run(Some(id.clone()))
                >
                    "End"
                </Button>
            </li>
        }
    });
    view! {
        <ul class="lines">{lines.collect_view()}</ul>
        {many
            .then(|| {
                view! {
                    <Button class="btn mini" on_press=move |()| on_end.run(None)>
                        {move || format!("End all sessions of {}", called.get())}
                    </Button>
                }
            })}
    }
    .into_any()
}

/// The browser's name out of its long description of itself.
fn browser(agent: &str) -> String {
    let known = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&known), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_named_in_two_words() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
        assert_eq!(browser(chrome), "Chrome on Linux");
        assert_eq!(browser("curl/8.0"), "Unknown browser");
    }
}
