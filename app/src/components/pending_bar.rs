//! The bar under a page with staged edits: how many, whom they touch, save or discard them together.

use super::dialog::Dialog;
use super::problem::ProblemBanner;
use crate::problem::Problem;
use crate::words;
use leptos::either::Either;
use leptos::prelude::*;
use model::view::effect::{Effect, EffectLine};

/// How many lines the bar shows, and how many names in each.
const LINES: usize = 4;
const NAMES: usize = 2;

/// Nothing is drawn while `count` is 0. `effect` is `None` while the server works it out.
///
/// ```ignore
/// <PendingBar count=staged_count effect=preview saving problem
///     on_save=move |()| { save.dispatch(staged.get()); } on_discard=move |()| staged.clear()/>
/// ```
#[component]
pub fn PendingBar(
    /// How many edits are staged.
    #[prop(into)]
    count: Signal<usize>,
    /// What they would alter, or why they may not be saved.
    #[prop(into)]
    effect: Signal<Option<Result<Effect, Problem>>>,
    /// While they are being saved.
    #[prop(into)]
    saving: Signal<bool>,
    /// Why they were not saved.
    #[prop(optional, into)]
    problem: Signal<Option<Problem>>,
    /// Saves them.
    #[prop(into)]
    on_save: Callback<()>,
    /// Takes them back.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let details = RwSignal::new(false);
    let refused = Signal::derive(move || effect.get().and_then(Result::err));
    let known = Memo::new(move |before: Option<&Effect>| match effect.get() {
        Some(Ok(effect)) => effect,
        Some(Err(_)) => Effect::default(),
        None => before.cloned().unwrap_or_default(),
    });
    let save = move |_| {
        if !saving.get_untracked() && refused.with_untracked(Option::is_none) {
            on_save.run(());
        }
    };
    let edits = move || words::count(count.get() as u64, "change", "changes");
    view! {
        <Show when=move || count.get() != 0>
            <section class="pending" aria-label="Changes not saved">
                <strong role="status">{move || format!("{} not saved", edits())}</strong>
                <div class="effect">
                    <ProblemBanner problem=refused/>
                    <ProblemBanner problem=problem/>
                    <Summary effect=effect known=known.into()/>
                </div>
                <div class="row">
                    <Show when=move || known.with(|known| !known.is_empty())>
                        <button type="button" class="btn quiet" on:click=move |_| details.set(true)>
                            "Details"
                        </button>
                    </Show>
                    <button type="button" class="btn" on:click=move |_| on_discard.run(())>
                        "Discard"
                    </button>
                    <button
                        type="button"
                        class="btn primary"
                        aria-disabled=move || refused.with(Option::is_some).then_some("true")
                        aria-busy=move || saving.get().then_some("true")
                        on:click=save
                    >
                        {move || format!("Save {}", edits())}
                    </button>
                </div>
            </section>
        </Show>
        <Dialog id="pending-details" title="What these changes alter" open=details>
            <div class="pad">
                <ul class="effect">{move || known.with(|known| lines(known, usize::MAX, 100))}</ul>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| details.set(false)>
                    "Close"
                </button>
            </footer>
        </Dialog>
    }
}

/// The lines of the bar, or the sentence that stands for them.
#[component]
fn Summary(effect: Signal<Option<Result<Effect, Problem>>>, known: Signal<Effect>) -> impl IntoView {
    move || match effect.get() {
        Some(Err(_)) => Either::Left(()),
        Some(Ok(effect)) if effect.is_empty() => Either::Right(Either::Left(view! {
            <p class="muted">"Nobody gains or loses anything."</p>
        })),
        _ => Either::Right(Either::Right(known.with(|known| {
            view! { <ul class="effect">{lines(known, LINES, NAMES)}</ul> }
        }))),
    }
}

/// The first lines, losses always among them, and how many there are beside them.
fn lines(effect: &Effect, most: usize, names: usize) -> impl IntoView + use<> {
    let all = effect.gains.len() + effect.loses.len();
    let room = if all > most { most.saturating_sub(1) } else { most };
    let gains = effect.gains.len().min(room.saturating_sub(effect.loses.len().min(room.div_ceil(2))));
    let loses = effect.loses.len().min(room - gains);
    let rest = all - gains - loses;
    let gained = effect.gains.iter().take(gains).map(|one| line(one, true, names)).collect_view();
    let lost = effect.loses.iter().take(loses).map(|one| line(one, false, names)).collect_view();
    let more = (rest > 0).then(|| view! { <li class="muted">{format!("and {rest} more")}</li> });
    (gained, lost, more)
}

fn line(line: &EffectLine, gains: bool, names: usize) -> impl IntoView + use<> {
    view! {
        <li class=if gains { "gains" } else { "loses" }>
            <b>{words::effect_head(line, gains)}</b>
            <span>{words::effect_tail(line, gains, names)}</span>
        </li>
    }
}
