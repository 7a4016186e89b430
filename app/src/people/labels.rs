//! Small pieces of text about people: where they stand, and a role with its place and its window.

use crate::components::effect::effect_lines;
use crate::components::when::absolute;
use crate::components::{Icon, When};
use leptos::prelude::*;
use model::grant::Window;
use model::person::Status;
use model::view::effect::Effect;
use model::view::people::RoleHeld;

/// Where somebody stands, where that is not simply active.
#[component]
pub fn StatusBadge(
    /// Where they stand.
    status: Status,
) -> impl IntoView {
    match status {
        Status::Active => ().into_any(),
        Status::Invited => view! {
            <span class="badge wait">
                <Icon name="clock"/>
                "Invited"
            </span>
        }
        .into_any(),
        Status::Deactivated => view! { <span class="badge ghost">"Inactive"</span> }.into_any(),
    }
}

/// A role with its place and its window: *Tester in Shop, until …*.
#[component]
pub fn RoleWords(
    /// The assignment.
    held: RoleHeld,
) -> impl IntoView {
    let place = held.place.map(|place| view! { <span class="muted">{format!(" in {place}")}</span> });
    view! {
        <span>{held.name} {place} <WindowWords window=held.window/> <LimitWords limits=held.limits/></span>
    }
}

/// Within which limits, and nothing where there are none.
#[component]
pub fn LimitWords(
    /// The limits, in words.
    limits: Vec<String>,
) -> impl IntoView {
    (!limits.is_empty()).then(|| view! { <span class="muted">{format!(" {}", limits.join(", "))}</span> })
}

/// From when until when, and nothing for always.
#[component]
pub fn WindowWords(
    /// The window.
    window: Window,
) -> impl IntoView {
    let bound = |words: &'static str, at| {
        view! { <span class="muted">{words} <When at=at/></span> }
    };
    let from = window.from.map(|at| bound(" from ", at));
    let until = window.until.map(|at| bound(" until ", at));
    view! { {from} {until} }
}

/// The same as text alone, for names of buttons.
#[must_use]
pub fn role_text(held: &RoleHeld) -> String {
    let place = held.place.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
    let until = held.window.until.map(|at| format!(" until {}", absolute(at))).unwrap_or_default();
    let limits: String = held.limits.iter().map(|limit| format!(", {limit}")).collect();
    format!("{}{place}{until}{limits}", held.name)
}

/// Who gains and who loses what, by name.
#[component]
pub fn EffectList(
    /// What is altered.
    effect: Effect,
) -> impl IntoView {
    const NAMES: usize = 5;
    if effect.is_empty() {
        return view! { <p class="muted">"Nobody gains or loses a permission by this now."</p> }.into_any();
    }
    view! { <ul class="effect">{effect_lines(&effect, NAMES)}</ul> }.into_any()
}

/// *Gains 9 permissions, loses none.*
#[must_use]
pub fn gains_and_loses(gains: u64, loses: u64) -> String {
    let counted = |number| match number {
        0 => "none".to_owned(),
        1 => "1 permission".to_owned(),
        many => format!("{many} permissions"),
    };
    match (gains, loses) {
        (0, 0) => "Gains and loses nothing.".to_owned(),
        (0, loses) => format!("Gains none, loses {}.", counted(loses)),
        (gains, 0) => format!("Gains {}, loses none.", counted(gains)),
        (gains, loses) => format!("Gains {}, loses {loses}.", counted(gains)),
    }
}

#[cfg(test)]
mod tests {
    use super::gains_and_loses;

    #[test]
    fn gains_and_losses_are_counted_in_words() {
        let table = [
            (9, 0, "Gains 9 permissions, loses none."),
            (0, 1, "Gains none, loses 1 permission."),
            (1, 2, "Gains 1 permission, loses 2."),
            (0, 0, "Gains and loses nothing."),
        ];
        for (gains, loses, wanted) in table {
            assert_eq!(gains_and_loses(gains, loses), wanted);
        }
    }
}
