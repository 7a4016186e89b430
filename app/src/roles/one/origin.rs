//! Where a clone came from, and what its origin allows otherwise now: each difference can be taken over. Where the
//! origin was deleted, that is said.

use super::Shared;
use crate::components::focus::rescue_focus;
use crate::components::{Button, For, Show};
use crate::words;
use leptos::prelude::*;
use model::view::roles::{Lock, Origin};

/// One permission that the origin allows and the clone does not, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Difference {
    row: usize,
    name: String,
    /// Whether the origin allows it.
    allowed: bool,
    /// Why it cannot be taken over.
    reason: Option<String>,
}

/// The origin by name, and the differences that are not staged yet.
#[component]
pub(super) fn FromOrigin(shared: Shared) -> impl IntoView {
    let origin = Memo::new(move |_| shared.one.with(|one| one.origin.clone()));
    let all = Memo::new(move |_| {
        origin.with(|origin| origin.as_ref().map(|one| differences(shared, one))).unwrap_or_default()
    });
    view! {
        <Show when=move || shared.one.with(|one| one.origin_is_deleted)>
            <section class="origin" aria-label="Origin">
                <p>"Cloned from a role that was deleted."</p>
            </section>
        </Show>
        <Show when=move || origin.with(Option::is_some)>
            <section class="stack origin" aria-label="Origin">
                <Line shared=shared origin=origin all=all/>
                <Show when=move || all.with(|all| !all.is_empty())>
                    <Differences shared=shared all=all/>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Line(shared: Shared, origin: Memo<Option<Origin>>, all: Memo<Vec<Difference>>) -> impl IntoView {
    let name = move || origin.with(|origin| origin.as_ref().map(|one| one.name.clone()).unwrap_or_default());
    let href = move || origin.with(|origin| origin.as_ref().map(|one| format!("/roles/{}", one.id)));
    let said = move || match all.with(Vec::len) {
        0 if shared.staged.count() == 0 => "It allows the same now.".to_owned(),
        0 => "Once saved, it allows the same.".to_owned(),
        count => {
            let differ = if count == 1 { "permission differs" } else { "permissions differ" };
            format!("{count} {differ} now.")
        }
    };
    view! {
        <p>
            "Cloned from " <a href=href>{name}</a> ". " <span role="status">{said}</span>
        </p>
    }
}

#[component]
fn Differences(shared: Shared, all: Memo<Vec<Difference>>) -> impl IntoView {
    let open = move || all.with(|all| all.iter().filter(|one| one.reason.is_none()).count());
    let take_all = move |()| {
        for one in all.get_untracked().iter().filter(|one| one.reason.is_none()) {
            take_over(shared, one);
        }
        rescue_focus();
    };
    view! {
        <details>
            <summary class="btn mini">"What differs"</summary>
            <ul class="lines" aria-label="What differs">
                <For each=move || all.get() key=|one| one.clone() children=move |one| line(shared, one)/>
            </ul>
            <Show when=move || { open() > 1 }>
                <Button class="btn" on_press=take_all>
                    {move || format!("Take over all {}", words::count(open() as u64, "difference", "differences"))}
                </Button>
            </Show>
        </details>
    }
}

fn line(shared: Shared, one: Difference) -> impl IntoView {
    let said = if one.allowed { "Allowed there, not here." } else { "Allowed here, not there." };
    let (name, row) = (one.name.clone(), one.row);
    let reason = Signal::stored(one.reason.clone());
    view! {
        <li>
            <span>
                {one.name.clone()} <span class="sub">{said}</span>
                {move || reason.get().map(|text| view! { <span class="sub">{text}</span> })}
            </span>
            <Button
                id=format!("take-over-{row}")
                class="btn mini"
                reason=reason
                label=format!("Take over {name}")
                on_press=move |()| {
                    take_over(shared, &one);
                    rescue_focus();
                }
            >
                "Take over"
            </Button>
        </li>
    }
}

/// Stages what the origin allows.
fn take_over(shared: Shared, one: &Difference) {
    shared.grid.with_untracked(|grid| {
        shared.column.with_untracked(|role| {
            if let Some(entry) = grid.rows.get(one.row) {
                shared.staged.set(role, entry, grid.cell(one.row, role).on, one.allowed);
            }
        });
    });
}

/// Where what is saved or staged differs from the origin, in the order of the grid. What lies above the clone's
/// level is no difference.
fn differences(shared: Shared, origin: &Origin) -> Vec<Difference> {
    shared.grid.with(|grid| {
        shared.column.with(|role| {
            let rows = grid.rows.iter().enumerate().filter_map(|(row, entry)| {
                let (cell, allowed) = (grid.cell(row, role), origin.allows.contains(row));
                let is_on = shared.staged.wanted(role.id, &entry.key).unwrap_or(cell.on);
                (cell.lock != Lock::AboveLevel && is_on != allowed).then(|| Difference {
                    row,
                    name: entry.name.clone(),
                    allowed,
                    reason: grid.reason(cell.lock),
                })
            });
            rows.collect()
        })
    })
}
