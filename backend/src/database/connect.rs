//! Opening the pool: reading the address, SQLite's pragmas, and the check of its version.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use sqlx::AnyPool;
use sqlx::any::{AnyPoolOptions, install_default_drivers};

use super::{DatabaseError, Kind};

/// The first SQLite without the bug that loses committed pages at a reset of the write-ahead log.
pub const SQLITE_AT_LEAST: &str = "3.51.3";

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
const SQLITE_CONNECTIONS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// `busy_timeout` comes first: changing the journal mode may have to wait for another process.
const PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
                       PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

pub(super) async fn connect(url: &str) -> Result<(AnyPool, Kind), DatabaseError> {
    install_default_drivers();
    if let Some(path) = url.strip_prefix("sqlite:") {
        return Ok((sqlite(path.strip_prefix("//").unwrap_or(path)).await?, Kind::Sqlite));
    }
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Ok((postgres(url).await?, Kind::Postgres));
    }
    Err(DatabaseError::Address)
}

async fn postgres(url: &str) -> Result<AnyPool, DatabaseError> {
    let options =
        AnyPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT);
    options.connect(url).await.map_err(|error| match error {
        // Its text may repeat the address, and with it a password.
        sqlx::Error::Configuration(_) => DatabaseError::Address,
        other => DatabaseError::Sql(other),
    })
}

async fn sqlite(path: &str) -> Result<AnyPool, DatabaseError> {
    if path.is_empty() || path.starts_with(':') || path.contains('?') {
        return Err(DatabaseError::SqliteNeedsFile);
    }
    make_file(Path::new(path)).map_err(|source| DatabaseError::File { path: path.to_owned(), source })?;
    let pool = AnyPoolOptions::new()
        .max_connections(SQLITE_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move { sqlx::raw_sql(PRAGMAS).execute(connection).await.map(|_| ()) })
        })
        .connect(&format!("sqlite:{}", percent_encoded(path)))
        .await?;
    check_version(&pool).await?;
    Ok(pool)
}

/// Made before SQLite does, so that nobody else on the machine may read it; its `-wal` file inherits that.
fn make_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

async fn check_version(pool: &AnyPool) -> Result<(), DatabaseError> {
    let found: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    if version(&found) >= version(SQLITE_AT_LEAST) {
        Ok(())
    } else {
        Err(DatabaseError::SqliteTooOld { found })
    }
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// A path may hold what means something else in an address; sqlx decodes it again.
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(version("3.51.3") >= version(SQLITE_AT_LEAST));
        assert!(version("3.100.0") > version(SQLITE_AT_LEAST));
        assert!(version("3.9.9") < version(SQLITE_AT_LEAST));
    }

    #[tokio::test]
    async fn an_address_that_is_neither_is_refused_without_repeating_it() {
        let error = connect("mysql://root:secret@host/db").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the database address must be sqlite:PATH or postgres://USER@HOST/NAME"
        );
        for url in ["sqlite::memory:", "sqlite:", "sqlite:a?mode=ro"] {
            assert!(matches!(connect(url).await, Err(DatabaseError::SqliteNeedsFile)), "{url}");
        }
    }

    #[tokio::test]
    async fn a_missing_folder_is_named() {
        let error = connect("sqlite:/nowhere/at/all.db").await.unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all.db"), "{error}");
    }

    #[tokio::test]
    async fn an_odd_path_is_that_very_file_and_the_pragmas_hold_on_every_connection() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ä #%20 data.db");
        let (pool, _) = connect(&format!("sqlite:{}", path.display())).await.unwrap();
        assert!(path.exists());
        let mut connections = Vec::new();
        for _ in 0..SQLITE_CONNECTIONS {
            connections.push(pool.acquire().await.unwrap());
        }
        for connection in &mut connections {
            let journal: String =
                sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut **connection).await.unwrap();
            assert_eq!(journal, "wal");
            for (pragma, wanted) in
                [("PRAGMA busy_timeout", 10_000_i64), ("PRAGMA synchronous", 2), ("PRAGMA foreign_keys", 1)]
            {
                let got: i64 = sqlx::query_scalar(pragma).fetch_one(&mut **connection).await.unwrap();
                assert_eq!(got, wanted, "{pragma}");
            }
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
