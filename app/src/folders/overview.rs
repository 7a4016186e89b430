//! The first part of a place: how it hangs together, where else it is, what it holds.

use super::chain::ChainPicture;
use super::holds::HoldsList;
use super::put::Put;
use crate::components::{Button, For, open_about};
use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::folders::{FolderAct, FolderWish, Place, Placement};

/// The part.
#[component]
pub(super) fn OverviewPart(
    /// The place.
    place: Signal<Place>,
    /// The dialog that shares it.
    putting: RwSignal<Option<Put>>,
    /// Whether the dialog is open that makes something in it.
    adding: RwSignal<bool>,
) -> impl IntoView {
    let (can_hold, is_shareable) =
        place.with_untracked(|place| (place.can_hold, !place.placements.is_empty()));
    let barred = move || place.with(|place| place.no_changing.clone());
    view! {
        <div class="body">
            {move || barred().map(|reason| view! { <p class="help">{reason}</p> })}
            <ChainPicture place=place/>
            {is_shareable.then(|| view! { <Placements place=place putting=putting/> })}
            {can_hold.then(|| view! { <HoldsList place=place adding=adding/> })}
        </div>
    }
}

/// What is asked about a placement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ending {
    act: FolderAct,
    title: String,
    confirm: &'static str,
    done: String,
    is_loss: bool,
}

#[component]
fn Placements(place: Signal<Place>, putting: RwSignal<Option<Put>>) -> impl IntoView {
    let ending = RwSignal::new(None::<Ending>);
    let open = open_about(ending);
    let wanted = Signal::derive(move || {
        let act = ending.with(|ending| ending.as_ref().map(|one| one.act.clone()))?;
        Some(Wanted::Folders(FolderWish { act, seen: place.with(|place| place.revision) }))
    });
    let said = move |read: fn(&Ending) -> String| {
        Signal::derive(move || ending.with(|ending| ending.as_ref().map(read)).unwrap_or_default())
    };
    let reason = Signal::derive(move || place.with(|place| place.no_changing.clone()));
    let passes_down = place.with_untracked(|place| place.passes_down);
    let of = place.with_untracked(|place| place.id);
    view! {
        <section class="panel" aria-labelledby="placements-title">
            <header>
                <h2 id="placements-title">"Folders that it is in"</h2>
                <Button
                    id="share-more"
                    class="btn quiet mini"
                    reason=reason
                    on_press=move |()| putting.set(Some(Put::Share))
                >
                    "Share into a folder"
                </Button>
            </header>
            <div class="scroll">
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">"Folder"</th>
                            <th scope="col">"How"</th>
                            <th>
                                <span class="vh">"Actions"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || place.with(|place| place.placements.clone())
                            key=|one| (one.folder, one.name.clone(), one.is_first, one.passed_down)
                            let:one
                        >
                            <Line of=of one=one place=place passes_down=passes_down reason=reason ending=ending/>
                        </For>
                    </tbody>
                </table>
            </div>
            {move || {
                let hidden = place.with(|place| place.chain.hidden);
                (hidden > 0)
                    .then(|| {
                        let folders = crate::words::count(hidden, "more folder", "more folders");
                        view! { <p class="help pad-x">{format!("It is in {folders} that you may not see.")}</p> }
                    })
            }}
        </section>
        <ReviewDialog
            id="placement"
            title=said(|one| one.title.clone())
            open=open
            wanted=wanted
            confirm=said(|one| one.confirm.to_owned())
            is_loss=Signal::derive(move || ending.with(|ending| ending.as_ref().is_some_and(|one| one.is_loss)))
            done=said(|one| one.done.clone())
        />
    }
}

#[component]
fn Line(
    of: ObjectId,
    one: Placement,
    place: Signal<Place>,
    passes_down: bool,
    reason: Signal<Option<String>>,
    ending: RwSignal<Option<Ending>>,
) -> impl IntoView {
    let Placement { folder, name, is_first, passed_down } = one;
    let called = move || place.with_untracked(|place| place.name.clone());
    let how = match (is_first, passed_down) {
        (true, false) => "First place",
        (true, true) => "First place, passed down to all folders beneath",
        (false, false) => "Shared",
        (false, true) => "Shared, passed down to all folders beneath",
    };
    let pass = passes_down.then(|| {
        let (words, verb) = match passed_down {
            true => ("Stop passing down", "is no longer passed down"),
            false => ("Pass down", "is passed down"),
        };
        let name = name.clone();
        let label = format!("{words} from {name}");
        view! {
            <Button
                id=format!("pass-{folder}")
                class="btn quiet mini"
                reason=reason
                label=label
                on_press=move |()| {
                    let (called, name) = (called(), name.clone());
                    ending.set(Some(Ending {
                        act: FolderAct::PassDown { object: of, folder, on: !passed_down },
                        title: format!("{words} {called} from {name}?"),
                        confirm: words,
                        done: format!("{called} {verb} from {name}."),
                        is_loss: passed_down,
                    }));
                }
            >
                {words}
            </Button>
        }
    });
    let end = (!is_first).then(|| {
        let name = name.clone();
        view! {
            <Button
                id=format!("end-{folder}")
                class="btn quiet mini"
                reason=reason
                label=format!("Take out of {name}")
                on_press=move |()| {
                    let (called, name) = (called(), name.clone());
                    ending.set(Some(Ending {
                        act: FolderAct::Share { object: of, folder, on: false },
                        title: format!("Take {called} out of {name}?"),
                        confirm: "Take out",
                        done: format!("{called} is no longer in {name}."),
                        is_loss: true,
                    }));
                }
            >
                "Take out"
            </Button>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a class="plain" href=format!("/folders/{folder}")>
                    {name}
                </a>
            </th>
            <td data-label="How">{how}</td>
            <td class="tight end">{pass} {end}</td>
        </tr>
    }
}
