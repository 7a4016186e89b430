//! The stage that is chosen: its version, and what can be done from there.

use super::picture::{name, standing};
use super::remove::RemoveStageDialog;
use super::server;
use super::wording::version;
use crate::action::Action;
use crate::components::{Button, Icon, NameInPlace};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::applications::{Application, Stage};

/// The panel.
#[component]
pub(super) fn Chosen(
    /// The application.
    application: Signal<Application>,
    /// Its stages.
    stages: Memo<Vec<Stage>>,
    /// The one that is chosen.
    chosen: Memo<Option<ObjectId>>,
    /// From which stage the dialog merges.
    merging: RwSignal<Option<ObjectId>>,
    /// Which stage the dialog rolls back.
    rolling: RwSignal<Option<ObjectId>>,
) -> impl IntoView {
    let no_sandbox = Signal::derive(move || application.with(|a| a.no_sandbox.clone()));
    move || {
        let id = chosen.get()?;
        let first = stages.with_untracked(|all| all.iter().find(|stage| stage.id == id).cloned())?;
        let stage = Memo::new(move |_| {
            stages
                .with(|all| all.iter().find(|stage| stage.id == id).cloned())
                .unwrap_or_else(|| first.clone())
        });
        Some(view! { <One stage=stage stages=stages no_sandbox=no_sandbox merging=merging rolling=rolling/> })
    }
}

#[component]
fn One(
    stage: Memo<Stage>,
    stages: Memo<Vec<Stage>>,
    no_sandbox: Signal<Option<String>>,
    merging: RwSignal<Option<ObjectId>>,
    rolling: RwSignal<Option<ObjectId>>,
) -> impl IntoView {
    let id = stage.with_untracked(|stage| stage.id);
    let removing = RwSignal::new(false);
    let above = Memo::new(move |_| {
        let above = stage.with(|stage| stage.above)?;
        stages.with(|all| all.iter().find(|one| one.id == above).map(name))
    });
    let reason = move |read: fn(&Stage) -> &Option<String>| {
        Signal::derive(move || stage.with(|stage| read(stage).clone()))
    };
    let (no_merging, no_rollback) = (reason(|s| &s.no_merging), reason(|s| &s.no_rollback));
    let into = move || match above.get() {
        Some(above) => format!("Merge into {above}"),
        None => "Merge".to_owned(),
    };
    let stands = move || match above.get() {
        Some(above) => stage.with(|stage| standing(stage, Some(&above))),
        None => "Nothing: it is production".to_owned(),
    };
    let is_seen = move || stage.with(|stage| stage.name.is_some());
    let said = move |id: &'static str, reason: Signal<Option<String>>, what: &'static str| {
        move || {
            let text = reason.get()?;
            Some(view! { <p class="help" id=id>{format!("{what}: {text}")}</p> })
        }
    };
    view! {
        <section class="panel" aria-labelledby="stage-head">
            <header>
                <h2 id="stage-head">
                    <StageName stage=stage reason=no_sandbox/>
                </h2>
            </header>
            <div class="pad">
                <dl class="small">
                    <dt>"Version"</dt>
                    <dd>
                        <code>{move || stage.with(|stage| version(&stage.version))}</code>
                    </dd>
                    <dt>"Against the one above"</dt>
                    <dd>{stands}</dd>
                    <dt>"Lock"</dt>
                    <dd>
                        {move || {
                            if stage.with(|stage| stage.lock.is_some()) {
                                "Locked while a merge or rollback runs"
                            } else {
                                "Free"
                            }
                        }}
                    </dd>
                </dl>
                {said("no-merging", no_merging, "Not to be merged")}
                {said("no-rollback", no_rollback, "Not to be rolled back")}
            </div>
            <footer>
                <Button
                    id="remove-stage"
                    class="btn danger"
                    reason=reason(|s| &s.no_removing)
                    on_press=move |()| removing.set(true)
                >
                    "Delete"
                </Button>
                <Button
                    id="roll-back"
                    class="btn"
                    reason=no_rollback
                    on_press=move |()| rolling.set(Some(id))
                >
                    <Icon name="undo"/>
                    "Roll back"
                </Button>
                <Button
                    id="merge"
                    class="btn"
                    reason=no_merging
                    on_press=move |()| {
                        if untrack(is_seen) {
                            merging.set(Some(id));
                        }
                    }
                >
                    {into}
                </Button>
            </footer>
        </section>
        <RemoveStageDialog stage=stage open=removing/>
    }
}

#[component]
fn StageName(stage: Memo<Stage>, reason: Signal<Option<String>>) -> impl IntoView {
    let live = Live::here();
    let editing = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let shown = Signal::derive(move || stage.with(name));
    let save = Action::new(move |(id, now): (ObjectId, String)| async move {
        if let Some(saved) = live.save(server::rename_stage(id, now), problem).await {
            editing.set(false);
            problem.set(None);
            say_saved(live, "The stage has another name.", &saved);
        }
    });
    view! {
        <NameInPlace
            id="stage-name"
            name=shown
            label="Name of the stage"
            editing=editing
            reason=reason
            busy=save.pending()
            problem=problem
            on_save=move |now| {
                save.dispatch((stage.with_untracked(|stage| stage.id), now));
            }
        />
    }
}
