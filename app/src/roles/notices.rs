//! What happened to staged edits that were not saved: refused, or overtaken by somebody else.

use super::saving::Saving;
use crate::components::{Banner, Tone};
use crate::problem::Kind;
use crate::words;
use leptos::prelude::*;

/// Banners above the grid; nothing while all is well.
#[component]
pub fn Notices(
    /// The edits.
    saving: Saving,
) -> impl IntoView {
    let refused = Signal::derive(move || saving.problem.get().filter(|p| p.kind == Kind::NotAllowed));
    view! {
        {move || {
            let told = saving.dropped.get();
            (!told.is_empty())
                .then(|| {
                    let close = move |_| saving.dropped.set(Vec::new());
                    view! {
                        <div class="bar" role="status">
                            <Banner
                                tone=Tone::Wait
                                action=move || {
                                    view! {
                                        <button type="button" class="btn mini" on:click=close>
                                            "Close"
                                        </button>
                                    }
                                }
                            >
                                {told.join(" ")}
                            </Banner>
                        </div>
                    }
                })
        }}
        {move || {
            refused.get().map(|problem| view! { <Refused saving=saving message=problem.message/> })
        }}
    }
}

/// A save that was refused because a right is missing: the edits are kept and can be handed on.
#[component]
fn Refused(saving: Saving, message: String) -> impl IntoView {
    let copy = move |_| {
        let lines: Vec<String> = untrack(|| saving.staged.all())
            .into_iter()
            .map(|(_, edit)| {
                let sign = if edit.on { "+" } else { "−" };
                format!("{sign} {}: {}", edit.role, edit.permission)
            })
            .collect();
        let _promise = window().navigator().clipboard().write_text(&lines.join("\n"));
        crate::components::toast("Copied.");
    };
    view! {
        <div class="bar">
            <Banner
                tone=Tone::Stop
                action=move || {
                    view! {
                        <button type="button" class="btn mini" on:click=copy>
                            "Copy as text"
                        </button>
                    }
                }
            >
                {message}
                " "
                {move || {
                    let count = saving.staged.count() as u64;
                    let verb = if count == 1 { "is" } else { "are" };
                    format!("Your {} {verb} still here: hand them to somebody who may save them, or discard them.",
                        words::count(count, "edit", "edits"))
                }}
            </Banner>
        </div>
    }
}
