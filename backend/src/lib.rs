//! Everything of Rolecall that touches the database, secrets or time.
//!
//! [`Backend`] is the one handle: cheap to clone, made once when the program starts. Questions and changes
//! take it with a [`caller::Caller`] and require the permission themselves, whoever calls. SQL lives in this
//! crate alone; HTTP and screens do not.

pub mod access;
pub mod account;
pub mod applications;
pub mod caller;
pub mod check;
pub mod clock;
pub mod database;
pub mod doctor;
pub mod error;
pub mod find;
pub mod folder_lock;
pub mod folders;
mod follow;
pub mod groups;
pub mod history;
mod in_words;
pub mod invitations;
pub mod joining;
pub mod mail;
pub mod one_time_link;
pub mod overview;
pub mod password;
pub mod people;
pub mod preview;
pub mod profile;
pub mod random;
pub mod rate_limit;
pub mod roles;
pub mod sample;
pub mod session;
pub mod set_up;
pub mod settings;
pub mod shell;
pub mod sign_in;
pub mod sign_in_events;
mod table_file;
pub mod tenants;
#[cfg(test)]
mod test_database;
#[cfg(test)]
mod test_organization;

pub use access::commit::Announcement;
pub use error::{Error, Result};

use crate::access::past::Past;
use crate::caller::{Caller, SignedIn};
use crate::clock::Clock;
use crate::database::Database;
use crate::random::Random;
use crate::session::Sessions;
use crate::sign_in::SignIn;
use model::Millis;
use model::change::Touched;
use model::state::State;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use tokio::sync::{Mutex, broadcast, watch};

/// How many announcements a slow listener may lag behind before it misses some and must look again.
const BACKLOG: usize = 256;

/// The handle to everything behind the screens.
#[derive(Clone)]
pub struct Backend(Arc<Inner>);

struct Inner {
    database: Database,
    clock: Clock,
    random: Random,
    state: RwLock<Arc<State>>,
    writer: Mutex<()>,
    past: Mutex<Past>,
    announcements: broadcast::Sender<Announcement>,
    fresh_at: AtomicI64,
    closing: watch::Sender<bool>,
    sign_in: OnceLock<SignIn>,
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Backend").field("revision", &self.state().revision()).finish_non_exhaustive()
    }
}

impl Backend {
    /// Loads the state from a database whose schema is up to date.
    ///
    /// # Errors
    /// When the database fails or its tables do not add up.
    pub async fn open(database: Database, clock: Clock, random: Random) -> Result<Self> {
        let mut transaction = database.begin().await?;
        let state = access::load::from_tables(&mut transaction).await.map_err(Error::broken)?;
        transaction.rollback().await?;
        let fresh_at = AtomicI64::new(clock.now());
        Ok(Self(Arc::new(Inner {
            database,
            clock,
            random,
            state: RwLock::new(Arc::new(state)),
            writer: Mutex::new(()),
            past: Mutex::default(),
            announcements: broadcast::channel(BACKLOG).0,
            fresh_at,
            closing: watch::channel(false).0,
            sign_in: OnceLock::new(),
        })))
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The source of ids and tokens.
    #[must_use]
    pub fn random(&self) -> &Random {
        &self.0.random
    }

    /// Says by what people sign in, so that this process has one of it: called once, before anything is served.
    pub fn use_sign_in(&self, sign_in: SignIn) {
        // A second one would have sessions of its own in memory; the first stays.
        let _ = self.0.sign_in.set(sign_in);
    }

    /// Signing in, and all links that set a password.
    ///
    /// # Errors
    /// When this process serves nobody and so was told of none.
    pub fn sign_in(&self) -> Result<&SignIn> {
        self.0.sign_in.get().ok_or_else(|| Error::broken("this process was told of no sign-in"))
    }

    /// The sessions of people who are signed in.
    ///
    /// # Errors
    /// Like [`Backend::sign_in`].
    pub fn sessions(&self) -> Result<&Sessions> {
        Ok(self.sign_in()?.sessions())
    }

    /// The state as committed by this process and as followed from others.
    #[must_use]
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.0.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether an organization has been set up.
    #[must_use]
    pub fn is_set_up(&self) -> bool {
        self.state().revision() > 0
    }

    /// The signed-in person as a caller, with the state of this moment.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when they are not active.
    pub fn caller(&self, signed_in: SignedIn) -> Result<Caller> {
        Caller::new(signed_in, self.state(), self.clock().now())
    }

    /// Announcements of every revision from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Announcement> {
        self.0.announcements.subscribe()
    }

    /// When this process last knew that it had everything committed anywhere.
    #[must_use]
    pub fn fresh_at(&self) -> Millis {
        self.0.fresh_at.load(Ordering::Relaxed)
    }

    /// Becomes true when the backend closes.
    #[must_use]
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    /// Lets the running commit finish, begins no other, and closes the database.
    pub async fn close(&self) {
        self.0.closing.send_replace(true);
        let _writer = self.0.writer.lock().await;
        self.0.database.close().await;
    }

    fn writer(&self) -> &Mutex<()> {
        &self.0.writer
    }

    pub(crate) fn past(&self) -> &Mutex<Past> {
        &self.0.past
    }

    fn confirm_fresh(&self, at: Millis) {
        self.0.fresh_at.fetch_max(at, Ordering::Relaxed);
    }

    /// Takes the same state in its settled form, unless it has moved on meanwhile.
    fn replace_settled(&self, settled: State) {
        let mut state = self.0.state.write().unwrap_or_else(PoisonError::into_inner);
        if state.revision() == settled.revision() {
            *state = Arc::new(settled);
        }
    }

    /// Makes a state the current one and tells everybody who listens.
    fn publish(&self, state: State, touched: &BTreeSet<Touched>) {
        let revision = state.revision();
        *self.0.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        let at = self.clock().now();
        self.confirm_fresh(at);
        // Nobody listening is no failure.
        let _ = self.0.announcements.send(Announcement { revision, touched: touched.clone(), at });
    }
}
