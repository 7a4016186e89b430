//! The time, passed in. Milliseconds since 1970 in UTC, as every table stores them.
//!
//! Nothing in this crate asks the operating system for the time by itself, and no SQL says `now()`: a test
//! that holds a [`Clock::fixed`] decides what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// One second, in the unit of all times here.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// Where the time comes from. Clones of a fixed clock move together.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn fixed(at: i64) -> Self {
        Self(Source::Fixed(Arc::new(AtomicI64::new(at))))
    }

    /// Milliseconds since 1970 in UTC.
    pub fn now(&self) -> i64 {
        match &self.0 {
            Source::Fixed(at) => at.load(Ordering::SeqCst),
            // A machine whose clock stands before 1970 gets 0: nothing is valid then, which is the safe side.
            Source::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .ok()
                .and_then(|since| i64::try_from(since.as_millis()).ok())
                .unwrap_or(0),
        }
    }

    /// Moves a fixed clock on by `milliseconds`; the system's clock cannot be moved.
    pub fn advance(&self, milliseconds: i64) {
        if let Source::Fixed(at) = &self.0 {
            at.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_fixed_clock_move_together() {
        let clock = Clock::fixed(1_000);
        let other = clock.clone();
        clock.advance(MINUTE);
        assert_eq!(other.now(), 61_000);
    }

    #[test]
    fn the_system_clock_is_past_2025_and_stays_itself() {
        let clock = Clock::system();
        clock.advance(100 * 365 * DAY);
        let now = clock.now();
        assert!(now > 1_735_689_600_000, "{now}");
        assert!(now < 1_735_689_600_000 + 100 * 365 * DAY, "{now}");
    }
}
