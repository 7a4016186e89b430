//! Manage users: who has the role and where, giving it and taking it, one or many at once.

use super::Shared;
use super::give::GiveRole;
use crate::address;
use crate::components::focus::rescue_focus;
use crate::components::{Banner, Button, EmptyState, For, Icon, Loaded, Pager, SearchBox, Show};
use crate::fetched::Fetched;
use crate::people::wanted::Wanted;
use crate::people::{Lasting, LimitChips, ReviewDialog, SubjectWords};
use crate::roles::server;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::id::GrantId;
use model::view::hidden::place_first;
use model::view::role_users::{RoleAct, RoleWish, UserRow, Users as List, UsersQuery};
use std::collections::BTreeMap;

/// The tab.
#[component]
pub(super) fn Users(shared: Shared) -> impl IntoView {
    let query = use_location().query;
    let role = Memo::new(move |_| shared.column.with(|role| role.id));
    let asked = Memo::new(move |_| {
        query.with(|query| UsersQuery {
            role: role.get(),
            search: query.get("q").unwrap_or_default(),
            page: address::page(query),
        })
    });
    let live = shared.live;
    let users = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::users(asked));
    view! {
        <Loaded of=users let:users>
            <Screen shared=shared users=users/>
        </Loaded>
    }
}

/// The assignments that are selected, with who has them; cheap to copy.
#[derive(Clone, Copy)]
struct Selection(RwSignal<BTreeMap<GrantId, String>>);

impl Selection {
    fn has(self, grant: GrantId) -> bool {
        self.0.with(|all| all.contains_key(&grant))
    }

    fn set(self, grant: GrantId, name: &str, is_selected: bool) {
        self.0.update(|all| {
            if is_selected {
                all.insert(grant, name.to_owned());
            } else {
                all.remove(&grant);
            }
        });
    }

    fn count(self) -> usize {
        self.0.with(BTreeMap::len)
    }
}

/// What is about to be taken: which assignments, with who has them.
type Taking = RwSignal<BTreeMap<GrantId, String>>;

#[component]
fn Screen(shared: Shared, users: Signal<List>) -> impl IntoView {
    let selection = Selection(RwSignal::new(BTreeMap::new()));
    let (giving, taking_open) = (RwSignal::new(false), RwSignal::new(false));
    let taking: Taking = RwSignal::new(BTreeMap::new());
    let reason = Signal::derive(move || users.with(|users| users.no_giving.clone()));
    let query = use_location().query;
    let is_searched = move || query.with(|query| query.get("q").is_some_and(|words| !words.is_empty()));
    let read = move |read: fn(&List) -> u32| Signal::derive(move || users.with(read));
    let take = Callback::new(move |which: BTreeMap<GrantId, String>| {
        taking.set(which);
        taking_open.set(true);
    });
    view! {
        <div class="bar">
            <SearchBox label="Find who has it"/>
            <Button id="give-to" class="btn primary" reason=reason on_press=move |()| giving.set(true)>
                <Icon name="plus"/>
                "Add users"
            </Button>
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
            <Selected selection=selection take=take/>
        </div>
        <div class="body">
            {move || {
                users
                    .with(|users| users.no_seeing.clone().map(|reason| (reason, users.all)))
                    .map(|(reason, all)| {
                        let count = words::count(all, "assignment", "assignments");
                        view! { <Banner>{format!("There are {count} of this role. {reason}")}</Banner> }
                    })
            }}
            <Show when=move || {
                users.with(|users| users.no_seeing.is_none() && users.rows.total == 0)
            }>
                {move || match is_searched() {
                    true => view! {
                        <EmptyState title="Nobody is found" about="Nobody of that name has this role.">
                            <a class="btn" href=move || {
                                format!("/roles/{}?tab=people", shared.column.with(|role| role.id))
                            }>"Show all who have it"</a>
                        </EmptyState>
                    }
                    .into_any(),
                    false => view! {
                        <EmptyState
                            title="Nobody has this role"
                            about="Add people, groups, service accounts or all users."
                        />
                    }
                    .into_any(),
                }}
            </Show>
            <Show when=move || users.with(|users| !users.rows.rows.is_empty())>
                <div class="scroll">
                    <table class="table cards tall">
                        <caption class="vh">"Who has this role"</caption>
                        <thead>
                            <tr>
                                <th class="tight">
                                    <SelectPage users=users selection=selection/>
                                </th>
                                <th scope="col">"Who"</th>
                                <th scope="col">"Where"</th>
                                <th scope="col">"Limits"</th>
                                <th scope="col">"When"</th>
                                <th>
                                    <span class="vh">"Actions"</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || users.with(|users| users.rows.rows.clone())
                                key=|row| row.clone()
                                children=move |row| line(row, selection, take)
                            />
                        </tbody>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || users.with(|users| users.rows.total))
                    page=read(|users| users.rows.page)
                    size=read(|users| users.rows.size)
                />
            </Show>
        </div>
        <GiveRole shared=shared users=users open=giving/>
        <TakeRole shared=shared users=users taking=taking open=taking_open selection=selection/>
    }
}

/// How many are selected, and what can be done to all of them.
#[component]
fn Selected(selection: Selection, take: Callback<BTreeMap<GrantId, String>>) -> impl IntoView {
    whenever(move || {
        if selection.count() == 0 {
            rescue_focus();
        }
    });
    view! {
        <Show when=move || selection.count() != 0>
            <section class="row" aria-label="Selected users">
                <strong role="status">{move || format!("{} selected", selection.count())}</strong>
                <Button class="btn mini danger" on_press=move |()| take.run(selection.0.get_untracked())>
                    "Remove selected"
                </Button>
                <button
                    type="button"
                    class="btn quiet mini"
                    on:click=move |_| selection.0.set(BTreeMap::new())
                >
                    "Clear"
                </button>
            </section>
        </Show>
    }
}

/// Selects all on this page that can be removed.
#[component]
fn SelectPage(users: Signal<List>, selection: Selection) -> impl IntoView {
    let open = move || {
        users.with(|users| {
            let open = users.rows.rows.iter().filter(|row| row.no_removing.is_none());
            open.map(|row| (row.grant, row.name.clone())).collect::<Vec<_>>()
        })
    };
    let is_all = move || {
        let open = open();
        !open.is_empty() && open.iter().all(|(grant, _)| selection.has(*grant))
    };
    view! {
        <input
            type="checkbox"
            aria-label="Select all on this page"
            prop:checked=is_all
            on:change=move |event| {
                let on = event_target_checked(&event);
                untrack(open).iter().for_each(|(grant, name)| selection.set(*grant, name, on));
            }
        />
    }
}

fn line(row: UserRow, selection: Selection, take: Callback<BTreeMap<GrantId, String>>) -> impl IntoView {
    let (grant, name, is_barred) = (row.grant, row.name.clone(), row.no_removing.is_some());
    let (selected, taken) = (name.clone(), name.clone());
    // One person may have it in several places.
    let full = format!("{name} in {}", row.place);
    view! {
        <tr>
            <td class="tight">
                <input
                    type="checkbox"
                    aria-label=format!("Select {full}")
                    disabled=is_barred
                    prop:checked=move || selection.has(grant)
                    on:change=move |event| selection.set(grant, &selected, event_target_checked(&event))
                />
            </td>
            <th scope="row">
                <SubjectWords subject=row.subject name=name about=row.about/>
            </th>
            <td data-label="Where">{place_first(&row.place).to_owned()}</td>
            <td data-label="Limits">
                <LimitChips limits=row.limits/>
            </td>
            <td data-label="When">
                <Lasting window=row.window is_now=row.is_now/>
            </td>
            <td class="tight end">
                <Button
                    id=format!("take-{grant}")
                    class="btn quiet mini"
                    reason=Signal::stored(row.no_removing)
                    label=format!("Remove {full}")
                    on_press=move |()| take.run(BTreeMap::from([(grant, taken.clone())]))
                >
                    "Remove"
                </Button>
            </td>
        </tr>
    }
}

/// What taking it away would do, and taking it away.
#[component]
fn TakeRole(
    shared: Shared,
    users: Signal<List>,
    taking: Taking,
    open: RwSignal<bool>,
    selection: Selection,
) -> impl IntoView {
    let wanted = Signal::derive(move || {
        let grants: Vec<GrantId> = taking.with(|taking| taking.keys().copied().collect());
        let seen = users.with(|users| users.revision);
        let role = shared.id();
        let act = RoleAct::Take { grants };
        open.get().then_some(Wanted::Role(RoleWish { role, act, seen }))
    });
    let whom = move || {
        taking.with(|taking| {
            let mut names: Vec<String> = taking.values().cloned().collect();
            names.sort();
            names.dedup();
            words::names(&names, names.len() as u64, 3)
        })
    };
    let role = move || shared.column.with(|role| role.name.clone());
    view! {
        <ReviewDialog
            id="taking"
            title=Signal::derive(move || format!("Remove {} from {}?", role(), whom()))
            open=open
            wanted=wanted
            confirm="Remove".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("{} is taken from {}.", role(), whom()))
            on_saved=move |_| selection.0.set(BTreeMap::new())
        />
    }
}
