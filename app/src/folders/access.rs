//! Who has what in a place: given here, then inherited and from where, with a link there.

use super::assign::AssignDialog;
use super::server;
use crate::address;
use crate::components::{Banner, Button, EmptyState, Icon, Loaded, Pager};
use crate::live::Live;
use crate::people::wanted::Wanted;
use crate::people::{Lasting, LimitChips, ReviewDialog, SubjectWords};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::id::GrantId;
use model::view::folders::{Access, AccessQuery, AccessRow, FolderAct, FolderWish, Place};

/// The part.
#[component]
pub(super) fn AccessPart(
    /// The place.
    place: Signal<Place>,
) -> impl IntoView {
    let barred = Memo::new(move |_| place.with(|place| place.no_reading_access.clone()));
    move || match barred.get() {
        Some(reason) => view! {
            <div class="body">
                <Banner>{reason}</Banner>
            </div>
        }
        .into_any(),
        None => view! { <Fetched place=place/> }.into_any(),
    }
}

#[component]
fn Fetched(place: Signal<Place>) -> impl IntoView {
    let live = Live::here();
    let query = use_location().query;
    let of = place.with_untracked(|place| place.id);
    let asked = Memo::new(move |_| AccessQuery { of, page: query.with(address::page) });
    let access = Resource::new(move || (asked.get(), live.changes()), |(asked, _)| server::access(asked));
    view! {
        <Loaded of=access let:access>
            <Screen access=access place=place/>
        </Loaded>
    }
}

/// A role assignment that is about to be taken away: which, whose, which role.
type Removing = RwSignal<Option<(GrantId, String, String)>>;

#[component]
fn Screen(access: Signal<Access>, place: Signal<Place>) -> impl IntoView {
    let removing: Removing = RwSignal::new(None);
    let assigning = RwSignal::new(false);
    let reason = Signal::derive(move || access.with(|access| access.no_giving.clone()));
    let read = move |read: fn(&Access) -> u32| Signal::derive(move || access.with(read));
    let shared = move || {
        let folders = place.with(|place| if place.kind == "robot" { place.folders() } else { 0 });
        (folders > 1).then(|| {
            view! {
                <p class="help">
                    {format!(
                        "Shared by {folders} folders: each starts its own processes on it, and sees of the others’ work only how long it is busy.",
                    )}
                </p>
            }
        })
    };
    let hidden = move || {
        let hidden = access.with(|access| access.hidden);
        (hidden > 0).then(|| {
            let people = words::count(hidden, "person", "people");
            view! {
                <p class="help">
                    {format!(
                        "{people} more through places that you may not see: you may see their number, not their names.",
                    )}
                </p>
            }
        })
    };
    view! {
        <div class="bar">
            <Button id="assign" class="btn primary" reason=reason on_press=move |()| assigning.set(true)>
                <Icon name="plus"/>
                "Assign access"
            </Button>
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
        </div>
        <div class="body">
            {shared}
            <Show
                when=move || access.with(|access| !access.rows.rows.is_empty())
                fallback=|| {
                    view! {
                        <EmptyState
                            title="Nobody has access"
                            about="Nobody was given a role here or on a place above that you may see."
                        />
                    }
                }
            >
                <div class="scroll">
                    <table class="table cards tall">
                        <thead>
                            <tr>
                                <th scope="col">"Who"</th>
                                <th scope="col">"Role"</th>
                                <th scope="col">"Given on"</th>
                                <th scope="col">"Limits"</th>
                                <th scope="col">"When"</th>
                                <th>
                                    <span class="vh">"Actions"</span>
                                </th>
                            </tr>
                        </thead>
                        <Part access=access removing=removing inherited=false/>
                        <Part access=access removing=removing inherited=true/>
                    </table>
                </div>
                <Pager
                    total=Signal::derive(move || access.with(|access| access.rows.total))
                    page=read(|access| access.rows.page)
                    size=read(|access| access.rows.size)
                />
            </Show>
            {hidden}
        </div>
        <AssignDialog place=place open=assigning/>
        <TakeDialog access=access removing=removing/>
    }
}

/// What was given here, or what is inherited.
#[component]
fn Part(access: Signal<Access>, removing: Removing, inherited: bool) -> impl IntoView {
    let rows = move || {
        let of_part = |row: &&AccessRow| row.from.is_some() == inherited;
        access.with(|access| access.rows.rows.iter().filter(of_part).cloned().collect::<Vec<_>>())
    };
    let title = if inherited { "Inherited" } else { "Given here" };
    view! {
        <Show when=move || !rows().is_empty()>
            <tbody>
                <tr class="group">
                    <th colspan="6" scope="rowgroup">
                        {title}
                    </th>
                </tr>
                <For each=rows key=|row| row.clone() children=move |row| line(row, removing)/>
            </tbody>
        </Show>
    }
}

fn line(row: AccessRow, removing: Removing) -> impl IntoView {
    let given = match row.from.clone() {
        None => view! {
            <span class="mk" data-mark="on">
                "Here"
            </span>
        }
        .into_any(),
        Some((place, path, what)) => {
            let to = match what.as_str() {
                "organization" => None,
                _ => Some(format!("/folders/{place}?tab=access")),
            };
            let path = match to {
                Some(to) => view! { <a class="plain" href=to>{path}</a> }.into_any(),
                None => view! { <span>{path}</span> }.into_any(),
            };
            view! {
                <span class="mk" data-mark="from">
                    {path}
                </span>
                <span class="sub">{what}</span>
            }
            .into_any()
        }
    };
    let remove = row.from.is_none().then(|| {
        let (grant, who, role) = (row.grant, row.name.clone(), row.role_name.clone());
        let label = format!("Remove {role} from {who}");
        view! {
            <Button
                id=format!("take-{grant}")
                class="btn quiet mini"
                reason=Signal::stored(row.no_removing.clone())
                label=label
                on_press=move |()| removing.set(Some((grant, who.clone(), role.clone())))
            >
                "Remove"
            </Button>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <SubjectWords subject=row.subject name=row.name.clone() about=row.about.clone()/>
            </th>
            <td data-label="Role">
                <a class="plain" href=format!("/roles/{}", row.role)>
                    {row.role_name.clone()}
                </a>
                {row.says.clone().map(|says| view! { <span class="sub">{says}</span> })}
            </td>
            <td data-label="Given on">{given}</td>
            <td data-label="Limits">
                <LimitChips limits=row.limits.clone()/>
            </td>
            <td data-label="When">
                <Lasting window=row.window is_now=row.is_now/>
            </td>
            <td class="tight end">{remove}</td>
        </tr>
    }
}

/// What taking it away would do, and taking it away.
#[component]
fn TakeDialog(access: Signal<Access>, removing: Removing) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if removing.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is_open = open.get();
        if was == Some(true) && !is_open {
            removing.set(None);
        }
        is_open
    });
    let wanted = Signal::derive(move || {
        let (grant, ..) = removing.get()?;
        let seen = access.with(|access| access.revision);
        Some(Wanted::Folders(FolderWish { act: FolderAct::Take { grant }, seen }))
    });
    let said = move |words: fn(&str, &str) -> String| {
        Signal::derive(move || {
            removing.with(|one| one.as_ref().map(|(_, who, role)| words(who, role))).unwrap_or_default()
        })
    };
    view! {
        <ReviewDialog
            id="taking"
            title=said(|who, role| format!("Remove {role} from {who}?"))
            open=open
            wanted=wanted
            confirm="Remove".to_owned()
            is_loss=true
            done=said(|who, role| format!("{who} no longer has {role} here."))
        />
    }
}
