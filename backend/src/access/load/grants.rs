//! Grants, all at once: they are by far the most rows.

use super::{LoadError, Loaded, bad, each, id};
use model::grant::{Grant, Subject, Window};
use model::limit::Limits;
use model::state::State;
use sqlx::{AnyConnection, Row, query};

pub(super) async fn grants(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    // Room for all of them from the start: a list that grows is moved, and stands in memory twice.
    let count: i64 =
        query("SELECT COUNT(*) AS grants FROM grants").fetch_one(&mut *from).await?.try_get("grants")?;
    let mut all = Vec::with_capacity(usize::try_from(count).unwrap_or_default());
    let sql =
        "SELECT id, subject_kind, subject_id, role_id, object_id, from_at, until_at, limits FROM grants";
    each(from, sql, |row| {
        let (kind, subject): (&str, &str) = (row.try_get(1)?, row.try_get(2)?);
        let subject = match kind {
            "user" => Subject::User(id("grants", subject)?),
            "group" => Subject::Group(id("grants", subject)?),
            "service-account" => Subject::ServiceAccount(id("grants", subject)?),
            "everyone" => Subject::Everyone,
            _ => return Err(bad("grants", kind)),
        };
        let limits = match row.try_get::<Option<&str>, _>(7)? {
            None => Limits::NONE,
            Some(text) => read_limits(text)?,
        };
        all.push(Grant {
            id: id("grants", row.try_get(0)?)?,
            subject,
            role: id("grants", row.try_get(3)?)?,
            object: id("grants", row.try_get(4)?)?,
            window: Window { from: row.try_get(5)?, until: row.try_get(6)? },
            limits,
        });
        Ok(())
    })
    .await?;
    state.load_grants(all).map_err(|misfit| LoadError::Misfit { table: "grants", misfit })
}

/// INVARIANT: a limit that does not read is no grant without limits.
fn read_limits(text: &str) -> Loaded<Limits> {
    let limits: Limits = serde_json::from_str(text).map_err(|error| bad("grants", error))?;
    // What stands there as a list of nothing was not written by this program.
    if limits.is_none() { Err(bad("grants", "limits without a comparison")) } else { Ok(limits) }
}
