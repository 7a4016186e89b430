//! The parts of pictures: boxes with two lines of text, links, the heads of arrows.

use leptos::attr::custom::CustomAttribute;
use leptos::prelude::*;
use leptos::{ev, svg};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// How high a box is.
pub const HEIGHT: u32 = 44;

/// A box with a name and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    /// Its left edge.
    pub x: u32,
    /// Its upper edge.
    pub y: u32,
    /// How wide it is.
    pub width: u32,
    /// The first line.
    pub name: String,
    /// The second line.
    pub about: String,
    /// What it stands for: `me`, `wait`, `stop`, `soft`; empty: nothing of these.
    pub class: &'static str,
    /// Where it leads.
    pub href: Option<String>,
}

/// How wide a box is for these two lines, of which so many letters are shown. With room to spare: fonts differ.
#[must_use]
pub fn width_of(name: &str, about: &str, letters: u32) -> u32 {
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(letters).clamp(6, letters);
    (count(name) * 8).max(count(about) * 13 / 2) + 20
}

/// A text that fits into a box of so many letters.
#[must_use]
pub fn shortened(text: &str, letters: u32) -> String {
    let letters = letters as usize;
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some(_) => text.chars().take(letters.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Draws a box with the first letters of its lines; as a link, where it leads somewhere.
pub fn square(one: Square, letters: u32) -> AnyView {
    let Square { x, y, width, name, about, class, href } = one;
    let label = if about.is_empty() { name.clone() } else { format!("{name}, {about}") };
    let drawn = view! {
        <g class=class>
            <rect x=x.to_string() y=y.to_string() width=width.to_string() height=HEIGHT.to_string()></rect>
            <text class="b" x=(x + 12).to_string() y=(y + 19).to_string()>
                {shortened(&name, letters)}
            </text>
            <text class="s" x=(x + 12).to_string() y=(y + 34).to_string()>
                {shortened(&about, letters)}
            </text>
        </g>
    };
    match href {
        Some(to) => link(to, label, Signal::stored(false), drawn).into_any(),
        None => drawn.into_any(),
    }
}

/// A link inside a picture: made by hand, since the macro takes `<a>` for HTML's, which a picture does not draw. An
/// address that begins with `?` stays on the page.
pub fn link(
    to: String,
    label: String,
    is_current: Signal<bool>,
    drawn: impl IntoView + 'static,
) -> impl IntoView {
    let navigate = StoredValue::new(use_navigate());
    let path = use_location().pathname;
    let target = StoredValue::new(to.clone());
    let follow = move |event: web_sys::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
            return;
        }
        event.prevent_default();
        let to = target.get_value();
        let stays = to.starts_with('?');
        let to = if stays { format!("{}{to}", path.get_untracked()) } else { to };
        navigate.with_value(|go| go(&to, NavigateOptions { scroll: !stays, ..Default::default() }));
    };
    svg::a()
        .attr("href", to)
        .attr("aria-label", label)
        .attr("aria-current", move || is_current.get().then_some("true"))
        .on(ev::click, follow)
        .child(drawn)
}

/// The heads of arrows, once in each picture that has lines with a direction.
#[component]
pub fn Arrows() -> impl IntoView {
    view! {
        <defs>
            <marker
                id="arrow"
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
            >
                <path class="arrow" d="M0 .5 7.500 4 0 7.500z"></path>
            </marker>
            <marker
                id="arrow-hot"
                viewBox="0 0 8 8"
                refX="6.500"
                refY="4"
                markerWidth="5"
                markerHeight="5"
                orient="auto"
            >
                <path class="arrow-hot" d="M0 .5 7.500 4 0 7.500z"></path>
            </marker>
        </defs>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_as_wide_as_what_it_shows() {
        assert_eq!(width_of("HR", "folder", 40), 68);
        assert_eq!(width_of("Application 0777", "application", 40), 148);
        assert_eq!(width_of(&"x".repeat(90), "", 40), width_of(&"x".repeat(40), "", 40));
        assert_eq!(shortened("Hotfix of the login page", 17), "Hotfix of the lo…");
        assert_eq!(shortened("Größe", 5), "Größe");
    }
}
