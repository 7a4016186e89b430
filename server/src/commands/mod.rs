//! What the binary does, one file for each command.
//!
//! A command that fails says in one sentence what is in the way and what to do, on standard error, and ends
//! with 1; wrong words on the command line end with 2.

pub mod doctor;
pub mod migrate;
pub mod occupancy;
pub mod recover;
pub mod serve;
pub mod set_up;
pub mod stage_version;
pub mod storage;

use crate::command_line::{Command, CommandLine, OfStage, Stage, StageVersion, VersionAct};
use crate::settings::BadUrl;
use crate::site::SiteMissing;
use backend::database::{DatabaseError, MigrateError};
use backend::folder_lock::FolderLockError;
use backend::mail::MailError;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a command did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The public address.
    #[error(transparent)]
    Url(#[from] BadUrl),
    /// The mail server's address.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderLockError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The database's tables.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The binary has no site.
    #[error(transparent)]
    Site(#[from] SiteMissing),
    /// A file with a secret.
    #[error("cannot read {path}: {cause}. Check the path and who may read it.")]
    Secret {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// Nothing came on standard input.
    #[error("cannot read the password from standard input. Write it there, followed by the end of the line.")]
    NoPassword,
    /// The port.
    #[error("cannot listen on {address}: {cause}. Choose another address with --listen.")]
    Listen {
        /// The address and port.
        address: SocketAddr,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The port, while serving.
    #[error("the server stopped: {0}")]
    Serve(std::io::Error),
    /// The machine gives no thread.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
    /// The machine lets nobody wait for its signals.
    #[error("cannot wait for the signal to stop: {0}")]
    Signal(std::io::Error),
    /// The backend refuses, in words for people.
    #[error("{}", said(.0))]
    Backend(#[from] backend::Error),
    /// Anything else that has to be said.
    #[error("{0}")]
    Said(String),
}

/// On the machine itself the cause of a failure is no secret.
fn said(error: &backend::Error) -> String {
    match error {
        backend::Error::Broken(cause) => format!("something failed: {cause}"),
        other => other.to_string(),
    }
}

/// Does what the command line says.
///
/// # Errors
/// When it could not be done.
pub async fn run(line: CommandLine) -> Result<(), Failure> {
    match line.command {
        Command::Serve(options) => serve::run(*options).await,
        Command::Setup(options) => set_up::run(options).await,
        Command::Recover(options) => recover::run(options).await,
        Command::Doctor(options) => doctor::run(options).await,
        Command::Migrate(options) => migrate::run(options).await,
        Command::Occupancy(options) => occupancy::run(options).await,
        Command::Stage(Stage { of: OfStage::Version(StageVersion { act: VersionAct::Set(options) }) }) => {
            stage_version::run(options).await
        }
    }
}

/// Says something to whoever started the command. Nobody listening is no failure.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
