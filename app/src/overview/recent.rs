//! What changed last; the whole list is History.

use crate::components::{For, When};
use crate::words;
use leptos::prelude::*;
use model::view::overview::{Overview, Recent};
use model::words::Mark;

/// The panel; only for who may see history.
#[component]
pub(super) fn RecentChanges(overview: Signal<Overview>) -> impl IntoView {
    let changes = move || overview.with(|overview| overview.recent.clone().unwrap_or_default());
    view! {
        <section class="panel" aria-labelledby="recent">
            <header>
                <h2 id="recent">"Recent changes"</h2>
                <a class="small" href="/history">
                    "All history"
                </a>
            </header>
            <div class="pad">
                <ul class="diff recent">
                    <For each=changes key=|change| change.revision let:change>
                        <Line change=change/>
                    </For>
                </ul>
            </div>
        </section>
    }
}

#[component]
fn Line(change: Recent) -> impl IntoView {
    let class = match change.mark {
        Mark::Add => Some("add"),
        Mark::Cut => Some("cut"),
        Mark::Note => None,
    };
    let more =
        (change.more > 0).then(|| format!(", and {}", words::count(change.more, "more edit", "more edits")));
    view! {
        <li class=class>
            <span>
                {change.line}
                {more}
                <span class="sub">
                    <a class="plain" href=format!("/history?no={}", change.revision)>
                        {format!("No. {}", change.revision)}
                    </a>
                    {format!(", {}, ", change.actor)}
                    <When at=change.at/>
                </span>
            </span>
        </li>
    }
}
