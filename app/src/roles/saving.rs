//! What happens to staged edits: their effect from the server, saving, what others save meanwhile.

use super::server;
use super::staged::{Edit, Staged};
use crate::action::Action;
use crate::components::{toast, toast_with_undo};
use crate::live::Live;
use crate::problem::{Kind, Problem};
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped};
use model::id::RoleId;
use model::view::effect::Effect as Preview;
use model::view::roles::{Edits, Grid};
use std::time::Duration;

/// How long edits must rest before their effect is asked for.
const REST: Duration = Duration::from_millis(120);

/// Says when to fetch the grid, and since when the news.
#[derive(Clone, Copy)]
pub struct Fetching {
    again: RwSignal<u32>,
    shown: StoredValue<Option<u64>>,
    live: Live,
}

impl Fetching {
    /// For a page.
    #[must_use]
    pub fn new() -> Self {
        Self { again: RwSignal::new(0), shown: StoredValue::new(None), live: Live::here() }
    }

    /// Changes whenever what is shown may be old: for the source of a resource.
    #[must_use]
    pub fn source(self) -> (u64, u32) {
        (self.live.changes(), self.again.get())
    }

    /// The revision that is shown.
    #[must_use]
    pub fn since(self) -> Option<u64> {
        self.shown.try_get_value().flatten()
    }
}

impl Default for Fetching {
    fn default() -> Self {
        Self::new()
    }
}

/// The staged edits of a page with all that happens to them; cheap to copy.
#[derive(Clone, Copy)]
pub struct Saving {
    /// The edits.
    pub staged: Staged,
    /// What they would alter; `None` while that is being worked out.
    pub effect: RwSignal<Option<Result<Preview, Problem>>>,
    /// Why they were not saved.
    pub problem: RwSignal<Option<Problem>>,
    /// Which were dropped because somebody else was faster, in sentences.
    pub dropped: RwSignal<Vec<String>>,
    grid: Signal<Grid>,
    fetching: Fetching,
    save: Action<Edits, Result<u64, Problem>>,
    /// What the last save held.
    sent: StoredValue<Vec<(RoleId, String)>>,
    /// The own revision that is not on the screen yet.
    awaited: RwSignal<Option<u64>>,
}

impl Saving {
    /// Follows the edits of a page from now on.
    #[must_use]
    pub fn new(staged: Staged, grid: Signal<Grid>, fetching: Fetching) -> Self {
        let save = Action::new(server::save);
        let saving = Self {
            staged,
            effect: RwSignal::new(None),
            problem: RwSignal::new(None),
            dropped: RwSignal::new(Vec::new()),
            grid,
            fetching,
            save,
            sent: StoredValue::new(Vec::new()),
            awaited: RwSignal::new(None),
        };
        saving.follow_the_grid();
        saving.follow_the_edits();
        whenever(move || {
            if let Some(answer) = save.value().get() {
                saving.answered(answer);
            }
        });
        saving
    }

    /// Whether a save is on its way, or what it saved is not on the screen yet.
    #[must_use]
    pub fn is_busy(self) -> Signal<bool> {
        Signal::derive(move || self.save.pending().get() || self.awaited.get().is_some())
    }

    /// Why they were not saved, as far as the bar says it: a missing right has a banner of its own, and what
    /// the preview says already is not said twice.
    #[must_use]
    pub fn problem_in_bar(self) -> Signal<Option<Problem>> {
        Signal::derive(move || {
            let is_refused = self.effect.with(|effect| matches!(effect, Some(Err(_))));
            self.problem.get().filter(|problem| !is_refused && problem.kind != Kind::NotAllowed)
        })
    }

    /// Saves the edits.
    pub fn save(self) {
        let changes = untrack(|| self.staged.changes());
        self.sent.set_value(untrack(|| self.staged.all()).into_iter().map(|(key, _)| key).collect());
        self.problem.set(None);
        self.dropped.set(Vec::new());
        self.save.dispatch(Edits { changes, seen: self.grid.with_untracked(|grid| grid.revision) });
    }

    /// Takes the edits back.
    pub fn discard(self) {
        self.staged.clear();
        self.problem.set(None);
        self.dropped.set(Vec::new());
    }

    fn answered(self, answer: Result<u64, Problem>) {
        match answer {
            Ok(revision) => {
                if self.grid.with_untracked(|grid| grid.revision) < revision {
                    self.awaited.set(Some(revision));
                }
                self.fetching.live.saved(revision);
                saved(revision, self.fetching.live);
            }
            Err(problem) => {
                self.sent.set_value(Vec::new());
                if matches!(problem.kind, Kind::Conflict | Kind::NotAllowed | Kind::Gone) {
                    self.fetching.again.update(|again| *again += 1);
                }
                let message = format!("Not saved. {}", problem.message);
                self.problem.set(Some(Problem { message, ..problem }));
            }
        }
    }

    /// Drops edits that the grid has already, and says who was faster.
    fn follow_the_grid(self) {
        whenever(move || {
            let told: Vec<String> = self.grid.with(|grid| {
                self.fetching.shown.set_value(Some(grid.revision));
                if self.awaited.get_untracked().is_some_and(|revision| revision <= grid.revision) {
                    self.awaited.set(None);
                }
                let sent = self.sent.get_value();
                let dropped = self.staged.settle(grid);
                let others = dropped.into_iter().filter(|(key, _)| !sent.contains(key));
                others.map(|((role, _), edit)| overtaken(grid, role, &edit)).collect()
            });
            if !told.is_empty() {
                self.dropped.update(|dropped| dropped.extend(told));
            }
        });
    }

    /// Asks for the effect when the edits rest; only the last question's answer counts.
    fn follow_the_edits(self) {
        let number = StoredValue::new(0_u64);
        let revision = Memo::new(move |_| self.grid.with(|grid| grid.revision));
        whenever(move || {
            let edits = Edits { changes: self.staged.changes(), seen: revision.get() };
            let mine = number.get_value() + 1;
            number.set_value(mine);
            self.effect.set(None);
            if edits.changes.is_empty() {
                self.problem.set(None);
                return;
            }
            let is_last = move || number.try_get_value() == Some(mine);
            let ask = move || {
                if is_last() {
                    spawn_local(async move {
                        let answer = server::preview(edits).await;
                        if is_last() {
                            self.effect.try_set(Some(answer));
                        }
                    });
                }
            };
            set_timeout(ask, REST);
        });
    }
}

/// Why an edit is gone.
fn overtaken(grid: &Grid, role: RoleId, edit: &Edit) -> String {
    let Edit { on, role: name, permission } = edit;
    let news = grid.news.iter().rev().find(|news| news.roles.contains(&role));
    let who = news.and_then(|news| news.by.as_deref()).unwrap_or("Somebody");
    let number = news.map(|news| format!(" in change no. {}", news.revision)).unwrap_or_default();
    if grid.role(role).is_none() {
        return format!("{who} deleted {name}{number}. Your edit of “{permission}” in it is gone.");
    }
    let did = if *on { "already allowed" } else { "already took away" };
    format!("{who} {did} “{permission}” in {name}{number}, so that edit of yours is done.")
}

/// Says that a change was saved, with a way back.
pub fn saved(revision: u64, live: Live) {
    // A closure, not a callback of this page's: the word outlives the page that says it.
    toast_with_undo(format!("Saved as change no. {revision}."), move || undo(revision, live));
}

fn undo(revision: u64, live: Live) {
    spawn_local_scoped(async move {
        match live.saving(crate::history::server::undo(revision)).await {
            Ok(undone) => {
                live.saved(undone);
                toast(format!("Undone. That is change no. {undone}."));
            }
            Err(problem) => toast(format!("Not undone. {}", problem.message)),
        }
    });
}
