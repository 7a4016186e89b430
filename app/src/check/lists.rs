//! The answers that are lists: who may, what may somebody, and where may they.

use super::form::with;
use super::page::AsOf;
use crate::components::{Icon, Pager};
use crate::words;
use leptos::prelude::*;
use model::catalog::InForce;
use model::view::Page;
use model::view::check::{CheckScreen, Choice, Conditional, MayDo, MayDoThere, WhatCan, WhereCan, WhoCan};

/// Where permissions are in force, in one sentence.
pub(super) fn in_force(mut places: Vec<InForce>) -> String {
    places.sort_by_key(|place| *place == InForce::Nowhere);
    places.dedup();
    let said = match places.as_slice() {
        [] => return String::new(),
        [only] => words::in_force(*only),
        _ => "Partly in this console; for the rest no program asks yet.",
    };
    format!(
        "In force: {}{}",
        said.chars().take(1).flat_map(char::to_lowercase).collect::<String>(),
        said.get(1..).unwrap_or_default()
    )
}

#[component]
fn Sentence(text: String, in_force: String, is_nobody: bool, screen: Signal<CheckScreen>) -> impl IntoView {
    let icon = if is_nobody { "x" } else { "check" };
    view! {
        <div class=if is_nobody { "verdict" } else { "verdict yes" } role="status">
            <span>
                <Icon name=icon/>
            </span>
            <p>
                <b>{text}</b>
                <AsOf screen=screen/>
                <small>{in_force}</small>
            </p>
        </div>
    }
}

/// The same question with one part set, as a link.
fn to(screen: Signal<CheckScreen>, name: &str, value: &str) -> String {
    screen.with_untracked(|screen| with(&screen.form, name, value))
}

fn line(
    screen: Signal<CheckScreen>,
    part: &'static str,
    choice: Choice,
    after: Option<String>,
) -> impl IntoView {
    let to = to(screen, part, &choice.value);
    view! {
        <li>
            <span>
                <a href=to>{choice.name}</a>
                <span class="sub">{choice.about}</span>
            </span>
            {after.map(|text| view! { <span class="badge wait">{text}</span> })}
        </li>
    }
}

fn pager(page: &Page<Choice>) -> Option<impl IntoView + use<>> {
    let Page { total, page, size, .. } = *page;
    (total > u64::from(size)).then(|| {
        view! { <Pager total=Signal::stored(total) page=Signal::stored(page) size=Signal::stored(size)/> }
    })
}

#[component]
fn Panel(id: &'static str, title: &'static str, count: u64, children: Children) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby=id>
            <header>
                <h2 id=id>{title}</h2>
                <span class="muted small">{count}</span>
            </header>
            <div class="pad">{children()}</div>
        </section>
    }
}

/// Who may do this here.
#[component]
pub(super) fn WhoCanView(found: WhoCan, screen: Signal<CheckScreen>) -> impl IntoView {
    let is_nobody = found.people.total + found.accounts_total == 0;
    let pages = pager(&found.people);
    let people = found.people.rows.into_iter().map(|one| line(screen, "who", one, None)).collect_view();
    let accounts_more = more(found.accounts.len(), found.accounts_total);
    let accounts = found.accounts.into_iter().map(|one| line(screen, "who", one, None)).collect_view();
    let depends_more = more(found.depends.len(), found.depends_total);
    let depends = found
        .depends
        .into_iter()
        .map(|Conditional { who, on }| {
            line(screen, "who", who, Some(format!("depends on {}", on.join(", "))))
        })
        .collect_view();
    view! {
        <Sentence
            text=found.sentence
            in_force=in_force(vec![found.in_force])
            is_nobody=is_nobody
            screen=screen
        />
        <Panel id="may-people" title="People who may" count=found.people.total>
            <ul class="lines">{people}</ul>
            {pages}
        </Panel>
        {(found.accounts_total > 0)
            .then(|| {
                view! {
                    <Panel
                        id="may-accounts"
                        title="Service accounts that may"
                        count=found.accounts_total
                    >
                        <ul class="lines">{accounts}</ul>
                        {accounts_more}
                    </Panel>
                }
            })}
        {(found.depends_total > 0)
            .then(|| {
                view! {
                    <Panel id="may-under" title="Under conditions" count=found.depends_total>
                        <ul class="lines">{depends}</ul>
                        {depends_more}
                    </Panel>
                }
            })}
    }
}

fn more(shown: usize, total: u64) -> Option<impl IntoView> {
    let left = total.saturating_sub(shown as u64);
    (left > 0).then(|| view! { <p class="muted">{format!("and {left} more")}</p> })
}

/// What somebody may do here and beneath.
#[component]
pub(super) fn WhatCanView(found: WhatCan, screen: Signal<CheckScreen>) -> impl IntoView {
    let is_nobody = found.places.is_empty() && found.hidden == 0;
    let rest = [
        (found.more > 0)
            .then(|| format!("And in {}.", words::count(found.more, "more place", "more places"))),
        (found.hidden > 0).then(|| {
            let places = words::count(found.hidden, "place", "places");
            format!("And in {places} that you may not see.")
        }),
    ];
    let rest = rest.into_iter().flatten().map(|text| view! { <p class="muted">{text}</p> }).collect_view();
    let places =
        found.places.into_iter().map(|one| view! { <There there=one screen=screen/> }).collect_view();
    view! {
        <Sentence text=found.sentence in_force=String::new() is_nobody=is_nobody screen=screen/>
        {places}
        {rest}
    }
}

/// One place with what may be done there.
#[component]
fn There(there: MayDoThere, screen: Signal<CheckScreen>) -> impl IntoView {
    let id = format!("there-{}", there.place.value);
    let labelled = id.clone();
    let count: usize = there.areas.iter().map(|(_, all)| all.len()).sum();
    let place = there.place.value.clone();
    let areas = there
        .areas
        .into_iter()
        .map(|(name, all)| {
            let all = all.into_iter().map(|one| may_do(&place, one, screen)).collect_view();
            view! {
                <h3>{name}</h3>
                <ul class="may">{all}</ul>
            }
        })
        .collect_view();
    let (name, about) = (there.place.name, there.place.about);
    view! {
        <section class="panel" aria-labelledby=labelled>
            <header>
                <h2 id=id>
                    {name} <span class="sub">{about}</span>
                </h2>
                <span class="muted small">{count}</span>
            </header>
            <div class="pad">{areas}</div>
        </section>
    }
}

fn may_do(place: &str, one: MayDo, screen: Signal<CheckScreen>) -> impl IntoView + use<> {
    let to = screen.with_untracked(|screen| {
        let mut form = screen.form.clone();
        form.place.chosen.value = place.to_owned();
        with(&form, "may", &one.key)
    });
    let mark = if one.on.is_empty() { "on" } else { "maybe" };
    let on = (!one.on.is_empty())
        .then(|| view! { <small class="muted">{format!(" depends on {}", one.on.join(", "))}</small> });
    view! {
        <li data-mark=mark>
            <a class="plain" href=to>{one.name}</a>
            {on}
        </li>
    }
}

/// Where somebody may do this.
#[component]
pub(super) fn WhereCanView(found: WhereCan, screen: Signal<CheckScreen>) -> impl IntoView {
    let is_nowhere = found.places.total == 0;
    let pages = pager(&found.places);
    let total = found.places.total;
    let places = found.places.rows.into_iter().map(|one| line(screen, "where", one, None)).collect_view();
    let under = (found.depends > 0).then(|| {
        let places = words::count(found.depends, "more place", "more places");
        view! { <p class="muted">{format!("Under conditions, in {places}.")}</p> }
    });
    view! {
        <Sentence
            text=found.sentence
            in_force=in_force(vec![found.in_force])
            is_nobody=is_nowhere
            screen=screen
        />
        <Panel id="may-where" title="Where" count=total>
            <ul class="lines">{places}</ul>
            {pages}
            {under}
        </Panel>
    }
}
