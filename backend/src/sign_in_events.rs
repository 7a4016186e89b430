//! Who signed in, or tried to, when and from where. Part of the audit beside the log of revisions.
//!
//! What was typed is never kept: people type their password into the field above.

use std::net::IpAddr;

use model::id::UserId;
use sqlx::{AnyConnection, Row};

use crate::clock::DAY;
use crate::random::Random;

const LONGEST_AGENT: usize = 300;

/// So long events are kept, in milliseconds: a year, and a month to look back on it.
pub const KEPT: i64 = 396 * DAY;

/// Where a request came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The address, of the browser rather than of a trusted proxy before us.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub agent: String,
}

impl From {
    /// The agent is cut to a length that is worth showing, without control characters.
    pub fn new(address: IpAddr, agent: &str) -> Self {
        let agent = agent.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect();
        Self { address: address.to_canonical(), agent }
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Signed in with the password.
    SignedIn,
    /// Tried with a wrong password, or without the right to sign in.
    Refused,
    /// Changed the password.
    PasswordChanged,
    /// Set a new password by a link.
    PasswordReset,
    /// Chose the first password by an invitation.
    InvitationAccepted,
    /// Signed in by a link made on the machine itself.
    Recovered,
}

const KINDS: &[(EventKind, &str)] = &[
    (EventKind::SignedIn, "signed_in"),
    (EventKind::Refused, "refused"),
    (EventKind::PasswordChanged, "password_changed"),
    (EventKind::PasswordReset, "password_reset"),
    (EventKind::InvitationAccepted, "invitation_accepted"),
    (EventKind::Recovered, "recovered"),
];

impl EventKind {
    fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    fn read(text: &str) -> Result<Self, sqlx::Error> {
        KINDS
            .iter()
            .find(|(_, word)| *word == text)
            .map(|(kind, _)| *kind)
            .ok_or_else(|| sqlx::Error::Decode(format!("unknown kind of sign-in event: {text}").into()))
    }
}

/// One event of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInEvent {
    /// When.
    pub at: i64,
    /// What.
    pub kind: EventKind,
    /// From which address.
    pub address: String,
    /// With which browser.
    pub agent: String,
}

/// Writes an event down; `user` is none where nobody has the address that was tried.
pub async fn insert(
    connection: &mut AnyConnection,
    random: &Random,
    now: i64,
    user: Option<UserId>,
    kind: EventKind,
    from: &From,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO sign_in_events (id, at, user_id, kind, address, agent) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(random.id())
    .bind(now)
    .bind(user.map(|user| user.to_string()))
    .bind(kind.word())
    .bind(from.address.to_string())
    .bind(&from.agent)
    .execute(connection)
    .await
    .map(|_| ())
}

/// A person's newest events first.
pub async fn list(
    connection: &mut AnyConnection,
    user: UserId,
    most: i64,
) -> Result<Vec<SignInEvent>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT at, kind, address, agent FROM sign_in_events WHERE user_id = $1 ORDER BY at DESC, id LIMIT $2",
    )
    .bind(user.to_string())
    .bind(most)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SignInEvent {
                at: row.try_get("at")?,
                kind: EventKind::read(&row.try_get::<String, _>("kind")?)?,
                address: row.try_get("address")?,
                agent: row.try_get("agent")?,
            })
        })
        .collect()
}

/// Whether this person signed in from this address since a time. `None` asks the same of nobody.
pub(crate) async fn knows_address(
    connection: &mut AnyConnection,
    user: Option<UserId>,
    address: IpAddr,
    since: i64,
) -> Result<bool, sqlx::Error> {
    let found: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM sign_in_events
         WHERE user_id = $1 AND kind = 'signed_in' AND address = $2 AND at >= $3",
    )
    .bind(user.map(|user| user.to_string()).unwrap_or_default())
    .bind(address.to_string())
    .bind(since)
    .fetch_one(connection)
    .await?;
    Ok(found > 0)
}

/// Forgets events before a time.
pub async fn prune(connection: &mut AnyConnection, before: i64) -> Result<u64, sqlx::Error> {
    let done =
        sqlx::query("DELETE FROM sign_in_events WHERE at < $1").bind(before).execute(connection).await?;
    Ok(done.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_database::for_each_database;

    #[tokio::test]
    async fn every_kind_of_event_is_listed_newest_first_and_forgotten_in_time() {
        for_each_database(async |database| {
            let random = Random::seeded(3);
            let anna = UserId::from_bits(1);
            let home = From::new("192.0.2.1".parse().unwrap(), "Brow\nser\u{7}");
            let mut connection = database.pool().acquire().await.unwrap();
            for ((kind, _), at) in KINDS.iter().zip(1..) {
                insert(&mut connection, &random, at, Some(anna), *kind, &home).await.unwrap();
                insert(&mut connection, &random, at, None, *kind, &home).await.unwrap();
            }
            let listed = list(&mut connection, anna, 100).await.unwrap();
            let kinds: Vec<EventKind> = listed.iter().rev().map(|event| event.kind).collect();
            assert_eq!(kinds, KINDS.iter().map(|(kind, _)| *kind).collect::<Vec<_>>());
            assert_eq!((listed[0].address.as_str(), listed[0].agent.as_str()), ("192.0.2.1", "Browser"));
            assert_eq!(list(&mut connection, anna, 2).await.unwrap().len(), 2);

            assert!(knows_address(&mut connection, Some(anna), home.address, 1).await.unwrap());
            assert!(!knows_address(&mut connection, Some(anna), home.address, 2).await.unwrap());
            assert!(!knows_address(&mut connection, None, home.address, 0).await.unwrap());

            assert_eq!(prune(&mut connection, 3).await.unwrap(), 4);
            assert_eq!(list(&mut connection, anna, 100).await.unwrap().len(), KINDS.len() - 2);
        })
        .await;
    }
}
