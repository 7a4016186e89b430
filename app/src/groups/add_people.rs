//! The dialog that puts people into a group: found by name or address, many at once.

use super::server;
use crate::action::Action;
use crate::components::ProblemBanner;
use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use model::id::UserId;
use model::view::groups::{Found, GroupAct, GroupPage, GroupQuery, GroupWish, Member};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(180);

/// Finds people who are not in the group, and adds those who are chosen.
#[component]
pub fn AddDialog(group: Signal<GroupPage>, open: RwSignal<bool>) -> impl IntoView {
    let chosen = RwSignal::new(BTreeMap::<UserId, String>::new());
    whenever(move || {
        if open.get() {
            chosen.set(BTreeMap::new());
        }
    });
    let wanted = Memo::new(move |_| {
        let people: Vec<UserId> = chosen.with(|chosen| chosen.keys().copied().collect());
        let (id, seen) = group.with(|g| (g.id, g.revision));
        let any = !people.is_empty();
        let wish = GroupWish { group: id, act: GroupAct::Add { people }, seen };
        (open.get() && any).then_some(Wanted::Group(wish))
    });
    let name = move || group.with(|g| g.name.clone());
    let counted = move || words::count(chosen.with(BTreeMap::len) as u64, "person", "people");
    let confirm = Signal::derive(move || match chosen.with(BTreeMap::len) {
        0 => "Add people".to_owned(),
        _ => format!("Add {}", counted()),
    });
    view! {
        <ReviewDialog
            id="adding"
            title=Signal::derive(move || format!("Add people to {}", name()))
            open=open
            wanted=wanted
            confirm=confirm
            done=Signal::derive(move || format!("{} added to {}.", counted(), name()))
        >
            <Finder group=group chosen=chosen/>
        </ReviewDialog>
    }
}

#[component]
fn Finder(group: Signal<GroupPage>, chosen: RwSignal<BTreeMap<UserId, String>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let look = Action::new(move |search: String| {
        let query = GroupQuery { group: group.with_untracked(|g| g.id), search, page: 1 };
        server::candidates(query)
    });
    let found = look.value();
    whenever(move || {
        let words = search.get();
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        let ask = move || {
            look.dispatch(words.clone());
        };
        waiting.set_value(set_timeout_with_handle(ask, REST).ok());
    });
    view! {
        <div class="field">
            <label for="find-people">"Name or e-mail address"</label>
            <input
                class="input"
                id="find-people"
                type="search"
                autocomplete="off"
                autofocus
                prop:value=move || search.get()
                on:input=move |event| search.set(event_target_value(&event))
            />
        </div>
        {move || match found.get() {
            None => view! { <p class="muted">"Looking for people"</p> }.into_any(),
            Some(Err(problem)) => {
                view! { <ProblemBanner problem=Signal::stored(Some(problem))/> }.into_any()
            }
            Some(Ok(found)) => view! { <Results found=found chosen=chosen/> }.into_any(),
        }}
    }
}

#[component]
fn Results(found: Found, chosen: RwSignal<BTreeMap<UserId, String>>) -> impl IntoView {
    let shown = found.people.len();
    let counted = match found.total {
        0 => "Nobody is found.".to_owned(),
        total => format!("{shown} of {total} found"),
    };
    view! {
        <p class="small muted" role="status">
            {counted}
        </p>
        <fieldset class="roles found">
            <legend class="vh">"People"</legend>
            {found.people.into_iter().map(|member| view! { <Box member=member chosen=chosen/> }).collect_view()}
        </fieldset>
    }
}

#[component]
fn Box(member: Member, chosen: RwSignal<BTreeMap<UserId, String>>) -> impl IntoView {
    let (id, name) = (member.id, member.name.clone());
    let email = (member.email != member.name).then(|| member.email.clone());
    view! {
        <div class="option">
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains_key(&id))
                    on:change=move |event| {
                        let wanted = event_target_checked(&event);
                        chosen.update(|chosen| {
                            let _ = if wanted { chosen.insert(id, name.clone()) } else { chosen.remove(&id) };
                        });
                    }
                />
                <span>
                    {member.name}
                    {email.map(|email| view! { <span class="sub">{email}</span> })}
                </span>
            </label>
        </div>
    }
}
