//! Who has what in a place: given here, then inherited and from where, with a link there.

use super::assign::AssignDialog;
use super::server;
use crate::address;
use crate::components::{Banner, Button, EmptyState, Icon, Loaded, Pager, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::wanted::Wanted;
use crate::people::{GivenPart, GivenTable, Removing, TakeDialog};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::id::{GrantId, ObjectId};
use model::view::access::{Access, AccessQuery, AccessRow};
use model::view::folders::{FolderAct, FolderWish, Place};

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
        None => view! { <Content place=place/> }.into_any(),
    }
}

#[component]
fn Content(place: Signal<Place>) -> impl IntoView {
    let live = Live::here();
    let query = use_location().query;
    let of = place.with_untracked(|place| place.id);
    let asked = Memo::new(move |_| AccessQuery { of, page: query.with(address::page) });
    let access = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::access(asked));
    view! {
        <Loaded of=access let:access>
            <Screen access=access place=place/>
        </Loaded>
    }
}

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
    let given = move |is_inherited: bool| {
        Signal::derive(move || {
            let of_part = |row: &&AccessRow| row.from.is_some() == is_inherited;
            access.with(|access| access.rows.rows.iter().filter(of_part).cloned().collect::<Vec<_>>())
        })
    };
    let page =
        |place: ObjectId| (place != ObjectId::ORGANIZATION).then(|| format!("/folders/{place}?tab=access"));
    let take = move |grant: GrantId| {
        let seen = access.with(|access| access.revision);
        Wanted::Folders(FolderWish { act: FolderAct::Take { grant }, seen })
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
                <GivenTable>
                    <GivenPart title="Given here" rows=given(false) page=page removing=removing/>
                    <GivenPart title="Inherited" rows=given(true) page=page/>
                </GivenTable>
                <Pager
                    total=Signal::derive(move || access.with(|access| access.rows.total))
                    page=read(|access| access.rows.page)
                    size=read(|access| access.rows.size)
                />
            </Show>
            {hidden}
        </div>
        <AssignDialog place=place open=assigning/>
        <TakeDialog removing=removing take=take/>
    }
}
