//! Sessions: who is signed in, from where, since when and for how long.
//!
//! The token lives in the person's cookie; the table has its hash. A session ends by itself when it was idle for
//! too long or has reached its age, and at once when somebody ends it. Sessions carry no permissions: whether
//! the person is active and what they may do is asked of the state with every request.
//!
//! Asking the database at every request would cost more than the request, so that what was found valid is
//! believed for a second. Ending a session in this process holds at once; one ended elsewhere, a second later.

mod cache;

use std::sync::Arc;

use model::id::UserId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::clock::{Clock, DAY, HOUR, MINUTE};
use crate::database::{Database, id};
use crate::random::{Random, Token};
use crate::sign_in_events::From;
use cache::Cache;

/// A session as its owner may see it: without the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id, for the list of one's own sessions. It opens nothing.
    pub id: String,
    /// Whose it is.
    pub user: UserId,
    /// When it began.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub last_seen_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
    /// The address that it began from.
    pub address: String,
    /// The browser that it began in.
    pub agent: String,
}

/// A session that has just begun or got a new token, which is shown this once.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// For the cookie.
    pub token: Token,
    /// The session.
    pub session: Session,
}

/// How long sessions live.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    /// Unused for so long, it ends.
    pub idle: i64,
    /// So long after it began, it ends.
    pub absolute: i64,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: 12 * HOUR, absolute: 14 * DAY }
    }
}

/// All sessions. Clones share the second's memory of what was found valid.
#[derive(Clone, Debug)]
pub struct Sessions {
    database: Database,
    clock: Clock,
    random: Random,
    limits: SessionLimits,
    cache: Arc<Cache>,
}

impl Sessions {
    /// Sessions of a database whose migrations have run.
    pub fn new(database: Database, clock: Clock, random: Random, limits: SessionLimits) -> Self {
        Self { database, clock, random, limits, cache: Arc::default() }
    }

    /// Begins a session. Whether the person may is the caller's to know.
    pub async fn start(&self, user: UserId, from: &From) -> Result<NewSession, sqlx::Error> {
        let now = self.clock.now();
        let token = self.random.token();
        let session = Session {
            id: self.random.id(),
            user,
            created_at: now,
            last_seen_at: now,
            expires_at: now.saturating_add(self.limits.absolute),
            address: from.address.to_string(),
            agent: from.agent.clone(),
        };
        sqlx::query(
            "INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent)
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
        )
        .bind(&session.id)
        .bind(token.hash())
        .bind(user.to_string())
        .bind(now)
        .bind(session.expires_at)
        .bind(&session.address)
        .bind(&session.agent)
        .execute(self.database.pool())
        .await?;
        Ok(NewSession { token, session })
    }

    /// The session of a token, if it is valid. Notes the use, at most once a minute.
    pub async fn validate(&self, token: &Token) -> Result<Option<Session>, sqlx::Error> {
        let hash = token.hash();
        let now = self.clock.now();
        if let Some(session) = self.cache.get(&hash, now) {
            return Ok(self.is_valid(&session, now).then_some(session));
        }
        let before = self.cache.endings();
        let Some(mut session) = self.by_hash(&hash).await?.filter(|session| self.is_valid(session, now))
        else {
            return Ok(None);
        };
        if now - session.last_seen_at >= MINUTE {
            self.note_use(&session.id, now).await?;
            session.last_seen_at = now;
        }
        self.cache.put(hash, session.clone(), now, before);
        Ok(Some(session))
    }

    /// A person's valid sessions, the one used last first.
    pub async fn list(&self, user: UserId) -> Result<Vec<Session>, sqlx::Error> {
        const SQL: &str =
            "SELECT id, user_id, created_at, last_seen_at, expires_at, address, agent FROM sessions
             WHERE user_id = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC, id";
        let now = self.clock.now();
        let rows = sqlx::query(SQL)
            .bind(user.to_string())
            .bind(now)
            .bind(now - self.limits.idle)
            .fetch_all(self.database.pool())
            .await?;
        rows.iter().map(read).collect()
    }

    /// Ends one session of a person, named by its id. False when that person has no such session.
    pub async fn end(&self, user: UserId, session: &str) -> Result<bool, sqlx::Error> {
        let done = sqlx::query("DELETE FROM sessions WHERE id = $1 AND user_id = $2")
            .bind(session)
            .bind(user.to_string())
            .execute(self.database.pool())
            .await?;
        self.cache.forget(|cached| cached.id == session && cached.user == user);
        Ok(done.rows_affected() > 0)
    }

    /// Ends the session of a token: signing out.
    pub async fn end_token(&self, token: &Token) -> Result<(), sqlx::Error> {
        let ended: Option<String> =
            sqlx::query_scalar("DELETE FROM sessions WHERE token_hash = $1 RETURNING id")
                .bind(token.hash())
                .fetch_optional(self.database.pool())
                .await?;
        self.cache.forget(|cached| Some(&cached.id) == ended.as_ref());
        Ok(())
    }

    /// Ends all sessions of a person.
    pub async fn end_all(&self, user: UserId) -> Result<(), sqlx::Error> {
        end_all_in(&mut *self.database.pool().acquire().await?, user).await?;
        self.forget(user);
        Ok(())
    }

    /// Ends all sessions of a person but this one.
    pub async fn end_all_but(&self, user: UserId, session: &str) -> Result<(), sqlx::Error> {
        end_all_but_in(&mut *self.database.pool().acquire().await?, user, session).await?;
        self.cache.forget(|cached| cached.user == user && cached.id != session);
        Ok(())
    }

    /// Forgets what was found valid of a person. Call it after committing a transaction that ended sessions.
    pub fn forget(&self, user: UserId) {
        self.cache.forget(|cached| cached.user == user);
    }

    /// Gives a valid session another token; the old one is worth nothing from now on.
    pub async fn renew(&self, token: &Token) -> Result<Option<NewSession>, sqlx::Error> {
        let Some(session) = self.validate(token).await? else { return Ok(None) };
        let new = self.random.token();
        let done = sqlx::query("UPDATE sessions SET token_hash = $1 WHERE token_hash = $2")
            .bind(new.hash())
            .bind(token.hash())
            .execute(self.database.pool())
            .await?;
        self.cache.forget(|cached| cached.id == session.id);
        // Zero: it was ended, or renewed by another request, meanwhile.
        Ok((done.rows_affected() > 0).then_some(NewSession { token: new, session }))
    }

    /// Removes what has expired from the table. It would be refused anyway; call this now and then.
    pub async fn prune(&self) -> Result<u64, sqlx::Error> {
        let now = self.clock.now();
        let done = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $2")
            .bind(now)
            .bind(now - self.limits.idle)
            .execute(self.database.pool())
            .await?;
        Ok(done.rows_affected())
    }

    fn is_valid(&self, session: &Session, now: i64) -> bool {
        now < session.expires_at && now - session.last_seen_at < self.limits.idle
    }

    async fn by_hash(&self, hash: &str) -> Result<Option<Session>, sqlx::Error> {
        const SQL: &str = "SELECT id, user_id, created_at, last_seen_at, expires_at, address, agent
             FROM sessions WHERE token_hash = $1";
        let row = sqlx::query(SQL).bind(hash).fetch_optional(self.database.pool()).await?;
        row.as_ref().map(read).transpose()
    }

    async fn note_use(&self, session: &str, now: i64) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE sessions SET last_seen_at = $1 WHERE id = $2 AND last_seen_at < $1")
            .bind(now)
            .bind(session)
            .execute(self.database.pool())
            .await
            .map(|_| ())
    }
}

/// Ends all sessions of a person within a transaction. Call [`Sessions::forget`] once it is committed.
pub async fn end_all_in(connection: &mut AnyConnection, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE user_id = $1")
        .bind(user.to_string())
        .execute(connection)
        .await
        .map(|_| ())
}

/// The same for all but one of them.
pub(crate) async fn end_all_but_in(
    connection: &mut AnyConnection,
    user: UserId,
    session: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
        .bind(user.to_string())
        .bind(session)
        .execute(connection)
        .await
        .map(|_| ())
}

fn read(row: &AnyRow) -> Result<Session, sqlx::Error> {
    Ok(Session {
        id: row.try_get("id")?,
        user: id(row, "user_id")?,
        created_at: row.try_get("created_at")?,
        last_seen_at: row.try_get("last_seen_at")?,
        expires_at: row.try_get("expires_at")?,
        address: row.try_get("address")?,
        agent: row.try_get("agent")?,
    })
}

#[cfg(test)]
mod tests;
