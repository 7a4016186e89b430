//! Whether this screen hears what others save, and the number of the last change.

use super::shell_here;
use crate::live::Live;
use leptos::prelude::*;

/// `Live, change no. 214`
#[component]
pub fn LiveState() -> impl IntoView {
    let live = Live::here();
    let number = move || shell_here().map_or(0, |shell| shell.revision).max(live.revision());
    let words = move || match live.is_online() {
        true => format!("Live, change no. {}", number()),
        false => format!("Not live, change no. {}", number()),
    };
    view! {
        <span class="live" class:off=move || !live.is_online()>
            <Transition>{words}</Transition>
        </span>
    }
}
