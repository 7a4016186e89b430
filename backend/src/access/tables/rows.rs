//! The rows of which there are many: people, members of groups, grants. An import adds them by the ten
//! thousand, so runs of them are written many at once.

use super::{Written, json, subject_columns, word};
use model::change::Change;
use model::grant::Grant;
use sqlx::{AnyConnection, AssertSqlSafe, query};

/// How many rows one statement inserts: always so many or one, so that few statements are prepared.
const AT_ONCE: usize = 100;

/// A table, with the columns that a new row fills.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sort {
    table: &'static str,
    columns: &'static [&'static str],
}

const PEOPLE: Sort = Sort { table: "people", columns: &["id", "status"] };
const MEMBERS: Sort = Sort { table: "members", columns: &["group_id", "user_id"] };
const GRANTS: Sort = Sort {
    table: "grants",
    columns: &["id", "subject_kind", "subject_id", "role_id", "object_id", "from_at", "until_at", "limits"],
};

/// What stands in one column.
pub(super) enum Cell {
    Text(Option<String>),
    Number(Option<i64>),
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(Some(value.to_string()))
}

type Row = Vec<Cell>;

/// The row that a change adds to one of these tables.
fn row(change: &Change) -> Result<Option<(&'static Sort, Row)>, sqlx::Error> {
    Ok(Some(match change {
        Change::UserAdded { user, status } => (&PEOPLE, vec![text(user), text(word(status))]),
        Change::MemberAdded { group, user } => (&MEMBERS, vec![text(group), text(user)]),
        Change::GrantAdded { grant } => (&GRANTS, grant_row(grant)?),
        _ => return Ok(None),
    }))
}

fn grant_row(grant: &Grant) -> Result<Row, sqlx::Error> {
    let (kind, subject) = subject_columns(grant.subject);
    let limits = (!grant.limits.is_none()).then(|| json(&grant.limits)).transpose()?;
    Ok(vec![
        text(grant.id),
        text(kind),
        text(subject),
        text(grant.role),
        text(grant.object),
        Cell::Number(grant.window.from),
        Cell::Number(grant.window.until),
        Cell::Text(limits),
    ])
}

/// The rows of the run with which a list of changes begins, if it is one that is written at once.
pub(super) fn run(changes: &[Change]) -> Result<Option<(&'static Sort, Vec<Row>)>, sqlx::Error> {
    let first = changes.first().map(std::mem::discriminant);
    let Some(run) = changes.get(..AT_ONCE) else { return Ok(None) };
    if run.iter().any(|change| Some(std::mem::discriminant(change)) != first) {
        return Ok(None);
    }
    let mut rows = Vec::with_capacity(AT_ONCE);
    let mut of = None;
    for change in run {
        let Some((sort, row)) = row(change)? else { return Ok(None) };
        of = Some(sort);
        rows.push(row);
    }
    Ok(of.map(|sort| (sort, rows)))
}

/// Writes the row of one change.
pub(super) async fn insert_one(to: &mut AnyConnection, change: &Change) -> Written {
    match row(change)? {
        Some((sort, row)) => insert(to, sort, &[row]).await,
        None => Ok(()),
    }
}

/// Writes rows of one table in one statement.
pub(super) async fn insert(to: &mut AnyConnection, sort: &Sort, rows: &[Row]) -> Written {
    let Sort { table, columns } = sort;
    let mut numbers = 1..;
    let row = |_: &Row| {
        let places: Vec<String> = numbers.by_ref().take(columns.len()).map(|n| format!("${n}")).collect();
        format!("({})", places.join(", "))
    };
    let values: Vec<String> = rows.iter().map(row).collect();
    // Nothing that somebody sent stands in the text.
    let sql = format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), values.join(", "));
    let mut asked = query(AssertSqlSafe(sql));
    for cell in rows.iter().flatten() {
        asked = match cell {
            Cell::Text(value) => asked.bind(value.clone()),
            Cell::Number(value) => asked.bind(*value),
        };
    }
    asked.execute(to).await?;
    Ok(())
}
