//! The cells of a list of role assignments: who has it, within which limits, from when until when.

use crate::components::{Icon, When};
use leptos::prelude::*;
use model::grant::{Subject, Window};

/// Who, with a link where they have a page of their own.
#[component]
pub fn SubjectWords(
    /// Who.
    subject: Subject,
    /// What they are called.
    name: String,
    /// What tells them from others.
    about: String,
) -> impl IntoView {
    let icon = match subject {
        Subject::Everyone => "all",
        Subject::Group(_) => "group",
        Subject::ServiceAccount(_) => "process",
        Subject::User(_) => "people",
    };
    let to = match subject {
        Subject::User(user) => Some(format!("/people/{user}")),
        Subject::Group(group) => Some(format!("/groups/{group}")),
        Subject::ServiceAccount(_) | Subject::Everyone => None,
    };
    let name = match to {
        Some(to) => view! { <a class="plain" href=to>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    view! {
        <span class="who">
            <Icon name=icon/>
            <span>{name} <span class="sub">{about}</span></span>
        </span>
    }
}

/// Within which limits; *None* where there are none.
#[component]
pub fn LimitChips(
    /// The limits, in words.
    limits: Vec<String>,
) -> impl IntoView {
    match limits.is_empty() {
        true => view! { <span class="faint">"None"</span> }.into_any(),
        false => limits
            .into_iter()
            .map(|limit| view! { <span class="chip">{limit}</span> })
            .collect_view()
            .into_any(),
    }
}

/// From when until when, and whether that is now.
#[component]
pub fn Lasting(
    /// The window.
    window: Window,
    /// Whether it is open now.
    is_now: bool,
) -> impl IntoView {
    let Some(end) = window.until else {
        return match window.from.filter(|_| !is_now) {
            Some(from) => view! {
                <span class="badge wait">
                    <Icon name="clock"/>
                    "From "
                    <When at=from/>
                </span>
            }
            .into_any(),
            None => view! { <span class="faint">"No end"</span> }.into_any(),
        };
    };
    match (is_now, window.from) {
        (true, _) => view! {
            <span class="badge">
                <Icon name="clock"/>
                "Until "
                <When at=end/>
            </span>
        }
        .into_any(),
        (false, Some(from)) => view! {
            <span class="badge wait">
                <Icon name="clock"/>
                "From "
                <When at=from/>
                " until "
                <When at=end/>
            </span>
        }
        .into_any(),
        (false, None) => view! {
            <span class="badge ghost">
                "Ended "
                <When at=end/>
            </span>
        }
        .into_any(),
    }
}
