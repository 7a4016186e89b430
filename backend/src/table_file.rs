//! Tables as files for spreadsheets.

use crate::error::{Error, Result};

/// Tells spreadsheets that the text is UTF-8.
const MARK: char = '\u{feff}';

/// Lines of cells as CSV, the way RFC 4180 has it. A cell that a spreadsheet would take for a formula begins with an
/// apostrophe instead: names are written by people.
///
/// # Errors
/// None but failures inside.
pub(crate) fn csv(lines: &[Vec<String>]) -> Result<String> {
    let mut text = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        text.write_record(line.iter().map(|cell| harmless(cell))).map_err(Error::broken)?;
    }
    let bytes = text.into_inner().map_err(|failed| Error::broken(failed.to_string()))?;
    let text = String::from_utf8(bytes).map_err(Error::broken)?;
    Ok(format!("{MARK}{text}"))
}

fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn cells_are_quoted_and_no_cell_is_a_formula() {
        let line = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
        let lines = [
            line(&["Who", "Shop, old"]),
            line(&["Ann \"Bee\" Lee", "two\nlines"]),
            line(&["=1+1", "+1", "-1", "@a", "\tb", "a=b"]),
        ];
        let wanted = concat!(
            "\u{feff}Who,\"Shop, old\"\r\n",
            "\"Ann \"\"Bee\"\" Lee\",\"two\nlines\"\r\n",
            "'=1+1,'+1,'-1,'@a,'\tb,a=b\r\n",
        );
        // Lines of different lengths are a mistake of whoever makes the table.
        assert!(csv(&lines).is_err());
        let two = csv(&lines[..2]).unwrap();
        let last = csv(&lines[2..]).unwrap();
        assert_eq!(two + last.trim_start_matches('\u{feff}'), wanted);
    }
}
