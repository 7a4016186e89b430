//! The dialogs before an application or a stage is deleted.

use super::picture::name;
use super::server;
use super::wording::version;
use crate::action::Action;
use crate::components::ConfirmDialog;
use crate::live::Live;
use crate::people::wanted::say_saved;
use crate::problem::Problem;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use model::id::ObjectId;
use model::view::applications::{Application, Stage};

/// Says what goes, and deletes the application.
#[component]
pub(super) fn RemoveDialog(
    /// The application.
    application: Signal<Application>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            problem.set(None);
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let remove = Action::new(move |(id, name): (ObjectId, String)| async move {
        if let Some(saved) = live.save(server::remove(id), problem).await {
            open.set(false);
            say_saved(live, &format!("The application {name} is deleted."), &saved);
            navigate.with_value(|go| go("/applications", Default::default()));
        }
    });
    view! {
        <ConfirmDialog
            id="removing-application"
            title=Signal::derive(move || format!("Delete the application {}?", application.with(|a| a.name.clone())))
            open=open
            confirm="Delete application"
            busy=remove.pending()
            problem=problem
            on_confirm=move |()| {
                remove.dispatch(application.with_untracked(|a| (a.id, a.name.clone())));
            }
        >
            <p>"Its production stage and all role assignments on them go with it. It can be undone."</p>
        </ConfirmDialog>
    }
}

/// Says what goes, and deletes the stage.
#[component]
pub(super) fn RemoveStageDialog(
    /// The stage.
    stage: Memo<Stage>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::here();
    let problem = RwSignal::new(None::<Problem>);
    whenever(move || {
        if open.get() {
            problem.set(None);
        }
    });
    let path = use_location().pathname;
    let navigate = StoredValue::new(use_navigate());
    let remove = Action::new(move |(id, name): (ObjectId, String)| async move {
        if let Some(saved) = live.save(server::remove_stage(id), problem).await {
            open.set(false);
            say_saved(live, &format!("{name} is deleted."), &saved);
            let options = NavigateOptions { scroll: false, ..Default::default() };
            navigate.with_value(|go| go(&path.get_untracked(), options));
        }
    });
    let ahead = move || {
        stage.with(|stage| match stage.ahead {
            0 => format!("It holds nothing that the stage above lacks: {}.", version(&stage.version)),
            1 => "1 version that the stage above lacks goes with it.".to_owned(),
            ahead => format!("{ahead} versions that the stage above lacks go with it."),
        })
    };
    view! {
        <ConfirmDialog
            id="removing-stage"
            title=Signal::derive(move || format!("Delete {}?", stage.with(name)))
            open=open
            confirm="Delete stage"
            busy=remove.pending()
            problem=problem
            on_confirm=move |()| {
                remove.dispatch(stage.with_untracked(|stage| (stage.id, name(stage))));
            }
        >
            <p>{ahead}</p>
            <p class="muted">"Role assignments on it go too. It can be undone, and then all of this is back."</p>
        </ConfirmDialog>
    }
}
