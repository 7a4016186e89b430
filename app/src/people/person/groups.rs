//! The groups that a person is in.

use crate::components::{Button, For, Icon, Show};
use crate::people::bulk::Choose;
use crate::people::review::ReviewDialog;
use crate::people::wanted::Wanted;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::id::GroupId;
use model::view::people::{Act, GroupHeld, PersonPage};

/// The panel.
#[component]
pub fn Groups(person: Signal<PersonPage>, called: Signal<String>) -> impl IntoView {
    let (joining, leaving) = (RwSignal::new(false), RwSignal::new(false));
    let joined = RwSignal::new(None::<GroupId>);
    let left = RwSignal::new(None::<GroupHeld>);
    let reason = Signal::derive(move || person.with(|p| p.refused.groups.clone()));
    let user = person.with_untracked(|p| p.id);
    let join = Memo::new(move |_| {
        let (group, seen) = (joined.get()?, person.with(|p| p.revision));
        joining.get().then(|| Wanted::for_one(user, Act::Join { group }, seen))
    });
    let leave = Memo::new(move |_| {
        let (group, seen) = (left.get()?.id, person.with(|p| p.revision));
        leaving.get().then(|| Wanted::for_one(user, Act::Leave { group }, seen))
    });
    whenever(move || {
        if joining.get() {
            joined.set(None);
        }
    });
    let left_name = move || left.with(|group| group.as_ref().map(|g| g.name.clone()).unwrap_or_default());
    let options = Signal::derive(move || {
        person.with(|p| p.other_groups.iter().map(|g| (g.id.to_string(), g.name.clone())).collect())
    });
    view! {
        <section class="panel" aria-labelledby="groups-title">
            <header>
                <h2 id="groups-title">"Groups"</h2>
                <Button id="join" class="btn mini" reason=reason on_press=move |()| joining.set(true)>
                    <Icon name="plus"/>
                    "Add to group"
                </Button>
            </header>
            <div class="pad">
                <Show
                    when=move || person.with(|p| !p.groups.is_empty())
                    fallback=|| view! { <p class="muted">"In no group."</p> }
                >
                    <ul class="lines">
                        <For
                            each=move || person.with(|p| p.groups.clone())
                            key=|group| (group.id, group.name.clone(), group.roles.clone())
                            let:group
                        >
                            {
                                let gone = group.clone();
                                view! {
                                    <li>
                                        <span>
                                            <a href=format!("/groups/{}", group.id)>{group.name.clone()}</a>
                                            <span class="sub">{brings(&group.roles)}</span>
                                        </span>
                                        <Button
                                            id=format!("leave-{}", group.id)
                                            class="btn quiet mini"
                                            label=format!("Remove from {}", group.name)
                                            reason=reason
                                            on_press=move |()| {
                                                left.set(Some(gone.clone()));
                                                leaving.set(true);
                                            }
                                        >
                                            "Remove"
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
        <ReviewDialog
            id="joining"
            title=Signal::derive(move || format!("Add {} to a group", called.get()))
            open=joining
            wanted=join
            confirm="Add to group".to_owned()
            done=Signal::derive(move || format!("{} is in the group.", called.get()))
        >
            <Choose
                id="join-group"
                label="Group"
                options=options
                on_choose=move |id: String| joined.set(id.parse().ok())
            />
        </ReviewDialog>
        <ReviewDialog
            id="leaving"
            title=Signal::derive(move || format!("Remove {} from {}?", called.get(), left_name()))
            open=leaving
            wanted=leave
            confirm="Remove from group".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("{} is no longer in {}.", called.get(), left_name()))
        />
    }
}

fn brings(roles: &[String]) -> String {
    match roles {
        [] => "Brings no role".to_owned(),
        roles => format!("Brings {}", roles.join(", ")),
    }
}
