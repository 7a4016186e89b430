//! *Set up access*: the guide's steps, and the sets of roles that fit teams, given to people and groups at once.

use super::guide_steps::{Steps, done_of};
use super::list::ListTabs;
use super::server;
use crate::check::server::find_who;
use crate::components::{Button, Combobox, For, Loaded, PageHead};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use model::grant::Who;
use model::id::ObjectId;
use model::view::check::{Edit, EditWish, who_of_key};
use model::view::guide::{Guide, RoleSet, SetRole};

/// The page.
#[component]
pub fn GuidePage() -> impl IntoView {
    let live = Live::here();
    let guide = Fetched::new(move || live.changes(), |_| server::guide());
    view! {
        <Loaded of=guide let:guide>
            <Screen guide=guide/>
        </Loaded>
    }
}

#[component]
fn Screen(guide: Signal<Guide>) -> impl IntoView {
    let giving = Giving { open: RwSignal::new(false), set: RwSignal::new(None) };
    let done = move || {
        let (done, all) = guide.with(done_of);
        format!("{done} of {all} done")
    };
    view! {
        <PageHead title="Tenants" about="What to do, in this order, so that everybody has what they need and no more."/>
        <ListTabs here="/tenants/set-up"/>
        <div class="body">
            <div class="stack">
                <section class="panel" aria-labelledby="guide-title">
                    <header>
                        <h2 id="guide-title">"Set up access"</h2>
                        <span class="tiny faint">{done}</span>
                    </header>
                    <div class="pad">
                        <Steps guide=guide/>
                    </div>
                </section>
                <section class="panel" aria-labelledby="sets">
                    <header>
                        <h2 id="sets">"Roles for teams"</h2>
                        <span class="tiny faint">"For the whole organization"</span>
                    </header>
                    <div class="scroll">
                        <table class="table tall cards">
                            <thead>
                                <tr>
                                    <th scope="col">"Team"</th>
                                    <th scope="col">"Roles"</th>
                                    <th scope="col">"Who has all of them"</th>
                                    <th scope="col">
                                        <span class="vh">"Give"</span>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                <For
                                    each=move || guide.with(|guide| guide.sets.clone())
                                    key=|set| (set.key.clone(), set.people, set.names.clone(), set.no_giving.clone())
                                    let:set
                                >
                                    <SetOfRoles set=set giving=giving/>
                                </For>
                            </tbody>
                        </table>
                    </div>
                </section>
            </div>
        </div>
        <GiveSet giving=giving guide=guide/>
    }
}

/// Which set is about to be given; cheap to copy.
#[derive(Clone, Copy)]
struct Giving {
    open: RwSignal<bool>,
    set: RwSignal<Option<RoleSet>>,
}

#[component]
fn SetOfRoles(set: RoleSet, giving: Giving) -> impl IntoView {
    let roles = set
        .roles
        .iter()
        .map(|role| {
            view! {
                <a class="chip" href=format!("/roles/{}", role.id)>
                    {role.name.clone()}
                </a>
            }
        })
        .collect_view();
    let who = match set.people {
        0 => view! { <span class="faint">"Nobody yet"</span> }.into_any(),
        some => view! {
            {words::names(&set.names, some, set.names.len())}
            <span class="sub">{words::count(some, "person", "people")}</span>
        }
        .into_any(),
    };
    let (name, about, key) = (set.name.clone(), set.about.clone(), set.key.clone());
    let reason = Signal::stored(set.no_giving.clone());
    let label = format!("Give the roles of {name}");
    let press = move |()| {
        giving.set.set(Some(set.clone()));
        giving.open.set(true);
    };
    view! {
        <tr>
            <th scope="row">
                {name}
                <span class="sub">{about}</span>
            </th>
            <td data-label="Roles">
                <span class="chips">{roles}</span>
            </td>
            <td data-label="Who">
                <span>{who}</span>
            </td>
            <td class="tight end">
                <Button id=format!("give-{key}") class="btn mini" label=label reason=reason on_press=press>
                    "Give"
                </Button>
            </td>
        </tr>
    }
}

/// Asks to whom, and shows what that alters before it is saved.
#[component]
fn GiveSet(giving: Giving, guide: Signal<Guide>) -> impl IntoView {
    let (value, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    whenever(move || {
        if giving.open.get() {
            value.set(String::new());
            text.set(String::new());
        }
    });
    let wanted = Memo::new(move |_| {
        let who = who_of_key(&value.get())?;
        let seen = guide.with(|guide| guide.revision);
        let edits = giving.set.with(|set| set.as_ref().map(|set| edits(set, who)))?;
        giving.open.get().then_some(Wanted::Edits(EditWish { edits, with_half: false, seen }))
    });
    let team = move || giving.set.with(|set| set.as_ref().map(|set| set.name.clone()).unwrap_or_default());
    let roles = move || {
        giving.set.with(|set| {
            let roles = set.iter().flat_map(|set| &set.roles);
            let names: Vec<String> = roles.map(|role| role.name.clone()).collect();
            words::names(&names, names.len() as u64, names.len())
        })
    };
    view! {
        <ReviewDialog
            id="give-set"
            title=Signal::derive(move || format!("Give the roles of {}", team()))
            open=giving.open
            wanted=wanted
            confirm="Give roles".to_owned()
            done=Signal::derive(move || format!("{} has {}.", text.get(), roles()))
        >
            <p>{move || format!("{} for the whole organization.", roles())}</p>
            <Combobox
                id="give-set-who"
                label="To whom"
                name="who"
                value=value
                text=text
                placeholder="A person or a group"
                search=find_who
            />
        </ReviewDialog>
    }
}

fn edits(set: &RoleSet, who: Who) -> Vec<Edit> {
    let give = |role: &SetRole| Edit::Give { who, role: role.id, object: ObjectId::ORGANIZATION };
    set.roles.iter().map(give).collect()
}
