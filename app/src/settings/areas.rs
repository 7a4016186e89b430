//! What do you manage? Areas that are off have no menu entry, row or role anywhere.

use super::staged::Staged;
use crate::components::{For, Reason};
use crate::words;
use leptos::prelude::*;
use model::view::settings::{AreaSetting, Settings};

/// The panel with one choice for each area.
#[component]
pub(super) fn Areas(settings: Signal<Settings>, staged: Staged) -> impl IntoView {
    let areas = move || settings.with(|settings| settings.areas.clone());
    view! {
        <section class="panel" aria-labelledby="areas-head">
            <header>
                <h2 id="areas-head">"What do you manage?"</h2>
            </header>
            <div class="pad">
                <ul class="areas">
                    <For each=areas key=|area| (area.key.clone(), area.is_on, area.stays.clone()) let:area>
                        <Area area=area staged=staged/>
                    </For>
                </ul>
                <p class="help">
                    "What is off is shown nowhere. Roles keep what they hold of it, without effect, until it is on again."
                </p>
            </div>
        </section>
    }
}

#[component]
fn Area(area: AreaSetting, staged: Staged) -> impl IntoView {
    let AreaSetting { key, name, about, permissions, is_on, stays } = area;
    let (id, about_id, why) = (format!("area-{key}"), format!("area-{key}-about"), format!("area-{key}-why"));
    let is_barred = stays.is_some();
    let described = if is_barred { format!("{about_id} {why}") } else { about_id.clone() };
    let count = words::count(permissions, "permission", "permissions");
    let (shown, turned, pressed) = (key.clone(), key.clone(), key);
    let press = move |event: web_sys::MouseEvent| {
        // The browser turns the box itself, and takes it back where that is prevented.
        if is_barred {
            event.prevent_default();
        } else {
            staged.turn(&pressed, is_on);
        }
    };
    view! {
        <li data-change=move || staged.is_turned(&turned).then_some(if is_on { "off" } else { "on" })>
            <label class="choice" for=id.clone()>
                <input
                    type="checkbox"
                    id=id.clone()
                    checked=is_on
                    prop:checked=move || staged.is_on(&shown, is_on)
                    aria-describedby=described
                    aria-disabled=is_barred.then_some("true")
                    on:click=press
                />
                <b>{name}</b>
            </label>
            <span class="sub" id=about_id>
                {format!("{about} {count}.")}
            </span>
            <Reason id=why text=Signal::stored(stays)/>
        </li>
    }
}
