//! Who holds which of the permissions on an application, given here or above.

use super::server;
use crate::components::{Banner, Loaded};
use crate::live::Live;
use crate::people::{LimitWords, WindowWords};
use crate::words;
use leptos::prelude::*;
use model::id::ObjectId;
use model::view::applications::{Application, Holder, RightRow, Rights};

/// The part.
#[component]
pub(super) fn RightsPart(
    /// The application.
    application: Signal<Application>,
) -> impl IntoView {
    let id = application.with_untracked(|a| a.id);
    let barred = Memo::new(move |_| application.with(|a| a.no_rights.clone()));
    move || match barred.get() {
        Some(reason) => view! {
            <div class="body">
                <Banner>{reason}</Banner>
            </div>
        }
        .into_any(),
        None => view! { <Fetched id=id/> }.into_any(),
    }
}

#[component]
fn Fetched(id: ObjectId) -> impl IntoView {
    let live = Live::here();
    let rights = Resource::new(move || live.changes(), move |_| server::rights(id));
    view! {
        <div class="bar">
            <p class="help">
                "The right to merge is asked on the stage that the merge starts from, the right to roll back on the stage that goes back."
            </p>
            <span class="push"></span>
            <p class="legend" aria-label="What the marks mean">
                <span class="mk" data-mark="on">
                    "Given here"
                </span>
                <span class="mk" data-mark="from">
                    "Through the organization"
                </span>
            </p>
        </div>
        <Loaded of=rights let:rights>
            <Screen rights=rights id=id/>
        </Loaded>
    }
}

#[component]
fn Screen(rights: Signal<Rights>, id: ObjectId) -> impl IntoView {
    view! {
        <div class="body">
            <div class="scroll">
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">"Right"</th>
                            <th scope="col">"Held by"</th>
                            <th scope="col" class="end">
                                "On the whole application"
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || rights.with(|r| r.rows.clone()) key=Clone::clone let:row>
                            {line(row, id)}
                        </For>
                    </tbody>
                </table>
            </div>
        </div>
    }
}

fn line(row: RightRow, id: ObjectId) -> impl IntoView {
    let accounts = (row.accounts > 0)
        .then(|| view! { <span class="sub">{words::count(row.accounts, "service account", "service accounts")}</span> });
    let people = words::count(row.people, "person", "people");
    let check = format!("/check?may={}&where={id}", row.key);
    let holders = match row.holders.is_empty() {
        true => view! { <span class="faint">"Nobody"</span> }.into_any(),
        false => {
            let all = row.holders.into_iter().map(|one| view! { <li>{holder(one)}</li> });
            view! { <ul class="holders">{all.collect_view()}</ul> }.into_any()
        }
    };
    let more = (row.more > 0).then(|| view! { <span class="sub">{format!("and {} more", row.more)}</span> });
    view! {
        <tr>
            <th scope="row">
                {row.name.clone()} <span class="sub">{row.opens}</span>
            </th>
            <td data-label="Held by">{holders} {more}</td>
            <td class="end" data-label="On the whole application">
                <a class="plain" href=check aria-label=format!("{people} may {}: check access", row.name)>
                    {people.clone()}
                </a>
                {accounts}
            </td>
        </tr>
    }
}

fn holder(holder: Holder) -> impl IntoView {
    let (mark, where_from) = match holder.is_inherited {
        true => ("from", format!("inherited from {}", holder.place)),
        false => ("on", format!("on {}", holder.place)),
    };
    view! {
        <span class="mk" data-mark=mark>
            <span class="vh">{if holder.is_inherited { "Inherited: " } else { "Given here: " }}</span>
            {holder.name}
        </span>
        <span class="muted">
            {format!(" ({}) as {}, {where_from}", holder.about, holder.role)} <WindowWords window=holder.window/>
            <LimitWords limits=holder.limits/>
        </span>
    }
}
