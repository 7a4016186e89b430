//! `rolecall occupancy`: says what keeps a robot or machine busy, and until when. Each report is kept as a job.
//!
//! Works beside a running server: whoever opens the robot's page sees it, and open pages within half a minute.

use super::storage::open_beside;
use super::{Failure, say};
use crate::command_line::Occupancy;
use backend::Backend;
use backend::clock::Clock;
use backend::folders::{Report, Work, report};
use backend::random::Random;
use model::Millis;
use model::view::check::moment;

/// Runs the command.
///
/// # Errors
/// When there is no such robot, a time makes no sense, or the database cannot be used.
pub async fn run(options: Occupancy) -> Result<(), Failure> {
    let work = match &options.until {
        None => None,
        Some(until) => Some(Work {
            process: options.process.clone(),
            from: options.from.as_deref().map(time).transpose()?,
            until: time(until)?,
        }),
    };
    let clock = Clock::system();
    let (database, _locked) = open_beside(&options.storage, &clock).await?;
    let backend = Backend::open(database, clock, Random::system()).await?;
    let outcome = report(&backend, &Report { place: options.place.clone(), work }).await;
    backend.close().await;
    let reported = outcome?;
    let with = reported.process.map(|process| format!(" with {process}")).unwrap_or_default();
    say(&match &options.until {
        Some(until) => format!("{} is busy until about {until}{with}.\n", reported.place),
        None => format!("{} is free.\n", reported.place),
    });
    Ok(())
}

fn time(text: &str) -> Result<Millis, Failure> {
    moment(text).ok_or_else(|| {
        Failure::Said(format!("“{text}” is no time. Write it in UTC, such as 2026-11-25T14:20Z."))
    })
}
