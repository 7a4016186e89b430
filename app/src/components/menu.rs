//! A menu behind a button: a native popover with the keys of the ARIA menu pattern.

use leptos::html;
use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use leptos::wasm_bindgen::JsCast;

/// A button that opens a menu. Arrows, Home and End move, a letter finds, Escape closes, and focus goes back
/// to the button. `children` are [`MenuItem`]s and [`MenuLink`]s.
///
/// ```ignore
/// <Menu id="more-tester" label="More for Tester" button=|| view! { <Icon name="dots"/> }>
///     <MenuItem on_pick=move |()| clone()>"Clone"</MenuItem>
/// </Menu>
/// ```
#[component]
pub fn Menu(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The button's name, where what is drawn on it is not enough.
    #[prop(into)]
    label: Signal<String>,
    /// What is drawn on the button.
    #[prop(into)]
    button: ViewFnOnce,
    /// The button's class.
    #[prop(default = "btn quiet mini icon")]
    class: &'static str,
    /// The items.
    children: Children,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let button_id = format!("{id}-button");
    view! {
        <button
            type="button"
            id=button_id.clone()
            class=class
            popovertarget=id.clone()
            aria-haspopup="menu"
            aria-label=label
        >
            {button.run()}
        </button>
        <div
            class="menu"
            id=id
            role="menu"
            popover="auto"
            aria-labelledby=button_id
            node_ref=menu
            on:toggle=move |_| focus_first_when_open(menu)
            on:keydown=move |event| move_focus(menu, &event)
        >
            {children()}
        </div>
    }
}

/// Something to do. With a reason it stays, and the reason stands under it.
#[component]
pub fn MenuItem(
    /// Why it may not be done.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// Whether it is the one of several that is so; makes it a radio item.
    #[prop(optional, into)]
    checked: Option<Signal<bool>>,
    /// Does it.
    #[prop(into)]
    on_pick: Callback<()>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let role = if checked.is_some() { "menuitemradio" } else { "menuitem" };
    let is_barred = move || reason.with(Option::is_some);
    let pick = move |event: web_sys::MouseEvent| {
        if is_barred() {
            return;
        }
        close_around(&event);
        on_pick.run(());
    };
    view! {
        <button
            type="button"
            role=role
            tabindex="-1"
            aria-disabled=move || is_barred().then_some("true")
            aria-checked=move || checked.map(|checked| checked.get().to_string())
            on:click=pick
        >
            {checked.is_none().then(|| view! { <span></span> })}
            <span>{children()}</span>
            {move || reason.get().map(|reason| view! { <small>{reason}</small> })}
        </button>
    }
}

/// Somewhere to go.
#[component]
pub fn MenuLink(
    /// Where.
    #[prop(into)]
    href: String,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <a role="menuitem" tabindex="-1" href=href on:click=|event| close_around(&event)>
            <span></span>
            <span>{children()}</span>
        </a>
    }
}

#[cfg(feature = "hydrate")]
fn close_around(event: &web_sys::MouseEvent) {
    let item = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let menu = item.and_then(|item| item.closest("[popover]").ok().flatten());
    if let Some(menu) = menu.and_then(|menu| menu.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails only where it is closed already.
        let _ = menu.hide_popover();
    }
}

#[cfg(not(feature = "hydrate"))]
fn close_around(_: &web_sys::MouseEvent) {}

#[cfg(feature = "hydrate")]
fn items(menu: NodeRef<html::Div>) -> Vec<web_sys::HtmlElement> {
    let found = menu.get_untracked().and_then(|menu| menu.query_selector_all("[role^=menuitem]").ok());
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

#[cfg(feature = "hydrate")]
fn focus_first_when_open(menu: NodeRef<html::Div>) {
    let is_open = menu.get_untracked().is_some_and(|menu| menu.matches(":popover-open").unwrap_or(false));
    if is_open && let Some(first) = items(menu).first() {
        let _ = first.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
fn focus_first_when_open(_: NodeRef<html::Div>) {}

#[cfg(feature = "hydrate")]
fn move_focus(menu: NodeRef<html::Div>, event: &web_sys::KeyboardEvent) {
    let items = items(menu);
    let focused = document().active_element();
    let here = items.iter().position(|item| focused.as_ref() == Some(item.as_ref()));
    let names: Vec<String> = items.iter().map(|item| item.text_content().unwrap_or_default()).collect();
    let Some(item) = next(&event.key(), here, &names).and_then(|at| items.get(at)) else { return };
    event.prevent_default();
    let _ = item.focus();
}

#[cfg(not(feature = "hydrate"))]
fn move_focus(_: NodeRef<html::Div>, _: &web_sys::KeyboardEvent) {}

/// Which item a key leads to.
#[cfg(any(test, feature = "hydrate"))]
fn next(key: &str, here: Option<usize>, names: &[String]) -> Option<usize> {
    let count = names.len();
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(here.map_or(0, |at| (at + 1) % count)),
        "ArrowUp" => Some(here.map_or(last, |at| (at + last) % count)),
        "Home" => Some(0),
        "End" => Some(last),
        letter if letter.chars().count() == 1 && letter != " " => {
            let letter = letter.to_lowercase();
            let from = here.map_or(0, |at| at + 1);
            (from..from + count)
                .map(|at| at % count)
                .find(|at| names.get(*at).is_some_and(|name| name.trim().to_lowercase().starts_with(&letter)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn keys_lead_where_the_menu_pattern_says() {
        let names = ["Clone", "Rename", "Delete", "Cut"].map(str::to_owned);
        let table = [
            ("ArrowDown", Some(0), Some(1)),
            ("ArrowDown", Some(3), Some(0)),
            ("ArrowUp", Some(0), Some(3)),
            ("ArrowUp", None, Some(3)),
            ("Home", Some(2), Some(0)),
            ("End", Some(0), Some(3)),
            ("c", Some(0), Some(3)),
            ("D", None, Some(2)),
            ("x", Some(0), None),
            ("Enter", Some(0), None),
        ];
        for (key, here, wanted) in table {
            assert_eq!(next(key, here, &names), wanted, "{key} from {here:?}");
        }
        assert_eq!(next("ArrowDown", None, &[]), None);
    }
}
