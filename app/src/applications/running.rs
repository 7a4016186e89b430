//! A merge or rollback that runs, and the two buttons that say how it ended.

use super::server;
use super::wording::{RECORDED_ONLY, version, versions};
use crate::action::Action;
use crate::components::{Button, Icon, ProblemBanner, When};
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use leptos::prelude::*;
use model::view::applications::{Ending, MoveKind, Running};

/// The panel.
#[component]
pub(super) fn RunningPanel(
    /// What runs.
    running: Running,
) -> impl IntoView {
    let live = Live::here();
    let problem = RwSignal::new(None::<Problem>);
    let is_merge = running.kind != MoveKind::Rollback;
    let end = Action::new(move |ending: Ending| async move {
        let is_done = ending.is_done;
        if let Some(saved) = live.save(server::end(ending), problem).await {
            let words = match (is_merge, is_done) {
                (true, true) => "The merge is done.",
                (false, true) => "The rollback is done.",
                (true, false) => "The merge has failed; nothing has moved.",
                (false, false) => "The rollback has failed; nothing has moved.",
            };
            say_saved(live, words, &saved);
        }
    });
    let id = running.id;
    let press = move |is_done: bool| {
        end.dispatch(Ending { id, is_done });
    };
    let title = match (is_merge, running.to_production) {
        (true, true) => "Merge to production".to_owned(),
        (true, false) => format!("Merge into {}", running.to),
        (false, _) => format!("Rollback of {}", running.to),
    };
    let reason = Signal::stored(running.no_ending.clone());
    let (head, why) = (format!("running-{id}"), format!("running-{id}-reason"));
    let labelled = head.clone();
    let from = is_merge.then(|| {
        view! {
            <dt>"From"</dt>
            <dd>{running.from.clone()} " " <code>{version(&running.version_after)}</code></dd>
        }
    });
    view! {
        <section class="panel" aria-labelledby=labelled>
            <header>
                <h2 id=head>{title}</h2>
                <span class="badge wait">
                    <Icon name="clock"/>
                    "Running"
                </span>
            </header>
            <div class="pad">
                <p class="small">{RECORDED_ONLY}</p>
                <dl class="small">
                    {from} <dt>{if is_merge { "To" } else { "Stage" }}</dt>
                    <dd>{running.to.clone()} " " <code>{version(&running.version_before)}</code></dd>
                    <dt>{if is_merge { "Brings" } else { "Takes away" }}</dt>
                    <dd>{versions(&running.versions)}</dd>
                    <dt>"By"</dt>
                    <dd>{running.by.clone()} ", " <When at=running.at/></dd>
                </dl>
                <p>{running.description.clone()}</p>
                <p class="help">
                    <Icon name="lock"/>
                    {if is_merge { " Both stages are locked until it ends." } else { " The stage is locked until it ends." }}
                </p>
                {running.no_ending.clone().map(|text| view! { <p class="help" id=why>{text}</p> })}
                <ProblemBanner problem=problem/>
            </div>
            <footer>
                <Button
                    id=format!("failed-{id}")
                    class="btn"
                    reason=reason
                    busy=end.pending()
                    on_press=move |()| press(false)
                >
                    "It failed"
                </Button>
                <Button
                    id=format!("done-{id}")
                    class="btn"
                    reason=reason
                    busy=end.pending()
                    on_press=move |()| press(true)
                >
                    <Icon name="check"/>
                    "It is done"
                </Button>
            </footer>
        </section>
    }
}
