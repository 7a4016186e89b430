//! The dialog before something is saved for people, for a group or for a place: who gains and loses what, by name, and for
//! whom it is refused.

use super::labels::EffectList;
use super::wanted::{Wanted, say_saved};
use crate::action::Action;
use crate::components::{Dialog, ProblemBanner, Show};
use crate::live::Live;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use model::view::people::{Half, Plan, Saved};

/// Shows what `wanted` would do each time it changes while the dialog is open, and saves it.
///
/// ```ignore
/// <ReviewDialog id="leave" title="Remove from Finance" open wanted confirm="Remove" is_loss=true
///     done=Signal::derive(move || "Tom Becker left Finance.".to_owned())/>
/// ```
#[component]
pub fn ReviewDialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is done, and for whom.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What is wished; none while something is still to be chosen.
    #[prop(into)]
    wanted: Signal<Option<Wanted>>,
    /// The words of the button that does it.
    #[prop(into)]
    confirm: Signal<String>,
    /// Whether it takes something away.
    #[prop(optional, into)]
    is_loss: Signal<bool>,
    /// What is said when it is done.
    #[prop(into)]
    done: Signal<String>,
    /// What follows when it is done.
    #[prop(optional, into)]
    on_saved: Option<Callback<Saved>>,
    /// What is to be chosen, and words on what is lost.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let live = Live::here();
    let problem = RwSignal::new(None::<Problem>);
    let preview = Action::new(Wanted::preview);
    let plan = preview.value();
    // The half that is missing where a role is given: offered as soon as it is known, and given unless that is unticked.
    let (half, with_half) = (RwSignal::new(None::<Half>), RwSignal::new(true));
    let full = move || wanted.get().map(|wish| wish.with_half(with_half.get()));
    whenever(move || {
        if open.get() {
            half.set(None);
            with_half.set(true);
        }
    });
    whenever(move || {
        let found =
            plan.with(|plan| plan.as_ref().map(|plan| plan.as_ref().ok().and_then(|p| p.half.clone())));
        // While a plan is worked out the box stays where it is, and so does the focus on it.
        let Some(found) = found.filter(|found| half.with_untracked(|half| half != found)) else { return };
        half.set(found);
        if !with_half.get_untracked() {
            with_half.set(true);
        }
    });
    whenever(move || {
        let wish = full();
        plan.set(None);
        problem.set(None);
        if let (true, Some(wish)) = (open.get(), wish) {
            preview.dispatch(wish);
        }
    });
    let save = Action::new(move |wish: Wanted| async move {
        if let Some(saved) = live.save(wish.save(), problem).await {
            open.set(false);
            say_saved(live, &done.get_untracked(), &saved);
            if let Some(on_saved) = on_saved {
                on_saved.run(saved);
            }
        }
    });
    let is_barred = move || {
        wanted.with(Option::is_none)
            || plan.with(|plan| match plan {
                Some(Ok(plan)) => plan.people == 0,
                Some(Err(_)) => true,
                // Nothing is given before it is shown what that does, and with which half.
                None => wanted.get().is_some_and(Wanted::gives),
            })
    };
    let press = move |_| {
        if let (false, false, Some(wish)) = untrack(|| (is_barred(), save.pending().get(), full())) {
            save.dispatch(wish);
        }
    };
    let (children, half_id) = (StoredValue::new(children), StoredValue::new(format!("{id}-half")));
    view! {
        <Dialog id=id title=title open=open>
            <div class="pad">
                {children.with_value(|children| children.as_ref().map(|children| children()))}
                <Show when=move || wanted.with(Option::is_some)>
                    <HalfBox id=half_id.get_value() half=half with_half=with_half/>
                    <PlanView plan=plan/>
                </Show>
                <ProblemBanner problem=problem/>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| open.set(false)>
                    "Cancel"
                </button>
                <button
                    type="button"
                    class=move || if is_loss.get() { "btn danger primary" } else { "btn primary" }
                    aria-disabled=move || is_barred().then_some("true")
                    aria-busy=move || save.pending().get().then_some("true")
                    on:click=press
                >
                    {confirm}
                </button>
            </footer>
        </Dialog>
    }
}

/// Offers the half of a role that is missing in the tenant.
#[component]
fn HalfBox(id: String, half: RwSignal<Option<Half>>, with_half: RwSignal<bool>) -> impl IntoView {
    let about_id = StoredValue::new(format!("{id}-about"));
    let is_barred = move || half.with(|half| half.as_ref().is_some_and(|half| half.refused.is_some()));
    let words = move || {
        half.with(|half| {
            half.as_ref().map(|half| format!("Also give {} in tenant {}", half.role, half.tenant))
        })
    };
    let about = move || {
        half.with(|half| {
            let half = half.as_ref()?;
            let lacking = (half.lacking > 1).then(|| format!(" {} of those chosen lack it.", half.lacking));
            let refused = half.refused.as_ref().map(|reason| format!(" It is left out. {reason}"));
            Some([half.about.clone(), lacking.unwrap_or_default(), refused.unwrap_or_default()].concat())
        })
    };
    view! {
        <Show when=move || half.with(Option::is_some)>
            <div class="field">
                <label class="choice">
                    <input
                        type="checkbox"
                        aria-disabled=move || is_barred().then_some("true")
                        aria-describedby=about_id.get_value()
                        prop:checked=move || with_half.get() && !is_barred()
                        on:click=move |event| {
                            if is_barred() {
                                event.prevent_default();
                            } else {
                                with_half.set(event_target_checked(&event));
                            }
                        }
                    />
                    {words}
                </label>
                <p class="help" id=about_id.get_value()>
                    {about}
                </p>
            </div>
        </Show>
    }
}

/// What a wish would do.
#[component]
fn PlanView(plan: RwSignal<Option<Result<Plan, Problem>>>) -> impl IntoView {
    view! {
        <div role="status">
            {move || match plan.get() {
                None => view! { <p class="muted">"Working out the effect"</p> }.into_any(),
                Some(Err(problem)) => {
                    view! { <ProblemBanner problem=Signal::stored(Some(problem))/> }.into_any()
                }
                Some(Ok(plan)) => view! { <Planned plan=plan/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Planned(plan: Plan) -> impl IntoView {
    let already = (plan.already > 0)
        .then(|| view! { <p class="muted">{format!("Nothing to do for {}: it is so already.", people(plan.already))}</p> });
    let refused = (!plan.refused.is_empty()).then(|| {
        let head = format!("Left out: {}", people(plan.refused.len() as u64));
        let lines = plan.refused.iter().map(|one| {
            let (name, reason) = (one.name.clone(), one.reason.clone());
            view! {
                <li>
                    <b>{name}</b>
                    ": "
                    {reason}
                </li>
            }
        });
        view! {
            <div class="refused">
                <p>{head}</p>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    });
    let effect = (plan.people > 0).then(|| view! { <EffectList effect=plan.effect/> });
    let notes = (!plan.notes.is_empty()).then(|| {
        let lines = plan.notes.into_iter().map(|note| view! { <li>{note}</li> });
        view! { <ul class="plain-list">{lines.collect_view()}</ul> }
    });
    view! {
        <div class="stack">{notes} {effect} {already} {refused}</div>
    }
}

fn people(count: u64) -> String {
    words::count(count, "person", "people")
}
