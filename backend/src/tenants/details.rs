//! What is noted of tenants and apps, in tables of their own beside the access state. All functions that write
//! work inside a transaction that the caller holds.

use crate::database::parameters;
use model::Millis;
use model::id::ObjectId;
use model::view::tenants::Details;
use sqlx::{AnyConnection, AssertSqlSafe, Row, query};
use std::collections::HashMap;

/// What is noted of an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AppDetails {
    /// Its version.
    pub version: String,
    /// Who uploaded it, as the log writes actors.
    pub by: String,
    /// When.
    pub at: Millis,
}

/// What is noted of a tenant; nothing, where nothing was.
pub(super) async fn of_tenant(from: &mut AnyConnection, tenant: ObjectId) -> Result<Details, sqlx::Error> {
    let row = query("SELECT domain, contact, notes FROM tenant_details WHERE object_id = $1")
        .bind(tenant.to_string())
        .fetch_optional(from)
        .await?;
    let Some(row) = row else { return Ok(Details::default()) };
    Ok(Details {
        domain: row.try_get("domain")?,
        contact: row.try_get("contact")?,
        notes: row.try_get("notes")?,
    })
}

/// Notes it of a tenant.
pub(crate) async fn note_tenant(
    to: &mut AnyConnection,
    tenant: ObjectId,
    details: &Details,
) -> Result<(), sqlx::Error> {
    query(
        "INSERT INTO tenant_details (object_id, domain, contact, notes) VALUES ($1, $2, $3, $4)
         ON CONFLICT (object_id) DO UPDATE SET domain = $2, contact = $3, notes = $4",
    )
    .bind(tenant.to_string())
    .bind(&details.domain)
    .bind(&details.contact)
    .bind(&details.notes)
    .execute(to)
    .await
    .map(|_| ())
}

/// Notes it of an app.
pub(crate) async fn note_app(
    to: &mut AnyConnection,
    app: ObjectId,
    details: &AppDetails,
) -> Result<(), sqlx::Error> {
    query(
        "INSERT INTO app_details (object_id, version, uploaded_by, uploaded_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (object_id) DO UPDATE SET version = $2, uploaded_by = $3, uploaded_at = $4",
    )
    .bind(app.to_string())
    .bind(&details.version)
    .bind(&details.by)
    .bind(details.at)
    .execute(to)
    .await
    .map(|_| ())
}

/// What is noted of these apps: those of one page, never of all.
pub(super) async fn of_apps(
    from: &mut AnyConnection,
    apps: &[ObjectId],
) -> Result<HashMap<ObjectId, AppDetails>, sqlx::Error> {
    let mut found = HashMap::new();
    if apps.is_empty() {
        return Ok(found);
    }
    // Only the numbers of parameters are put together here.
    let statement = format!(
        "SELECT object_id, version, uploaded_by, uploaded_at FROM app_details WHERE object_id IN ({})",
        parameters(1..=apps.len())
    );
    let mut question = query(AssertSqlSafe(statement));
    for app in apps {
        question = question.bind(app.to_string());
    }
    for row in question.fetch_all(from).await? {
        let details = AppDetails {
            version: row.try_get("version")?,
            by: row.try_get("uploaded_by")?,
            at: row.try_get("uploaded_at")?,
        };
        found.insert(crate::database::id(&row, "object_id")?, details);
    }
    Ok(found)
}
