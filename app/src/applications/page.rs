//! One application: its head, and the part of it that the address names.

use super::add_stage::AddStageDialog;
use super::edit::EditDialog;
use super::history::HistoryPart;
use super::remove::RemoveDialog;
use super::rights::RightsPart;
use super::server;
use super::stages::StagesPart;
use super::status::StatusDialog;
use super::wording::StatusBadge;
use crate::components::when::absolute;
use crate::components::{Button, Icon, InForceLine, Loaded, PageHead};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::problem::{Kind, Problem};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::id::ObjectId;
use model::view::applications::{Application, Status};

/// A part of an application's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its stages.
    Stages,
    /// Who holds which right on it.
    Rights,
    /// What was merged and rolled back.
    History,
}

/// The page.
#[component]
pub fn ApplicationPage(
    /// Which part.
    here: Part,
) -> impl IntoView {
    let live = Live::here();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let application = Fetched::new(
        move || (id.get(), live.changes()),
        |(id, _)| async move {
            match id.parse::<ObjectId>() {
                Ok(application) => server::one(application).await,
                Err(_) => {
                    Err(Problem::new(Kind::Gone, "There is no such application. The address is not whole."))
                }
            }
        },
    );
    view! {
        <Loaded of=application let:application>
            <Screen application=application here=here/>
        </Loaded>
    }
}

#[component]
fn Screen(application: Signal<Application>, here: Part) -> impl IntoView {
    let opened = || RwSignal::new(false);
    let (adding, editing, setting, removing) = (opened(), opened(), opened(), opened());
    let name = Signal::derive(move || application.with(|a| a.name.clone()));
    let about = Signal::derive(move || application.with(summary));
    let status = Signal::derive(move || application.with(|a| a.status));
    let reason = move |read: fn(&Application) -> &Option<String>| {
        Signal::derive(move || application.with(|a| read(a).clone()))
    };
    let heading = move || view! { <span>{name}</span> <StatusBadge status=status/> };
    let part = match here {
        Part::Stages => view! { <StagesPart application=application/> }.into_any(),
        Part::Rights => view! { <RightsPart application=application/> }.into_any(),
        Part::History => view! { <HistoryPart application=application/> }.into_any(),
    };
    let described = move || application.with(|a| a.description.clone());
    view! {
        <PageHead title=name about=about heading=heading>
            <Button
                id="remove-application"
                class="btn danger"
                reason=reason(|a| &a.no_removing)
                on_press=move |()| removing.set(true)
            >
                "Delete application"
            </Button>
            <Button
                id="edit-application"
                class="btn"
                reason=reason(|a| &a.no_editing)
                on_press=move |()| editing.set(true)
            >
                "Edit"
            </Button>
            <Button
                id="set-status"
                class="btn"
                reason=reason(|a| &a.no_status)
                on_press=move |()| setting.set(true)
            >
                "Change status"
            </Button>
            <Button
                id="add-stage"
                class="btn primary"
                reason=reason(|a| &a.no_sandbox)
                on_press=move |()| adding.set(true)
            >
                <Icon name="plus"/>
                "New sandbox"
            </Button>
        </PageHead>
        {move || {
            Some(described())
                .filter(|text| !text.is_empty())
                .map(|text| view! { <p class="application-about">{text}</p> })
        }}
        <InForceLine here=Signal::derive(move || application.with(|a| a.in_force))/>
        <Parts application=application here=here/>
        {part}
        <AddStageDialog application=application open=adding/>
        <EditDialog application=application open=editing/>
        <StatusDialog application=application open=setting/>
        <RemoveDialog application=application open=removing/>
    }
}

/// *Owned by Claims team. Live since 2 March 2025.*
fn summary(application: &Application) -> String {
    let owners: Vec<&str> = application.owners.iter().map(|owner| owner.name.as_str()).collect();
    let owned = match owners.split_last() {
        None => "No owner is named.".to_owned(),
        Some((only, [])) => format!("Owned by {only}."),
        Some((last, head)) => format!("Owned by {} and {last}.", head.join(", ")),
    };
    let since = application.since.map(|at| absolute(at).split(',').next().unwrap_or_default().to_owned());
    let since = since.map(|day| format!(" since {day}")).unwrap_or_default();
    let status = match application.status {
        Status::Live => format!("Live{since}."),
        Status::Archived => format!("Archived{since}: nothing is merged."),
        Status::Development if application.planned_on.is_empty() => {
            "In development, no day planned for going live.".to_owned()
        }
        Status::Development => format!("In development, planned to go live on {}.", application.planned_on),
    };
    format!("{owned} {status}")
}

#[component]
fn Parts(application: Signal<Application>, here: Part) -> impl IntoView {
    let id = application.with_untracked(|a| a.id);
    let is_here = move |part: Part| (part == here).then_some("page");
    let stages = move || application.with(|a| a.stages.len());
    view! {
        <nav class="tabs" aria-label="Parts of this page">
            <a href=format!("/applications/{id}") aria-current=is_here(Part::Stages)>
                "Stages " <span class="count">{stages}</span>
            </a>
            <a href=format!("/applications/{id}/rights") aria-current=is_here(Part::Rights)>
                "Rights"
            </a>
            <a href=format!("/applications/{id}/history") aria-current=is_here(Part::History)>
                "History"
            </a>
        </nav>
    }
}
