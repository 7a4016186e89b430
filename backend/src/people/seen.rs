//! When people were last here, from their sessions and, when those have ended, from when they signed in. A look-up
//! for the people of one page, never for all.

use crate::Backend;
use crate::database::parameters;
use crate::error::Result;
use model::Millis;
use model::id::UserId;
use sqlx::{AssertSqlSafe, Row, query};
use std::collections::HashMap;

/// When each of these people was last seen, for those of whom that is known.
pub(super) async fn last_seen(backend: &Backend, users: &[UserId]) -> Result<HashMap<UserId, Millis>> {
    if users.is_empty() {
        return Ok(HashMap::new());
    }
    // Only the numbers of parameters are put together here.
    let people = parameters(1..=users.len());
    let statement = format!(
        "SELECT user_id, CAST(max(at) AS BIGINT) AS seen_at FROM (\
         SELECT user_id, last_seen_at AS at FROM sessions WHERE user_id IN ({people}) UNION ALL \
         SELECT user_id, at FROM sign_in_events WHERE kind <> 'refused' AND user_id IN ({people})) AS seen \
         GROUP BY user_id"
    );
    let mut question = query(AssertSqlSafe(statement));
    for user in users {
        question = question.bind(user.to_string());
    }
    let mut seen = HashMap::new();
    for row in question.fetch_all(backend.database().pool()).await? {
        let user: String = row.try_get("user_id")?;
        if let Ok(user) = user.parse() {
            seen.insert(user, row.try_get("seen_at")?);
        }
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::story::{ADA, BEN, CARA, Story};
    use crate::sign_in_events::{EventKind, From, insert};
    use crate::test_database::for_each_database;

    #[tokio::test]
    async fn who_has_no_session_any_more_was_last_seen_when_they_signed_in() {
        for_each_database(async |database| {
            let story = Story::start(&database).await;
            let from = From::new([10, 0, 0, 1].into(), "");
            let mut connection = database.pool().acquire().await.unwrap();
            for (at, user, kind) in [
                (5, BEN, EventKind::SignedIn),
                (7, BEN, EventKind::InvitationAccepted),
                (9, BEN, EventKind::Refused),
                (9, CARA, EventKind::Refused),
            ] {
                let random = story.backend.random();
                insert(&mut connection, random, at, Some(user), kind, &from).await.unwrap();
            }
            drop(connection);
            let seen = last_seen(&story.backend, &[ADA, BEN, CARA]).await.unwrap();
            assert_eq!(seen, HashMap::from([(BEN, 7)]));
        })
        .await;
    }
}
