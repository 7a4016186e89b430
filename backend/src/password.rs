//! Passwords: which ones are good enough, and their slow hashes.
//!
//! [`Hasher`] works on a thread of its own with one buffer that is used again and again; a pool of blocking
//! threads would each leave 19 MiB behind in the heap. Its queue is short: who finds it full is told to try again.
//! Nothing here stores a password or writes one to a log.

mod argon;
mod policy;
pub mod store;

use std::fmt;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use thiserror::Error;
use tokio::sync::oneshot;

pub use argon::Verified;
pub use policy::{About, LONGEST, PasswordRefused, SHORTEST, check};

use crate::random::Random;

/// How many may wait; at some 20 ms each this is a little more than a second.
const QUEUE: usize = 64;

/// A password's hash, in the PHC format. Hidden in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PasswordHash(…)")
    }
}

/// The queue of the hashing thread is full, or the program is stopping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Too many people are signing in at this moment. Try again in a few seconds.")]
pub struct Busy;

/// Why a new password was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// It is not good enough.
    #[error(transparent)]
    Refused(#[from] PasswordRefused),
    /// Not now.
    #[error(transparent)]
    Busy(#[from] Busy),
}

type Job = Box<dyn FnOnce(&mut argon::Memory) + Send>;

/// The hashing thread. Clones share it; it ends when the last one is dropped.
#[derive(Clone)]
pub struct Hasher {
    jobs: SyncSender<Job>,
    random: Random,
}

impl fmt::Debug for Hasher {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Hasher")
    }
}

impl Hasher {
    /// Starts the thread. The buffer is allocated when the first password comes.
    pub fn start(random: Random) -> std::io::Result<Self> {
        let (jobs, received) = sync_channel(QUEUE);
        std::thread::Builder::new().name("passwords".into()).spawn(move || work(&received))?;
        Ok(Self { jobs, random })
    }

    /// Checks a new password against the policy and hashes it.
    pub async fn prepare(&self, new: &str, about: &About) -> Result<PasswordHash, PasswordError> {
        let (new, about, salt) = (new.to_owned(), about.clone(), self.salt());
        self.run(move |memory| {
            check(&new, &about)?;
            Ok(PasswordHash(argon::hash(memory, &new, salt).ok_or(Busy)?))
        })
        .await?
    }

    /// Hashes a password without asking whether it is a good one: one that was accepted before.
    pub async fn hash(&self, password: &str) -> Result<PasswordHash, Busy> {
        let (password, salt) = (password.to_owned(), self.salt());
        self.run(move |memory| argon::hash(memory, &password, salt).map(PasswordHash).ok_or(Busy)).await?
    }

    /// Whether the password is the one that was hashed. Without a hash (nobody has that address) the same work
    /// is done and the answer is no.
    pub async fn verify(&self, password: &str, hash: Option<PasswordHash>) -> Result<Verified, Busy> {
        let password = password.to_owned();
        self.run(move |memory| argon::verify(memory, &password, hash.as_ref().map(|hash| hash.0.as_str())))
            .await
    }

    fn salt(&self) -> [u8; 16] {
        let [salt @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = self.random.bytes();
        salt
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut argon::Memory) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |memory| {
            // Who asked may have gone away; the work of the others goes on.
            if !answer.is_closed() {
                let _ = answer.send(job(memory));
            }
        });
        match self.jobs.try_send(job) {
            Ok(()) => answered.await.map_err(|_| Busy),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(Busy),
        }
    }
}

/// How long the memory that passwords are worked in is kept for the next one.
const KEPT: Duration = Duration::from_secs(10);

fn work(jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut memory = argon::Memory::default();
        let mut next = Some(first);
        while let Some(job) = next {
            job(&mut memory);
            next = jobs.recv_timeout(KEPT).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "plum-orbit-walnut-kettle";

    fn hasher() -> Hasher {
        Hasher::start(Random::seeded(1)).unwrap()
    }

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only() {
        let hasher = hasher();
        let hash = hasher.prepare(GOOD, &About::default()).await.unwrap();
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        let right = hasher.verify(GOOD, Some(hash.clone())).await.unwrap();
        assert_eq!(right, Verified { right: true, outdated: false });
        assert!(!hasher.verify("plum-orbit-walnut-kettlf", Some(hash.clone())).await.unwrap().right);
        assert_eq!(format!("{hash:?}"), "PasswordHash(…)");
    }

    #[tokio::test]
    async fn the_same_password_never_hashes_alike() {
        let hasher = hasher();
        assert_ne!(hasher.hash(GOOD).await.unwrap(), hasher.hash(GOOD).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_and_nonsense_are_wrong() {
        let hasher = hasher();
        let wrong = Verified { right: false, outdated: false };
        assert_eq!(hasher.verify(GOOD, None).await.unwrap(), wrong);
        assert_eq!(hasher.verify(GOOD, Some(PasswordHash("nonsense".into()))).await.unwrap(), wrong);
    }

    #[tokio::test]
    async fn a_weak_password_is_refused_before_hashing() {
        let refused = hasher().prepare("password1234", &About::default()).await.unwrap_err();
        assert!(matches!(refused, PasswordError::Refused(PasswordRefused::Guessable { .. })), "{refused}");
    }

    #[tokio::test]
    async fn who_comes_when_the_queue_is_full_is_told_so_and_the_others_are_served() {
        let hasher = hasher();
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let blocking = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.run(move |_| wait.recv().is_ok()).await }
        });
        // Fills the queue behind the job that blocks, however far the thread has come.
        let mut waiting = Vec::new();
        let full = loop {
            let one = Box::pin({
                let hasher = hasher.clone();
                async move { hasher.run(|_| ()).await }
            });
            let mut one = tokio::spawn(one);
            if let Ok(answer) = tokio::time::timeout(std::time::Duration::from_millis(20), &mut one).await {
                break answer.unwrap();
            }
            waiting.push(one);
        };
        assert_eq!(full, Err(Busy));
        assert!(waiting.len() >= QUEUE, "{}", waiting.len());
        go.send(()).unwrap();
        assert_eq!(blocking.await.unwrap(), Ok(true));
        for one in waiting {
            assert_eq!(one.await.unwrap(), Ok(()));
        }
    }
}
