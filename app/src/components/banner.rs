//! A sentence that stays on the page until it is no longer true.

use super::icon::Icon;
use leptos::prelude::*;

/// What a banner means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Not settled yet.
    Wait,
    /// Refused, failed, taken away. Read out at once.
    Stop,
    /// Done, where it must stay in sight.
    Good,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "banner",
            Self::Wait => "banner wait",
            Self::Stop => "banner stop",
            Self::Good => "banner good",
        }
    }
}

/// `children` are the text (inline), `action` the buttons at its end.
#[component]
pub fn Banner(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// Buttons at the end.
    #[prop(optional, into)]
    action: Option<ViewFnOnce>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let role = (tone == Tone::Stop).then_some("alert");
    let icon = if tone == Tone::Stop { "warn" } else { "info" };
    view! {
        <div class=tone.class() role=role>
            <Icon name=icon/>
            <p>{children()}</p>
            {action.map(|action| action.run())}
        </div>
    }
}
