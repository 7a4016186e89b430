//! The trail at the top: the place in the menu, then the page's own name.

use super::places::Place;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What the page calls itself.
#[derive(Clone, Copy)]
struct Trail(RwSignal<Option<String>>);

/// Makes room for the name of the page.
pub(crate) fn provide_trail() {
    provide_context(Trail(RwSignal::new(None)));
}

/// Shows a name as the last step, as long as the caller is on the page.
pub fn show_in_trail(name: Signal<String>) {
    let Some(Trail(trail)) = use_context() else { return };
    whenever(move || trail.set(Some(name.get())));
    on_cleanup(move || {
        trail.try_set(None);
    });
}

/// Where you are.
#[component]
pub fn Crumbs() -> impl IntoView {
    let path = use_location().pathname;
    let trail = use_context::<Trail>().map_or_else(|| RwSignal::new(None), |trail| trail.0);
    let steps = move || {
        let place = path.with(|path| Place::of(path));
        let own = trail.get().filter(|own| place.is_none_or(|place| place.name != own));
        let above = place.filter(|_| own.is_some());
        let last = own.or_else(|| place.map(|place| place.name.to_owned()));
        view! {
            {above.map(|place| view! { <li><a href=place.path>{place.name}</a></li> })}
            {last.map(|last| view! { <li><span aria-current="page">{last}</span></li> })}
        }
    };
    view! {
        <nav class="crumbs" aria-label="Where you are">
            <ol class="crumbs">{steps}</ol>
        </nav>
    }
}
