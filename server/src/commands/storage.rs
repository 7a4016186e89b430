//! Opening the data folder and the database in it, alone or beside a running server.

use super::Failure;
use crate::command_line::Storage;
use backend::clock::Clock;
use backend::database::{self, Database};
use backend::folder_lock::{FolderLock, FolderLockError};
use std::path::{Path, PathBuf};

/// The name of the database's file in the data folder.
const FILE: &str = "rolecall.sqlite";

/// Keeps other servers off the folders that it holds.
#[derive(Debug)]
pub struct Locked(#[expect(dead_code, reason = "held, never looked at")] Vec<FolderLock>);

/// The secret of an option, given as it is or as a file.
///
/// # Errors
/// When the file cannot be read.
pub fn secret(plain: Option<&String>, file: Option<&Path>) -> Result<Option<String>, Failure> {
    match file {
        Some(path) => first_line(path).map(Some),
        None => Ok(plain.cloned()),
    }
}

/// The first line of a file that holds a secret.
///
/// # Errors
/// When the file cannot be read.
pub fn first_line(path: &Path) -> Result<String, Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| Failure::Secret { path: path.to_owned(), cause })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn url(storage: &Storage) -> Result<String, Failure> {
    let given = secret(storage.database_url.as_ref(), storage.database_url_file.as_deref())?;
    Ok(given.unwrap_or_else(|| format!("sqlite:{}", storage.data_dir.join(FILE).display())))
}

/// The folders that one process works on alone: the data folder, and that of a database file elsewhere.
fn folders(storage: &Storage, url: &str) -> Vec<PathBuf> {
    let mut folders = vec![storage.data_dir.clone()];
    let file = url.strip_prefix("sqlite:").map(|path| PathBuf::from(path.trim_start_matches("//")));
    if let Some(parent) = file.as_deref().and_then(Path::parent)
        && std::path::absolute(parent).ok() != std::path::absolute(&storage.data_dir).ok()
    {
        folders.push(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() });
    }
    folders
}

fn lock(folders: &[PathBuf], clock: &Clock) -> Result<Locked, FolderLockError> {
    folders.iter().map(|folder| FolderLock::acquire(folder, clock)).collect::<Result<_, _>>().map(Locked)
}

/// Opens the storage for one process alone, its tables up to date.
///
/// # Errors
/// When another server works on the folder, or the database cannot be used.
pub async fn open_alone(storage: &Storage, clock: &Clock) -> Result<(Database, Locked), Failure> {
    let url = url(storage)?;
    let locked = lock(&folders(storage, &url), clock)?;
    let database = Database::open(&url).await?;
    database::migrate(&database, clock).await?;
    Ok((database, locked))
}

/// Opens the database as it is, whoever works on it and whatever condition it is in. It must be there.
///
/// # Errors
/// When there is no database, or it cannot be opened.
pub async fn open_as_it_is(storage: &Storage) -> Result<Database, Failure> {
    let url = url(storage)?;
    if let Some(path) = url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//"))
        && !Path::new(path).exists()
    {
        return Err(Failure::Said(format!("There is no database at {path}. Check --data-dir.")));
    }
    Ok(Database::open(&url).await?)
}

/// Opens the storage, also while a server works on it: then as a second writer, which the server notices.
/// The tables are brought up to date only where no server runs.
///
/// # Errors
/// When the database cannot be used.
pub async fn open_beside(storage: &Storage, clock: &Clock) -> Result<(Database, Option<Locked>), Failure> {
    let url = url(storage)?;
    let locked = match lock(&folders(storage, &url), clock) {
        Ok(locked) => Some(locked),
        Err(FolderLockError::Held { .. }) => None,
        Err(other) => return Err(other.into()),
    };
    let database = Database::open(&url).await?;
    match locked {
        Some(_) => drop(database::migrate(&database, clock).await?),
        None => database::check_schema(&database).await?,
    }
    Ok((database, locked))
}
