//! Joins the style sheets into one and takes out what a browser does not need.
//!
//! Only comments and white space go: the text of the rules stays as written, so that layers, nesting and every
//! function that a browser knows pass through.

use std::path::{Path, PathBuf};

use crate::Failure;

/// The sheets that open the bundle, in this order; all others follow by name.
const FIRST: [&str; 3] = ["tokens.css", "base.css", "components.css"];

/// One sheet made of all in `folder`.
pub fn bundle(folder: &Path) -> Result<String, Failure> {
    let mut bundle = String::new();
    for sheet in sheets(folder)? {
        bundle.push_str(&strip(&std::fs::read_to_string(sheet)?));
    }
    Ok(bundle)
}

fn sheets(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut sheets: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    sheets.sort_by_key(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        (FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len()), name)
    });
    Ok(sheets)
}

/// The sheet without comments, and with white space only where it can mean something.
fn strip(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet.chars().peekable();
    let mut space = false;
    while let Some(next) = rest.next() {
        if next == '/' && rest.peek() == Some(&'*') {
            skip_comment(&mut rest);
            space = true;
            continue;
        }
        if next.is_ascii_whitespace() {
            space = true;
            continue;
        }
        let joins = |c: char| matches!(c, '{' | '}' | ';' | ',');
        if space && !joins(next) && !out.ends_with(joins) && !out.is_empty() {
            out.push(' ');
        }
        space = false;
        if next == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(next);
        if next == '"' || next == '\'' {
            copy_string(next, &mut rest, &mut out);
        }
    }
    out
}

fn skip_comment(rest: &mut impl Iterator<Item = char>) {
    let mut star = false;
    for next in rest {
        if star && next == '/' {
            return;
        }
        star = next == '*';
    }
}

fn copy_string(quote: char, rest: &mut impl Iterator<Item = char>, out: &mut String) {
    let mut escaped = false;
    for next in rest {
        out.push(next);
        if next == quote && !escaped {
            return;
        }
        escaped = next == '\\' && !escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn white_space_goes_where_it_means_nothing_and_stays_where_it_does() {
        let table = [
            ("/* head */\n@layer base {\n\ta:hover { color: red; }\n}\n", "@layer base{a:hover{color: red}}"),
            (
                ".a :is(b, c) > d + e { margin: calc(1px + 2px) 0; }",
                ".a :is(b,c) > d + e{margin: calc(1px + 2px) 0}",
            ),
            ("a{b:c}/* x */d{e:f}", "a{b:c}d{e:f}"),
            ("a { margin: 1px/**/2px }", "a{margin: 1px 2px}"),
        ];
        for (written, wanted) in table {
            assert_eq!(strip(written), wanted);
        }
    }

    #[test]
    fn strings_stay_as_they_are() {
        let sheet = r#"a::before{content:" /* not a comment */  \" ; }"}"#;
        assert_eq!(strip(sheet), sheet);
    }
}
