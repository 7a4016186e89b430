//! The bar under a page with staged edits: how many, whom they touch, save or discard them together.

use super::dialog::Dialog;
use super::effect::{effect_lines, first_effect_lines};
use super::focus::rescue_focus;
use super::problem::ProblemBanner;
use crate::components::Show;
use crate::problem::Problem;
use crate::words;
use leptos::either::Either;
use leptos::prelude::*;
use model::view::effect::Effect as Alters;

/// How many lines the bar shows, and how many names in each.
const LINES: usize = 4;
const NAMES: usize = 2;

/// One of the edits, for the details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedLine {
    /// What it is about: *Tester: Roll back further*.
    pub text: String,
    /// Whether it allows or takes away; neither for what is only changed.
    pub allows: Option<bool>,
}

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
    /// The edits, one by one.
    #[prop(optional, into)]
    edits: Signal<Vec<StagedLine>>,
    /// What they would alter, or why they may not be saved.
    #[prop(into)]
    effect: Signal<Option<Result<Alters, Problem>>>,
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
    Effect::new(move |was: Option<bool>| {
        let is_empty = count.get() == 0;
        if was == Some(false) && is_empty {
            details.set(false);
            rescue_focus();
        }
        is_empty
    });
    let refused = Signal::derive(move || effect.get().and_then(Result::err));
    let known = Memo::new(move |before: Option<&Alters>| match effect.get() {
        Some(Ok(effect)) => effect,
        Some(Err(_)) => Alters::default(),
        None => before.cloned().unwrap_or_default(),
    });
    let save = move |_| {
        if !saving.get_untracked() && refused.with_untracked(Option::is_none) {
            on_save.run(());
        }
    };
    let counted = move || words::count(count.get() as u64, "change", "changes");
    view! {
        <Show when=move || count.get() != 0>
            <section class="pending" aria-label="Changes not saved">
                <strong role="status">{move || format!("{} not saved", counted())}</strong>
                <div class="effect">
                    <ProblemBanner problem=refused/>
                    <ProblemBanner problem=problem/>
                    <Summary effect=effect known=known.into()/>
                </div>
                <div class="row">
                    <Show when=move || known.with(|known| !known.is_empty()) || edits.with(|edits| !edits.is_empty())>
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
                        {move || format!("Save {}", counted())}
                    </button>
                </div>
            </section>
        </Show>
        <Dialog id="pending-details" title="What these changes alter" open=details>
            <div class="pad">
                <Show when=move || edits.with(|edits| !edits.is_empty())>
                    <h3>"Edits"</h3>
                    <ul class="diff">{move || edits.get().into_iter().map(edit).collect_view()}</ul>
                    <h3>"Who gains and loses"</h3>
                </Show>
                <Show
                    when=move || known.with(|known| !known.is_empty())
                    fallback=|| view! { <p class="muted">"Nobody gains or loses anything."</p> }
                >
                    <ul class="effect">{move || known.with(|known| effect_lines(known, usize::MAX))}</ul>
                </Show>
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
fn Summary(effect: Signal<Option<Result<Alters, Problem>>>, known: Signal<Alters>) -> impl IntoView {
    move || match effect.get() {
        Some(Err(_)) => Either::Left(()),
        Some(Ok(effect)) if effect.is_empty() => Either::Right(Either::Left(view! {
            <p class="muted">"Nobody gains or loses anything."</p>
        })),
        _ => Either::Right(Either::Right(known.with(|known| {
            view! { <ul class="effect">{first_effect_lines(known, LINES, NAMES)}</ul> }
        }))),
    }
}

fn edit(line: StagedLine) -> impl IntoView {
    let (class, sign) = match line.allows {
        Some(true) => (Some("add"), Some("Allowed: ")),
        Some(false) => (Some("cut"), Some("Not allowed: ")),
        None => (None, None),
    };
    view! {
        <li class=class>
            <span>
                {sign.map(|sign| view! { <span class="vh">{sign}</span> })}
                {line.text}
            </span>
        </li>
    }
}
