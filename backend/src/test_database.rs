//! Databases for tests: a SQLite file and a PostgreSQL, both new and migrated, for every story.
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_session_ends() {
//!     for_each_database(async |database| { … }).await;
//! }
//! ```
//!
//! A test that cannot have both databases fails, and says why.

use crate::clock::Clock;
use crate::database::{Database, migrate};

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
    run("PostgreSQL", &test_postgres::new_database(), &story).await;
}

async fn run(what: &str, url: &str, story: &impl AsyncFn(Database)) {
    println!("the story on {what}:");
    let database = Database::open(url).await.expect("the database opens");
    story(database.clone()).await;
    database.close().await;
}
