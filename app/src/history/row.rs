//! One change in the list, and the heading of a day.

use super::server;
use super::told;
use super::undo::Undo;
use crate::action::Action;
use crate::components::{Avatar, Icon, ProblemBanner, Show, When};
use leptos::prelude::*;
use model::view::history::{RevisionRow, Told};

/// A row of the table.
#[component]
pub(super) fn Row(row: RevisionRow, undo: Undo) -> impl IntoView {
    let RevisionRow { number, at, by, title, reason, lines, more, undoes, undone_by, stays } = row;
    let (name, is_person) = (by.name.clone(), by.person.is_some());
    let said = (!reason.is_empty()).then(|| view! { " " <span class="muted">{format!("“{reason}”")}</span> });
    let called = title.clone();
    view! {
        <tr id=format!("no-{number}")>
            <th scope="row" class="nowrap">
                <a class="plain" href=format!("/history?no={number}") aria-label=format!("Change no. {number}")>
                    {number}
                </a>
            </th>
            <td>
                <b>{title}</b>
                {said}
                <Lines number=number first=lines more=more/>
                {undoes.map(|other| view! { <Other words="Takes back change no. " number=other/> })}
                {undone_by.map(|other| view! { <Other words="Undone by change no. " number=other/> })}
            </td>
            <td data-label="By">
                <span class="who">
                    <Avatar name=name square=!is_person/>
                    <span>{told::person(by)}</span>
                </span>
            </td>
            <td data-label="When" class="nowrap">
                <When at=at without_day=true/>
            </td>
            <td class="tight end">
                <UndoButton number=number title=called stays=stays undo=undo/>
            </td>
        </tr>
    }
}

/// The day on which the changes beneath it were saved.
#[component]
pub(super) fn Day(
    /// As it is said.
    called: String,
) -> impl IntoView {
    view! {
        <tr class="group">
            <th scope="rowgroup" colspan="5">
                {called}
            </th>
        </tr>
    }
}

#[component]
fn Other(words: &'static str, number: u64) -> impl IntoView {
    view! {
        <span class="sub">
            {words} <a href=format!("/history?no={number}")>{number}</a>
        </span>
    }
}

/// What was changed: the first lines, and all of them on demand.
#[component]
fn Lines(number: u64, first: Vec<Told>, more: u64) -> impl IntoView {
    let all = Action::new(move |()| server::lines(number));
    let whole = Signal::derive(move || all.value().get().and_then(Result::ok));
    let problem = Signal::derive(move || all.value().get().and_then(Result::err));
    let is_short = move || more > 0 && whole.with(Option::is_none);
    let fetch = move |_| {
        if !all.pending().get_untracked() {
            all.dispatch(());
        }
    };
    view! {
        <ul class="diff">
            {move || told::lines(whole.get().unwrap_or_else(|| first.clone()))}
        </ul>
        <Show when=is_short>
            <button
                type="button"
                class="btn quiet mini"
                aria-label=format!("Show {more} more lines of change no. {number}")
                aria-busy=move || all.pending().get().then_some("true")
                on:click=fetch
            >
                {format!("and {more} more")}
            </button>
        </Show>
        <ProblemBanner problem=problem/>
    }
}

/// Stays where the change cannot be undone, and says why.
#[component]
fn UndoButton(number: u64, title: String, stays: Option<String>, undo: Undo) -> impl IntoView {
    let why = format!("no-{number}-why");
    let is_barred = stays.is_some();
    let press = move |_| {
        if !is_barred {
            undo.ask(number, title.clone());
        }
    };
    view! {
        <button
            type="button"
            class="btn mini"
            aria-label=format!("Undo change no. {number}")
            aria-disabled=is_barred.then_some("true")
            aria-describedby=is_barred.then(|| why.clone())
            on:click=press
        >
            <Icon name="undo"/>
            "Undo"
        </button>
        {stays.map(|stays| view! { <span class="sub why" id=why>{stays}</span> })}
    }
}
