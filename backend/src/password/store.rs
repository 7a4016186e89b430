//! The table `passwords`: one hash a person. A person without a row has no password of Rolecall's own.

use model::id::UserId;
use sqlx::AnyConnection;

use super::PasswordHash;

/// Sets or replaces a person's password.
pub async fn set(
    connection: &mut AnyConnection,
    user: UserId,
    hash: &PasswordHash,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at",
    )
    .bind(user.to_string())
    .bind(&hash.0)
    .bind(now)
    .execute(connection)
    .await
    .map(|_| ())
}

/// Replaces the hash of a password that stays the same, unless it was changed meanwhile.
pub(crate) async fn rehash(
    connection: &mut AnyConnection,
    user: UserId,
    old: &PasswordHash,
    new: &PasswordHash,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE passwords SET hash = $1 WHERE user_id = $2 AND hash = $3")
        .bind(&new.0)
        .bind(user.to_string())
        .bind(&old.0)
        .execute(connection)
        .await
        .map(|_| ())
}

/// The hash of a person's password.
pub(crate) async fn get(
    connection: &mut AnyConnection,
    user: UserId,
) -> Result<Option<PasswordHash>, sqlx::Error> {
    let hash: Option<String> = sqlx::query_scalar("SELECT hash FROM passwords WHERE user_id = $1")
        .bind(user.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(hash.map(PasswordHash))
}

/// Whether a person has a password.
pub async fn has(connection: &mut AnyConnection, user: UserId) -> Result<bool, sqlx::Error> {
    Ok(get(connection, user).await?.is_some())
}

/// Everyone who has a password: who could still sign in when every directory is away.
pub async fn with_password(connection: &mut AnyConnection) -> Result<Vec<UserId>, sqlx::Error> {
    let ids: Vec<String> =
        sqlx::query_scalar("SELECT user_id FROM passwords ORDER BY user_id").fetch_all(connection).await?;
    ids.iter().map(|id| id.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))).collect()
}

/// Removes a person's password.
pub async fn delete(connection: &mut AnyConnection, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM passwords WHERE user_id = $1")
        .bind(user.to_string())
        .execute(connection)
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_database::for_each_database;

    #[tokio::test]
    async fn a_password_is_set_replaced_rehashed_and_removed() {
        for_each_database(async |database| {
            let mut connection = database.pool().acquire().await.unwrap();
            let (anna, ben) = (UserId::from_bits(1), UserId::from_bits(2));
            let hash = |text: &str| PasswordHash(text.into());
            assert!(!has(&mut connection, anna).await.unwrap());
            set(&mut connection, anna, &hash("one"), 5).await.unwrap();
            set(&mut connection, anna, &hash("two"), 6).await.unwrap();
            set(&mut connection, ben, &hash("three"), 6).await.unwrap();
            assert!(has(&mut connection, anna).await.unwrap());
            assert_eq!(with_password(&mut connection).await.unwrap(), [anna, ben]);

            rehash(&mut connection, anna, &hash("one"), &hash("stale")).await.unwrap();
            assert_eq!(get(&mut connection, anna).await.unwrap(), Some(hash("two")));
            rehash(&mut connection, anna, &hash("two"), &hash("fresh")).await.unwrap();
            assert_eq!(get(&mut connection, anna).await.unwrap(), Some(hash("fresh")));

            delete(&mut connection, anna).await.unwrap();
            assert_eq!(with_password(&mut connection).await.unwrap(), [ben]);
        })
        .await;
    }
}
