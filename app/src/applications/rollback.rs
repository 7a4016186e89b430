//! The dialog that begins a rollback: what each step takes away, and why.

use super::server;
use super::wording::{RECORDED_ONLY, version};
use crate::action::Action;
use crate::components::{Dialog, FieldAround, ProblemBanner, When};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use model::id::{MoveId, ObjectId};
use model::view::applications::{LONGEST_TEXT, RollbackPlan, RollbackWish, Step};

/// Shows what can be taken back of a stage, and begins it.
#[component]
pub(super) fn RollbackDialog(
    /// Which stage; none: it is closed.
    stage: RwSignal<Option<ObjectId>>,
) -> impl IntoView {
    let live = Live::here();
    let open = RwSignal::new(false);
    let wanted = RwSignal::new(None::<MoveId>);
    let described = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let look = Action::new(server::rollback_plan);
    let plan = look.value();
    whenever(move || {
        let first = plan.with(|plan| {
            let plan = plan.as_ref()?.as_ref().ok()?;
            plan.steps.iter().find(|step| step.barred.is_none()).map(|step| step.merge)
        });
        wanted.set(first);
    });
    whenever(move || {
        if let Some(stage) = stage.get() {
            plan.set(None);
            wanted.set(None);
            problem.set(None);
            described.set(String::new());
            look.dispatch(stage);
            open.set(true);
        }
    });
    whenever(move || {
        if !open.get() {
            stage.set(None);
        }
    });
    let begin = Action::new(move |wish: RollbackWish| async move {
        if let Some(saved) = live.save(server::begin_rollback(wish), problem).await {
            open.set(false);
            say_saved(live, "The rollback has begun, and the stage is locked.", &saved);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (plan, wanted) = (plan.get_untracked(), wanted.get_untracked());
        if let (Some(Ok(plan)), Some(merge), false) = (plan, wanted, begin.pending().get_untracked()) {
            begin.dispatch(RollbackWish {
                stage: plan.stage,
                version: plan.version,
                merge,
                description: described.get_untracked(),
            });
        }
    };
    let title = Signal::derive(move || match plan.get() {
        Some(Ok(plan)) => format!("Roll back {}", plan.name),
        _ => "Roll back".to_owned(),
    });
    let error = Signal::derive(move || problem.get()?.about("description"));
    let other =
        Signal::derive(move || problem.get().filter(|problem| problem.about("description").is_none()));
    view! {
        <Dialog id="rolling-back" title=title open=open>
            <form on:submit=submit novalidate>
                <div class="pad">
                    {move || match plan.get() {
                        None => view! { <p class="muted">"Looking up what it takes away"</p> }.into_any(),
                        Some(Err(refused)) => {
                            view! { <ProblemBanner problem=Signal::stored(Some(refused))/> }.into_any()
                        }
                        Some(Ok(plan)) => {
                            view! {
                                <p>{RECORDED_ONLY}</p>
                                <Steps plan=plan wanted=wanted/>
                                <FieldAround id="rollback-about" label="Why" error=error>
                                    <textarea
                                        class="input"
                                        id="rollback-about"
                                        rows="2"
                                        maxlength=LONGEST_TEXT.to_string()
                                        aria-describedby="rollback-about-error"
                                        prop:value=move || described.get()
                                        on:input=move |event| described.set(event_target_value(&event))
                                    ></textarea>
                                </FieldAround>
                            }
                                .into_any()
                        }
                    }}
                    <ProblemBanner problem=other/>
                </div>
                <footer>
                    <button type="button" class="btn" on:click=move |_| open.set(false)>
                        "Keep it"
                    </button>
                    <button
                        class="btn danger primary"
                        aria-disabled=move || wanted.get().is_none().then_some("true")
                        aria-busy=move || begin.pending().get().then_some("true")
                    >
                        "Begin rollback"
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}

#[component]
fn Steps(plan: RollbackPlan, wanted: RwSignal<Option<MoveId>>) -> impl IntoView {
    let now = format!("{} has {} now. Take back:", plan.name, version(&plan.version));
    let steps = plan.steps.into_iter().map(|step| view! { <Choice step=step wanted=wanted/> });
    view! {
        <fieldset class="field steps-back">
            <legend class="label">{now}</legend>
            {steps.collect_view()}
        </fieldset>
    }
}

#[component]
fn Choice(step: Step, wanted: RwSignal<Option<MoveId>>) -> impl IntoView {
    let (id, why) = (step.merge, format!("back-{}-why", step.merge));
    let is_barred = step.barred.is_some();
    let described = why.clone();
    let what = match step.merges {
        1 => format!("The last merge, from {}", step.from),
        merges => format!("{} merges, back to before the one from {}", merges, step.from),
    };
    let takes = format!(
        "Takes away {}: {}. It has {} again.",
        words::count(step.takes.len() as u64, "version", "versions"),
        step.takes.join(", "),
        version(&step.version)
    );
    view! {
        <label class="choice">
            <input
                type="radio"
                name="take-back"
                prop:checked=move || wanted.get() == Some(id)
                aria-disabled=is_barred.then_some("true")
                aria-describedby=described
                on:click=move |event| {
                    if is_barred {
                        event.prevent_default();
                    }
                }
                on:change=move |_| {
                    if !is_barred {
                        wanted.set(Some(id));
                    }
                }
            />
            <span>
                {what} " (" {step.by} ", " <When at=step.at/> ")"
                <small id=why>{takes} {step.barred.map(|text| format!(" {text}"))}</small>
            </span>
        </label>
    }
}
