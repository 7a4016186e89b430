//! What people are called and their addresses: the table `profiles`, outside the log, so that a person can be
//! erased. All functions work inside a transaction that the caller holds.

use model::id::UserId;
use model::name::fold;
use model::person::Profile;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use thiserror::Error;

/// Why a profile was not written.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// Addresses are unique without regard to case.
    #[error("Somebody here has this e-mail address already.")]
    EmailTaken,
    /// No such person.
    #[error("This person is not here any more.")]
    Missing,
    /// The database failed.
    #[error("the profile could not be stored: {0}")]
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for ProfileError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            // The address is the only thing that must be unique beside the id, which is random.
            Some(reason) if reason.is_unique_violation() => Self::EmailTaken,
            _ => Self::Sql(error),
        }
    }
}

/// Adds a person's profile. On PostgreSQL an error ends the whole transaction, as everywhere.
pub async fn insert(
    connection: &mut AnyConnection,
    user: UserId,
    profile: &Profile,
    now: i64,
) -> Result<(), ProfileError> {
    sqlx::query(
        "INSERT INTO profiles (user_id, name, name_key, email, email_key, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(user.to_string())
    .bind(&profile.name)
    .bind(&profile.name_key)
    .bind(&profile.email)
    .bind(&profile.email_key)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Changes a person's name and address.
pub async fn update(
    connection: &mut AnyConnection,
    user: UserId,
    profile: &Profile,
    now: i64,
) -> Result<(), ProfileError> {
    let done = sqlx::query(
        "UPDATE profiles SET name = $2, name_key = $3, email = $4, email_key = $5, updated_at = $6
         WHERE user_id = $1",
    )
    .bind(user.to_string())
    .bind(&profile.name)
    .bind(&profile.name_key)
    .bind(&profile.email)
    .bind(&profile.email_key)
    .bind(now)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(ProfileError::Missing) } else { Ok(()) }
}

/// A person's profile.
pub async fn get(connection: &mut AnyConnection, user: UserId) -> Result<Option<Profile>, sqlx::Error> {
    let row =
        sqlx::query("SELECT user_id, name, name_key, email, email_key FROM profiles WHERE user_id = $1")
            .bind(user.to_string())
            .fetch_optional(connection)
            .await?;
    Ok(row.as_ref().map(read).transpose()?.map(|(_, profile)| profile))
}

/// Who has this address, in whatever case it is written.
pub async fn by_email(
    connection: &mut AnyConnection,
    email: &str,
) -> Result<Option<(UserId, Profile)>, sqlx::Error> {
    let row =
        sqlx::query("SELECT user_id, name, name_key, email, email_key FROM profiles WHERE email_key = $1")
            .bind(fold(email))
            .fetch_optional(connection)
            .await?;
    row.as_ref().map(read).transpose()
}

/// Everybody's, for loading the state.
pub async fn all(connection: &mut AnyConnection) -> Result<Vec<(UserId, Profile)>, sqlx::Error> {
    let rows = sqlx::query("SELECT user_id, name, name_key, email, email_key FROM profiles")
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// Erases a person's name and address.
pub async fn delete(connection: &mut AnyConnection, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM profiles WHERE user_id = $1")
        .bind(user.to_string())
        .execute(connection)
        .await
        .map(|_| ())
}

fn read(row: &AnyRow) -> Result<(UserId, Profile), sqlx::Error> {
    let profile = Profile {
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        name_key: row.try_get("name_key")?,
        email_key: row.try_get("email_key")?,
    };
    Ok((crate::database::id(row, "user_id")?, profile))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_database::for_each_database;

    #[tokio::test]
    async fn an_address_is_found_in_any_case_and_belongs_to_one_person() {
        for_each_database(async |database| {
            let (anna, ben) = (UserId::from_bits(1), UserId::from_bits(2));
            let profile = Profile::new("Anna Müller", "Anna@Example.com");
            let mut connection = database.pool().acquire().await.unwrap();
            insert(&mut connection, anna, &profile, 1).await.unwrap();
            assert_eq!(
                by_email(&mut connection, "ANNA@example.COM").await.unwrap(),
                Some((anna, profile.clone()))
            );
            assert_eq!(by_email(&mut connection, "nobody@example.com").await.unwrap(), None);

            let taken =
                insert(&mut connection, ben, &Profile::new("Ben", "anna@EXAMPLE.com"), 1).await.unwrap_err();
            assert!(matches!(taken, ProfileError::EmailTaken), "{taken}");
            insert(&mut connection, ben, &Profile::new("Ben", "ben@example.com"), 1).await.unwrap();
            let taken =
                update(&mut connection, ben, &Profile::new("Ben", "anna@example.com"), 2).await.unwrap_err();
            assert!(matches!(taken, ProfileError::EmailTaken), "{taken}");

            let married = Profile::new("Anna Weber", "anna.weber@example.com");
            update(&mut connection, anna, &married, 2).await.unwrap();
            assert_eq!(get(&mut connection, anna).await.unwrap(), Some(married));
            assert_eq!(all(&mut connection).await.unwrap().len(), 2);

            delete(&mut connection, anna).await.unwrap();
            assert_eq!(get(&mut connection, anna).await.unwrap(), None);
            let missing = update(&mut connection, anna, &profile, 3).await.unwrap_err();
            assert!(matches!(missing, ProfileError::Missing), "{missing}");
        })
        .await;
    }
}
