//! The dialog that makes a link for a new password, to hand over.

use crate::action::Action;
use crate::components::{Dialog, ProblemBanner, Show, or_show};
use crate::people::copy::CopyLink;
use crate::people::server;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::people::{HandedLink, PersonPage};

const HOUR: i64 = 3_600_000;

/// Makes the link when it is asked for, and shows it once.
#[component]
pub fn LinkDialog(person: Signal<PersonPage>, called: Signal<String>, open: RwSignal<bool>) -> impl IntoView {
    let made = RwSignal::new(None::<HandedLink>);
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            made.set(None);
            problem.set(None);
        }
    });
    let make = Action::new(move |()| {
        let user = person.with_untracked(|p| p.id);
        async move {
            if let Some(link) = or_show(server::reset_link(user).await, problem) {
                made.set(Some(link));
            }
        }
    });
    let press = move |_| {
        if !make.pending().get_untracked() {
            make.dispatch(());
        }
    };
    view! {
        <Dialog
            id="linking"
            title=Signal::derive(move || format!("Link for a new password for {}", called.get()))
            open=open
        >
            <div class="pad">
                <p>
                    "Whoever opens the link chooses a new password for this account. Hand it over to that person alone. Using it ends all their sessions."
                </p>
                {move || {
                    made.get()
                        .map(|link| {
                            let good = format!("Shown once. Works once, within {} hours.", link.lifetime / HOUR);
                            view! {
                                <CopyLink
                                    id="password-link"
                                    label=format!("Link for {}", called.get_untracked())
                                    url=link.url
                                />
                                <p class="help">{good}</p>
                            }
                        })
                }}
                <ProblemBanner problem=problem/>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| open.set(false)>
                    "Close"
                </button>
                <Show when=move || made.with(Option::is_none)>
                    <button
                        type="button"
                        class="btn primary"
                        aria-busy=move || make.pending().get().then_some("true")
                        on:click=press
                    >
                        "Make the link"
                    </button>
                </Show>
            </footer>
        </Dialog>
    }
}
