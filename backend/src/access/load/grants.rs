//! Grants, all at once: they are by far the most rows.

use super::{LoadError, Loaded, bad, each, id};
use model::Millis;
use model::grant::{Grant, Subject, Window};
use model::limit::Limits;
use model::state::State;
use sqlx::{AnyConnection, Row, query};

/// Grants by the bunch, a line each: handing over a row of its own costs several times what reading it does. Random
/// ids begin in 512 ways. A line has limits at its end, after a sign that tells none from a text of nothing.
const BUNCHES: &str = "SELECT string_agg(\
       id || ' ' || subject_kind || ' ' || subject_id || ' ' || role_id || ' ' || object_id || ' ' \
    || COALESCE(CAST(from_at AS TEXT), '') || ' ' || COALESCE(CAST(until_at AS TEXT), '') || ' ' \
    || CASE WHEN limits IS NULL THEN '' ELSE '=' || limits END, '\n') \
    FROM grants GROUP BY substr(id, 1, 2)";

pub(super) async fn grants(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    // Room for all of them from the start: a list that grows is moved, and stands in memory twice.
    let count: i64 =
        query("SELECT COUNT(*) AS grants FROM grants").fetch_one(&mut *from).await?.try_get("grants")?;
    let count = usize::try_from(count).unwrap_or_default();
    let mut all = Vec::with_capacity(count);
    each(from, BUNCHES, |row| {
        let bunch: &str = row.try_get(0)?;
        bunch.split('\n').try_for_each(|line| {
            all.push(read(line)?);
            Ok(())
        })
    })
    .await?;
    if all.len() != count {
        return Err(bad("grants", format!("{count} rows, {} of which read", all.len())));
    }
    state.load_grants(all).map_err(|misfit| LoadError::Misfit { table: "grants", misfit })
}

fn read(line: &str) -> Loaded<Grant> {
    let mut columns = line.splitn(8, ' ');
    let mut next = || columns.next().ok_or_else(|| bad("grants", line));
    let grant = id("grants", next()?)?;
    let (kind, subject) = (next()?, next()?);
    let subject = match kind {
        "user" => Subject::User(id("grants", subject)?),
        "group" => Subject::Group(id("grants", subject)?),
        "service-account" => Subject::ServiceAccount(id("grants", subject)?),
        "everyone" => Subject::Everyone,
        _ => return Err(bad("grants", kind)),
    };
    Ok(Grant {
        id: grant,
        subject,
        role: id("grants", next()?)?,
        object: id("grants", next()?)?,
        window: Window { from: moment(next()?)?, until: moment(next()?)? },
        limits: limits(next()?)?,
    })
}

fn moment(text: &str) -> Loaded<Option<Millis>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|error| bad("grants", error)) }
}

/// INVARIANT: a limit that does not read is no grant without limits.
fn limits(text: &str) -> Loaded<Limits> {
    if text.is_empty() {
        return Ok(Limits::NONE);
    }
    let text = text.strip_prefix('=').ok_or_else(|| bad("grants", text))?;
    let limits: Limits = serde_json::from_str(text).map_err(|error| bad("grants", error))?;
    // What stands there as a list of nothing was not written by this program.
    if limits.is_none() { Err(bad("grants", "limits without a comparison")) } else { Ok(limits) }
}
