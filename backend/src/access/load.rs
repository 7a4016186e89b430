//! Loading the state from its tables.
//!
//! Rows are turned into the changes that would make them, so that what is loaded has passed the same checks
//! as what was committed. Tables are read row by row, the longest bunch by bunch, in an order in which everything
//! finds what it refers to: what the organization is made of, people, places, ties, and grants at last.

mod grants;
mod people;
mod places;
mod roles;

use futures::TryStreamExt;
use model::change::Change;
use model::id::UserId;
use model::misfit::Misfit;
use model::state::State;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row, query};
use std::sync::Arc;

pub(super) use people::profiles;

/// Why the tables cannot be read as a state.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The database failed.
    #[error("the database failed: {0}")]
    Sql(#[from] sqlx::Error),
    /// A row does not read.
    #[error("table {table} has a row that does not read: {what}")]
    Row {
        /// The table.
        table: &'static str,
        /// What of it.
        what: String,
    },
    /// A row does not fit the others.
    #[error("table {table} does not fit the rest: {misfit}")]
    Misfit {
        /// The table, or `revisions`.
        table: &'static str,
        /// Why.
        misfit: Misfit,
    },
}

type Loaded<T> = Result<T, LoadError>;

fn bad(table: &'static str, what: impl ToString) -> LoadError {
    LoadError::Row { table, what: what.to_string() }
}

fn id<T: std::str::FromStr>(table: &'static str, text: &str) -> Loaded<T> {
    text.parse().map_err(|_| bad(table, text))
}

fn id_or_none<T: std::str::FromStr>(table: &'static str, text: Option<&str>) -> Loaded<Option<T>> {
    text.map(|text| id(table, text)).transpose()
}

fn apply(state: &mut State, table: &'static str, change: &Change) -> Loaded<()> {
    state.apply(change).map_err(|misfit| LoadError::Misfit { table, misfit })
}

/// Shows one row after the other: a large table never stands in memory as rows.
async fn each(
    from: &mut AnyConnection,
    sql: &'static str,
    mut take: impl FnMut(&AnyRow) -> Loaded<()> + Send,
) -> Loaded<()> {
    let mut rows = query(sql).fetch(from);
    while let Some(row) = rows.try_next().await? {
        take(&row)?;
    }
    Ok(())
}

/// Whether an organization has been set up, and its name.
///
/// # Errors
/// When the database fails.
pub async fn organization(from: &mut AnyConnection) -> Result<Option<String>, sqlx::Error> {
    let row = query("SELECT name FROM organization WHERE id = 1").fetch_optional(from).await?;
    row.map(|row| row.try_get("name")).transpose()
}

/// The state as its tables have it, profiles included.
///
/// # Errors
/// When the database fails, or the tables do not add up.
pub async fn from_tables(from: &mut AnyConnection) -> Loaded<State> {
    let name = organization(from).await?.unwrap_or_default();
    let mut state = State::new(&name);
    catalog(from, &mut state).await?;
    // Roles of tenants come after these; what a role delegates, after all roles.
    let tenants = roles::of_organization(from, &mut state).await?;
    people::people(from, &mut state).await?;
    profiles(from, &mut state, None::<&[UserId]>).await?;
    people::groups(from, &mut state).await?;
    places::objects(from, &mut state).await?;
    places::links(from, &mut state).await?;
    people::service_accounts(from, &mut state).await?;
    roles::of_tenants(&mut state, tenants)?;
    roles::delegations(from, &mut state).await?;
    places::properties(from, &mut state).await?;
    grants::grants(from, &mut state).await?;
    let head: i64 =
        query("SELECT revision FROM head WHERE id = 1").fetch_one(from).await?.try_get("revision")?;
    state.set_revision(u64::try_from(head).unwrap_or_default());
    Ok(state)
}

async fn catalog(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    let sql = "SELECT pack, body, is_on FROM packs ORDER BY position";
    each(from, sql, |row| {
        let body: &str = row.try_get("body")?;
        let pack: Arc<model::catalog::Pack> = serde_json::from_str(body).map_err(|e| bad("packs", e))?;
        apply(state, "packs", &Change::PackInstalled { pack: Arc::clone(&pack) })?;
        if row.try_get::<i64, _>("is_on")? == 0 {
            apply(state, "packs", &Change::PackRemoved { pack })?;
        }
        Ok(())
    })
    .await?;
    each(from, "SELECT area FROM areas ORDER BY area", |row| {
        apply(state, "areas", &Change::AreaTurnedOn { area: row.try_get("area")? })
    })
    .await
}
