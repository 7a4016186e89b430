//! `rolecall stage version set`: says which version a stage of an application has now.
//!
//! Works beside a running server, which shows it within a second.

use super::storage::open_beside;
use super::{Failure, say};
use crate::command_line::SetVersion;
use backend::Backend;
use backend::applications::set_version;
use backend::clock::Clock;
use backend::random::Random;

/// Runs the command.
///
/// # Errors
/// When there is no such stage, it is locked, or the database cannot be used.
pub async fn run(options: SetVersion) -> Result<(), Failure> {
    let clock = Clock::system();
    let (database, _locked) = open_beside(&options.storage, &clock).await?;
    let backend = Backend::open(database, clock, Random::system()).await?;
    let outcome = set_version(&backend, &options.application, &options.stage, &options.version).await;
    backend.close().await;
    let set = outcome?;
    say(&format!(
        "{} of {} has version {} now. Change no. {}.\n",
        set.stage, set.application, set.now, set.revision
    ));
    Ok(())
}
