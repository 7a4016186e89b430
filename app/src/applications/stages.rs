//! The stages of an application: the picture, the same in words, the one that is chosen, and what runs.

use super::merge::MergeDialog;
use super::picture::{Picture, Twin};
use super::rollback::RollbackDialog;
use super::running::RunningPanel;
use super::selected::Chosen;
use super::wording::{counted, named};
use crate::components::{EmptyState, For, Show};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::id::ObjectId;
use model::view::applications::Application;

/// The part.
#[component]
pub(super) fn StagesPart(
    /// The application.
    application: Signal<Application>,
) -> impl IntoView {
    let query = use_query_map();
    let stages = Memo::new(move |_| application.with(|a| a.stages.clone()));
    let chosen = Memo::new(move |_| {
        let asked = query.with(|query| query.get("stage")).and_then(|id| id.parse::<ObjectId>().ok());
        stages.with(|stages| {
            let is_there = |id: &ObjectId| stages.iter().any(|stage| stage.id == *id);
            asked.filter(is_there).or_else(|| stages.first().map(|stage| stage.id))
        })
    });
    let merging = RwSignal::new(None::<ObjectId>);
    let rolling = RwSignal::new(None::<ObjectId>);
    let label = Signal::derive(move || format!("Stages of {}", application.with(|a| a.name.clone())));
    let is_empty = Memo::new(move |_| stages.with(Vec::is_empty));
    view! {
        <div class="body">
            <div class="split">
                <div class="stack">
                    <section class="panel" aria-labelledby="stages-head">
                        <header>
                            <h2 id="stages-head">"Stages"</h2>
                        </header>
                        <Show
                            when=move || !is_empty.get()
                            fallback=|| {
                                view! {
                                    <EmptyState
                                        title="No stages yet"
                                        about="Production comes first, then the sandboxes below it. Who may create sandboxes adds it with “New sandbox”."
                                    />
                                }
                            }
                        >
                            <Picture label=label stages=stages chosen=chosen/>
                            <Twin stages=stages chosen=chosen/>
                        </Show>
                    </section>
                </div>
                <div class="stack">
                    <For each=move || application.with(|a| a.running.clone()) key=Clone::clone let:running>
                        <RunningPanel running=running/>
                    </For>
                    <Chosen application=application stages=stages chosen=chosen merging=merging rolling=rolling/>
                    <WhoMerges application=application/>
                </div>
            </div>
        </div>
        <MergeDialog from=merging/>
        <RollbackDialog stage=rolling/>
    }
}

/// Who may merge to production, in a few words.
#[component]
fn WhoMerges(application: Signal<Application>) -> impl IntoView {
    let mergers = Memo::new(move |_| application.with(|a| a.mergers.clone()));
    view! {
        <section class="panel" aria-labelledby="who-merges">
            <header>
                <h2 id="who-merges">"Who may merge to production"</h2>
                <a class="small" href="/applications/rights">
                    "All applications"
                </a>
            </header>
            <div class="pad small">
                {move || match mergers.get() {
                    None => view! { <p class="muted">"Who may do what here is not shown to you."</p> }.into_any(),
                    Some(mergers) => {
                        view! {
                            <p>{named(&mergers)}</p>
                            <p class="muted">{counted(&mergers)}</p>
                        }
                            .into_any()
                    }
                }}
                <p class="muted">"The right is asked on the stage that a merge starts from."</p>
            </div>
        </section>
    }
}
