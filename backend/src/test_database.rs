//! Databases for tests: a SQLite file and a PostgreSQL, both new and migrated, for every story.
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_session_ends() {
//!     for_each_database(async |database| { … }).await;
//! }
//! ```
//!
//! Never used by the program itself. It panics: a test that cannot have both databases fails, and says why.

#![allow(clippy::panic, clippy::expect_used, reason = "test support: a failure here is the test's failure")]

mod postgres;

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::Connection;

use crate::clock::Clock;
use crate::database::{Database, migrate};

static MADE: AtomicU64 = AtomicU64::new(0);

/// Runs the story on a new SQLite file and then on a new PostgreSQL database, each migrated. The output of a
/// failed test names the one it was on.
pub async fn for_each_database(story: impl AsyncFn(Database)) {
    for_each_empty_database(async |database| {
        migrate(&database, &Clock::system()).await.expect("the migrations run");
        story(database).await;
    })
    .await;
}

/// The same without migrations.
pub async fn for_each_empty_database(story: impl AsyncFn(Database)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run("SQLite", &format!("sqlite:{}", folder.path().join("story.db").display()), &story).await;
    run("PostgreSQL", &new_postgres_url().await, &story).await;
}

/// The address of a new, empty PostgreSQL database, for tests that start the program itself. It lives as long
/// as the test's process.
pub async fn new_postgres_url() -> String {
    let server = postgres::server();
    let name = format!("story_{}", MADE.fetch_add(1, Ordering::Relaxed));
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(&server.url("postgres"))
        .await
        .expect("the PostgreSQL of the tests answers");
    let statement = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(statement).execute(&mut connection).await.expect("a new database");
    connection.close().await.expect("the connection closes");
    server.url(&name)
}

async fn run(what: &str, url: &str, story: &impl AsyncFn(Database)) {
    println!("the story on {what}:");
    let database = Database::open(url).await.expect("the database opens");
    story(database.clone()).await;
    database.close().await;
}
