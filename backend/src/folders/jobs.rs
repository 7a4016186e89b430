//! Jobs: what robots and machines worked on, kept from the reports of what keeps them busy for as long as [`KEPT`], and
//! shown on the pages of robots and processes to who holds [`JOBS`] there. Who holds it within limits, *only on one
//! robot*, sees the jobs that are within them.
//!
//! They are no part of the access state, and no change is written. What is removed keeps its jobs, so that taking the
//! removal back brings them back; nobody is shown them meanwhile.
//! INVARIANT: the process of a job, and its robot, is named to who may see that one ([`Sight`]) and to nobody else.

use crate::Backend;
use crate::caller::Caller;
use crate::check::{Sight, may_ask_about};
use crate::clock::DAY;
use crate::database::{id_or_none, parameters};
use crate::error::Result;
use model::Millis;
use model::action::PROCESS;
use model::decide::{self, Context, Question, Verdict};
use model::grant::Who;
use model::id::ObjectId;
use model::limit::Value;
use model::lists;
use model::object::{Object, ROBOT};
use model::view::jobs::{Job, Jobs, Progress, Readers, With};
use model::view::people::Named;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row, query};

/// So long jobs are kept, in milliseconds: a year, and a month to look back on it.
pub const KEPT: Millis = 396 * DAY;

/// What it takes to see jobs.
const JOBS: &str = "jobs.view";
/// What it takes to read logs, which stay with the program that runs the robot.
const LOGS: &str = "logs.view";
/// The key of the kind that robots are taken from.
const ENVIRONMENT: &str = "environment";
/// How many jobs are shown.
const SHOWN: usize = 50;

/// A job as it is reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    /// The robot or machine.
    pub object: ObjectId,
    /// The process, if that is told.
    pub process: Option<ObjectId>,
    /// From when.
    pub from: Millis,
    /// Until about when.
    pub until: Millis,
}

/// Writes a job down and ends the one before. The same process from the same moment is the same job, told again: only
/// its end moves.
pub(super) async fn begin(to: &mut AnyConnection, id: String, job: Begun, now: Millis) -> Result<()> {
    let again = query(
        "UPDATE jobs SET until_at = $1 \
         WHERE object_id = $2 AND ended_at IS NULL AND from_at = $3 AND coalesce(process_id, '') = $4",
    )
    .bind(job.until)
    .bind(job.object.to_string())
    .bind(job.from)
    .bind(key(job.process))
    .execute(&mut *to)
    .await?;
    if again.rows_affected() > 0 {
        return Ok(());
    }
    end(to, job.object, now).await?;
    query("INSERT INTO jobs (id, object_id, process_id, from_at, until_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(job.object.to_string())
        .bind(job.process.map(|process| process.to_string()))
        .bind(job.from)
        .bind(job.until)
        .execute(to)
        .await?;
    Ok(())
}

/// Ends what a robot or machine works on. What was yet to begin never was.
pub(super) async fn end(to: &mut AnyConnection, object: ObjectId, now: Millis) -> Result<()> {
    for statement in [
        "DELETE FROM jobs WHERE object_id = $1 AND ended_at IS NULL AND from_at >= $2",
        "UPDATE jobs SET ended_at = CASE WHEN until_at < $2 THEN until_at ELSE $2 END \
         WHERE object_id = $1 AND ended_at IS NULL",
    ] {
        query(statement).bind(object.to_string()).bind(now).execute(&mut *to).await?;
    }
    Ok(())
}

/// Forgets what ended before a time: jobs, and as what something was last reported.
///
/// # Errors
/// When the database fails.
pub async fn prune(connection: &mut AnyConnection, before: Millis) -> Result<u64> {
    let mut gone = 0;
    for statement in [
        "DELETE FROM jobs WHERE from_at < $1 AND coalesce(ended_at, until_at) < $1",
        "DELETE FROM occupancy WHERE until_at < $1",
    ] {
        gone += query(statement).bind(before).execute(&mut *connection).await?.rows_affected();
    }
    Ok(gone)
}

/// The part of a robot's or process's page, its jobs yet to be read: [`fill`] does.
pub(super) fn part(caller: &Caller, place: &Object) -> Option<Jobs> {
    if ![ROBOT, PROCESS].contains(&place.kind.as_str()) {
        return None;
    }
    let refused = (openly(caller, place) == Verdict::Denied).then(|| {
        let catalog = caller.state.catalog();
        let entry = catalog.number(JOBS).and_then(|number| catalog.entry(number));
        let needed = entry.map_or(JOBS, |entry| entry.name.as_str());
        format!("You may not see its jobs: that needs “{needed}” on {}. Ask an administrator.", place.name)
    });
    Some(Jobs { refused, rows: Vec::new(), more: 0, log_readers: log_readers(caller, place.id) })
}

/// As many as the list of Check access counts; none for who may not ask it.
fn log_readers(caller: &Caller, place: ObjectId) -> Option<Readers> {
    may_ask_about(caller, None).ok()?;
    let permission = caller.state.catalog().number(LOGS)?;
    let found = lists::who_can(&caller.state, permission, place, caller.at, &Context::open());
    Some(Readers {
        people: found.people.len() as u64,
        accounts: found.accounts.len() as u64,
        depends: found.depends.len() as u64,
    })
}

/// Reads the jobs of a place that the caller may see.
pub(super) async fn fill(backend: &Backend, caller: &Caller, place: ObjectId, jobs: &mut Jobs) -> Result<()> {
    let Some(place) = caller.state.object(place).filter(|_| jobs.refused.is_none()) else { return Ok(()) };
    let (own, other) =
        if place.kind == ROBOT { ("object_id", "process_id") } else { ("process_id", "object_id") };
    let only = match openly(caller, place) {
        Verdict::Allowed => None,
        Verdict::Denied => return Ok(()),
        Verdict::Depends(_) => {
            let statement = format!("SELECT DISTINCT {other} AS other FROM jobs WHERE {own} = $1");
            let mut seen: Vec<String> = Vec::new();
            for row in rows(backend, statement, place.id, &[]).await? {
                let other = id_or_none(&row, "other")?;
                if sees(caller, place, other) {
                    seen.push(key(other));
                }
            }
            Some(seen)
        }
    };
    if only.as_ref().is_some_and(Vec::is_empty) {
        return Ok(());
    }
    let only_these = only
        .as_ref()
        .map(|some| format!(" AND coalesce({other}, '') IN ({})", parameters(2..=some.len() + 1)))
        .unwrap_or_default();
    let only = only.unwrap_or_default();
    let statement = format!("SELECT count(*) AS number FROM jobs WHERE {own} = $1{only_these}");
    let counted = rows(backend, statement, place.id, &only).await?;
    let number: i64 = counted.first().map(|row| row.try_get("number")).transpose()?.unwrap_or_default();
    let statement = format!(
        "SELECT {other} AS other, from_at, until_at, ended_at FROM jobs \
         WHERE {own} = $1{only_these} ORDER BY from_at DESC, id DESC LIMIT {SHOWN}"
    );
    let sight = Sight::of(caller);
    for row in rows(backend, statement, place.id, &only).await? {
        jobs.rows.push(job(caller, &sight, &row)?);
    }
    jobs.more = u64::try_from(number).unwrap_or_default().saturating_sub(jobs.rows.len() as u64);
    Ok(())
}

/// Only names of columns and numbers of parameters are put together in these statements.
async fn rows(backend: &Backend, statement: String, place: ObjectId, only: &[String]) -> Result<Vec<AnyRow>> {
    let mut question = query(AssertSqlSafe(statement)).bind(place.to_string());
    for other in only {
        question = question.bind(other.clone());
    }
    Ok(question.fetch_all(backend.database().pool()).await?)
}

fn job(caller: &Caller, sight: &Sight<'_>, row: &AnyRow) -> Result<Job> {
    let (from, about): (Millis, Millis) = (row.try_get("from_at")?, row.try_get("until_at")?);
    let ended: Option<Millis> = row.try_get("ended_at")?;
    let (until, progress) = match ended {
        Some(ended) => (ended, Progress::Done),
        None if from > caller.at => (about, Progress::Planned),
        None if about > caller.at => (about, Progress::Running),
        None => (about, Progress::Done),
    };
    let with = match id_or_none(row, "other")? {
        None => With::Untold,
        Some(id) => match sight.name(id) {
            Some(name) => With::Seen(Named { id, name }),
            None if caller.state.object(id).is_none() => With::Removed,
            None => With::Hidden,
        },
    };
    Ok(Job { with, from, until, progress })
}

/// Whether the caller may see jobs of that place, whatever they are about.
fn openly(caller: &Caller, place: &Object) -> Verdict {
    asked(caller, place, Context::open().with(&place.kind, Value::Place(place.id)))
}

/// Whether the caller may see the jobs that are about that place and the other.
fn sees(caller: &Caller, place: &Object, other: Option<ObjectId>) -> bool {
    let is_robot = place.kind == ROBOT;
    let (robot, process) = if is_robot { (Some(place.id), other) } else { (other, Some(place.id)) };
    let mut about = Context::default();
    for (key, end) in [(ROBOT, robot), (PROCESS, process)] {
        if let Some(end) = end {
            about = about.with(key, Value::Place(end));
        }
    }
    // What runs on a robot runs in each of its environments.
    let state = &caller.state;
    let holders = robot.into_iter().flat_map(|robot| state.holders(robot)).map(|link| link.holder);
    let within = holders.filter(|id| state.object(*id).is_some_and(|holder| holder.kind == ENVIRONMENT));
    let within = within.map(|id| about.clone().with(ENVIRONMENT, Value::Place(id)));
    std::iter::once(about.clone()).chain(within).any(|about| asked(caller, place, about).is_allowed())
}

fn asked(caller: &Caller, place: &Object, context: Context) -> Verdict {
    let Some(permission) = caller.state.catalog().number(JOBS) else { return Verdict::Denied };
    let (who, at) = (Who::User(caller.user), caller.at);
    decide::verdict(&caller.state, &Question { who, permission, object: place.id, at, context })
}

/// The other end of a job as a statement compares it.
fn key(other: Option<ObjectId>) -> String {
    other.map(|id| id.to_string()).unwrap_or_default()
}
