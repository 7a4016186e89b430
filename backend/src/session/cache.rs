//! What was found valid within the last second, so that a busy session costs one query a second.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Session;
use crate::clock::SECOND;

const MOST: usize = 20_000;

/// Token hash → session and when the database said so.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    found: HashMap<String, (Session, i64)>,
    endings: u64,
}

impl Cache {
    pub(super) fn get(&self, hash: &str, now: i64) -> Option<Session> {
        let inner = self.lock();
        let (session, at) = inner.found.get(hash)?;
        // A clock that was set back makes nothing valid for longer.
        (0..SECOND).contains(&(now - at)).then(|| session.clone())
    }

    /// How many times something was ended. To be read before asking the database, and given to `put`.
    pub(super) fn endings(&self) -> u64 {
        self.lock().endings
    }

    /// Remembers a session, unless something was ended since `before`: it may have been this one.
    pub(super) fn put(&self, hash: String, session: Session, now: i64, before: u64) {
        let mut inner = self.lock();
        if inner.endings != before {
            return;
        }
        if inner.found.len() >= MOST {
            inner.found.retain(|_, (_, at)| now - *at < SECOND);
        }
        if inner.found.len() < MOST {
            inner.found.insert(hash, (session, now));
        }
    }

    /// Forgets the sessions that `ended` picks.
    pub(super) fn forget(&self, ended: impl Fn(&Session) -> bool) {
        let mut inner = self.lock();
        inner.endings += 1;
        inner.found.retain(|_, (session, _)| !ended(session));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere cannot leave an entry half-written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::id::UserId;

    #[test]
    fn what_was_read_before_an_ending_is_not_believed_after_it() {
        let session = Session {
            id: "s".into(),
            user: UserId::from_bits(1),
            created_at: 0,
            last_seen_at: 0,
            expires_at: 9,
            address: String::new(),
            agent: String::new(),
        };
        let cache = Cache::default();
        let before = cache.endings();
        cache.forget(|cached| cached.id == "s");
        cache.put("hash".into(), session.clone(), 0, before);
        assert_eq!(cache.get("hash", 0), None);
        cache.put("hash".into(), session.clone(), 0, cache.endings());
        assert_eq!(cache.get("hash", 999), Some(session));
        assert_eq!(cache.get("hash", 1_000), None);
        assert_eq!(cache.get("hash", -1), None);
    }
}
