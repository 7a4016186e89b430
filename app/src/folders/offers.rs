//! *Give access*: what can be given on a place in one sentence, and the dialog that asks to whom.

use super::near::NearPicker;
use super::put::Put;
use super::server;
use crate::components::{Menu, MenuItem, open_about};
use crate::people::wanted::Wanted;
use crate::people::{DayFields, Days, ReviewDialog, WhomField};
use crate::whenever::whenever;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::access::{WhomSearch, subject_of_key};
use model::view::folders::{FolderAct, FolderWish, Place};
use model::view::use_cases::{Given, Offer, Offered};

/// The button with the sentences; nothing where none fits the place.
#[component]
pub(super) fn GiveMenu(
    /// The place.
    place: Signal<Place>,
    /// The dialog that gives one of them.
    giving: RwSignal<Option<Offer>>,
    /// The dialog that shares the place.
    putting: RwSignal<Option<Put>>,
) -> impl IntoView {
    // Which are offered depends on the kind of the place alone; their words are read as they are.
    let offers = place.with_untracked(|place| place.offers.clone());
    let now = move |what: Offered| {
        place.with(|place| place.offers.iter().find(|offer| offer.what == what).cloned())
    };
    let items = move || {
        let offers = offers.iter().map(|offer| {
            let what = offer.what;
            let reason = Signal::derive(move || now(what).and_then(|offer| offer.refused));
            let pick = move |()| match (what, untrack(|| now(what))) {
                (Offered::Share, _) => putting.set(Some(Put::Share)),
                (_, offer) => giving.set(offer),
            };
            view! {
                <MenuItem reason=reason on_pick=pick>
                    {move || now(what).map(|offer| in_menu(&offer))}
                </MenuItem>
            }
        });
        offers.collect_view()
    };
    let is_any = place.with_untracked(|place| !place.offers.is_empty());
    is_any.then(|| {
        view! {
            <Menu id="give-access" label="Give access" class="btn" button=|| "Give access">
                {items()}
            </Menu>
        }
    })
}

fn in_menu(offer: &Offer) -> String {
    match offer.what {
        Offered::Share => offer.sentence.clone(),
        Offered::Own => format!("A business team’s own robots: … {}", offer.sentence),
        _ => format!("… {}", offer.sentence),
    }
}

/// To whom, and what else a sentence leaves to be chosen; then what it does.
#[component]
pub(super) fn GiveDialog(
    /// The place.
    place: Signal<Place>,
    /// What is given; none: it is closed.
    giving: RwSignal<Option<Offer>>,
) -> impl IntoView {
    let (whom, called) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (other, other_name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let days = Days::new();
    whenever(move || {
        if let Some(offer) = giving.get() {
            for text in [whom, called, other, other_name] {
                text.set(String::new());
            }
            days.clear();
            let first =
                offer.choose.filter(|choose| choose.first).and_then(|choose| choose.near.into_iter().next());
            if let Some(first) = first {
                other.set(first.id.to_string());
                other_name.set(first.name);
            }
        }
    });
    let open = open_about(giving);
    let wanted = Memo::new(move |_| {
        let what = giving.with(|offer| offer.as_ref().map(|offer| offer.what))?;
        let subject = whom.with(|key| subject_of_key(key))?;
        let (object, seen) = place.with(|place| (place.id, place.revision));
        let case = what.on(object, other.with(|other| other.parse::<ObjectId>().ok()))?;
        let window = days.window();
        let act = FolderAct::GiveCase { given: Given { subject, case }, window };
        Some(Wanted::Folders(FolderWish { act, seen }))
    });
    let title = move || {
        giving
            .with(|offer| offer.as_ref().map(|offer| format!("Give access: … {}", offer.sentence)))
            .unwrap_or_default()
    };
    // The message outlives the dialog.
    let done = move || {
        let (who, chosen) = (called.get(), other_name.get());
        let said = giving.with(|offer| offer.as_ref().map(|offer| offer.said.replace("{}", &chosen)));
        format!("{who} {}.", said.unwrap_or_default())
    };
    let find = move |search: String| async move {
        let of = place.with_untracked(|place| place.id);
        server::whom(WhomSearch { of, search }).await
    };
    view! {
        <ReviewDialog
            id="giving"
            title=Signal::derive(title)
            open=open
            wanted=wanted
            confirm="Give access".to_owned()
            done=Signal::derive(done)
        >
            <WhomField id="give-whom" value=whom text=called search=find/>
            {move || {
                giving
                    .with(|offer| offer.as_ref().and_then(|offer| offer.choose.clone()))
                    .map(|choose| view! { <NearPicker place=place choose=choose value=other text=other_name/> })
            }}
            <DayFields id="give" days=days/>
        </ReviewDialog>
    }
}
