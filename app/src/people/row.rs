//! One person in the list.

use super::labels::StatusBadge;
use super::role_picker::RolePicker;
use super::selection::Selection;
use crate::components::{Avatar, Icon, When};
use leptos::prelude::*;
use model::person::Status;
use model::view::people::PersonRow;

/// A row of the table.
#[component]
pub fn PersonLine(
    /// Who.
    person: PersonRow,
    /// Who is selected.
    selection: Selection,
) -> impl IntoView {
    let (id, name) = (person.id, person.name.clone());
    let selected = name.clone();
    let href = format!("/people/{id}");
    let groups = person.groups.clone();
    let email = (person.email != person.name).then(|| person.email.clone());
    view! {
        <tr>
            <td class="tight">
                <input
                    type="checkbox"
                    aria-label=format!("Select {name}")
                    prop:checked=move || selection.has(id)
                    on:change=move |event| selection.set(id, &selected, event_target_checked(&event))
                />
            </td>
            <th scope="row">
                <span class="who">
                    <Avatar name=name.clone()/>
                    <span>
                        <a class="plain" href=href>
                            {name.clone()}
                        </a>
                        " "
                        <StatusBadge status=person.status/>
                        {email.map(|email| view! { <span class="sub">{email}</span> })}
                    </span>
                </span>
            </th>
            <td data-label="Roles">
                <RolePicker person=person.clone()/>
            </td>
            <td data-label="Groups">
                <span class="chips">
                    {groups
                        .is_empty()
                        .then(|| view! { <span class="faint">"None"</span> })}
                    {groups
                        .into_iter()
                        .map(|group| {
                            view! {
                                <a class="chip plain" href=format!("/groups/{}", group.id)>
                                    <Icon name="group"/>
                                    {group.name}
                                </a>
                            }
                        })
                        .collect_view()}
                </span>
            </td>
            <td data-label="Last seen" class="nowrap">
                {match person.last_seen {
                    Some(at) => view! { <When at=at/> }.into_any(),
                    None if person.status == Status::Invited => {
                        view! { <span class="faint">"not joined yet"</span> }.into_any()
                    }
                    None => view! { <span class="faint" title="None in the last 13 months">"no sign-in"</span> }.into_any(),
                }}
            </td>
            <td class="tight end">
                <a
                    class="btn quiet mini"
                    href=format!("/check?who=person.{id}")
                    aria-label=format!("Check roles of {name}")
                >
                    "Check roles"
                </a>
            </td>
        </tr>
    }
}
