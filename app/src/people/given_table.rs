//! The table of who was given which role in a place, part by part, and taking one of them away.

use super::given::{Lasting, LimitChips, SubjectWords};
use super::review::ReviewDialog;
use super::wanted::Wanted;
use crate::components::{Button, For, Show, open_about};
use leptos::prelude::*;
use model::id::{GrantId, ObjectId};
use model::view::access::AccessRow;

/// A role assignment that is about to be taken away: which, whose, which role.
pub type Removing = RwSignal<Option<(GrantId, String, String)>>;

/// The table; its children are [`GivenPart`]s.
#[component]
pub fn GivenTable(
    /// The parts.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="scroll">
            <table class="table cards tall" aria-label="Role assignments">
                <thead>
                    <tr>
                        <th scope="col">"Who"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Given on"</th>
                        <th scope="col">"Limits"</th>
                        <th scope="col">"When"</th>
                        <th>
                            <span class="vh">"Actions"</span>
                        </th>
                    </tr>
                </thead>
                {children()}
            </table>
        </div>
    }
}

/// Some of them under a title; nothing where there are none.
#[component]
pub fn GivenPart(
    /// The title.
    title: &'static str,
    /// Which.
    #[prop(into)]
    rows: Signal<Vec<AccessRow>>,
    /// The page of a place that is not the one shown, where it has one.
    #[prop(into)]
    page: Callback<ObjectId, Option<String>>,
    /// Where they are taken away; without, they are taken away elsewhere.
    #[prop(optional)]
    removing: Option<Removing>,
) -> impl IntoView {
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <tbody>
                <tr class="group">
                    <th colspan="6" scope="rowgroup">
                        {title}
                    </th>
                </tr>
                <For each=move || rows.get() key=|row| row.clone() children=move |row| line(row, page, removing)/>
            </tbody>
        </Show>
    }
}

fn line(
    row: AccessRow,
    page: Callback<ObjectId, Option<String>>,
    removing: Option<Removing>,
) -> impl IntoView {
    let mark = if removing.is_some() { "on" } else { "from" };
    let given = match row.from.clone() {
        None => view! {
            <span class="mk" data-mark="on">
                "Here"
            </span>
        }
        .into_any(),
        Some((place, path, what)) => {
            let path = match page.run(place) {
                Some(to) => view! { <a class="plain" href=to>{path}</a> }.into_any(),
                None => view! { <span>{path}</span> }.into_any(),
            };
            view! {
                <span class="mk" data-mark=mark>
                    {path}
                </span>
                <span class="sub">{what}</span>
            }
            .into_any()
        }
    };
    let remove = removing.map(|removing| {
        let (grant, who, role) = (row.grant, row.name.clone(), row.role_name.clone());
        let label = format!("Remove {role} from {who}");
        view! {
            <Button
                id=format!("take-{grant}")
                class="btn quiet mini"
                reason=Signal::stored(row.no_removing.clone())
                label=label
                on_press=move |()| removing.set(Some((grant, who.clone(), role.clone())))
            >
                "Remove"
            </Button>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <SubjectWords subject=row.subject name=row.name.clone() about=row.about.clone()/>
            </th>
            <td data-label="Role">
                <a class="plain" href=format!("/roles/{}", row.role)>
                    {row.role_name.clone()}
                </a>
                {row.says.clone().map(|says| view! { <span class="sub">{says}</span> })}
            </td>
            <td data-label="Given on">{given}</td>
            <td data-label="Limits">
                <LimitChips limits=row.limits.clone()/>
            </td>
            <td data-label="When">
                <Lasting window=row.window is_now=row.is_now/>
            </td>
            <td class="tight end">{remove}</td>
        </tr>
    }
}

/// What taking it away would do, and taking it away.
#[component]
pub fn TakeDialog(
    /// Which one; none: it is closed.
    removing: Removing,
    /// What is wished then.
    #[prop(into)]
    take: Callback<GrantId, Wanted>,
) -> impl IntoView {
    let open = open_about(removing);
    let wanted = Signal::derive(move || removing.get().map(|(grant, ..)| take.run(grant)));
    let said = move |words: fn(&str, &str) -> String| {
        Signal::derive(move || {
            removing.with(|one| one.as_ref().map(|(_, who, role)| words(who, role))).unwrap_or_default()
        })
    };
    view! {
        <ReviewDialog
            id="taking"
            title=said(|who, role| format!("Remove {role} from {who}?"))
            open=open
            wanted=wanted
            confirm="Remove".to_owned()
            is_loss=true
            done=said(|who, role| format!("{who} no longer has {role} here."))
        />
    }
}
