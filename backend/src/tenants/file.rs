//! Apps from a file: a table of names and versions, as CSV or as JSON. Nothing is saved here.

use super::{UPLOAD, seen};
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::id::ObjectId;
use model::name::fold;
use model::view::tenants::{MOST_APPS, NewApp};
use serde::Deserialize;

/// The largest file, in bytes.
const LARGEST: usize = 256 * 1024;

/// The apps that a file names, for the page to show before they are uploaded.
///
/// # Errors
/// When the caller may upload none to that tenant, or the file names no app.
pub async fn read(_: &Backend, caller: &Caller, tenant: ObjectId, text: &str) -> Result<Vec<NewApp>> {
    caller.require_on(UPLOAD, seen(caller, tenant)?.id)?;
    if text.len() > LARGEST {
        return Err(wrong("This file is too large: up to 256 kB are read."));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut apps = if text.starts_with(['{', '[']) { json(text)? } else { csv(text)? };
    apps.retain(|app| !app.name.trim().is_empty());
    match apps.len() {
        0 => Err(wrong("This file names no app. Its first line should be: name,version")),
        count if count > MOST_APPS => Err(Error::Invalid {
            field: "file",
            message: format!("This file names {count} apps. Upload up to {MOST_APPS} at once."),
        }),
        _ => Ok(apps),
    }
}

fn wrong(message: &str) -> Error {
    Error::Invalid { field: "file", message: message.to_owned() }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Json {
    Many(Vec<NewApp>),
    Within { apps: Vec<NewApp> },
    One(NewApp),
}

fn json(text: &str) -> Result<Vec<NewApp>> {
    match serde_json::from_str(text) {
        Ok(Json::Many(apps) | Json::Within { apps }) => Ok(apps),
        Ok(Json::One(app)) => Ok(vec![app]),
        Err(_) => Err(wrong(
            "This is not JSON that names apps, such as [{\"name\": \"Viewer\", \"version\": \"2.1\"}].",
        )),
    }
}

/// The first line may name the columns; without, they are name and version.
fn csv(text: &str) -> Result<Vec<NewApp>> {
    let first = text.lines().next().unwrap_or_default();
    let separator =
        [b',', b';', b'\t'].into_iter().find(|one| first.as_bytes().contains(one)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows: std::result::Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
    let rows = rows.map_err(|_| wrong("This file does not read as CSV."))?;
    let column = |name: &str| rows.first()?.iter().position(|cell| fold(cell) == name);
    let (name, version, skipped) = match column("name") {
        Some(name) => (name, column("version"), 1),
        None => (0, Some(1), 0),
    };
    let app = |row: &csv::StringRecord| NewApp {
        name: row.get(name).unwrap_or_default().to_owned(),
        version: version.and_then(|at| row.get(at)).unwrap_or_default().to_owned(),
    };
    Ok(rows.iter().skip(skipped).map(app).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apps(list: &[(&str, &str)]) -> Vec<NewApp> {
        let app = |(name, version): &(&str, &str)| NewApp {
            name: (*name).to_owned(),
            version: (*version).to_owned(),
        };
        list.iter().map(app).collect()
    }

    #[test]
    fn names_and_versions_are_read_from_the_tables_that_people_have() {
        let wanted = apps(&[("Viewer", "2.1"), ("Map, large", "3")]);
        for text in [
            "name,version\nViewer,2.1\n\"Map, large\",3\n",
            "Version;Publisher;Name\n2.1;Someone;Viewer\n3;;Map, large",
            "Viewer\t2.1\r\nMap, large\t3\r\n",
        ] {
            assert_eq!(csv(text).unwrap(), wanted, "{text}");
        }
        for text in [
            r#"[{"name": "Viewer", "version": "2.1"}, {"name": "Map, large", "version": "3"}]"#,
            r#"{"apps": [{"name": "Viewer", "version": "2.1"}, {"name": "Map, large", "version": "3"}]}"#,
        ] {
            assert_eq!(json(text).unwrap(), wanted, "{text}");
        }
        assert_eq!(json(r#"{"name": "Viewer"}"#).unwrap(), apps(&[("Viewer", "")]));
        assert!(json("[1]").is_err());
    }
}
