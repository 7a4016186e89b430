//! What belongs to a place: lists of what it is tied to, of what can be used beside it, and of its jobs.

use super::busy::asked_again;
use super::jobs::{JobsPart, are_shown};
use super::put::Put;
use super::{icon_of, server};
use crate::components::{Button, Icon, Loaded, open_about};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::folders::{FolderAct, FolderWish, Near, Place, Related, Relatives, TieBy};

/// A tie that is about to end, and the name of the other end.
type Untying = RwSignal<Option<(TieBy, ObjectId, String)>>;

/// The part.
#[component]
pub(super) fn RelatedPart(
    /// The place.
    place: Signal<Place>,
    /// The dialog that ties it to another.
    putting: RwSignal<Option<Put>>,
) -> impl IntoView {
    let live = Live::here();
    let of = place.with_untracked(|place| place.id);
    let is_watched = RwSignal::new(false);
    let again = asked_again(move || is_watched.get_untracked());
    let related = Fetched::new(move || (live.changes(), again.get()), move |_| server::related(of));
    view! {
        <Loaded of=related let:related>
            <Lists related=related place=place putting=putting is_watched=is_watched/>
        </Loaded>
    }
}

#[component]
fn Lists(
    related: Signal<Related>,
    place: Signal<Place>,
    putting: RwSignal<Option<Put>>,
    is_watched: RwSignal<bool>,
) -> impl IntoView {
    whenever(move || is_watched.set(related.with(are_shown)));
    // Jobs come and go more often: what is tied is not drawn anew for them.
    let lists = Memo::new(move |_| related.with(|related| related.lists.clone()));
    let jobs = Memo::new(move |_| related.with(|related| related.jobs.clone()));
    let untying: Untying = RwSignal::new(None);
    let open = open_about(untying);
    let wanted = Signal::derive(move || {
        let (by, other, _) = untying.get()?;
        let (of, seen) = related.with(|related| (related.id, related.revision));
        let (object, holder) = if by.holds { (other, of) } else { (of, other) };
        let act = FolderAct::Tie { relation: by.relation, object, holder, on: false };
        Some(Wanted::Folders(FolderWish { act, seen }))
    });
    let name = move || place.with(|place| place.name.clone());
    let other = move || untying.with(|one| one.as_ref().map(|(_, _, name)| name.clone())).unwrap_or_default();
    let reason = Signal::derive(move || related.with(|related| related.no_changing.clone()));
    view! {
        <div class="body">
            {move || reason.get().map(|text| view! { <p class="help">{text}</p> })}
            {move || {
                lists
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(number, list)| {
                        view! { <List number=number list=list reason=reason putting=putting untying=untying/> }
                    })
                    .collect_view()
            }}
            {move || jobs.get().map(|jobs| view! { <JobsPart jobs=jobs place=place/> })}
        </div>
        <ReviewDialog
            id="untying"
            title=Signal::derive(move || format!("{} and {}: belong together no longer?", name(), other()))
            open=open
            wanted=wanted
            confirm="Take out".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("{} and {} belong together no longer.", name(), other()))
        />
    }
}

#[component]
fn List(
    number: usize,
    list: Relatives,
    reason: Signal<Option<String>>,
    putting: RwSignal<Option<Put>>,
    untying: Untying,
) -> impl IntoView {
    let Relatives { title, all, more, hidden, tie } = list;
    let heading = format!("related-{number}");
    let labelled = heading.clone();
    let is_empty = all.is_empty() && hidden == 0;
    let add = tie.clone().filter(|by| by.has_room).map(|by| {
        let label = format!("Add {}", by.what.to_lowercase());
        view! {
            <Button
                id=format!("relate-{number}")
                class="btn quiet mini"
                reason=reason
                on_press=move |()| putting.set(Some(Put::Tie(by.clone())))
            >
                {label}
            </Button>
        }
    });
    let lines = all.into_iter().map(|near| {
        let Near { id, name, kind, about } = near;
        let end = tie.clone().map(|by| {
            let (label, name) = (format!("Take out {name}"), name.clone());
            view! {
                <Button
                    id=format!("untie-{number}-{id}")
                    class="btn quiet mini"
                    reason=reason
                    label=label
                    on_press=move |()| untying.set(Some((by.clone(), id, name.clone())))
                >
                    "Take out"
                </Button>
            }
        });
        view! {
            <li>
                <Icon name=icon_of(&kind)/>
                <span class="of">
                    <a class="plain" href=format!("/folders/{id}")>
                        {name}
                    </a>
                    <span class="faint">{about}</span>
                </span>
                {end}
            </li>
        }
    });
    let lines = lines.collect_view();
    let rest = [
        (more > 0).then(|| format!("and {} more", words::count(more, "place", "places"))),
        (hidden > 0).then(|| format!("{} that you may not see", words::count(hidden, "place", "places"))),
    ];
    let rest = rest.into_iter().flatten().map(|text| view! { <li class="muted">{text}</li> }).collect_view();
    view! {
        <section class="panel" aria-labelledby=labelled>
            <header>
                <h2 id=heading>{title}</h2>
                {add}
            </header>
            {if is_empty {
                view! { <p class="muted pad-x">"None"</p> }.into_any()
            } else {
                view! { <ul class="near">{lines} {rest}</ul> }.into_any()
            }}
        </section>
    }
}
