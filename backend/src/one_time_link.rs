//! Links that work once: set-up, invitation, password reset, recovery.
//!
//! The link ends in a token of 256 random bits; the table has its hash. Looking at a link does not use it up,
//! so that a mail scanner that follows it does no harm. Using it is one SQL statement: of two who try at once,
//! one succeeds.

use model::id::UserId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use thiserror::Error;

use crate::clock::DAY;
use crate::database::id_or_none;
use crate::random::{Random, Token};

/// How long a link that can no longer be used is still recognized.
const REMEMBERED: i64 = 90 * DAY;

/// What a link is for. A link made for one purpose does nothing at the door of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Setting up the organization. Belongs to nobody.
    SetUp,
    /// Joining it.
    Invitation,
    /// Choosing a new password.
    PasswordReset,
    /// Signing in without a password, by whoever has the machine.
    Recovery,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::Recovery => "recovery",
        }
    }
}

/// A link, without its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id. It opens nothing.
    pub id: String,
    /// Whom it is for; none for set-up.
    pub user: Option<UserId>,
    /// Who made it; none when the person asked for it, or the machine.
    pub created_by: Option<UserId>,
    /// When it was made.
    pub created_at: i64,
    /// Until when it works.
    pub expires_at: i64,
}

/// What a link is worth now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It can be used.
    Valid(Link),
    /// It cannot, and this is why.
    Refused(LinkRefused),
}

/// Why a link does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LinkRefused {
    /// Its time is over, or it was taken back.
    #[error("This link has expired or was replaced by a newer one. Ask for a new link.")]
    Expired,
    /// It was used.
    #[error("This link has been used already. It works once; ask for a new link if you need one.")]
    Used,
    /// There never was such a link, or it is long gone.
    #[error("This link is not known. Check that you copied all of it, or ask for a new link.")]
    Unknown,
}

/// A link to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewLink {
    /// What for.
    pub purpose: Purpose,
    /// For whom; none for set-up.
    pub user: Option<UserId>,
    /// By whom.
    pub created_by: Option<UserId>,
    /// For how long, in milliseconds.
    pub lifetime: i64,
}

/// Makes a link. Its token is shown this once.
pub async fn create(
    connection: &mut AnyConnection,
    random: &Random,
    now: i64,
    new: NewLink,
) -> Result<(Token, Link), sqlx::Error> {
    let token = random.token();
    let link = Link {
        id: random.id(),
        user: new.user,
        created_by: new.created_by,
        created_at: now,
        expires_at: now.saturating_add(new.lifetime),
    };
    sqlx::query(
        "INSERT INTO one_time_links (id, token_hash, purpose, user_id, created_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&link.id)
    .bind(token.hash())
    .bind(new.purpose.word())
    .bind(link.user.map(|user| user.to_string()))
    .bind(link.created_by.map(|user| user.to_string()))
    .bind(link.created_at)
    .bind(link.expires_at)
    .execute(connection)
    .await?;
    Ok((token, link))
}

/// What a link is worth, without using it up.
pub async fn peek(
    connection: &mut AnyConnection,
    token: &Token,
    purpose: Purpose,
    now: i64,
) -> Result<LinkState, sqlx::Error> {
    let row = sqlx::query(
        "SELECT id, user_id, created_by, created_at, expires_at, used_at FROM one_time_links
         WHERE token_hash = $1 AND purpose = $2",
    )
    .bind(token.hash())
    .bind(purpose.word())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(LinkState::Refused(LinkRefused::Unknown)) };
    let link = read(&row)?;
    Ok(match row.try_get::<Option<i64>, _>("used_at")? {
        Some(_) => LinkState::Refused(LinkRefused::Used),
        None if link.expires_at <= now => LinkState::Refused(LinkRefused::Expired),
        None => LinkState::Valid(link),
    })
}

/// Uses a link up, within the transaction of what it is used for.
pub async fn consume(
    connection: &mut AnyConnection,
    token: &Token,
    purpose: Purpose,
    now: i64,
) -> Result<Result<Link, LinkRefused>, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE one_time_links SET used_at = $1
         WHERE token_hash = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $1
         RETURNING id, user_id, created_by, created_at, expires_at",
    )
    .bind(now)
    .bind(token.hash())
    .bind(purpose.word())
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(row) = row {
        return Ok(Ok(read(&row)?));
    }
    match peek(connection, token, purpose, now).await? {
        LinkState::Refused(refused) => Ok(Err(refused)),
        // Somebody else was just faster.
        LinkState::Valid(_) => Ok(Err(LinkRefused::Used)),
    }
}

/// Takes back a person's unused links of one purpose.
pub async fn revoke(
    connection: &mut AnyConnection,
    user: UserId,
    purpose: Purpose,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE one_time_links SET expires_at = $1
         WHERE user_id = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $1",
    )
    .bind(now)
    .bind(user.to_string())
    .bind(purpose.word())
    .execute(connection)
    .await
    .map(|_| ())
}

/// Takes back all unused links of a person: deactivated, or removed.
pub async fn revoke_all(connection: &mut AnyConnection, user: UserId, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE one_time_links SET expires_at = $1 WHERE user_id = $2 AND used_at IS NULL AND expires_at > $1",
    )
    .bind(now)
    .bind(user.to_string())
    .execute(connection)
    .await
    .map(|_| ())
}

/// Takes back unused set-up links: a newer one was made, or the organization is set up.
pub async fn revoke_set_up(connection: &mut AnyConnection, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE one_time_links SET expires_at = $1 WHERE purpose = 'set_up' AND used_at IS NULL AND expires_at > $1",
    )
    .bind(now)
    .execute(connection)
    .await
    .map(|_| ())
}

/// The links of one purpose that nobody has used yet, expired ones included, newest first.
pub async fn pending(connection: &mut AnyConnection, purpose: Purpose) -> Result<Vec<Link>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, user_id, created_by, created_at, expires_at FROM one_time_links
         WHERE purpose = $1 AND used_at IS NULL ORDER BY created_at DESC, id",
    )
    .bind(purpose.word())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// Forgets links that have been useless for long. Call it now and then.
pub async fn prune(connection: &mut AnyConnection, now: i64) -> Result<u64, sqlx::Error> {
    let done = sqlx::query("DELETE FROM one_time_links WHERE expires_at < $1")
        .bind(now - REMEMBERED)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

fn read(row: &AnyRow) -> Result<Link, sqlx::Error> {
    Ok(Link {
        id: row.try_get("id")?,
        user: id_or_none(row, "user_id")?,
        created_by: id_or_none(row, "created_by")?,
        created_at: row.try_get("created_at")?,
        expires_at: row.try_get("expires_at")?,
    })
}

#[cfg(test)]
mod tests;
