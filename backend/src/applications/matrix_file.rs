//! The matrix *who can merge to production* as a file for spreadsheets.

use super::matrix::shown;
use crate::Backend;
use crate::caller::Caller;
use crate::error::Result;
use crate::table_file;
use model::Millis;
use model::grant::Who;
use model::view::applications::{Cell, MatrixQuery};

/// Everybody who can merge to production somewhere, with a column for each application; as CSV.
/// Moments are said by `time`.
///
/// # Errors
/// When the area is off, or no right of the caller's shows who may do what.
pub async fn matrix_file(backend: &Backend, caller: &Caller, time: fn(Millis) -> String) -> Result<String> {
    let all = shown(backend, caller, &MatrixQuery { page: 1, ..MatrixQuery::default() }, u32::MAX).await?;
    let applications = all.columns.rows.into_iter().map(|column| column.name);
    let head = ["Who", "What", "By"].map(str::to_owned).into_iter().chain(applications);
    let mut lines: Vec<Vec<String>> = vec![head.chain(["In all".to_owned()]).collect()];
    for row in all.rows {
        let what = match row.who {
            Who::User(_) => "person",
            Who::Group(_) => "group",
            Who::ServiceAccount(_) => "service account",
        };
        let cells = row.cells.iter().map(|cell| said(cell, time));
        let line = [row.name, what.to_owned(), row.about].into_iter().chain(cells);
        lines.push(line.chain([row.may.to_string()]).collect());
    }
    table_file::csv(&lines)
}

fn said(cell: &Cell, time: fn(Millis) -> String) -> String {
    match cell {
        Cell::Given => "may".to_owned(),
        Cell::Inherited => "may, through the organization".to_owned(),
        Cell::Depends(how) => format!("may {how}"),
        Cell::Until(at) => format!("may until {}", time(*at)),
        Cell::No => "may not".to_owned(),
    }
}
