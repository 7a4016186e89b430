//! Where the person is signed in, with the right to end it, and what happened with their sign-in lately.

use super::server;
use crate::action::Action;
use crate::components::{Button, For, ProblemBanner, When, toast};
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::account::{Account, OwnEvent, OwnSession};

/// Which session to end; `None`: all others. The answer is what is said of it.
type End = Action<Option<String>, Result<&'static str, Problem>>;

/// The panel with the sessions.
#[component]
pub(super) fn SessionsPanel(account: Signal<Account>, again: RwSignal<u32>) -> impl IntoView {
    let end: End = Action::new(move |session: Option<String>| async move {
        match session {
            Some(session) => {
                server::end_session(session).await.map(|()| "Ended. That browser is signed out.")
            }
            None => server::end_other_sessions().await.map(|()| "Ended. You are signed in here only."),
        }
    });
    whenever(move || {
        if let Some(Ok(said)) = end.value().get() {
            again.update(|again| *again += 1);
            toast(said);
        }
    });
    let problem = Signal::derive(move || end.value().get().and_then(Result::err));
    let is_alone = move || account.with(|account| account.sessions.len() < 2);
    let sessions = move || account.with(|account| account.sessions.clone());
    view! {
        <section class="panel" aria-labelledby="sessions-head">
            <header>
                <h2 id="sessions-head">"Where you are signed in"</h2>
                <Button
                    id="end-others"
                    class="btn mini"
                    reason=Signal::derive(move || is_alone().then(|| "You are signed in here only.".to_owned()))
                    busy=end.pending()
                    on_press=move |()| {
                        end.dispatch(None);
                    }
                >
                    "End all others"
                </Button>
            </header>
            <ProblemBanner problem=problem/>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">"Device"</th>
                        <th scope="col">"Address"</th>
                        <th scope="col">"Last seen"</th>
                        <th scope="col">"Since"</th>
                        <th scope="col">
                            <span class="vh">"End"</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=sessions key=|session| (session.id.clone(), session.seen_at) let:session>
                        <Row session=session end=end/>
                    </For>
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn Row(session: OwnSession, end: End) -> impl IntoView {
    let OwnSession { id, device, address, began_at, seen_at, is_this } = session;
    let label = format!("End the session of {device} from {address}");
    let last = if is_this {
        view! { <span class="badge good">"This one"</span> }.into_any()
    } else {
        view! {
            <Button
                class="btn mini"
                label=label
                busy=end.pending()
                on_press=move |()| {
                    end.dispatch(Some(id.clone()));
                }
            >
                "End"
            </Button>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{device}</th>
            <td data-label="Address">{address}</td>
            <td data-label="Last seen" class="nowrap">
                <When at=seen_at/>
            </td>
            <td data-label="Since" class="nowrap">
                <When at=began_at/>
            </td>
            <td class="tight end">{last}</td>
        </tr>
    }
}

/// The panel with what happened.
#[component]
pub(super) fn EventsPanel(account: Signal<Account>) -> impl IntoView {
    let events = move || account.with(|account| account.events.clone());
    view! {
        <section class="panel" aria-labelledby="events-head">
            <header>
                <h2 id="events-head">"Recent sign-in events"</h2>
            </header>
            <div class="pad">
                <ul class="diff">{move || events().into_iter().map(event).collect_view()}</ul>
                <p class="help">"If one of these was not you, change your password."</p>
            </div>
        </section>
    }
}

fn event(event: OwnEvent) -> impl IntoView {
    view! {
        <li class=event.was_refused.then_some("cut")>
            <span>
                {event.what} {format!(", {} from {}, ", event.device, event.address)} <When at=event.at/>
            </span>
        </li>
    }
}
