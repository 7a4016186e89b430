//! Who is in a group.

use super::add_people::AddDialog;
use crate::components::{Avatar, Button, For, Icon, Pager, SearchBox, Show};
use crate::people::wanted::Wanted;
use crate::people::{ReviewDialog, StatusBadge};
use crate::words;
use leptos::prelude::*;
use model::id::UserId;
use model::view::groups::{GroupAct, GroupPage, GroupWish, Member};
use model::view::people::Saved;
use std::collections::BTreeSet;

/// The panel, with the members of one page.
#[component]
pub fn Members(group: Signal<GroupPage>) -> impl IntoView {
    let (adding, dropping) = (RwSignal::new(false), RwSignal::new(false));
    let selected = RwSignal::new(BTreeSet::<UserId>::new());
    let reason = Signal::derive(move || group.with(|g| g.no_members.clone()));
    let wanted = Memo::new(move |_| {
        let people: Vec<UserId> = selected.get().into_iter().collect();
        let (id, seen) = group.with(|g| (g.id, g.revision));
        let wish = GroupWish { group: id, act: GroupAct::Drop { people: people.clone() }, seen };
        (dropping.get() && !people.is_empty()).then_some(Wanted::Group(wish))
    });
    let name = move || group.with(|g| g.name.clone());
    let counted = move || words::count(selected.with(BTreeSet::len) as u64, "person", "people");
    let read = move |read: fn(&GroupPage) -> u32| Signal::derive(move || group.with(read));
    view! {
        <section class="panel" aria-labelledby="members-title">
            <header>
                <h2 id="members-title">
                    "Members " <span class="count">{move || group.with(|g| g.members.total)}</span>
                </h2>
                <Button id="add-people" class="btn mini" reason=reason on_press=move |()| adding.set(true)>
                    <Icon name="plus"/>
                    "Add people"
                </Button>
            </header>
            <div class="pad">
                <div class="row">
                    <SearchBox label="Find a member"/>
                    <Show when=move || selected.with(|selected| !selected.is_empty())>
                        <Button
                            id="drop-people"
                            class="btn mini"
                            reason=reason
                            on_press=move |()| dropping.set(true)
                        >
                            {move || format!("Remove {}", counted())}
                        </Button>
                    </Show>
                </div>
                {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
                <Show
                    when=move || group.with(|g| g.members.total != 0)
                    fallback=|| view! { <p class="muted">"Nobody. Add people to give them the roles of the group."</p> }
                >
                    <ul class="lines">
                        <For
                            each=move || group.with(|g| g.members.rows.clone())
                            key=|member| (member.id, member.name.clone(), member.status)
                            let:member
                        >
                            <Line member=member selected=selected/>
                        </For>
                    </ul>
                    <Pager
                        total=Signal::derive(move || group.with(|g| g.members.total))
                        page=read(|g| g.members.page)
                        size=read(|g| g.members.size)
                    />
                </Show>
            </div>
        </section>
        <AddDialog group=group open=adding/>
        <ReviewDialog
            id="dropping"
            title=Signal::derive(move || format!("Remove {} from {}?", counted(), name()))
            open=dropping
            wanted=wanted
            confirm="Remove from group".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("{} left {}.", counted(), name()))
            on_saved=move |_: Saved| selected.set(BTreeSet::new())
        />
    }
}

#[component]
fn Line(member: Member, selected: RwSignal<BTreeSet<UserId>>) -> impl IntoView {
    let id = member.id;
    let email = (member.email != member.name).then(|| member.email.clone());
    view! {
        <li>
            <span class="who">
                <input
                    type="checkbox"
                    aria-label=format!("Select {}", member.name)
                    prop:checked=move || selected.with(|selected| selected.contains(&id))
                    on:change=move |event| {
                        let wanted = event_target_checked(&event);
                        selected.update(|selected| {
                            let _ = if wanted { selected.insert(id) } else { selected.remove(&id) };
                        });
                    }
                />
                <Avatar name=member.name.clone()/>
                <span>
                    <a class="plain" href=format!("/people/{id}")>
                        {member.name}
                    </a>
                    " "
                    <StatusBadge status=member.status/>
                    {email.map(|email| view! { <span class="sub">{email}</span> })}
                </span>
            </span>
        </li>
    }
}
