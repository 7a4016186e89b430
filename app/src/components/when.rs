//! A time: absolute UTC as the server sends it, in the reader's own words and zone once the page is alive.

use crate::whenever::whenever;
use leptos::prelude::*;
use model::Millis;

const DAY: Millis = 86_400_000;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `today, 14:02` with the full time in `datetime`.
#[component]
pub fn When(
    /// The time.
    #[prop(into)]
    at: Signal<Millis>,
    /// Whether a time of today is told without the day.
    #[prop(optional)]
    brief: bool,
    /// Whether every time is told without the day, which stands above it.
    #[prop(optional)]
    without_day: bool,
) -> impl IntoView {
    let text = RwSignal::new(if without_day { clock } else { absolute }(at.get_untracked()));
    whenever(move || {
        #[cfg(feature = "hydrate")]
        text.set(near(at.get(), brief, without_day));
        let _ = (at, text, brief, without_day);
    });
    view! {
        <time datetime=move || iso(at.get()) title=move || absolute(at.get())>
            {text}
        </time>
    }
}

/// `24 Nov 2026, 14:02 UTC`
#[must_use]
pub fn absolute(at: Millis) -> String {
    let Parts { year, month, day, hour, minute, .. } = parts(at);
    format!("{day} {} {year}, {hour:02}:{minute:02} UTC", month_name(month))
}

/// `14:02 UTC`
fn clock(at: Millis) -> String {
    let Parts { hour, minute, .. } = parts(at);
    format!("{hour:02}:{minute:02} UTC")
}

/// The day of a time, as it heads what happened on it: *Today*, *Yesterday*, or its date, by the reader's clock where
/// the page is alive; else the date in UTC, as the server says it.
#[must_use]
pub fn day_of(at: Millis, is_alive: bool) -> String {
    #[cfg(feature = "hydrate")]
    if is_alive {
        let words = Near::of(at).day_words();
        return words.get(..1).map(str::to_uppercase).unwrap_or_default()
            + words.get(1..).unwrap_or_default();
    }
    let _ = is_alive;
    let Parts { year, month, day, .. } = parts(at);
    format!("{day} {} {year}, UTC", month_name(month))
}

/// `2026-11-24T14:02:07Z`
#[must_use]
pub fn iso(at: Millis) -> String {
    let Parts { year, month, day, hour, minute, second } = parts(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[derive(Debug, PartialEq, Eq)]
struct Parts {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

/// The parts of a time in UTC, by counting days in years that begin in March.
fn parts(at: Millis) -> Parts {
    let (days, rest) = (at.div_euclid(DAY), at.rem_euclid(DAY) / 1000);
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    Parts {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * march_month + 2) / 5 + 1,
        hour: rest / 3600,
        minute: rest / 60 % 60,
        second: rest % 60,
    }
}

fn month_name(month: i64) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

/// The words for a day that lies so many days back (or ahead), with the year where it is another one.
#[cfg(any(test, feature = "hydrate"))]
fn day_words(days_back: i64, day: i64, month: i64, year: Option<i64>) -> String {
    match (days_back, year) {
        (0, _) => "today".to_owned(),
        (1, _) => "yesterday".to_owned(),
        (-1, _) => "tomorrow".to_owned(),
        (_, None) => format!("{day} {}", month_name(month)),
        (_, Some(year)) => format!("{day} {} {year}", month_name(month)),
    }
}

/// A time by the reader's clock.
#[cfg(feature = "hydrate")]
struct Near {
    then: js_sys::Date,
    now: js_sys::Date,
}

#[cfg(feature = "hydrate")]
impl Near {
    fn of(at: Millis) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "times fit a double for the next 285,000 years")]
        let then = js_sys::Date::new(&(at as f64).into());
        Self { then, now: js_sys::Date::new_0() }
    }

    fn days_back(&self) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "whole days, few")]
        let midnight = |date: &js_sys::Date| {
            let offset = date.get_timezone_offset() * 60_000.0;
            ((date.get_time() - offset) / 86_400_000.0).floor() as i64
        };
        midnight(&self.now) - midnight(&self.then)
    }

    fn day_words(&self) -> String {
        let (year, this_year) = (self.then.get_full_year(), self.now.get_full_year());
        day_words(
            self.days_back(),
            self.then.get_date().into(),
            i64::from(self.then.get_month()) + 1,
            (year != this_year).then_some(year.into()),
        )
    }
}

/// The same time as the reader would say it.
#[cfg(feature = "hydrate")]
fn near(at: Millis, brief: bool, without_day: bool) -> String {
    let near = Near::of(at);
    let time = format!("{:02}:{:02}", near.then.get_hours(), near.then.get_minutes());
    if without_day || brief && near.days_back() == 0 {
        return time;
    }
    format!("{}, {time}", near.day_words())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_calendar_has_them() {
        let table = [
            (0, "1970-01-01T00:00:00Z", "1 Jan 1970, 00:00 UTC"),
            (951_782_400_000, "2000-02-29T00:00:00Z", "29 Feb 2000, 00:00 UTC"),
            (1_795_528_927_000, "2026-11-24T14:02:07Z", "24 Nov 2026, 14:02 UTC"),
            (-1000, "1969-12-31T23:59:59Z", "31 Dec 1969, 23:59 UTC"),
        ];
        for (at, machine, words) in table {
            assert_eq!(iso(at), machine);
            assert_eq!(absolute(at), words);
            assert!(words.ends_with(&clock(at)), "{words}");
            assert_eq!(Some(day_of(at, false).trim_end_matches(", UTC")), words.get(..words.len() - 11));
        }
    }

    #[test]
    fn near_days_have_names_and_far_ones_a_year() {
        assert_eq!(day_words(0, 24, 11, None), "today");
        assert_eq!(day_words(1, 23, 11, None), "yesterday");
        assert_eq!(day_words(12, 12, 11, None), "12 Nov");
        assert_eq!(day_words(400, 12, 11, Some(2025)), "12 Nov 2025");
    }
}
