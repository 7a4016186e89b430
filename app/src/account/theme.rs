//! The theme of this browser.

#[cfg(feature = "hydrate")]
use crate::frame::theme;
use crate::frame::theme::{THEMES, Theme};
#[cfg(feature = "hydrate")]
use crate::whenever::whenever;
use leptos::prelude::*;

/// The panel with the three choices.
#[component]
pub(super) fn ThemePanel() -> impl IntoView {
    let shown = RwSignal::new(Theme::System);
    #[cfg(feature = "hydrate")]
    whenever(move || shown.set(theme::stored()));
    let choose = move |chosen: Theme| {
        shown.set(chosen);
        #[cfg(feature = "hydrate")]
        theme::keep(chosen);
    };
    let choices = THEMES
        .map(|(one, words)| {
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="theme"
                        prop:checked=move || shown.get() == one
                        on:change=move |_| choose(one)
                    />
                    {words}
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="theme-head">
            <header>
                <h2 id="theme-head">"Theme"</h2>
            </header>
            <div class="pad" role="radiogroup" aria-labelledby="theme-head">
                {choices}
                <p class="help">"Kept in this browser."</p>
            </div>
        </section>
    }
}
