//! All that a person may do, by area, with every path to it.

use crate::components::Show;
use crate::people::labels::{LimitWords, WindowWords};
use leptos::prelude::*;
use model::person::Status;
use model::view::people::{AccessArea, AccessRow, Path, PersonPage};

/// The panel.
#[component]
pub fn Access(person: Signal<PersonPage>) -> impl IntoView {
    let note = move || {
        person.with(|p| match p.status {
            Status::Active => None,
            Status::Invited => Some("Holds once they have joined. Until then they may do nothing."),
            Status::Deactivated => Some("Holds once they are reactivated. Until then they may do nothing."),
        })
    };
    view! {
        <section class="panel" aria-labelledby="access-title">
            <header>
                <h2 id="access-title">"Access"</h2>
                <span class="muted small">{move || note()}</span>
            </header>
            <Show
                when=move || person.with(|p| !p.access.is_empty())
                fallback=|| view! { <div class="pad"><p class="muted">"May do nothing: no role with a permission."</p></div> }
            >
                <div class="scroll">
                    <table class="table cards tall">
                        <caption class="vh">"What this person may do, and by what"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"May"</th>
                                <th scope="col">"By"</th>
                            </tr>
                        </thead>
                        {move || person.with(|p| p.access.clone()).into_iter().map(area).collect_view()}
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn area(area: AccessArea) -> impl IntoView {
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan="2">
                    {area.name}
                </th>
            </tr>
            {area.rows.into_iter().map(row).collect_view()}
        </tbody>
    }
}

fn row(row: AccessRow) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">
                {row.name} <span class="sub">{row.opens}</span>
            </th>
            <td data-label="By">
                <ul>{row.paths.into_iter().map(path).collect_view()}</ul>
            </td>
        </tr>
    }
}

fn path(path: Path) -> impl IntoView {
    let place = path.place.map(|place| format!(" in {place}"));
    let through = path.group.map(|group| {
        view! {
            ", through "
            <a href=format!("/groups/{}", group.id)>{group.name}</a>
        }
    });
    let everyone = path.everyone.then_some(", as everybody has it");
    view! {
        <li>
            <b>{path.role.name}</b>
            {place}
            {through}
            {everyone}
            <WindowWords window=path.window/>
            <LimitWords limits=path.limits/>
        </li>
    }
}
