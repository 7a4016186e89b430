//! The database: SQLite in a file, or PostgreSQL, behind one type and one SQL text.
//!
//! [`Database`] is cheap to clone and passed to whatever speaks SQL. `migrations/README.md` says what SQL may
//! contain to be valid on both. Migrations run in [`migrate`] only; [`check_schema`] is for commands that must
//! not change the schema. Nothing here knows what the tables mean.

mod connect;
mod migrate;
mod migrations;

use std::str::FromStr;

use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, Row, Transaction};
use thiserror::Error;

pub use connect::SQLITE_AT_LEAST;
pub use migrate::{MigrateError, Migrated, check_schema, migrate, newest_step};
pub use migrations::Migration;

/// Which of the two databases is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file beside the program; one server per folder.
    Sqlite,
    /// A server that several copies of the program may share.
    Postgres,
}

/// A pool of connections and what kind of database is at their other end.
#[derive(Clone, Debug)]
pub struct Database {
    pool: AnyPool,
    kind: Kind,
}

/// Why the database could not be used.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// The address names no database that is supported. It is not repeated: it may hold a password.
    #[error("the database address must be sqlite:PATH or postgres://USER@HOST/NAME")]
    Address,
    /// An in-memory database would be another one for every connection.
    #[error("SQLite is used with a file only: write sqlite:PATH, without parameters")]
    SqliteNeedsFile,
    /// The file cannot be opened or made.
    #[error(
        "cannot open the database file {path}: {source}. Check that its folder exists and may be written"
    )]
    File {
        /// The file as it was asked for.
        path: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Older ones can lose committed pages when the write-ahead log is reset.
    #[error("SQLite {found} is too old: {SQLITE_AT_LEAST} or newer is needed. Build with the bundled one")]
    SqliteTooOld {
        /// What `sqlite_version()` answered.
        found: String,
    },
    /// Anything that the database itself reports.
    #[error("the database failed: {0}")]
    Sql(#[from] sqlx::Error),
}

impl Database {
    /// Opens `sqlite:PATH` (the file is made when missing, readable by its owner only) or `postgres:…`.
    /// Runs no migration.
    pub async fn open(url: &str) -> Result<Self, DatabaseError> {
        let (pool, kind) = connect::connect(url).await?;
        Ok(Self { pool, kind })
    }

    /// The pool, for single statements: `sqlx::query(…).execute(database.pool())`.
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// A transaction for several statements that belong together. On SQLite it holds the write lock from its
    /// start, since a reader that turns writer would fail with a stale snapshot.
    /// Dropped without `commit`, it leaves nothing behind.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.kind {
            Kind::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Kind::Postgres => self.pool.begin().await,
        }
    }

    /// A transaction that holds the writer's lock: the row `head`. Between this call and the end of the
    /// transaction no other process moves the head, so what is read of it stays true.
    pub async fn write(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        let mut transaction = self.begin().await?;
        // An update that changes nothing locks the row on PostgreSQL; SELECT … FOR UPDATE is not SQLite's.
        sqlx::query("UPDATE head SET revision = revision WHERE id = 1").execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// Waits for the connections in use and closes all.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// `$1, $2, $3` for so many parameters, as an `IN` wants them: only their numbers are put into a statement.
pub(crate) fn parameters(numbers: std::ops::RangeInclusive<usize>) -> String {
    let all: Vec<String> = numbers.map(|number| format!("${number}")).collect();
    all.join(", ")
}

/// An id in a TEXT column. One that does not parse means a damaged row.
pub(crate) fn id<T>(row: &AnyRow, column: &str) -> Result<T, sqlx::Error>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = row.try_get(column)?;
    text.parse().map_err(|source| decode_error(column, source))
}

/// The same where the column may be empty.
pub(crate) fn id_or_none<T>(row: &AnyRow, column: &str) -> Result<Option<T>, sqlx::Error>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| text.parse().map_err(|source| decode_error(column, source))).transpose()
}

fn decode_error(column: &str, source: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: Box::new(source) }
}

#[cfg(test)]
mod tests;
