//! The dialog that begins a merge: its plan, and what is in it.

use super::server;
use super::wording::{RECORDED_ONLY, version};
use crate::action::Action;
use crate::components::{FieldAround, FormDialog, ProblemBanner};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::applications::{LONGEST_TEXT, MergePlan, MergeWish};

/// Shows the plan from a stage into the one above it, and begins it.
#[component]
pub(super) fn MergeDialog(
    /// From which stage; none: it is closed.
    from: RwSignal<Option<ObjectId>>,
) -> impl IntoView {
    let live = Live::here();
    let open = RwSignal::new(false);
    let described = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let look = Action::new(server::merge_plan);
    let plan = look.value();
    whenever(move || {
        if let Some(from) = from.get() {
            plan.set(None);
            problem.set(None);
            described.set(String::new());
            look.dispatch(from);
            open.set(true);
        }
    });
    whenever(move || {
        if !open.get() {
            from.set(None);
        }
    });
    let begin = Action::new(move |wish: MergeWish| async move {
        if let Some(saved) = live.save(server::begin_merge(wish), problem).await {
            open.set(false);
            say_saved(live, "The merge has begun, and both stages are locked.", &saved);
        }
    });
    let submit = move |()| {
        if let Some(Ok(plan)) = plan.get_untracked() {
            begin.dispatch(MergeWish {
                from: plan.from,
                from_version: plan.from_version,
                to_version: plan.to_version,
                description: described.get_untracked(),
            });
        }
    };
    let title = Signal::derive(move || match plan.get() {
        Some(Ok(plan)) if plan.to_production => format!("Merge {} to production", plan.from_name),
        Some(Ok(plan)) => format!("Merge {} into {}", plan.from_name, plan.to_name),
        _ => "Merge".to_owned(),
    });
    let error = Signal::derive(move || problem.get()?.about("description"));
    let other =
        Signal::derive(move || problem.get().filter(|problem| problem.about("description").is_none()));
    view! {
        <FormDialog
            id="merging"
            title=title
            open=open
            confirm="Begin merge"
            busy=begin.pending()
            barred=Signal::derive(move || !plan.with(|plan| matches!(plan, Some(Ok(_)))))
            problem=other
            on_submit=submit
        >
            {move || match plan.get() {
                None => view! { <p class="muted">"Looking up what it brings"</p> }.into_any(),
                Some(Err(refused)) => {
                    view! { <ProblemBanner problem=Signal::stored(Some(refused))/> }.into_any()
                }
                Some(Ok(plan)) => {
                    view! {
                        <p>{RECORDED_ONLY}</p>
                        <PlanWords plan=plan/>
                        <FieldAround id="merge-about" label="What is in it" error=error>
                            <textarea
                                class="input"
                                id="merge-about"
                                rows="3"
                                maxlength=LONGEST_TEXT.to_string()
                                aria-describedby="merge-about-error"
                                prop:value=move || described.get()
                                on:input=move |event| described.set(event_target_value(&event))
                            ></textarea>
                        </FieldAround>
                        <p class="help">"Both stages are locked until somebody says how it ended."</p>
                    }
                        .into_any()
                }
            }}
        </FormDialog>
    }
}

#[component]
fn PlanWords(plan: MergePlan) -> impl IntoView {
    let brings = match plan.brings.as_slice() {
        [only] => format!("1 version: {only}"),
        all => format!("{} versions: {}", all.len(), all.join(", ")),
    };
    let lacks = (!plan.lacks.is_empty()).then(|| {
        let text = format!(
            "{} has what {} lacks: {}. See that it is not lost.",
            plan.to_name,
            plan.from_name,
            plan.lacks.join(", ")
        );
        view! { <p class="help">{text}</p> }
    });
    view! {
        <dl class="small" aria-label="Plan">
            <dt>"From"</dt>
            <dd>{plan.from_name.clone()} " " <code>{version(&plan.from_version)}</code></dd>
            <dt>"To"</dt>
            <dd>{plan.to_name.clone()} " " <code>{version(&plan.to_version)}</code></dd>
            <dt>"Brings"</dt>
            <dd>{brings}</dd>
        </dl>
        {lacks}
    }
}
