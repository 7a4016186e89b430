//! What other people save appears here at once: the number of the last revision, and whether we hear.
//!
//! `server/assets/live.js` keeps one event stream for all tabs and tells each tab; this module turns that
//! into signals. A screen reads [`Live::changes`] in the source of its resource and so fetches again what it
//! shows. Nothing is sent along with an event but its number and the areas it touched.
//!
//! ```ignore
//! let live = Live::here();
//! let people = Fetched::new(move || (query.get(), live.changes()), |(query, _)| list(query));
//! ```

use crate::components::or_show;
use crate::problem::Problem;
use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use leptos::wasm_bindgen::JsCast;
use std::pin::Pin;

/// What this tab has heard; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    /// Counts what was not yet on this screen.
    news: RwSignal<u64>,
    /// The last revision that this tab knows of.
    revision: RwSignal<u64>,
    /// What the last revision touched.
    touched: RwSignal<Vec<String>>,
    /// Whether the stream is there.
    online: RwSignal<bool>,
    /// How many calls of this tab that save are under way.
    saving: StoredValue<u32>,
    /// What was heard meanwhile.
    held: StoredValue<Option<(u64, Vec<String>)>>,
}

impl Live {
    /// The one of this page.
    #[must_use]
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::silent)
    }

    fn silent() -> Self {
        Self {
            news: RwSignal::new(0),
            revision: RwSignal::new(0),
            touched: RwSignal::new(Vec::new()),
            online: RwSignal::new(true),
            saving: StoredValue::new(0),
            held: StoredValue::new(None),
        }
    }

    /// Makes the one of this page and listens to the stream, where there is one.
    pub(crate) fn provide() -> Self {
        let live = Self::silent();
        provide_context(live);
        #[cfg(feature = "hydrate")]
        crate::whenever::whenever(move || live.listen());
        live
    }

    /// Changes with every revision that this tab has not fetched yet: for the source of a resource.
    #[must_use]
    pub fn changes(self) -> u64 {
        self.news.get()
    }

    /// The number of the last revision that is known here; 0 before the first.
    #[must_use]
    pub fn revision(self) -> u64 {
        self.revision.get()
    }

    /// What the last revision touched, in the server's words; empty when that is not known.
    #[must_use]
    pub fn touched(self) -> Vec<String> {
        self.touched.get()
    }

    /// Whether changes of others are heard.
    #[must_use]
    pub fn is_online(self) -> bool {
        self.online.get()
    }

    /// What this page shows was read at that revision: nothing up to it is news.
    pub fn seen(self, revision: u64) {
        if self.revision.get_untracked() < revision {
            self.revision.set(revision);
        }
    }

    /// This tab has saved that revision: what it shows is fetched again at once.
    pub fn saved(self, revision: u64) {
        self.heard(revision, Vec::new());
    }

    /// Waits for a call that saves. What is heard meanwhile is kept until it is answered: the stream is often quicker
    /// than the answer, and what saves would be drawn anew, or be gone, before it could say how that went.
    pub async fn saving<T>(self, call: impl Future<Output = T>) -> T {
        self.saving.try_update_value(|count| *count += 1);
        let _turn = Turn(self);
        call.await
    }

    /// Saves: gives what came of it, or nothing when it could not be, and then says why in `problem`.
    pub async fn save<T: 'static>(
        self,
        call: impl Future<Output = Result<T, Problem>> + 'static,
        problem: RwSignal<Option<Problem>>,
    ) -> Option<T> {
        // Forgets which call it is: compiled once for each answer.
        let call: Pin<Box<dyn Future<Output = Result<T, Problem>>>> = Box::pin(call);
        or_show(self.saving(call).await, problem)
    }

    fn heard(self, revision: u64, touched: Vec<String>) {
        if self.revision.get_untracked() >= revision {
            return;
        }
        if self.saving.get_value() > 0 {
            self.held.set_value(Some((revision, touched)));
            return;
        }
        self.revision.set(revision);
        self.touched.set(touched);
        self.news.update(|news| *news += 1);
    }

    #[cfg(feature = "hydrate")]
    fn listen(self) {
        on_window("rolecall:revision", move |detail| {
            let revision = number(&detail, "revision");
            let touched = words(&detail, "touched");
            if let Some(revision) = revision {
                self.heard(revision, touched);
            }
        });
        on_window("rolecall:online", move |_| self.online.set(true));
        on_window("rolecall:offline", move |_| self.online.set(false));
    }
}

/// A call that saves, while it is under way: ended when it is answered, or given up.
struct Turn(Live);

impl Drop for Turn {
    fn drop(&mut self) {
        let Self(live) = *self;
        let others = live.saving.try_update_value(|count| {
            *count = count.saturating_sub(1);
            *count
        });
        if others == Some(0)
            && let Some((revision, touched)) = live.held.try_update_value(Option::take).flatten()
        {
            live.heard(revision, touched);
        }
    }
}

#[cfg(feature = "hydrate")]
fn on_window(name: &'static str, hear: impl Fn(wasm_bindgen::JsValue) + 'static) {
    let handle = window_event_listener_untyped(name, move |event| {
        if let Some(event) = event.dyn_ref::<web_sys::CustomEvent>() {
            hear(event.detail());
        }
    });
    on_cleanup(move || handle.remove());
}

#[cfg(feature = "hydrate")]
fn number(detail: &wasm_bindgen::JsValue, key: &str) -> Option<u64> {
    let value = js_sys::Reflect::get(detail, &key.into()).ok()?.as_f64()?;
    // Revision numbers are small and whole; anything else is no news.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked by the range")]
    (0.0..9e15).contains(&value).then_some(value as u64)
}

#[cfg(feature = "hydrate")]
fn words(detail: &wasm_bindgen::JsValue, key: &str) -> Vec<String> {
    js_sys::Reflect::get(detail, &key.into())
        .map(|value| js_sys::Array::from(&value).iter().filter_map(|word| word.as_string()).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::{Context, Poll, Waker};

    #[test]
    fn only_a_later_revision_is_news() {
        let owner = Owner::new();
        owner.with(|| {
            let live = Live::silent();
            live.seen(7);
            live.heard(7, vec!["roles".to_owned()]);
            assert_eq!((live.changes(), live.revision()), (0, 7));
            live.heard(8, vec!["roles".to_owned()]);
            assert_eq!((live.changes(), live.touched()), (1, vec!["roles".to_owned()]));
            live.saved(9);
            live.heard(9, Vec::new());
            assert_eq!((live.changes(), live.revision()), (2, 9));
        });
    }

    #[test]
    fn what_is_heard_while_saving_is_news_once_that_is_answered() {
        let owner = Owner::new();
        owner.with(|| {
            let live = Live::silent();
            let is_answered = std::cell::Cell::new(false);
            let answer = std::future::poll_fn(|_| match is_answered.get() {
                true => Poll::Ready("saved"),
                false => Poll::Pending,
            });
            let mut call = Box::pin(live.saving(answer));
            let mut context = Context::from_waker(Waker::noop());
            assert!(call.as_mut().poll(&mut context).is_pending());
            live.heard(7, vec!["groups".to_owned()]);
            assert_eq!((live.changes(), live.revision()), (0, 0));
            is_answered.set(true);
            assert_eq!(call.as_mut().poll(&mut context), Poll::Ready("saved"));
            drop(call);
            assert_eq!((live.changes(), live.touched()), (1, vec!["groups".to_owned()]));
            // One that is given up holds nothing back either.
            drop(live.saving(std::future::pending::<()>()));
            live.heard(8, Vec::new());
            assert_eq!(live.revision(), 8);
        });
    }
}
