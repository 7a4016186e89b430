//! Signing in, and everything that sets a password.
//!
//! No answer tells whether an account exists: a wrong address, a wrong password and a person who may not sign in
//! get the same words after the same work, and asking for a new password is answered before anybody has looked.
//! Guessing is limited per address, strictly per account and address, and loosely per account, so that a stranger
//! can slow a person down at most, and not from where that person usually signs in.

mod change;
mod errors;
mod limits;
mod links;

use model::id::UserId;
use model::name::{LONGEST_EMAIL, fold};
use model::person::Profile;

use crate::clock::{Clock, DAY};
use crate::database::Database;
use crate::mail::Mailer;
use crate::password::{self, Hasher, LONGEST, PasswordHash};
use crate::profile;
use crate::random::Random;
use crate::session::{NewSession, Sessions};
use crate::sign_in_events::{self, EventKind, From};

pub use errors::{ChangeError, LinkError, SignInError};
pub use links::{
    INVITATION_LIFETIME, RECOVERY_LIFETIME, RESET_BY_MAIL_LIFETIME, RESET_LIFETIME, end_access_in,
};

use limits::Limits;

/// For how long an address from which somebody signed in stays one of theirs.
const ADDRESS_KNOWN: i64 = 30 * DAY;

/// What signing in needs.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The database, migrated.
    pub database: Database,
    /// The time.
    pub clock: Clock,
    /// Ids and tokens.
    pub random: Random,
    /// The hashing thread.
    pub hasher: Hasher,
    /// The sessions.
    pub sessions: Sessions,
    /// Mail, or none.
    pub mailer: Mailer,
    /// What links in mails begin with: `https://rolecall.example.com`.
    pub public_url: String,
}

/// Signing in. Clones share the limits on guessing.
#[derive(Clone, Debug)]
pub struct SignIn {
    parts: Parts,
    limits: Limits,
}

impl SignIn {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let limits = Limits::new(&parts.clock);
        Self { parts, limits }
    }

    /// The sessions.
    pub fn sessions(&self) -> &Sessions {
        &self.parts.sessions
    }

    /// What links begin with: where people find the console.
    pub fn public_url(&self) -> &str {
        &self.parts.public_url
    }

    /// Mail, or none.
    pub fn mailer(&self) -> &Mailer {
        &self.parts.mailer
    }

    /// Begins a session for who knows the password. `is_active` says whether a person may sign in at all.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        from: &From,
        is_active: impl Fn(UserId) -> bool,
    ) -> Result<NewSession, SignInError> {
        let attempt = self.limits.guess(&account_key(email), from)?;
        let found = self.find(email).await?;
        let user = found.as_ref().map(|(user, _)| *user);
        if !attempt.is_within_account() && !self.knows_address(user, from).await? {
            return Err(attempt.too_many().into());
        }
        let hash = self.password_of(user).await?;
        let verified = self.parts.hasher.verify(within_limit(password), hash.clone()).await?;
        let active = user.filter(|user| verified.right && password.len() <= LONGEST * 4 && is_active(*user));
        let Some(user) = active else {
            self.note(user, EventKind::Refused, from).await?;
            return Err(SignInError::Wrong);
        };
        attempt.was_right();
        if let Some(old) = hash.filter(|_| verified.outdated) {
            self.rehash(user, &old, password).await?;
        }
        let session = self.parts.sessions.start(user, from).await?;
        self.note(Some(user), EventKind::SignedIn, from).await?;
        Ok(session)
    }

    async fn find(&self, email: &str) -> Result<Option<(UserId, Profile)>, sqlx::Error> {
        profile::by_email(&mut *self.parts.database.pool().acquire().await?, &account_key(email)).await
    }

    /// Asks for nobody's as well, so that an unknown address costs the same.
    async fn password_of(&self, user: Option<UserId>) -> Result<Option<PasswordHash>, sqlx::Error> {
        let nobody = UserId::from_bits(0);
        let mut connection = self.parts.database.pool().acquire().await?;
        let hash = password::store::get(&mut connection, user.unwrap_or(nobody)).await?;
        Ok(hash.filter(|_| user.is_some()))
    }

    async fn knows_address(&self, user: Option<UserId>, from: &From) -> Result<bool, sqlx::Error> {
        let since = self.parts.clock.now() - ADDRESS_KNOWN;
        let mut connection = self.parts.database.pool().acquire().await?;
        sign_in_events::knows_address(&mut connection, user, from.address, since).await
    }

    /// The parameters of hashing have become stricter since this password was set. Not now is no failure.
    async fn rehash(&self, user: UserId, old: &PasswordHash, password: &str) -> Result<(), sqlx::Error> {
        let Ok(new) = self.parts.hasher.hash(password).await else { return Ok(()) };
        let mut connection = self.parts.database.pool().acquire().await?;
        password::store::rehash(&mut connection, user, old, &new).await
    }

    async fn note(&self, user: Option<UserId>, kind: EventKind, from: &From) -> Result<(), sqlx::Error> {
        let mut connection = self.parts.database.pool().acquire().await?;
        let now = self.parts.clock.now();
        sign_in_events::insert(&mut connection, &self.parts.random, now, user, kind, from).await
    }
}

/// Under which guesses at an account are counted, whether it exists or not. Cut before it is folded.
fn account_key(email: &str) -> String {
    let cut: String = email.trim().chars().take(LONGEST_EMAIL * 2).collect();
    fold(&cut)
}

/// Nobody's password is longer; what is sent beyond that is not worth hashing.
fn within_limit(password: &str) -> &str {
    password.get(..LONGEST * 4).unwrap_or(password)
}

#[cfg(test)]
mod tests;
