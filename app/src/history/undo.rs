//! Taking a change back: the dialog says who gains and who loses before it is done.

use super::server;
use crate::action::Action;
use crate::components::effect::effect_lines;
use crate::components::{ConfirmDialog, Loading, toast};
use crate::live::Live;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::view::effect::Effect as Altered;
use model::view::history::UndoPreview;

/// How many names a line of the dialog shows.
const NAMES: usize = 12;

/// Which change is about to be taken back; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Undo {
    open: RwSignal<bool>,
    asked: RwSignal<Option<(u64, String)>>,
    preview: Action<u64, Result<UndoPreview, Problem>>,
    commit: Action<u64, Result<u64, Problem>>,
}

impl Undo {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            asked: RwSignal::new(None),
            preview: Action::new(server::undo_preview),
            commit: Action::new(server::undo),
        }
    }

    /// Opens the dialog.
    pub(super) fn ask(self, revision: u64, title: String) {
        self.preview.value().set(None);
        self.commit.value().set(None);
        self.asked.set(Some((revision, title)));
        self.preview.dispatch(revision);
        self.open.set(true);
    }

    fn number(self) -> Option<u64> {
        self.asked.with(|asked| asked.as_ref().map(|(number, _)| *number))
    }
}

/// The dialog of the page.
#[component]
pub(super) fn UndoDialog(undo: Undo) -> impl IntoView {
    let live = Live::here();
    whenever(move || {
        if let Some(Ok(revision)) = undo.commit.value().get() {
            undo.open.set(false);
            live.saved(revision);
            let number = undo.number().unwrap_or_default();
            toast(format!("Change no. {number} is undone, by change no. {revision}."));
        }
    });
    let title = Signal::derive(move || match undo.number() {
        Some(number) => format!("Undo change no. {number}?"),
        None => "Undo".to_owned(),
    });
    let problem = Signal::derive(move || {
        let failed = undo.commit.value().get().and_then(Result::err);
        failed.or_else(|| undo.preview.value().get().and_then(Result::err))
    });
    let reason = Signal::derive(move || match undo.preview.value().get() {
        Some(Ok(_)) => None,
        Some(Err(_)) => Some("It stays as it is.".to_owned()),
        None => Some("Working out what it would alter …".to_owned()),
    });
    let confirm = move |()| {
        if let Some(number) = undo.asked.with_untracked(|asked| asked.as_ref().map(|(number, _)| *number)) {
            undo.commit.dispatch(number);
        }
    };
    view! {
        <ConfirmDialog
            id="undo"
            title=title
            open=undo.open
            confirm="Undo it"
            busy=undo.commit.pending()
            reason=reason
            problem=problem
            on_confirm=confirm
        >
            <p>
                {move || undo.asked.get().map(|(_, title)| format!("{title}. "))}
                "Undoing is itself a change and can be undone."
            </p>
            {move || match undo.preview.value().get() {
                None => view! { <Loading lines=2/> }.into_any(),
                Some(Err(_)) => ().into_any(),
                Some(Ok(preview)) => altered(&preview.effect).into_any(),
            }}
        </ConfirmDialog>
    }
}

fn altered(effect: &Altered) -> impl IntoView + use<> {
    if effect.is_empty() {
        return view! { <p class="muted">"Nobody gains or loses anything."</p> }.into_any();
    }
    view! { <ul class="effect">{effect_lines(effect, NAMES)}</ul> }.into_any()
}
