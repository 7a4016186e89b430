//! The head of a page: its title, one sentence, and on the right what can be done here, the main thing last.

use leptos::prelude::*;
use leptos_meta::Title;

/// Also names the document, and the page in the trail at the top. `children` are the buttons on the right.
///
/// ```ignore
/// <PageHead title="People" about="Who belongs here."><Button class="btn primary" ...>"Invite"</Button></PageHead>
/// ```
#[component]
pub fn PageHead(
    /// The title: `Roles & permissions`, or the name of what is shown.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence.
    #[prop(optional, into)]
    about: Signal<String>,
    /// What stands in the heading instead of the bare title: a name to edit, badges.
    #[prop(optional, into)]
    heading: Option<ViewFnOnce>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    crate::frame::crumbs::show_in_trail(title);
    let heading = match heading {
        Some(heading) => heading.run(),
        None => view! { {title} }.into_any(),
    };
    // The server reads the document's title after everything that drew the page is gone.
    let drawn = title.get_untracked();
    let named = move || format!("{} · Rolecall", title.try_get().unwrap_or_else(|| drawn.clone()));
    view! {
        <Title text=named/>
        <div class="head">
            <div>
                <h1>{heading}</h1>
                <p>{about}</p>
            </div>
            <div class="row">{children.map(|children| children())}</div>
        </div>
    }
}
