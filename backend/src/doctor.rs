//! Examines a database: does its log hold, is the state what the log adds up to, is anybody in charge?
//!
//! Made for `rolecall doctor`. It reads only, in one transaction, so it may run beside a server. What it
//! finds is said to the person at the machine: names and ids may occur, secrets never.

mod compare;
mod orphans;

use crate::access::{load, log};
use crate::database::{self, Database, Kind};
use model::decide;
use model::state::State;
use sqlx::{AnyConnection, Row, query};

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: String,
    /// What to do about it.
    pub advice: &'static str,
}

/// What the examination found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What is wrong; empty when all is well.
    pub findings: Vec<Finding>,
    /// What was looked at and is well, in words.
    pub well: Vec<String>,
}

const RESTORE: &str =
    "Restore the last backup in which this was well, and find out who wrote to the database.";
const RECOVER: &str =
    "Run `rolecall recover` if an administrator is there who cannot sign in; otherwise restore a backup.";

impl Report {
    fn wrong(&mut self, what: impl Into<String>, advice: &'static str) {
        self.findings.push(Finding { what: what.into(), advice });
    }

    fn well(&mut self, what: impl Into<String>) {
        self.well.push(what.into());
    }
}

/// Examines a database that may be in any condition.
///
/// # Errors
/// When the database does not answer at all.
pub async fn examine(database: &Database) -> Result<Report, sqlx::Error> {
    let mut report = Report::default();
    if let Err(error) = database::check_schema(database).await {
        report.wrong(error.to_string(), "Nothing else was examined.");
        return Ok(report);
    }
    report.well("The tables are those of this version.");
    // One view of everything, so that a running server's next save is not mistaken for damage; without the
    // writer's lock, so that the server need not wait.
    let mut transaction = database.pool().begin().await?;
    if database.kind() == Kind::Postgres {
        query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").execute(&mut *transaction).await?;
    }
    if database.kind() == Kind::Sqlite {
        file(&mut transaction, &mut report).await?;
    }
    chain(&mut transaction, &mut report).await?;
    let stored = loaded(&mut transaction, &mut report).await;
    let replayed = replayed(&mut transaction, &mut report).await;
    if let (Some(stored), Some(replayed)) = (&stored, &replayed) {
        compare::states(stored, replayed, &mut report);
    }
    orphans::look(&mut transaction, &mut report).await?;
    if let Some(state) = &stored {
        administrators(&mut transaction, state, &mut report).await?;
    }
    transaction.rollback().await?;
    Ok(report)
}

/// SQLite's own examination of its file.
async fn file(from: &mut AnyConnection, report: &mut Report) -> Result<(), sqlx::Error> {
    let rows = query("PRAGMA quick_check").fetch_all(from).await?;
    let said: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    match said.first().map(String::as_str) {
        Some("ok") => report.well("The file is whole."),
        other => report.wrong(format!("The file is damaged: {}.", other.unwrap_or("no answer")), RESTORE),
    }
    Ok(())
}

async fn chain(from: &mut AnyConnection, report: &mut Report) -> Result<(), sqlx::Error> {
    let head: i64 =
        query("SELECT revision FROM head WHERE id = 1").fetch_one(&mut *from).await?.try_get("revision")?;
    match log::first_break(from).await {
        Ok(None) => report.well(format!("The log is unbroken: {head} changes.")),
        Ok(Some(number)) => {
            report
                .wrong(format!("The log was altered: change no. {number} is not as it was saved."), RESTORE);
        }
        Err(error) => report.wrong(format!("The log does not read: {error}."), RESTORE),
    }
    Ok(())
}

async fn loaded(from: &mut AnyConnection, report: &mut Report) -> Option<State> {
    match load::from_tables(from).await {
        Ok(state) => Some(state),
        Err(error) => {
            report.wrong(format!("The state does not add up: {error}"), RESTORE);
            None
        }
    }
}

async fn replayed(from: &mut AnyConnection, report: &mut Report) -> Option<State> {
    match log::replay(from).await {
        Ok(state) => Some(state),
        Err(error) => {
            report.wrong(format!("The log cannot be replayed: {error}"), RESTORE);
            None
        }
    }
}

async fn administrators(
    from: &mut AnyConnection,
    state: &State,
    report: &mut Report,
) -> Result<(), sqlx::Error> {
    if state.revision() == 0 {
        report.well("No organization has been set up yet.");
        return Ok(());
    }
    let mut able = Vec::new();
    for user in decide::administrators(state) {
        let password = query("SELECT user_id FROM passwords WHERE user_id = $1")
            .bind(user.to_string())
            .fetch_optional(&mut *from)
            .await?;
        if let (Some(_), Some(person)) = (password, state.person(user)) {
            able.push(person.profile.called().to_owned());
        }
    }
    match able.as_slice() {
        [] => report.wrong("Nobody can sign in who may administer everything.", RECOVER),
        [one] => report.well(format!("{one} can sign in and administer everything.")),
        [one, more @ ..] => {
            report.well(format!("{one} and {} more can sign in and administer everything.", more.len()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
