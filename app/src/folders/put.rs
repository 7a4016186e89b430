//! The dialog that puts a place somewhere else: moves it, shares it, ties it to another. The other place is found
//! on the server; what it alters is shown before it is saved.

use super::server;
use crate::components::{Combobox, open_about};
use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::folders::{FolderAct, FolderWish, Place, PlaceSearch, SearchFor, TieBy};

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Put {
    /// It gets another first place.
    Move,
    /// It gets a further placement.
    Share,
    /// It is tied to another.
    Tie(TieBy),
}

impl Put {
    fn search(&self, object: ObjectId) -> SearchFor {
        match self {
            Self::Move | Self::Share => SearchFor::Hold(object),
            Self::Tie(by) => SearchFor::Tie { object, relation: by.relation.clone(), holds: by.holds },
        }
    }

    fn act(&self, place: &Place, other: ObjectId) -> Option<FolderAct> {
        let object = place.id;
        Some(match self {
            Self::Move => {
                // The last one above is what holds it; one that may not be seen cannot be moved out of.
                let was = place.chain.above.last().and_then(|link| link.id)?;
                FolderAct::Move { object, was, to: other }
            }
            Self::Share => FolderAct::Share { object, folder: other, on: true },
            Self::Tie(by) => {
                let (object, holder) = if by.holds { (other, object) } else { (object, other) };
                FolderAct::Tie { relation: by.relation.clone(), object, holder, on: true }
            }
        })
    }

    fn title(&self, name: &str) -> String {
        match self {
            Self::Move => format!("Move {name}"),
            Self::Share => format!("Share {name} into a folder"),
            Self::Tie(by) => format!("{name}: add {}", by.what.to_lowercase()),
        }
    }

    fn confirm(&self) -> String {
        match self {
            Self::Move => "Move",
            Self::Share => "Share",
            Self::Tie(_) => "Add",
        }
        .to_owned()
    }

    fn done(&self, name: &str, other: &str) -> String {
        match self {
            Self::Move => format!("{name} is now in {other}."),
            Self::Share => format!("{name} is shared into {other}."),
            Self::Tie(_) => format!("{name} and {other} belong together."),
        }
    }
}

/// Asks for the other place.
#[component]
pub(super) fn PutDialog(
    /// The place.
    place: Signal<Place>,
    /// What is done with it; none: it is closed.
    putting: RwSignal<Option<Put>>,
) -> impl IntoView {
    let (value, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    whenever(move || {
        if putting.with(Option::is_some) {
            value.set(String::new());
            text.set(String::new());
        }
    });
    let open = open_about(putting);
    let wanted = Signal::derive(move || {
        let other: ObjectId = value.with(|value| value.parse()).ok()?;
        let act = putting.with(|put| place.with(|place| put.as_ref()?.act(place, other)))?;
        Some(Wanted::Folders(FolderWish { act, seen: place.with(|place| place.revision) }))
    });
    let name = move || place.with(|place| place.name.clone());
    let said = move |read: fn(&Put, &str) -> String| {
        Signal::derive(move || {
            putting.with(|put| put.as_ref().map(|put| read(put, &name()))).unwrap_or_default()
        })
    };
    // The message outlives the dialog.
    let done = Signal::derive(move || {
        let other = text.get();
        putting.with(|put| put.as_ref().map(|put| put.done(&name(), &other))).unwrap_or_default()
    });
    let find = move |search: String| async move {
        let object = place.with_untracked(|place| place.id);
        let to = putting.with_untracked(|put| put.as_ref().map(|put| put.search(object)));
        server::find(PlaceSearch { search, to: to.unwrap_or(SearchFor::Open) }).await
    };
    view! {
        <ReviewDialog
            id="putting"
            title=said(|put, name| put.title(name))
            open=open
            wanted=wanted
            confirm=said(|put, _| put.confirm())
            done=done
        >
            <Combobox
                id="put-place"
                label="Place"
                name="place"
                value=value
                text=text
                placeholder="Part of its name"
                search=find
            />
        </ReviewDialog>
    }
}
