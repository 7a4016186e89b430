//! The pages: the tree beside one place, or beside nothing yet.

use super::access::AccessPart;
use super::add::AddDialog;
use super::busy::{BusyLine, asked_again};
use super::chain::trail;
use super::history::HistoryPart;
use super::offers::{GiveDialog, GiveMenu};
use super::overview::OverviewPart;
use super::put::{Put, PutDialog};
use super::related::RelatedPart;
use super::search::Hits;
use super::server;
use super::tree::FolderTree;
use crate::action::Action;
use crate::address;
use crate::components::{
    Button, EmptyState, For, Icon, InForceLine, Loaded, NameInPlace, PageHead, SearchBox, Show,
};
use crate::fetched::Fetched;
use crate::history::UNFILTERED;
use crate::live::Live;
use crate::people::ReviewDialog;
use crate::people::wanted::{Wanted, say_saved};
use crate::problem::{Kind, Problem};
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use model::id::ObjectId;
use model::view::folders::{FolderAct, FolderWish, NewKind, Place, Top};
use model::view::use_cases::Offer;

/// `/folders`
#[component]
pub fn FoldersPage() -> impl IntoView {
    let live = Live::here();
    let top = Fetched::new(move || live.changes(), |_| server::top());
    view! {
        <Around at=Memo::new(|_| None)>
            <Loaded of=top let:top>
                <TopScreen top=top/>
            </Loaded>
        </Around>
    }
}

/// `/folders/ID`
#[component]
pub fn PlacePage() -> impl IntoView {
    let live = Live::here();
    // By the address rather than by the route, which follows a moment later: a place that was just removed is then not
    // asked for again on the way to the one that held it.
    let path = use_location().pathname;
    let at = Memo::new(move |before: Option<&Option<ObjectId>>| {
        match path.with(|path| path.strip_prefix("/folders/").map(str::parse)) {
            Some(id) => id.ok(),
            None => before.copied().flatten(),
        }
    });
    let is_watched = RwSignal::new(false);
    let again = asked_again(move || is_watched.get_untracked());
    let place = Fetched::new(
        move || (at.get(), live.changes(), again.get()),
        |(at, ..)| async move {
            match at {
                Some(place) => server::one(place).await,
                None => Err(Problem::new(Kind::Gone, "There is no such place. The address is not whole.")),
            }
        },
    );
    view! {
        <Around at=at>
            <Loaded of=place let:place>
                <EachPlace place=place is_watched=is_watched/>
            </Loaded>
        </Around>
    }
}

/// The tree at the left. Where the page is narrow it gives way to the place that is shown.
#[component]
fn Around(at: Memo<Option<ObjectId>>, children: Children) -> impl IntoView {
    let query = use_location().query;
    let words = Memo::new(move |_| query.with(|query| query.get("find")).unwrap_or_default());
    let is_searched = Memo::new(move |_| !words.with(String::is_empty));
    view! {
        <div class=move || if at.get().is_some() { "withtree" } else { "withtree top" }>
            <section class="treepane" aria-label="Folders">
                <SearchBox label="Find in folders" name="find"/>
                <Show when=move || is_searched.get() fallback=move || view! { <FolderTree at=at/> }>
                    <Hits words=words/>
                </Show>
            </section>
            <div class="detail">{children()}</div>
        </div>
    }
}

#[component]
fn TopScreen(top: Signal<Top>) -> impl IntoView {
    let adding = RwSignal::new(false);
    let reason = Signal::derive(move || top.with(|top| top.no_adding.clone()));
    let kinds = Signal::derive(move || {
        let (key, name) = ("tenant".to_owned(), "Tenant".to_owned());
        vec![NewKind { key, name, refused: top.with(|top| top.no_adding.clone()) }]
    });
    let has_screen = Memo::new(move |_| top.with(|top| top.has_screen));
    let is_empty = Memo::new(move |_| top.with(|top| top.tenants == 0));
    let body = move || {
        if is_empty.get() {
            view! {
                <EmptyState
                    title="No tenants that you may see"
                    about="A tenant holds folders; folders hold processes, robots, machines and what they need. Access that is given on one of them reaches everything beneath it."
                />
            }
            .into_any()
        } else {
            view! {
                <p class="muted">
                    "Choose a place to see how it hangs together, what it holds and who may do what there."
                </p>
            }
            .into_any()
        }
    };
    let add = move || {
        if has_screen.get() {
            view! {
                <a class="btn" href="/tenants">
                    "Tenants"
                </a>
            }
            .into_any()
        } else {
            view! {
                <Button
                    id="add-tenant"
                    class="btn primary"
                    reason=reason
                    on_press=move |()| adding.set(true)
                >
                    <Icon name="plus"/>
                    "Add tenant"
                </Button>
            }
            .into_any()
        }
    };
    view! {
        <PageHead
            title="Folders & robots"
            about="Tenants with their folders and what they hold. Places that you may not see are not here."
        >
            {add}
        </PageHead>
        <div class="body">{body}</div>
        <AddDialog within=Signal::stored(ObjectId::ORGANIZATION) kinds=kinds open=adding/>
    }
}

/// Another place is another page: nothing that was begun on one is carried to the next.
#[component]
fn EachPlace(place: Signal<Place>, is_watched: RwSignal<bool>) -> impl IntoView {
    let id = Memo::new(move |_| place.with(|place| place.id));
    whenever(move || is_watched.set(place.with(Place::may_be_busy)));
    // The element takes all of it along when the place is gone.
    view! {
        <div class="one-place">
            <For each=move || [id.get()] key=|id| *id let:_shown>
                <Screen place=place/>
            </For>
        </div>
    }
}

/// The dialogs of a place, of which one is open at most.
#[derive(Clone, Copy)]
struct Dialogs {
    adding: RwSignal<bool>,
    putting: RwSignal<Option<Put>>,
    removing: RwSignal<bool>,
    giving: RwSignal<Option<Offer>>,
}

#[component]
fn Screen(place: Signal<Place>) -> impl IntoView {
    let dialogs = Dialogs {
        adding: RwSignal::new(false),
        putting: RwSignal::new(None),
        removing: RwSignal::new(false),
        giving: RwSignal::new(None),
    };
    let query = use_location().query;
    let tab = Memo::new(move |_| query.with(|query| query.get("tab")).unwrap_or_default());
    let part = move || match tab.get().as_str() {
        "access" => view! { <AccessPart place=place/> }.into_any(),
        "history" => view! { <HistoryPart place=place/> }.into_any(),
        "related" => view! { <RelatedPart place=place putting=dialogs.putting/> }.into_any(),
        _ => view! { <OverviewPart place=place putting=dialogs.putting adding=dialogs.adding/> }.into_any(),
    };
    let name = Signal::derive(move || place.with(|place| place.name.clone()));
    let about = Signal::derive(move || place.with(summary));
    let kinds = Signal::derive(move || place.with(|place| place.kinds.clone()));
    // Drawn anew only when it is another: a link that is replaced while it is pressed leads nowhere.
    let chain = Memo::new(move |_| place.with(|place| place.chain.clone()));
    view! {
        {move || chain.with(trail)}
        <PageHead title=name about=about heading=move || view! { <Heading place=place/> }>
            <Actions place=place dialogs=dialogs/>
        </PageHead>
        <InForceLine here=Signal::derive(move || place.with(|place| place.in_force))/>
        <BusyLine place=place/>
        <Tabs place=place tab=tab/>
        {part}
        <AddDialog
            within=Signal::derive(move || place.with(|place| place.id))
            kinds=kinds
            open=dialogs.adding
        />
        <PutDialog place=place putting=dialogs.putting/>
        <GiveDialog place=place giving=dialogs.giving/>
        <RemoveDialog place=place open=dialogs.removing/>
    }
}

/// *Robot in HR, shared into 1 more folder*
fn summary(place: &Place) -> String {
    let chain = &place.chain;
    let within = chain.above.last().map(|link| format!(" in {}", link.name)).unwrap_or_default();
    let shared = match chain.shared.len() as u64 + chain.hidden {
        0 => String::new(),
        1 => ", shared into 1 more folder".to_owned(),
        many => format!(", shared into {many} more folders"),
    };
    format!("{}{within}{shared}", place.what)
}

/// The name, to be changed where it stands.
#[component]
fn Heading(place: Signal<Place>) -> impl IntoView {
    let live = Live::here();
    let editing = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if editing.get() {
            problem.set(None);
        }
    });
    let rename = Action::new(move |now: String| {
        let (id, was, seen) = place.with_untracked(|place| (place.id, place.name.clone(), place.revision));
        async move {
            if now.trim() == was {
                editing.set(false);
                return;
            }
            let words = format!("{was} is now called {}.", now.trim());
            let wish = FolderWish { act: FolderAct::Rename { object: id, was, now }, seen };
            if let Some(saved) = live.save(server::save(wish), problem).await {
                editing.set(false);
                say_saved(live, &words, &saved);
            }
        }
    });
    view! {
        <NameInPlace
            id="place-name"
            name=Signal::derive(move || place.with(|place| place.name.clone()))
            label="Name of the place"
            editing=editing
            reason=Signal::derive(move || place.with(|place| place.no_changing.clone()))
            busy=Signal::derive(move || rename.pending().get())
            problem=problem
            on_save=move |now| {
                rename.dispatch(now);
            }
        />
    }
}

#[component]
fn Actions(place: Signal<Place>, dialogs: Dialogs) -> impl IntoView {
    let changing = Signal::derive(move || place.with(|place| place.no_changing.clone()));
    let removing = Signal::derive(move || place.with(|place| place.no_removing.clone()));
    let nothing_to_add = Signal::derive(move || {
        place.with(|place| match place.kinds.iter().any(|kind| kind.refused.is_none()) {
            true => None,
            false => place.kinds.first().and_then(|kind| kind.refused.clone()),
        })
    });
    let id = place.with_untracked(|place| place.id);
    let (can_move, can_share, can_hold) =
        place.with_untracked(|place| (place.can_move, !place.placements.is_empty(), place.can_hold));
    let putting = dialogs.putting;
    view! {
        <a class="btn" href=format!("/check?where={id}")>
            <Icon name="ask"/>
            "Check access"
        </a>
        <GiveMenu place=place giving=dialogs.giving putting=putting/>
        {can_share
            .then(|| {
                view! {
                    <Button id="share" reason=changing on_press=move |()| putting.set(Some(Put::Share))>
                        "Share"
                    </Button>
                }
            })}
        {can_move
            .then(|| {
                view! {
                    <Button id="move" reason=changing on_press=move |()| putting.set(Some(Put::Move))>
                        "Move"
                    </Button>
                }
            })}
        <Button id="remove" class="btn danger" reason=removing on_press=move |()| dialogs.removing.set(true)>
            "Remove"
        </Button>
        {can_hold
            .then(|| {
                view! {
                    <Button
                        id="add"
                        class="btn primary"
                        reason=nothing_to_add
                        on_press=move |()| dialogs.adding.set(true)
                    >
                        <Icon name="plus"/>
                        "Add"
                    </Button>
                }
            })}
    }
}

#[component]
fn Tabs(place: Signal<Place>, tab: Memo<String>) -> impl IntoView {
    let query = use_location().query;
    let id = place.with_untracked(|place| place.id);
    let has_relations = place.with_untracked(|place| place.has_relations);
    let link = move |key: &'static str, words: &'static str| {
        let to = move || {
            let path = format!("/folders/{id}");
            let value = Some(key).filter(|key| !key.is_empty());
            let changed: Vec<_> = std::iter::once(("tab", value)).chain(UNFILTERED).collect();
            query.with(|query| address::link(&path, query, &changed))
        };
        view! {
            <a href=to aria-current=move || (tab.get() == key).then_some("page")>
                {words}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Parts of this page">
            {link("", "Overview")}
            {link("access", "Access")}
            {has_relations.then(|| link("related", "Related"))}
            {link("history", "History")}
        </nav>
    }
}

/// Says what goes, and removes it.
#[component]
fn RemoveDialog(place: Signal<Place>, open: RwSignal<bool>) -> impl IntoView {
    let navigate = StoredValue::new(use_navigate());
    let wanted = Signal::derive(move || {
        open.get().then(|| {
            place.with(|place| {
                let act = FolderAct::Remove { object: place.id };
                Wanted::Folders(FolderWish { act, seen: place.revision })
            })
        })
    });
    // What holds it is shown when it is gone.
    let above = move || {
        place.with_untracked(|place| {
            let above = place.chain.above.iter().rev().find_map(|link| link.id);
            above.map_or_else(|| "/folders".to_owned(), |id| format!("/folders/{id}"))
        })
    };
    let called = move || place.with(|place| format!("{} {}", place.what.to_lowercase(), place.name));
    view! {
        <ReviewDialog
            id="removing"
            title=Signal::derive(move || format!("Remove the {}?", called()))
            open=open
            wanted=wanted
            confirm="Remove".to_owned()
            is_loss=true
            done=Signal::derive(move || format!("The {} is removed.", called()))
            on_saved=Callback::new(move |_| {
                navigate.with_value(|go| go(&above(), NavigateOptions::default()));
            })
        >
            <p class="muted">"It can be undone, and then all of this is back."</p>
        </ReviewDialog>
    }
}
