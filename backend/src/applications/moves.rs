//! Merges, updates and rollbacks as they are recorded, in a table of their own beside the access state. What writes
//! works inside a transaction that the caller holds.

use crate::access::log::{actor_column, read_actor};
use model::Millis;
use model::guard::Actor;
use model::id::{MoveId, ObjectId};
use model::view::applications::{MoveKind, Outcome};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row, query};

/// A merge, an update or a rollback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub id: MoveId,
    pub application: ObjectId,
    pub kind: MoveKind,
    /// The stage whose version moves, and its name at the time.
    pub stage: (ObjectId, String),
    /// Where a merge comes from.
    pub from: Option<(ObjectId, String)>,
    pub version_before: String,
    pub version_after: String,
    /// What it brings, or takes away.
    pub versions: Vec<String>,
    pub description: String,
    pub actor: Option<Actor>,
    /// The platform that carried it out; empty: Rolecall only recorded it.
    pub carried_by: String,
    pub outcome: Outcome,
    pub begun_at: Millis,
    pub ended_at: Option<Millis>,
    /// Of a rollback: the merge that it takes back, with all that came after it.
    pub takes_back: Option<MoveId>,
    /// Of a merge: the rollback that took it back.
    pub taken_back_by: Option<MoveId>,
}

/// The columns, in no order that matters.
pub(super) const COLUMNS: &str = "id, application_id, kind, stage_id, stage_name, from_id, from_name, \
     version_before, version_after, versions, description, actor, carried_by, outcome, begun_at, ended_at, \
     takes_back, taken_back_by";

pub(super) fn read(row: &AnyRow) -> Result<Move, sqlx::Error> {
    use crate::database::{id, id_or_none};
    let (kind, outcome): (String, String) = (row.try_get("kind")?, row.try_get("outcome")?);
    let unknown = |column: &str| sqlx::Error::ColumnNotFound(format!("a known {column}"));
    let (versions, actor): (String, String) = (row.try_get("versions")?, row.try_get("actor")?);
    let from_name: String = row.try_get("from_name")?;
    Ok(Move {
        id: id(row, "id")?,
        application: id(row, "application_id")?,
        kind: MoveKind::of_key(&kind).ok_or_else(|| unknown("kind"))?,
        stage: (id(row, "stage_id")?, row.try_get("stage_name")?),
        from: id_or_none(row, "from_id")?.map(|from| (from, from_name)),
        version_before: row.try_get("version_before")?,
        version_after: row.try_get("version_after")?,
        versions: versions.lines().map(str::to_owned).collect(),
        description: row.try_get("description")?,
        actor: read_actor(&actor),
        carried_by: row.try_get("carried_by")?,
        outcome: Outcome::of_key(&outcome).ok_or_else(|| unknown("outcome"))?,
        begun_at: row.try_get("begun_at")?,
        ended_at: row.try_get("ended_at")?,
        takes_back: id_or_none(row, "takes_back")?,
        taken_back_by: id_or_none(row, "taken_back_by")?,
    })
}

/// Records one, behind all others.
pub(crate) async fn insert(to: &mut AnyConnection, one: &Move) -> Result<(), sqlx::Error> {
    let last = query("SELECT CAST(coalesce(max(place), 0) AS BIGINT) AS place FROM stage_moves")
        .fetch_one(&mut *to)
        .await?
        .try_get::<i64, _>("place")?;
    query(
        "INSERT INTO stage_moves (id, place, application_id, kind, stage_id, stage_name, from_id, from_name, \
         version_before, version_after, versions, description, actor, carried_by, outcome, begun_at, ended_at, \
         takes_back, taken_back_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(one.id.to_string())
    .bind(last + 1)
    .bind(one.application.to_string())
    .bind(one.kind.key())
    .bind(one.stage.0.to_string())
    .bind(&one.stage.1)
    .bind(one.from.as_ref().map(|(from, _)| from.to_string()))
    .bind(one.from.as_ref().map(|(_, name)| name.clone()).unwrap_or_default())
    .bind(&one.version_before)
    .bind(&one.version_after)
    .bind(one.versions.join("\n"))
    .bind(&one.description)
    .bind(one.actor.map(actor_column).unwrap_or_default())
    .bind(&one.carried_by)
    .bind(one.outcome.key())
    .bind(one.begun_at)
    .bind(one.ended_at)
    .bind(one.takes_back.map(|id| id.to_string()))
    .bind(one.taken_back_by.map(|id| id.to_string()))
    .execute(to)
    .await
    .map(|_| ())
}

/// Says how one has ended.
pub(crate) async fn end(
    to: &mut AnyConnection,
    id: MoveId,
    outcome: Outcome,
    at: Millis,
) -> Result<(), sqlx::Error> {
    query("UPDATE stage_moves SET outcome = $2, ended_at = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(outcome.key())
        .bind(at)
        .execute(to)
        .await
        .map(|_| ())
}

/// Says that a rollback took a merge back.
pub(crate) async fn take_back(to: &mut AnyConnection, merge: MoveId, by: MoveId) -> Result<(), sqlx::Error> {
    query("UPDATE stage_moves SET taken_back_by = $2 WHERE id = $1")
        .bind(merge.to_string())
        .bind(by.to_string())
        .execute(to)
        .await
        .map(|_| ())
}

/// One of them.
pub(crate) async fn one(from: &mut AnyConnection, id: MoveId) -> Result<Option<Move>, sqlx::Error> {
    // Only columns that are written down here are put together.
    let statement = format!("SELECT {COLUMNS} FROM stage_moves WHERE id = $1");
    let row = query(sqlx::AssertSqlSafe(statement)).bind(id.to_string()).fetch_optional(from).await?;
    row.as_ref().map(read).transpose()
}

/// All that has moved a stage or tried to, the newest first.
pub(crate) async fn of_stage(from: &mut AnyConnection, stage: ObjectId) -> Result<Vec<Move>, sqlx::Error> {
    let statement = format!("SELECT {COLUMNS} FROM stage_moves WHERE stage_id = $1 ORDER BY place DESC");
    let rows = query(sqlx::AssertSqlSafe(statement)).bind(stage.to_string()).fetch_all(from).await?;
    rows.iter().map(read).collect()
}

/// What runs in an application.
pub(crate) async fn running(
    from: &mut AnyConnection,
    application: ObjectId,
) -> Result<Vec<Move>, sqlx::Error> {
    let statement = format!(
        "SELECT {COLUMNS} FROM stage_moves WHERE application_id = $1 AND outcome = 'running' ORDER BY place"
    );
    let rows = query(sqlx::AssertSqlSafe(statement)).bind(application.to_string()).fetch_all(from).await?;
    rows.iter().map(read).collect()
}
