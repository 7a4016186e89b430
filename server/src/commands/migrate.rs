//! `rolecall migrate`: brings the database's tables up to this version, with no server running.

use super::{Failure, say, storage};
use crate::command_line::Migrate;
use backend::clock::Clock;

/// Runs the command.
///
/// # Errors
/// When a server runs on the folder, or a step fails; nothing is then changed.
pub async fn run(options: Migrate) -> Result<(), Failure> {
    let (database, _locked) = storage::open_alone(&options.storage, &Clock::system()).await?;
    database.close().await;
    say("The database's tables are those of this version.\n");
    Ok(())
}
