//! Who holds which of the permissions on an application, given here or above; and the role assignments by which they
//! do, to be added and taken away.

use super::assign::AssignDialog;
use super::server;
use crate::address;
use crate::components::{Banner, Button, EmptyState, For, Icon, Loaded, Pager, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::wanted::Wanted;
use crate::people::{GivenPart, GivenTable, LimitWords, Removing, TakeDialog, WindowWords};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::id::{GrantId, ObjectId};
use model::view::access::{AccessQuery, AccessRow};
use model::view::applications::{Application, Assigned, Holder, RightRow, Rights, RightsAct, RightsWish};

/// The part.
#[component]
pub(super) fn RightsPart(
    /// The application.
    application: Signal<Application>,
) -> impl IntoView {
    let barred = Memo::new(move |_| application.with(|a| a.no_rights.clone()));
    move || match barred.get() {
        Some(reason) => view! {
            <div class="body">
                <Banner>{reason}</Banner>
            </div>
        }
        .into_any(),
        None => view! { <Content application=application/> }.into_any(),
    }
}

#[component]
fn Content(application: Signal<Application>) -> impl IntoView {
    let live = Live::here();
    let id = application.with_untracked(|a| a.id);
    let rights = Fetched::new(move || live.changes(), move |_| server::rights(id));
    let query = use_location().query;
    let asked = Memo::new(move |_| AccessQuery { of: id, page: query.with(address::page) });
    let assigned = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::assigned(asked));
    view! {
        <div class="bar">
            <p class="help">
                "The right to merge is asked on the stage that the merge starts from, the right to roll back on the stage that goes back."
            </p>
            <span class="push"></span>
            <p class="legend" aria-label="What the marks mean">
                <span class="mk" data-mark="on">
                    "Given here"
                </span>
                <span class="mk" data-mark="from">
                    "Through the organization"
                </span>
            </p>
        </div>
        <div class="body">
            <Loaded of=rights let:rights>
                <Screen rights=rights id=id/>
            </Loaded>
            <Loaded of=assigned let:assigned>
                <Assignments assigned=assigned application=application/>
            </Loaded>
        </div>
    }
}

#[component]
fn Screen(rights: Signal<Rights>, id: ObjectId) -> impl IntoView {
    view! {
        <div class="scroll">
            <table class="table cards" aria-label="Rights">
                <thead>
                    <tr>
                        <th scope="col">"Right"</th>
                        <th scope="col">"Held by"</th>
                        <th scope="col" class="end">
                            "On the whole application"
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rights.with(|r| r.rows.clone()) key=Clone::clone let:row>
                        {line(row, id)}
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// The roles that were given on the application, on its stages and above; giving more, and taking them away.
#[component]
fn Assignments(assigned: Signal<Assigned>, application: Signal<Application>) -> impl IntoView {
    let removing: Removing = RwSignal::new(None);
    let assigning = RwSignal::new(false);
    let id = application.with_untracked(|a| a.id);
    let reason = Signal::derive(move || assigned.with(|assigned| assigned.no_giving.clone()));
    let read = move |read: fn(&Assigned) -> u32| Signal::derive(move || assigned.with(read));
    let rows = move |of_part: fn(&AccessRow) -> bool| {
        Signal::derive(move || {
            assigned.with(|all| all.rows.rows.iter().filter(|row| of_part(row)).cloned().collect::<Vec<_>>())
        })
    };
    // All that stands above an application is the organization.
    let is_above =
        |row: &AccessRow| row.from.as_ref().is_some_and(|(place, ..)| *place == ObjectId::ORGANIZATION);
    let is_stage =
        |row: &AccessRow| row.from.as_ref().is_some_and(|(place, ..)| *place != ObjectId::ORGANIZATION);
    let page = move |place: ObjectId| {
        (place != ObjectId::ORGANIZATION).then(|| format!("/applications/{id}?stage={place}"))
    };
    let take = move |grant: GrantId| {
        let seen = assigned.with(|assigned| assigned.revision);
        Wanted::Rights(RightsWish { act: RightsAct::Take { grant }, seen })
    };
    let hidden = move || {
        let hidden = assigned.with(|assigned| assigned.hidden);
        (hidden > 0).then(|| {
            let people = words::count(hidden, "person", "people");
            let text = format!(
                "{people} more on stages that you may not see: you may see their number, not their names."
            );
            view! { <p class="help pad-x">{text}</p> }
        })
    };
    view! {
        <section class="panel" aria-labelledby="assigned-title">
            <header>
                <h2 id="assigned-title">"Role assignments"</h2>
                <Button id="assign" class="btn primary" reason=reason on_press=move |()| assigning.set(true)>
                    <Icon name="plus"/>
                    "Assign access"
                </Button>
            </header>
            {move || reason.get().map(|text| view! { <p class="help pad-x">{text}</p> })}
            <Show
                when=move || assigned.with(|assigned| !assigned.rows.rows.is_empty())
                fallback=|| {
                    view! {
                        <EmptyState
                            title="Nobody has access"
                            about="Nobody was given a role on this application, on its stages or on the organization."
                        />
                    }
                }
            >
                <GivenTable>
                    <GivenPart
                        title="Given on the application"
                        rows=rows(|row| row.from.is_none())
                        page=page
                        removing=removing
                    />
                    <GivenPart title="Given on a stage" rows=rows(is_stage) page=page removing=removing/>
                    <GivenPart title="Inherited" rows=rows(is_above) page=page/>
                </GivenTable>
                <div class="pad-x">
                    <Pager
                        total=Signal::derive(move || assigned.with(|assigned| assigned.rows.total))
                        page=read(|assigned| assigned.rows.page)
                        size=read(|assigned| assigned.rows.size)
                    />
                </div>
            </Show>
            {hidden}
        </section>
        <AssignDialog application=application assigned=assigned open=assigning/>
        <TakeDialog removing=removing take=take/>
    }
}

fn line(row: RightRow, id: ObjectId) -> impl IntoView {
    let accounts = (row.accounts > 0)
        .then(|| view! { <span class="sub">{words::count(row.accounts, "service account", "service accounts")}</span> });
    let people = words::count(row.people, "person", "people");
    let check = format!("/check?may={}&where={id}", row.key);
    let holders = match row.holders.is_empty() {
        true => view! { <span class="faint">"Nobody"</span> }.into_any(),
        false => {
            let all = row.holders.into_iter().map(|one| view! { <li>{holder(one)}</li> });
            view! { <ul class="holders">{all.collect_view()}</ul> }.into_any()
        }
    };
    let more = (row.more > 0).then(|| view! { <span class="sub">{format!("and {} more", row.more)}</span> });
    view! {
        <tr>
            <th scope="row">
                {row.name.clone()} <span class="sub">{row.opens}</span>
            </th>
            <td data-label="Held by">{holders} {more}</td>
            <td class="end" data-label="On the whole application">
                <a class="plain" href=check aria-label=format!("{people} may {}: check access", row.name)>
                    {people.clone()}
                </a>
                {accounts}
            </td>
        </tr>
    }
}

fn holder(holder: Holder) -> impl IntoView {
    let (mark, where_from) = match holder.is_inherited {
        true => ("from", format!("inherited from {}", holder.place)),
        false => ("on", format!("on {}", holder.place)),
    };
    view! {
        <span class="mk" data-mark=mark>
            <span class="vh">{if holder.is_inherited { "Inherited: " } else { "Given here: " }}</span>
            {holder.name}
        </span>
        <span class="muted">
            {format!(" ({}) as {}, {where_from}", holder.about, holder.role)} <WindowWords window=holder.window/>
            <LimitWords limits=holder.limits/>
        </span>
    }
}
