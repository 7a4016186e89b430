//! A short word after something succeeded, at most one at a time. What fails stays on the page as a banner.

use super::focus::rescue_focus;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use std::time::Duration;

/// How long a word stays; one with *Undo* stays longer.
const SHORT: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(12);

#[derive(Clone)]
struct Toast {
    text: String,
    undo: Option<Callback<()>>,
}

#[derive(Clone)]
struct Current {
    toast: RwSignal<Option<(u32, Toast)>>,
    /// Of the whole page: a toast outlives what said it, and so does its *Undo*. Weak, since it holds this too.
    owner: WeakOwner,
}

/// Says that something succeeded: `toast("Saved. Change no. 214.")`.
pub fn toast(text: impl Into<String>) {
    say(Toast { text: text.into(), undo: None });
}

/// Says that something succeeded, with a button that takes it back.
pub fn toast_with_undo(text: impl Into<String>, undo: impl Into<Callback<()>>) {
    let Some(owner) = use_context::<Current>().and_then(|here| here.owner.upgrade()) else { return };
    let undo = owner.with(|| undo.into());
    say(Toast { text: text.into(), undo: Some(undo) });
}

fn say(toast: Toast) {
    let Some(Current { toast: current, .. }) = use_context::<Current>() else { return };
    let stay = if toast.undo.is_some() { LONG } else { SHORT };
    let number = current.with_untracked(|before| before.as_ref().map_or(0, |(number, _)| number + 1));
    current.set(Some((number, toast)));
    set_timeout(
        move || {
            let is_mine = current.with_untracked(|now| now.as_ref().is_some_and(|(now, _)| *now == number));
            if is_mine {
                current.set(None);
            }
        },
        stay,
    );
}

/// Makes room for toasts; called once, around everything that may say one.
pub(crate) fn provide_toasts() {
    let owner = Owner::current().unwrap_or_default().downgrade();
    provide_context(Current { toast: RwSignal::new(None), owner });
}

/// Where toasts appear; once per page. The region is always there, so that what appears in it is read out.
#[component]
pub fn Toasts() -> impl IntoView {
    let here = use_context::<Current>();
    let current = here.as_ref().map_or_else(|| RwSignal::new(None), |here| here.toast);
    let owner = StoredValue::new(here.map(|here| here.owner));
    whenever(move || {
        if current.with(Option::is_none) {
            rescue_focus();
        }
    });
    let take_back = move |undo: Callback<()>| {
        current.set(None);
        // Events belong to nobody: what undoes may say a toast of its own, and needs to find its place.
        if let Some(owner) = owner.get_value().and_then(|owner| owner.upgrade()) {
            owner.with(|| undo.run(()));
        }
    };
    view! {
        <div role="status">
            {move || {
                current.get().map(|(_, Toast { text, undo })| {
                    view! {
                        <div class="toast">
                            <span>{text}</span>
                            {undo.map(|undo| {
                                view! {
                                    <button type="button" class="btn mini" on:click=move |_| take_back(undo)>
                                        "Undo"
                                    </button>
                                }
                            })}
                        </div>
                    }
                })
            }}
        </div>
    }
}
