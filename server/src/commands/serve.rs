//! `rolecall serve`: the console, until the operating system says stop.

use super::{Failure, say};
use crate::command_line::{LogForm, Serve};
use crate::{serve, site};
use backend::clock::Clock;
use backend::random::Random;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Runs the command.
///
/// # Errors
/// When the console cannot start, or its port fails.
pub async fn run(options: Serve) -> Result<(), Failure> {
    site::require()?;
    log_as(options.log);
    let mut terminated = signal(SignalKind::terminate()).map_err(Failure::Signal)?;
    let mut interrupted = signal(SignalKind::interrupt()).map_err(Failure::Signal)?;
    let running = serve::open(&options, Clock::system(), Random::system()).await?;
    say(&running.greeting().await?);
    running
        .serve(async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
            tracing::info!("stopping: finishing what runs");
        })
        .await
}

/// The log goes to standard error, so that standard output holds only what is meant for people.
fn log_as(form: LogForm) {
    let filter = EnvFilter::try_from_env("ROLECALL_LOG_FILTER")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,leptos=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second log in one process stays as the first one was.
    let _ = match form {
        LogForm::Json => log.json().try_init(),
        LogForm::Text => log.with_ansi(false).try_init(),
    };
}
