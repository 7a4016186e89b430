//! What a page with staged edits shows of them: the bar, and the question before they are left behind.

use super::saving::Saving;
use super::staged::Staged;
use crate::components::{AskBeforeLeaving, PendingBar};
use leptos::prelude::*;

/// The bar with the edits that are not saved.
#[component]
pub fn EditsBar(
    /// What happens to them.
    saving: Saving,
    /// Whether each names its role: where a page shows several.
    with_roles: bool,
) -> impl IntoView {
    let staged = saving.staged;
    view! {
        <PendingBar
            count=Signal::derive(move || staged.count())
            edits=Signal::derive(move || staged.lines(with_roles))
            effect=saving.effect
            saving=saving.is_busy()
            problem=saving.problem_in_bar()
            on_save=move |()| saving.save()
            on_discard=move |()| saving.discard()
        />
    }
}

/// Asks before the page is left while there are edits.
#[component]
pub fn KeepEdits(
    /// The edits.
    staged: Staged,
) -> impl IntoView {
    view! {
        <AskBeforeLeaving
            count=Signal::derive(move || staged.count())
            on_leave=move |()| staged.clear()
        />
    }
}
