//! What a place holds: a list with a search and pages of its own.

use super::{icon_of, server};
use crate::address;
use crate::components::{Button, EmptyState, For, Icon, Loaded, Pager, SearchBox, Show};
use crate::fetched::Fetched;
use crate::live::Live;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::view::folders::{HeldRow, Holds, HoldsQuery, Place};

/// The list.
#[component]
pub(super) fn HoldsList(
    /// The place.
    place: Signal<Place>,
    /// Whether the dialog is open that makes something in it.
    adding: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let query = use_location().query;
    let of = place.with_untracked(|place| place.id);
    let asked = Memo::new(move |_| {
        query.with(|query| HoldsQuery {
            of,
            search: query.get("q").unwrap_or_default(),
            page: address::page(query),
        })
    });
    let holds = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::holds(asked));
    view! {
        <section class="panel" aria-labelledby="holds-title">
            <header>
                <h2 id="holds-title">"What it holds"</h2>
                <SearchBox label="Find in this place"/>
            </header>
            <Loaded of=holds let:holds>
                <List holds=holds place=place adding=adding/>
            </Loaded>
        </section>
    }
}

#[component]
fn List(holds: Signal<Holds>, place: Signal<Place>, adding: RwSignal<bool>) -> impl IntoView {
    let read = move |read: fn(&Holds) -> u32| Signal::derive(move || holds.with(read));
    view! {
        <Show
            when=move || holds.with(|holds| !holds.rows.rows.is_empty())
            fallback=move || nothing(holds, place, adding)
        >
            <div class="scroll">
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Kind"</th>
                            <th scope="col" class="end">
                                "Holds"
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || holds.with(|holds| holds.rows.rows.clone())
                            key=|row| row.clone()
                            children=line
                        />
                    </tbody>
                </table>
            </div>
            <Pager
                total=Signal::derive(move || holds.with(|holds| holds.rows.total))
                page=read(|holds| holds.rows.page)
                size=read(|holds| holds.rows.size)
            />
        </Show>
    }
}

fn line(row: HeldRow) -> impl IntoView {
    let via = row.via.map(|via| view! { <span class="sub">{via}</span> });
    view! {
        <tr>
            <th scope="row">
                <span class="who">
                    <Icon name=icon_of(&row.kind)/>
                    <span>
                        <a class="plain" href=format!("/folders/{}", row.id)>
                            {row.name}
                        </a>
                        {via}
                    </span>
                </span>
            </th>
            <td data-label="Kind">{row.what}</td>
            <td class="end" data-label="Holds">
                {row.holds}
            </td>
        </tr>
    }
}

fn nothing(holds: Signal<Holds>, place: Signal<Place>, adding: RwSignal<bool>) -> impl IntoView {
    if holds.with(|holds| holds.all > 0) {
        return view! {
            <EmptyState title="Nothing is found" about="Nothing in this place has this in its name."/>
        }
        .into_any();
    }
    let reason = Signal::derive(move || {
        place.with(|place| match place.kinds.iter().any(|kind| kind.refused.is_none()) {
            true => None,
            false => place.kinds.first().and_then(|kind| kind.refused.clone()),
        })
    });
    let about = match place.with(|place| place.kind == "tenant") {
        true => "A tenant holds folders. Access that is given on a folder reaches all that it holds.",
        false => {
            "A folder holds folders, processes, robots, machines, environments, queues, assets and triggers."
        }
    };
    view! {
        <EmptyState title="Nothing here yet" about=about>
            <Button id="add-first" reason=reason on_press=move |()| adding.set(true)>
                "Add the first"
            </Button>
        </EmptyState>
    }
    .into_any()
}
