//! The dialog in which an offered edit is looked at before it is saved.

use crate::people::ReviewDialog;
use crate::people::wanted::Wanted;
use leptos::prelude::*;
use model::view::check::{EditWish, Prepared};

/// Which edit is about to be made; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Editing {
    open: RwSignal<bool>,
    prepared: RwSignal<Option<(Prepared, bool)>>,
}

impl Editing {
    pub(crate) fn new() -> Self {
        Self { open: RwSignal::new(false), prepared: RwSignal::new(None) }
    }

    /// Opens the dialog. `is_loss`: whether something is taken away.
    pub(crate) fn ask(self, prepared: Prepared, is_loss: bool) {
        self.prepared.set(Some((prepared, is_loss)));
        self.open.set(true);
    }

    fn words(self, read: impl Fn(&Prepared) -> &String) -> String {
        self.prepared.with(|one| one.as_ref().map(|(one, _)| read(one).clone()).unwrap_or_default())
    }
}

/// The dialog of the page.
#[component]
pub(crate) fn EditDialog(
    /// Which edit.
    editing: Editing,
    /// The revision that the page shows.
    seen: Signal<u64>,
) -> impl IntoView {
    let wanted = Memo::new(move |_| {
        let edits = editing.prepared.with(|one| one.as_ref().map(|(one, _)| one.edits.clone()))?;
        let seen = seen.get();
        editing.open.get().then_some(Wanted::Edits(EditWish { edits, with_half: false, seen }))
    });
    let is_loss =
        Signal::derive(move || editing.prepared.with(|one| one.as_ref().is_some_and(|(_, loss)| *loss)));
    view! {
        <ReviewDialog
            id="check-edit"
            title=Signal::derive(move || format!("{}?", editing.words(|one| &one.words)))
            open=editing.open
            wanted=wanted
            confirm=Signal::derive(move || if is_loss.get() { "Take away" } else { "Save" }.to_owned())
            is_loss=is_loss
            done=Signal::derive(move || editing.words(|one| &one.done))
        />
    }
}
