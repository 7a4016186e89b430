//! Shows its children under a condition.

use leptos::children::ViewFn;
use leptos::prelude::*;

/// What Leptos' own does, compiled once: that one is compiled anew for each condition and each view. Whether the
/// condition holds is remembered, so children are drawn when it turns and not whenever it is looked at again.
#[component]
pub fn Show(
    /// Drawn while the condition holds.
    children: ChildrenFn,
    /// The condition.
    #[prop(into)]
    when: Signal<bool>,
    /// Drawn while it does not; nothing unless said.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> impl IntoView {
    let holds = Memo::new(move |_| when.get());
    move || if holds.get() { children() } else { fallback.run() }
}
