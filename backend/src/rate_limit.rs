//! How often something may be tried. Kept in memory, with a bound; nothing is ever locked for good.
//!
//! A limit allows a burst and then one more per interval. What is counted (an address, an account and an
//! address together) is the caller's choice of key.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use thiserror::Error;

use crate::clock::{Clock, SECOND};

/// The most keys that are remembered for one limit: some 2 MB.
const MOST_KEYS: usize = 50_000;

/// Tried too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("That was tried too often. Wait {seconds} seconds and try again.")]
pub struct TooMany {
    /// After how many seconds it may be tried again; for `Retry-After`.
    pub seconds: i64,
}

/// One limit over many keys.
#[derive(Debug)]
pub struct RateLimit {
    burst: i64,
    interval: i64,
    clock: Clock,
    hasher: RandomState,
    /// Key's hash → the time at which its whole burst is there again. The keys themselves are not kept, and
    /// a hash with a secret of this process leaves nobody able to aim at another key's entry.
    full_at: Mutex<HashMap<u64, i64>>,
}

impl RateLimit {
    /// `burst` tries at once, then one every `interval` milliseconds.
    pub fn new(clock: Clock, burst: i64, interval: i64) -> Self {
        Self { burst, interval, clock, hasher: RandomState::new(), full_at: Mutex::default() }
    }

    /// Counts one try, or says how long to wait. A try that is refused is not counted.
    pub fn take(&self, key: impl Hash) -> Result<(), TooMany> {
        let now = self.clock.now();
        let mut full_at = self.lock();
        let key = self.hasher.hash_one(key);
        let next = full_at.get(&key).copied().unwrap_or(now).max(now) + self.interval;
        let over = next - now - self.burst * self.interval;
        if over > 0 {
            return Err(TooMany { seconds: (over + SECOND - 1) / SECOND });
        }
        if full_at.len() >= MOST_KEYS {
            make_room(&mut full_at, now);
        }
        full_at.insert(key, next);
        Ok(())
    }

    /// Takes back one counted try: it turned out to be no guess.
    pub fn give_back(&self, key: impl Hash) {
        let key = self.hasher.hash_one(key);
        if let Some(full_at) = self.lock().get_mut(&key) {
            *full_at -= self.interval;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, i64>> {
        // A panic elsewhere cannot leave a number half-written.
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets what limits nobody any more; if that is not enough, the half that limits least.
fn make_room(full_at: &mut HashMap<u64, i64>, now: i64) {
    full_at.retain(|_, at| *at > now);
    if full_at.len() < MOST_KEYS {
        return;
    }
    let mut times: Vec<i64> = full_at.values().copied().collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    full_at.retain(|_, at| *at > median);
}

/// What counts as one address: an IPv6 network of 64 bits, since one machine has all of it.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_one_per_interval_and_never_a_lasting_lock() {
        let clock = Clock::fixed(1_000_000);
        let limit = RateLimit::new(clock.clone(), 3, 10 * SECOND);
        for _ in 0..3 {
            limit.take("anna").unwrap();
        }
        for _ in 0..100 {
            assert_eq!(limit.take("anna"), Err(TooMany { seconds: 10 }));
        }
        limit.take("ben").unwrap();
        clock.advance(9_001);
        assert_eq!(limit.take("anna"), Err(TooMany { seconds: 1 }));
        clock.advance(999);
        limit.take("anna").unwrap();
        assert!(limit.take("anna").is_err());
    }

    #[test]
    fn what_is_given_back_was_never_counted() {
        let limit = RateLimit::new(Clock::fixed(0), 1, SECOND);
        for _ in 0..10 {
            limit.take(7).unwrap();
            limit.give_back(7);
        }
        limit.take(7).unwrap();
        assert!(limit.take(7).is_err());
    }

    #[test]
    fn memory_is_bounded_and_the_most_limited_stay_so() {
        let limit = RateLimit::new(Clock::fixed(0), 2, SECOND);
        limit.take("guesser").unwrap();
        limit.take("guesser").unwrap();
        for key in 0..(MOST_KEYS as u64 * 3) {
            limit.take(key).unwrap();
        }
        assert!(limit.lock().len() <= MOST_KEYS);
        assert!(limit.take("guesser").is_err());
    }

    #[test]
    fn one_machine_cannot_walk_through_its_own_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
