//! When people were last here, from their sessions. A look-up for the people of one page, never for all.

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
    let statement = format!(
        "SELECT user_id, CAST(max(last_seen_at) AS BIGINT) AS seen_at FROM sessions \
         WHERE user_id IN ({}) GROUP BY user_id",
        parameters(1..=users.len())
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
