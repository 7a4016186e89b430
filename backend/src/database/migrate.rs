//! Bringing the schema up to what this program knows, and refusing one that it cannot work on.
//!
//! All missing steps run in one transaction, under a lock of our own: SQLite's write lock, or an advisory lock
//! on PostgreSQL. Several servers that start at once take turns, and the later ones find nothing to do.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};
use thiserror::Error;

use super::migrations::{MIGRATIONS, Migration};
use super::{Database, DatabaseError, Kind};
use crate::clock::Clock;
use crate::random::hex;

/// Any number will do, as long as every version of this program uses the same.
const ADVISORY_LOCK: i64 = 0x726f_6c65_6361_6c6c;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (
    number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// What [`migrate`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The numbers that ran now; empty when the schema was up to date.
    pub applied: Vec<i64>,
}

/// Why the schema cannot be used by this program.
#[derive(Debug, Error)]
pub enum MigrateError {
    /// A newer program has changed the schema beyond what this one can work on.
    #[error(
        "this database belongs to a newer version of Rolecall (its schema needs step {min_reader}, this program \
         knows steps up to {known}). Start that version again, or restore a backup made before the upgrade"
    )]
    Downgrade {
        /// The lowest step that a program must know.
        min_reader: i64,
        /// The highest step that this program knows.
        known: i64,
    },
    /// A step was changed after it had run here.
    #[error(
        "step {number} ({name}) of the database schema is not the one that this program knows. Use the version \
         of Rolecall that made this database, or restore a backup"
    )]
    Changed {
        /// The step.
        number: i64,
        /// Its name in the database.
        name: String,
    },
    /// The command may not migrate, and the schema is older than it needs.
    #[error(
        "the database schema is at step {found}, this program needs step {known}. Run `rolecall migrate`, or \
         start the server once"
    )]
    Outdated {
        /// How many of the known steps have run.
        found: i64,
        /// The highest step that this program knows.
        known: i64,
    },
    /// A step failed; nothing was changed.
    #[error("step {number} ({name}) of the database schema failed and nothing was changed: {source}")]
    Step {
        /// The step.
        number: i64,
        /// Its name.
        name: &'static str,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The database itself failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sqlx::Error> for MigrateError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Runs the steps that are missing. Steps that a newer version has run are left alone as long as it says that
/// this one can work with them.
pub async fn migrate(database: &Database, clock: &Clock) -> Result<Migrated, MigrateError> {
    migrate_to(database, clock, MIGRATIONS).await
}

/// For commands that must not change the schema: errs unless it is one that this program can work on.
pub async fn check_schema(database: &Database) -> Result<(), MigrateError> {
    check_schema_for(database, MIGRATIONS).await
}

/// The highest step that this program knows.
#[must_use]
pub fn newest_step() -> i64 {
    highest(MIGRATIONS)
}

pub(super) async fn migrate_to(
    database: &Database,
    clock: &Clock,
    steps: &[Migration],
) -> Result<Migrated, MigrateError> {
    let mut transaction = database.begin().await?;
    if database.kind() == Kind::Postgres {
        sqlx::query("SELECT pg_advisory_xact_lock($1)")
            .bind(ADVISORY_LOCK)
            .execute(&mut *transaction)
            .await?;
    }
    sqlx::query(TABLE).execute(&mut *transaction).await?;
    let applied = applied(&mut transaction).await?;
    refuse_unknown(&mut transaction, &applied, steps).await?;

    let mut ran = Vec::new();
    for step in steps.iter().filter(|step| !applied.contains_key(&step.number)) {
        run(&mut transaction, step, clock).await?;
        ran.push(step.number);
    }
    transaction.commit().await?;
    Ok(Migrated { applied: ran })
}

pub(super) async fn check_schema_for(database: &Database, steps: &[Migration]) -> Result<(), MigrateError> {
    let known = highest(steps);
    if !has_migrations(database).await? {
        return Err(MigrateError::Outdated { found: 0, known });
    }
    let mut connection = database.pool().acquire().await?;
    let applied = applied(&mut connection).await?;
    refuse_unknown(&mut connection, &applied, steps).await?;
    match steps.iter().find(|step| !applied.contains_key(&step.number)) {
        Some(missing) => Err(MigrateError::Outdated { found: missing.number - 1, known }),
        None => Ok(()),
    }
}

async fn run(connection: &mut AnyConnection, step: &Migration, clock: &Clock) -> Result<(), MigrateError> {
    let failed = |source| MigrateError::Step { number: step.number, name: step.name, source };
    sqlx::raw_sql(step.sql).execute(&mut *connection).await.map_err(failed)?;
    sqlx::query("INSERT INTO migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)")
        .bind(step.number)
        .bind(step.name)
        .bind(checksum(step.sql))
        .bind(clock.now())
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE head SET min_reader = $1 WHERE id = 1 AND min_reader < $1")
        .bind(step.min_reader)
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// Number → name and checksum of what has run.
async fn applied(connection: &mut AnyConnection) -> Result<BTreeMap<i64, (String, String)>, sqlx::Error> {
    let rows = sqlx::query("SELECT number, name, checksum FROM migrations").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, (row.try_get(1)?, row.try_get(2)?)))).collect()
}

async fn refuse_unknown(
    connection: &mut AnyConnection,
    applied: &BTreeMap<i64, (String, String)>,
    steps: &[Migration],
) -> Result<(), MigrateError> {
    if applied.is_empty() {
        return Ok(());
    }
    let min_reader: i64 =
        sqlx::query_scalar("SELECT min_reader FROM head WHERE id = 1").fetch_one(connection).await?;
    let known = highest(steps);
    if min_reader > known {
        return Err(MigrateError::Downgrade { min_reader, known });
    }
    for step in steps {
        if let Some((name, sum)) = applied.get(&step.number)
            && *sum != checksum(step.sql)
        {
            return Err(MigrateError::Changed { number: step.number, name: name.clone() });
        }
    }
    Ok(())
}

fn highest(steps: &[Migration]) -> i64 {
    steps.last().map_or(0, |step| step.number)
}

async fn has_migrations(database: &Database) -> Result<bool, sqlx::Error> {
    let tables = match database.kind() {
        Kind::Sqlite => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'",
        Kind::Postgres => {
            "SELECT count(*) FROM pg_catalog.pg_tables
             WHERE schemaname = current_schema() AND tablename = 'migrations'"
        }
    };
    let found: i64 = sqlx::query_scalar(tables).fetch_one(database.pool()).await?;
    Ok(found > 0)
}

fn checksum(sql: &str) -> String {
    hex(&Sha256::digest(sql.as_bytes()))
}
