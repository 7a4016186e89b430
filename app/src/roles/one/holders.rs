//! Who has a role: people, groups and service accounts, the first of them by name.

use super::Shared;
use crate::components::{Avatar, EmptyState};
use crate::words;
use leptos::prelude::*;
use model::view::roles::Holder;

/// The tab of people and groups.
#[component]
pub(super) fn Holders(shared: Shared) -> impl IntoView {
    let one = shared.one;
    let id = move || shared.column.with(|role| role.id.to_string());
    let people = Memo::new(move |_| one.with(|one| (one.people.clone(), one.people_total)));
    let groups = Memo::new(move |_| one.with(|one| (one.groups.clone(), one.groups_total)));
    let accounts = Memo::new(move |_| one.with(|one| (one.accounts.clone(), one.accounts_total)));
    let is_empty = move || {
        one.with(|one| one.people_total + one.groups_total + one.accounts_total == 0 && !one.everyone)
    };
    view! {
        <div class="body">
            {move || {
                one.with(|one| one.everyone)
                    .then(|| view! { <p>"All active people have this role, whoever they are."</p> })
            }}
            {move || {
                is_empty()
                    .then(|| {
                        view! {
                            <EmptyState
                                title="Nobody has this role"
                                about="Give it to people on the page People, or to a group on the group's page."
                            >
                                <a class="btn" href="/people">
                                    "Go to People"
                                </a>
                            </EmptyState>
                        }
                    })
            }}
            {move || {
                one.with(|one| {
                    (!one.shows_names && one.people_total + one.groups_total != 0)
                        .then(|| {
                            format!(
                                "{} and {} have it. You need “See people and groups” to see who.",
                                words::count(one.people_total, "person", "people"),
                                words::count(one.groups_total, "group", "groups"),
                            )
                        })
                })
                    .map(|text| view! { <p>{text}</p> })
            }}
            {move || {
                let (all, total) = people.get();
                (!all.is_empty())
                    .then(|| view! { <List label="People" path="/people" all=all total=total role=id()/> })
            }}
            {move || {
                let (all, total) = groups.get();
                (!all.is_empty())
                    .then(|| view! { <List label="Groups" path="/groups" all=all total=total role=id()/> })
            }}
            {move || {
                let (all, total) = accounts.get();
                (!all.is_empty())
                    .then(|| view! { <List label="Service accounts" path="" all=all total=total role=id()/> })
            }}
        </div>
    }
}

#[component]
fn List(
    label: &'static str,
    path: &'static str,
    all: Vec<Holder>,
    total: u64,
    role: String,
) -> impl IntoView {
    let shown = all.len() as u64;
    let is_people = path == "/people";
    let rows = all.into_iter().map(|holder| {
        let name = holder.name.clone();
        view! {
            <tr>
                <th scope="row">
                    <span class="who">
                        <Avatar name=name square=!is_people/>
                        <span>
                            {if path.is_empty() {
                                // Service accounts have no page of their own.
                                holder.name.into_any()
                            } else {
                                view! { <a href=format!("{path}/{}", holder.id)>{holder.name}</a> }.into_any()
                            }}
                            {(!holder.note.is_empty())
                                .then(|| view! { " " <span class="faint">{holder.note}</span> })}
                        </span>
                    </span>
                </th>
                <td data-label="Where">{holder.place.unwrap_or_else(|| "Whole organization".to_owned())}</td>
            </tr>
        }
    });
    let more = (is_people && total > shown).then(|| {
        view! {
            <p>
                {format!("The first {shown} of {total}. ")}
                <a href=format!("/people?role={role}")>"See all in People"</a>
            </p>
        }
    });
    view! {
        <section class="stack" aria-label=label>
            <h2>{label} " " <span class="count">{total}</span></h2>
            <div class="scroll">
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Where"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {more}
        </section>
    }
}
