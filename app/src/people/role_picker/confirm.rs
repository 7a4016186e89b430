//! What was picked, with its effect, before it is saved.

use super::{Pick, Picker, close};
use crate::action::Action;
use crate::components::ProblemBanner;
use crate::people::labels::EffectList;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::html;
use leptos::prelude::*;
use model::view::people::Plan;

/// Asks once more.
#[component]
pub(super) fn Confirm(picker: Picker, pick: Pick) -> impl IntoView {
    let plan = RwSignal::new(None::<Result<Plan, Problem>>);
    let problem = RwSignal::new(None::<Problem>);
    let save_button = NodeRef::<html::Button>::new();
    let wanted = StoredValue::new(pick.wanted.clone());
    let preview = Action::new(move |()| {
        let wanted = wanted.get_value();
        async move { plan.set(Some(wanted.preview().await)) }
    });
    let done = pick.done.clone();
    let save = Action::new(move |()| {
        let (wanted, done) = (wanted.get_value(), done.clone());
        async move {
            if let Some(saved) = picker.live.save(wanted.save(), problem).await {
                close(picker.popover);
                say_saved(picker.live, &done, &saved);
            }
        }
    });
    whenever(move || {
        preview.dispatch(());
    });
    whenever(move || {
        if let Some(button) = save_button.get() {
            let _ = button.focus();
        }
    });
    let barred = move || {
        plan.with(|plan| match plan {
            Some(Ok(plan)) => plan.people == 0,
            Some(Err(_)) => true,
            None => false,
        })
    };
    let title = pick.title.clone();
    view! {
        <div class="confirm" role="group" aria-label=pick.title>
            <p>
                <b>{title}</b>
            </p>
            {move || match plan.get() {
                None => view! { <p class="note" role="status">"Working out the effect"</p> }.into_any(),
                Some(Err(problem)) => {
                    view! { <ProblemBanner problem=Signal::stored(Some(problem))/> }.into_any()
                }
                Some(Ok(plan)) => {
                    let refused = plan
                        .refused
                        .into_iter()
                        .map(|refused| view! { <p class="error">{refused.reason}</p> })
                        .collect_view();
                    view! {
                        <EffectList effect=plan.effect/>
                        {refused}
                    }
                        .into_any()
                }
            }}
            <ProblemBanner problem=problem/>
            <div class="row">
                <button
                    type="button"
                    class="btn mini primary"
                    node_ref=save_button
                    aria-disabled=move || barred().then_some("true")
                    aria-busy=move || save.pending().get().then_some("true")
                    on:click=move |_| {
                        if !barred() && !save.pending().get_untracked() {
                            save.dispatch(());
                        }
                    }
                >
                    "Save"
                </button>
                <button type="button" class="btn mini" on:click=move |_| picker.picked.set(None)>
                    "Back"
                </button>
            </div>
        </div>
    }
}
