//! Asks before staged edits are lost with the page.

use super::confirm::ConfirmDialog;
use crate::whenever::whenever;
use crate::words;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Asks when a link leads to another page, and lets the browser ask when the tab is closed or loaded again.
#[component]
pub fn AskBeforeLeaving(
    /// How many edits would be lost; nothing is asked while there is none.
    #[prop(into)]
    count: Signal<usize>,
    /// Takes them back.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let (open, target) = (RwSignal::new(false), RwSignal::new(String::new()));
    whenever(move || {
        listen(count, move |to| {
            target.set(to);
            open.set(true);
        });
    });
    let navigate = use_navigate();
    let leave = move |()| {
        open.set(false);
        on_leave.run(());
        navigate(&target.get_untracked(), NavigateOptions::default());
    };
    view! {
        <ConfirmDialog
            id="leave"
            title="Leave without saving?"
            open=open
            confirm="Leave"
            keep="Stay"
            on_confirm=Callback::new(leave)
        >
            <p>
                {move || {
                    let count = count.get() as u64;
                    let verb = if count == 1 { "is" } else { "are" };
                    format!("{} {verb} not saved and would be lost.", words::count(count, "change", "changes"))
                }}
            </p>
        </ConfirmDialog>
    }
}

#[cfg(not(feature = "hydrate"))]
fn listen(_: Signal<usize>, _: impl Fn(String) + 'static) {}

#[cfg(feature = "hydrate")]
fn listen(count: Signal<usize>, ask: impl Fn(String) + 'static) {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;

    let unload = window_event_listener(leptos::ev::beforeunload, move |event| {
        if count.get_untracked() > 0 {
            event.prevent_default();
        }
    });
    on_cleanup(move || unload.remove());
    // Before the router hears of it: it listens on the window, after all others.
    let click = Closure::<dyn FnMut(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
        if let Some(to) = leads_away(&event).filter(|_| count.get_untracked() > 0) {
            event.prevent_default();
            event.stop_propagation();
            ask(to);
        }
    });
    let heard = click.as_ref().unchecked_ref::<js_sys::Function>().clone();
    let _ = document().add_event_listener_with_callback_and_bool("click", &heard, true);
    let kept = StoredValue::new_local(Some((click, heard)));
    on_cleanup(move || {
        if let Some((_click, heard)) = kept.try_update_value(Option::take).flatten() {
            let _ = document().remove_event_listener_with_callback_and_bool("click", &heard, true);
        }
    });
}

/// Where a click on a link leads, if that is another page of this site in this tab.
#[cfg(feature = "hydrate")]
fn leads_away(event: &web_sys::MouseEvent) -> Option<String> {
    use wasm_bindgen::JsCast;
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let here = window().location();
    let is_own = link.origin() == here.origin().ok()? && link.target().is_empty();
    let is_other = link.pathname() != here.pathname().ok()?;
    (is_own && is_other).then(|| format!("{}{}", link.pathname(), link.search()))
}
