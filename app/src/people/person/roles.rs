//! The roles that a person has themselves.

use crate::components::{Button, For, Icon, Show};
use crate::people::give::GiveDialog;
use crate::people::labels::{RoleWords, role_text};
use crate::people::review::ReviewDialog;
use crate::people::wanted::{Wanted, Whom};
use leptos::prelude::*;
use model::view::people::{Act, PersonPage, RoleHeld};

/// The panel.
#[component]
pub fn Roles(person: Signal<PersonPage>, called: Signal<String>) -> impl IntoView {
    let (giving, taking) = (RwSignal::new(false), RwSignal::new(false));
    let taken = RwSignal::new(None::<RoleHeld>);
    let seen = Signal::derive(move || person.with(|p| p.revision));
    let reason = Signal::derive(move || person.with(|p| p.refused.give.clone()));
    let user = person.with_untracked(|p| p.id);
    let wanted = Memo::new(move |_| {
        let (held, seen) = (taken.get()?, seen.get());
        taking.get().then(|| Wanted::for_one(user, Act::TakeOne { grant: held.grant }, seen))
    });
    let name = move || taken.with(|held| held.as_ref().map(role_text).unwrap_or_default());
    view! {
        <section class="panel" aria-labelledby="roles-title">
            <header>
                <h2 id="roles-title">"Roles"</h2>
                <Button id="give-role" class="btn mini" reason=reason on_press=move |()| giving.set(true)>
                    <Icon name="plus"/>
                    "Give role"
                </Button>
            </header>
            <div class="pad">
                <Show
                    when=move || person.with(|p| !p.roles.is_empty())
                    fallback=|| view! { <p class="muted">"No role of their own."</p> }
                >
                    <ul class="lines">
                        <For
                            each=move || person.with(|p| p.roles.clone())
                            key=|held| (held.grant, role_text(held))
                            let:held
                        >
                            {
                                let gone = held.clone();
                                view! {
                                    <li>
                                        <RoleWords held=held.clone()/>
                                        <Button
                                            id=format!("take-{}", held.grant)
                                            class="btn quiet mini"
                                            reason=reason
                                            label=format!("Take {}", role_text(&held))
                                            on_press=move |()| {
                                                taken.set(Some(gone.clone()));
                                                taking.set(true);
                                            }
                                        >
                                            "Take"
                                        </Button>
                                    </li>
                                }
                            }
                        </For>
                    </ul>
                </Show>
                {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
            </div>
        </section>
        <GiveDialog
            whom=Whom::People(vec![user])
            called=called
            places=Signal::derive(move || person.with(|p| p.places.clone()))
            seen=seen
            open=giving
        />
        <ReviewDialog
            id="take"
            title=Signal::derive(move || format!("Take {} from {}?", name(), called.get()))
            open=taking
            wanted=wanted
            confirm="Take role".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("{} no longer has {}.", called.get(), name()))
        />
    }
}
