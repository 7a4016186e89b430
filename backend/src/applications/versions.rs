//! The versions of stages and what locks them, in tables of their own beside the access state. What writes works
//! inside a transaction that the caller holds.

use crate::database::parameters;
use model::id::{MoveId, ObjectId};
use sqlx::{AnyConnection, AssertSqlSafe, Row, query};
use std::collections::{BTreeSet, HashMap};

/// What is noted of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Noted {
    /// Whether it is a branch beside the chain.
    pub branch: bool,
    /// Its version; empty: not known.
    pub version: String,
    /// The merge or rollback that runs on it.
    pub locked_by: Option<MoveId>,
}

/// What is noted of these stages.
pub(crate) async fn of_all(
    from: &mut AnyConnection,
    stages: &[ObjectId],
) -> Result<HashMap<ObjectId, Noted>, sqlx::Error> {
    let mut found = HashMap::new();
    if stages.is_empty() {
        return Ok(found);
    }
    let statement = format!(
        "SELECT object_id, branch, version, locked_by FROM stage_details WHERE object_id IN ({})",
        parameters(1..=stages.len())
    );
    // Only the numbers of parameters are put together here.
    let mut question = query(AssertSqlSafe(statement));
    for stage in stages {
        question = question.bind(stage.to_string());
    }
    for row in question.fetch_all(from).await? {
        let noted = Noted {
            branch: row.try_get::<i64, _>("branch")? != 0,
            version: row.try_get("version")?,
            locked_by: crate::database::id_or_none(&row, "locked_by")?,
        };
        found.insert(crate::database::id(&row, "object_id")?, noted);
    }
    Ok(found)
}

/// What is noted of a stage; none, where nothing was.
pub(crate) async fn of(from: &mut AnyConnection, stage: ObjectId) -> Result<Option<Noted>, sqlx::Error> {
    Ok(of_all(from, &[stage]).await?.remove(&stage))
}

/// Notes it of a stage.
pub(crate) async fn note(to: &mut AnyConnection, stage: ObjectId, noted: &Noted) -> Result<(), sqlx::Error> {
    query(
        "INSERT INTO stage_details (object_id, branch, version, locked_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (object_id) DO UPDATE SET branch = $2, version = $3, locked_by = $4",
    )
    .bind(stage.to_string())
    .bind(i64::from(noted.branch))
    .bind(&noted.version)
    .bind(noted.locked_by.map(|id| id.to_string()))
    .execute(to)
    .await
    .map(|_| ())
}

/// Locks a stage that nothing locks.
pub(crate) async fn lock(to: &mut AnyConnection, stage: ObjectId, by: MoveId) -> Result<(), sqlx::Error> {
    query("UPDATE stage_details SET locked_by = $2 WHERE object_id = $1 AND locked_by IS NULL")
        .bind(stage.to_string())
        .bind(by.to_string())
        .execute(to)
        .await
        .map(|_| ())
}

/// Frees whatever a merge or rollback locks.
pub(crate) async fn unlock(to: &mut AnyConnection, by: MoveId) -> Result<(), sqlx::Error> {
    query("UPDATE stage_details SET locked_by = NULL WHERE locked_by = $1")
        .bind(by.to_string())
        .execute(to)
        .await
        .map(|_| ())
}

/// Gives a stage another version.
pub(crate) async fn set(to: &mut AnyConnection, stage: ObjectId, version: &str) -> Result<(), sqlx::Error> {
    query("UPDATE stage_details SET version = $2 WHERE object_id = $1")
        .bind(stage.to_string())
        .bind(version)
        .execute(to)
        .await
        .map(|_| ())
}

/// The versions that these stages hold, each in their order.
pub(crate) async fn held(
    from: &mut AnyConnection,
    stages: &[ObjectId],
) -> Result<HashMap<ObjectId, Vec<String>>, sqlx::Error> {
    let mut found: HashMap<ObjectId, Vec<String>> = HashMap::new();
    if stages.is_empty() {
        return Ok(found);
    }
    let statement = format!(
        "SELECT object_id, version FROM stage_versions WHERE object_id IN ({}) ORDER BY place",
        parameters(1..=stages.len())
    );
    // Only the numbers of parameters are put together here.
    let mut question = query(AssertSqlSafe(statement));
    for stage in stages {
        question = question.bind(stage.to_string());
    }
    for row in question.fetch_all(from).await? {
        let stage = crate::database::id(&row, "object_id")?;
        found.entry(stage).or_default().push(row.try_get("version")?);
    }
    Ok(found)
}

/// The versions of some that are not among others, each once, in their order.
pub(crate) fn beyond(some: &[String], others: &[String]) -> Vec<String> {
    let mut known: BTreeSet<&str> = others.iter().map(String::as_str).collect();
    some.iter().filter(|version| known.insert(version)).cloned().collect()
}

/// Adds versions behind those that a stage holds.
pub(crate) async fn add(
    to: &mut AnyConnection,
    stage: ObjectId,
    versions: &[String],
    by: Option<MoveId>,
) -> Result<(), sqlx::Error> {
    let last = query(
        "SELECT CAST(coalesce(max(place), 0) AS BIGINT) AS place FROM stage_versions WHERE object_id = $1",
    )
    .bind(stage.to_string())
    .fetch_one(&mut *to)
    .await?
    .try_get::<i64, _>("place")?;
    for (place, version) in (last + 1..).zip(versions) {
        query("INSERT INTO stage_versions (object_id, place, version, move_id) VALUES ($1, $2, $3, $4)")
            .bind(stage.to_string())
            .bind(place)
            .bind(version)
            .bind(by.map(|id| id.to_string()).unwrap_or_default())
            .execute(&mut *to)
            .await?;
    }
    Ok(())
}

/// The versions that came to a stage by a merge, and after it; none, where that merge brought none.
pub(crate) async fn since(
    from: &mut AnyConnection,
    stage: ObjectId,
    merge: MoveId,
) -> Result<Option<(i64, Vec<String>)>, sqlx::Error> {
    let first = query(
        "SELECT place FROM stage_versions WHERE object_id = $1 AND move_id = $2 ORDER BY place LIMIT 1",
    )
    .bind(stage.to_string())
    .bind(merge.to_string())
    .fetch_optional(&mut *from)
    .await?;
    let Some(first) = first else { return Ok(None) };
    let first: i64 = first.try_get("place")?;
    let rows =
        query("SELECT version FROM stage_versions WHERE object_id = $1 AND place >= $2 ORDER BY place")
            .bind(stage.to_string())
            .bind(first)
            .fetch_all(from)
            .await?;
    let versions = rows.iter().map(|row| row.try_get("version")).collect::<Result<_, _>>()?;
    Ok(Some((first, versions)))
}

/// Takes away the versions from a place on.
pub(crate) async fn cut(to: &mut AnyConnection, stage: ObjectId, first: i64) -> Result<(), sqlx::Error> {
    query("DELETE FROM stage_versions WHERE object_id = $1 AND place >= $2")
        .bind(stage.to_string())
        .bind(first)
        .execute(to)
        .await
        .map(|_| ())
}
