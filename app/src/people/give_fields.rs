//! What every dialog that gives something asks: to whom, and from when until when.

use crate::components::combobox::Search;
use crate::components::{Combobox, Field};
use leptos::prelude::*;
use model::Millis;
use model::grant::Window;

/// The days between which it is given, as they are typed; cheap to copy.
#[derive(Clone, Copy)]
pub struct Days {
    from: RwSignal<String>,
    until: RwSignal<String>,
}

impl Days {
    /// None yet.
    pub fn new() -> Self {
        Self { from: RwSignal::new(String::new()), until: RwSignal::new(String::new()) }
    }

    /// Takes out what was typed.
    pub fn clear(self) {
        self.from.set(String::new());
        self.until.set(String::new());
    }

    /// From the beginning of the first day until the end of the last.
    pub fn window(self) -> Window {
        Window { from: day(&self.from.get(), 0), until: day(&self.until.get(), 1) }
    }
}

/// Asks from when until when.
#[component]
pub fn DayFields(
    /// What their ids begin with.
    id: &'static str,
    /// What is filled in.
    days: Days,
) -> impl IntoView {
    view! {
        <div class="pair">
            <Field id=format!("{id}-from") label="From (optional)" kind="date" value=days.from/>
            <Field id=format!("{id}-until") label="Until the end of (optional)" kind="date" value=days.until/>
        </div>
    }
}

/// Asks to whom: people, groups, service accounts, all users; found on the server.
#[component]
pub fn WhomField(
    /// Unique on the page.
    id: &'static str,
    /// Who was chosen; empty: nobody yet.
    value: RwSignal<String>,
    /// What stands in the field.
    text: RwSignal<String>,
    /// Finds who has the words.
    #[prop(into)]
    search: Search,
) -> impl IntoView {
    view! {
        <Combobox
            id=id
            label="Who"
            name="who"
            value=value
            text=text
            placeholder="People, groups, service accounts or all users"
            search=search
        />
    }
}

/// Midnight at the beginning of a day as a date field writes it, some days later, in the reader's own zone.
#[cfg(feature = "hydrate")]
fn day(text: &str, days_later: i32) -> Option<Millis> {
    let mut parts = text.splitn(3, '-').map(str::parse::<i32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let date = js_sys::Date::new_with_year_month_day(u32::try_from(year).ok()?, month - 1, day + days_later);
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below the limit")]
    let at = date.get_time() as Millis;
    Some(at)
}

/// Dates are typed in the browser alone.
#[cfg(not(feature = "hydrate"))]
fn day(_: &str, _: i32) -> Option<Millis> {
    None
}
