//! `rolecall doctor`: examines the database and says in words what is wrong. It changes nothing, and works
//! beside a running server.

use super::storage::open_as_it_is;
use super::{Failure, say};
use crate::command_line::Doctor;
use backend::doctor::{Report, examine};

/// Runs the command.
///
/// # Errors
/// When something is wrong, or the database does not answer.
pub async fn run(options: Doctor) -> Result<(), Failure> {
    let database = open_as_it_is(&options.storage).await?;
    let report = examine(&database).await.map_err(backend::Error::from)?;
    database.close().await;
    say(&told(&report));
    match report.findings.len() {
        0 => Ok(()),
        1 => Err(Failure::Said("One thing is wrong.".to_owned())),
        many => Err(Failure::Said(format!("{many} things are wrong."))),
    }
}

fn told(report: &Report) -> String {
    let well = report.well.iter().map(|what| format!("  well   {what}\n"));
    let wrong = report.findings.iter().map(|one| format!("  WRONG  {}\n         {}\n", one.what, one.advice));
    well.chain(wrong).collect()
}
