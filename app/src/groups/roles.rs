//! The roles that a group brings to everybody in it.

use crate::components::{Button, For, Icon, Show};
use crate::people::wanted::{Wanted, Whom};
use crate::people::{GiveDialog, ReviewDialog, RoleWords};
use leptos::prelude::*;
use model::view::groups::{GroupAct, GroupPage, GroupWish};
use model::view::people::RoleHeld;

/// The panel.
#[component]
pub fn Roles(group: Signal<GroupPage>) -> impl IntoView {
    let (giving, taking) = (RwSignal::new(false), RwSignal::new(false));
    let taken = RwSignal::new(None::<RoleHeld>);
    let name = Signal::derive(move || group.with(|g| g.name.clone()));
    let reason = Signal::derive(move || group.with(|g| g.no_giving.clone()));
    let id = group.with_untracked(|g| g.id);
    let wanted = Memo::new(move |_| {
        let (held, seen) = (taken.get()?, group.with(|g| g.revision));
        let wish = GroupWish { group: id, act: GroupAct::Take { grant: held.grant }, seen };
        taking.get().then_some(Wanted::Group(wish))
    });
    let role = move || taken.with(|held| held.as_ref().map(|held| held.name.clone()).unwrap_or_default());
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
                    when=move || group.with(|g| !g.roles.is_empty())
                    fallback=|| view! { <p class="muted">"No role: being in this group gives nothing yet."</p> }
                >
                    <ul class="lines">
                        <For each=move || group.with(|g| g.roles.clone()) key=|held| (held.grant, held.name.clone()) let:held>
                            {
                                let gone = held.clone();
                                view! {
                                    <li>
                                        <RoleWords held=held.clone()/>
                                        <Button
                                            id=format!("take-{}", held.grant)
                                            class="btn quiet mini"
                                            reason=reason
                                            label=format!("Take {}", held.name)
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
            whom=Whom::Group(id)
            called=name
            places=Signal::derive(move || group.with(|g| g.places.clone()))
            seen=Signal::derive(move || group.with(|g| g.revision))
            open=giving
        />
        <ReviewDialog
            id="taking"
            title=Signal::derive(move || format!("Take {} from {}?", role(), name.get()))
            open=taking
            wanted=wanted
            confirm="Take role".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("{} no longer has {}.", name.get(), role()))
        />
    }
}
