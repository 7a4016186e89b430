//! What is noted of applications, in a table of its own beside the access state. What writes works inside a
//! transaction that the caller holds.

use crate::database::parameters;
use model::Millis;
use model::id::ObjectId;
use model::view::applications::Status;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row, query};
use std::collections::HashMap;

/// What is noted of an application.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Noted {
    /// What it is for.
    pub description: String,
    /// Who it belongs to, as they stand in addresses.
    pub owners: Vec<String>,
    /// How far it has come.
    pub status: Status,
    /// The day on which it is planned to go live; empty: none is.
    pub planned_on: String,
    /// Since when the status is so; 0: not known.
    pub since: Millis,
}

fn read(row: &AnyRow) -> Result<Noted, sqlx::Error> {
    let (owners, status): (String, String) = (row.try_get("owners")?, row.try_get("status")?);
    Ok(Noted {
        description: row.try_get("description")?,
        owners: owners.split_whitespace().map(str::to_owned).collect(),
        status: Status::of_key(&status).unwrap_or_default(),
        planned_on: row.try_get("planned_on")?,
        since: row.try_get("status_at")?,
    })
}

/// What is noted of an application; nothing, where nothing was.
pub(crate) async fn of(from: &mut AnyConnection, application: ObjectId) -> Result<Noted, sqlx::Error> {
    Ok(of_all(from, &[application]).await?.remove(&application).unwrap_or_default())
}

/// What is noted of these applications: those of one page.
pub(crate) async fn of_all(
    from: &mut AnyConnection,
    applications: &[ObjectId],
) -> Result<HashMap<ObjectId, Noted>, sqlx::Error> {
    let mut found = HashMap::new();
    if applications.is_empty() {
        return Ok(found);
    }
    let statement = format!(
        "SELECT object_id, description, owners, status, planned_on, status_at FROM application_details \
         WHERE object_id IN ({})",
        parameters(1..=applications.len())
    );
    // Only the numbers of parameters are put together here.
    let mut question = query(AssertSqlSafe(statement));
    for application in applications {
        question = question.bind(application.to_string());
    }
    for row in question.fetch_all(from).await? {
        found.insert(crate::database::id(&row, "object_id")?, read(&row)?);
    }
    Ok(found)
}

/// The status of every application of which one is noted.
pub(crate) async fn statuses(from: &mut AnyConnection) -> Result<HashMap<ObjectId, Status>, sqlx::Error> {
    let rows = query("SELECT object_id, status FROM application_details").fetch_all(from).await?;
    let mut found = HashMap::new();
    for row in rows {
        let status: String = row.try_get("status")?;
        found.insert(crate::database::id(&row, "object_id")?, Status::of_key(&status).unwrap_or_default());
    }
    Ok(found)
}

/// Notes it of an application.
pub(crate) async fn note(
    to: &mut AnyConnection,
    application: ObjectId,
    noted: &Noted,
) -> Result<(), sqlx::Error> {
    query(
        "INSERT INTO application_details (object_id, description, owners, status, planned_on, status_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (object_id) DO UPDATE
         SET description = $2, owners = $3, status = $4, planned_on = $5, status_at = $6",
    )
    .bind(application.to_string())
    .bind(&noted.description)
    .bind(noted.owners.join(" "))
    .bind(noted.status.key())
    .bind(&noted.planned_on)
    .bind(noted.since)
    .execute(to)
    .await
    .map(|_| ())
}
