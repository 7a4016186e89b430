//! What a page does when it is told to, and then waits for: saving, asking for an effect.
//!
//! Leptos compiles its `Action` anew for each thing that is done and each answer, and on the server too, where nothing
//! is ever done. This one forgets both types, and leaves what is done out of the server.

use leptos::prelude::*;
use std::future::Future;
use std::marker::PhantomData;

/// Something that is done in the browser whenever it is asked for, each time with what it is to be done with.
///
/// ```ignore
/// let save = Action::new(move |name: String| async move {
///     if let Some(saved) = live.save(server::rename(name), problem).await { … }
/// });
/// save.dispatch(name.get_untracked());
/// ```
pub struct Action<I, O: 'static = ()> {
    #[cfg(feature = "hydrate")]
    work: browser::Work,
    pending: Signal<bool>,
    value: RwSignal<Option<O>>,
    of: PhantomData<fn(I)>,
}

impl<I, O> Clone for Action<I, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, O> Copy for Action<I, O> {}

impl<I: 'static, O: Send + Sync + 'static> Action<I, O> {
    /// Does nothing yet.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "nothing is done on the server"))]
    pub fn new<F: Future<Output = O> + 'static>(run: impl Fn(I) -> F + 'static) -> Self {
        let (under_way, value) = (RwSignal::new(0), RwSignal::new(None));
        Self {
            #[cfg(feature = "hydrate")]
            work: browser::work(move |input: I| Box::pin(run(input)), under_way, value),
            pending: is_under_way(under_way),
            value,
            of: PhantomData,
        }
    }

    /// Does it once, beside what is under way already.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "nothing is done on the server"))]
    pub fn dispatch(self, input: I) {
        #[cfg(feature = "hydrate")]
        browser::start(self.work, &mut Some(input));
    }

    /// Whether it is under way.
    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        self.pending
    }

    /// What came of it, the last time that it was asked for.
    #[must_use]
    pub fn value(self) -> RwSignal<Option<O>> {
        self.value
    }
}

fn is_under_way(count: RwSignal<u32>) -> Signal<bool> {
    Memo::new(move |_| count.get() > 0).into()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use leptos::reactive::computed::ScopedFuture;
    use leptos::reactive::owner::{LocalStorage, WeakOwner};
    use leptos::task::spawn_local;
    use std::any::Any;
    use std::cell::Cell;
    use std::future::Future;
    use std::pin::Pin;
    use std::rc::Rc;

    type Task<O = ()> = Pin<Box<dyn Future<Output = O>>>;
    /// Takes what it is done with out of an `Option`.
    type Run = Box<dyn Fn(&mut dyn Any, Turn) -> Option<Task>>;

    /// What is done, with its types forgotten.
    pub(super) type Work = StoredValue<Rc<Held>, LocalStorage>;

    pub(super) struct Held {
        run: Run,
        /// The part of the page that it belongs to: what is done may ask for its context.
        owner: Option<WeakOwner>,
        under_way: RwSignal<u32>,
        last: Rc<Cell<u32>>,
    }

    /// Which time it is done, of all.
    struct Turn {
        number: u32,
        last: Rc<Cell<u32>>,
    }

    pub(super) fn work<I: 'static, O: Send + Sync + 'static>(
        run: impl Fn(I) -> Task<O> + 'static,
        under_way: RwSignal<u32>,
        value: RwSignal<Option<O>>,
    ) -> Work {
        let run = move |input: &mut dyn Any, turn| -> Option<Task> {
            let task = run(input.downcast_mut::<Option<I>>()?.take()?);
            Some(Box::pin(keep(task, turn, value)))
        };
        hold(Box::new(run), under_way)
    }

    fn hold(run: Run, under_way: RwSignal<u32>) -> Work {
        let owner = Owner::current().map(|owner| owner.downgrade());
        StoredValue::new_local(Rc::new(Held { run, owner, under_way, last: Rc::default() }))
    }

    /// An answer that is late, since it was asked for again, is not kept.
    async fn keep<O: Send + Sync + 'static>(task: Task<O>, turn: Turn, value: RwSignal<Option<O>>) {
        let answer = task.await;
        if turn.number == turn.last.get() {
            value.try_set(Some(answer));
        }
    }

    pub(super) fn start(work: Work, input: &mut dyn Any) {
        let Some(held) = work.try_get_value() else { return };
        let number = held.last.get() + 1;
        held.last.set(number);
        let turn = Turn { number, last: Rc::clone(&held.last) };
        let begin = || untrack(|| (held.run)(input, turn)).map(ScopedFuture::new_untracked);
        let task = match held.owner.as_ref().and_then(WeakOwner::upgrade) {
            Some(owner) => owner.with(begin),
            None => begin(),
        };
        let Some(task) = task else { return };
        let under_way = held.under_way;
        under_way.try_update(|count| *count += 1);
        spawn_local(async move {
            task.await;
            under_way.try_update(|count| *count = count.saturating_sub(1));
        });
    }
}
