//! The page: the question above, the answer below.

use super::edit::{EditDialog, Editing};
use super::form::{Ask, asked};
use super::lists::{WhatCanView, WhereCanView, WhoCanView};
use super::server;
use super::verdict::VerdictView;
use crate::components::{EmptyState, Icon, Loaded, PageHead, Show, When};
use crate::fetched::Fetched;
use crate::live::Live;
use crate::people::copy::write_clipboard;
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::view::check::{Answer, CheckScreen, Field};

/// `/check`
#[component]
pub fn CheckPage() -> impl IntoView {
    let live = Live::here();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(asked));
    let screen = Fetched::new(move || (asked.get(), live.changes()), |(asked, _)| server::answer(asked));
    view! { <Loaded of=screen let:screen><Screen screen=screen/></Loaded> }
}

#[component]
fn Screen(screen: Signal<CheckScreen>) -> impl IntoView {
    let editing = Editing::new();
    let copied = RwSignal::new(false);
    let answer = Memo::new(move |_| screen.with(|screen| screen.answer.clone()));
    let copy = move |_| {
        if let Ok(address) = window().location().href() {
            write_clipboard(&address);
            copied.set(true);
        }
    };
    view! {
        <PageHead title="Check access" about="Who may do what, where, and why. This page can be linked to.">
            <button type="button" class="btn" on:click=copy>
                <Icon name="copy"/>
                {move || if copied.get() { "Copied" } else { "Copy link" }}
            </button>
        </PageHead>
        <div class="bar">
            <Ask screen=screen/>
        </div>
        <div class="body">
            {move || screen.with(meant)}
            {move || match answer.get() {
                Answer::Nothing => view! { <Nothing screen=screen/> }.into_any(),
                Answer::Verdict(verdict) => {
                    view! { <VerdictView verdict=*verdict screen=screen editing=editing/> }.into_any()
                }
                Answer::WhoCan(found) => view! { <WhoCanView found=*found screen=screen/> }.into_any(),
                Answer::WhatCan(found) => view! { <WhatCanView found=*found screen=screen/> }.into_any(),
                Answer::WhereCan(found) => view! { <WhereCanView found=*found screen=screen/> }.into_any(),
            }}
        </div>
        <EditDialog editing=editing seen=Signal::derive(move || screen.with(|screen| screen.revision))/>
    }
}

/// What could be meant by what was typed, as links.
fn meant(screen: &CheckScreen) -> impl IntoView + use<> {
    let form = &screen.form;
    let fields: [(&str, &str, &Field); 5] = [
        ("who", "Who", &form.who),
        ("where", "Where", &form.place),
        ("robot", "On robot", &form.robot),
        ("environment", "In environment", &form.environment),
        ("process", "Process", &form.process),
    ];
    let unclear = fields.into_iter().filter(|(.., field)| !field.meant.is_empty());
    unclear
        .map(|(name, label, field)| {
            let links = field.meant.iter().map(|choice| {
                let to = super::form::with(form, name, &choice.value);
                let (name, about) = (choice.name.clone(), choice.about.clone());
                view! {
                    <li>
                        <a href=to>{name}</a>
                        <span class="faint">{about}</span>
                    </li>
                }
            });
            let id = format!("meant-{name}");
            let labelled = id.clone();
            view! {
                <section class="panel" aria-labelledby=labelled>
                    <header>
                        <h2 id=id>{format!("{label}: which one?")}</h2>
                    </header>
                    <div class="pad">
                        <ul class="lines">{links.collect_view()}</ul>
                    </div>
                </section>
            }
        })
        .collect_view()
}

/// What can be asked.
#[component]
fn Nothing(screen: Signal<CheckScreen>) -> impl IntoView {
    let is_unclear = move || {
        screen.with(|screen| {
            let form = &screen.form;
            let fields = [&form.who, &form.place, &form.robot, &form.environment, &form.process];
            fields.iter().any(|field| field.problem.is_some()) || form.when_problem.is_some()
        })
    };
    view! {
        <Show when=move || !is_unclear()>
            <EmptyState
                title="What do you want to know?"
                about="Choose a person, a group or a service account, what they want to do, and where. Leave the person out to see who may; leave the rest out to see all that somebody may."
            />
        </Show>
    }
}

/// At which change and which moment it was answered, and how far access to the place is in force.
#[component]
pub(super) fn AsOf(screen: Signal<CheckScreen>) -> impl IntoView {
    let at = Signal::derive(move || screen.with(|screen| screen.at));
    let in_force = Memo::new(move |_| {
        screen.with(|screen| {
            let place = format!("on {}", screen.form.place.chosen.name);
            screen.in_force.map(|there| words::in_force_at(&place, there))
        })
    });
    view! {
        <small>
            {move || screen.with(|screen| format!("As of change no. {}, ", screen.revision))}
            {move || {
                if screen.with(|screen| screen.is_now) { "now: " } else { "asked about " }
            }} <When at=at/> ". Asking is not kept."
        </small>
        {move || in_force.get().map(|text| view! { <small>{text}</small> })}
    }
}
