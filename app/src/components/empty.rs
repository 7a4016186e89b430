//! An empty list: what belongs here, then the first step.

use leptos::prelude::*;

/// `children` are the buttons of the first step.
#[component]
pub fn EmptyState(
    /// `No applications yet`
    #[prop(into)]
    title: String,
    /// What belongs here.
    #[prop(into)]
    about: String,
    /// The first step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="empty">
            <h2>{title}</h2>
            <p>{about}</p>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </section>
    }
}
