//! One server per data folder: SQLite's file, and whatever else lies beside it, have one master.
//!
//! The operating system holds the lock and drops it when the process ends, however it ends, so that there is
//! never a stale one to remove by hand.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::clock::{Clock, DAY, HOUR, MINUTE};

const FILE: &str = "rolecall.lock";

/// Held as long as the value lives.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

/// Why the folder cannot be used.
#[derive(Debug, Error)]
pub enum FolderLockError {
    /// Another process holds it.
    #[error(
        "another Rolecall server works on the folder {folder} ({holder}). Stop it, or choose another folder \
         with --data-dir"
    )]
    Held {
        /// The folder.
        folder: PathBuf,
        /// Who holds it, as the holder wrote it down.
        holder: String,
    },
    /// The folder or the file in it cannot be made or locked.
    #[error(
        "cannot use the folder {folder}: {source}. Check that it may be written, or choose another with --data-dir"
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
}

impl FolderLock {
    /// Takes the lock on `folder`, which is made when missing. Keep the value while the server runs.
    pub fn acquire(folder: &Path, clock: &Clock) -> Result<Self, FolderLockError> {
        let failed = |source| FolderLockError::Folder { folder: folder.to_owned(), source };
        make_folder(folder).map_err(failed)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(FILE))
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = holder(&mut file, clock.now());
                return Err(FolderLockError::Held { folder: folder.to_owned(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        write_holder(&mut file, clock.now()).map_err(failed)?;
        Ok(Self { _file: file })
    }
}

/// For its owner only: it will hold the database.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_holder(file: &mut File, now: i64) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{} {now}", std::process::id())
}

/// The process that holds the folder, and for how long.
fn holder(file: &mut File, now: i64) -> String {
    let mut text = String::new();
    let _ = file.read_to_string(&mut text);
    let mut words = text.split_whitespace();
    match (words.next(), words.next().and_then(|since| since.parse::<i64>().ok())) {
        (Some(process), Some(since)) => format!("process {process}, for {}", age(now - since)),
        _ => "it has not said which process it is".to_owned(),
    }
}

fn age(milliseconds: i64) -> String {
    let counted = |count: i64, unit: &str| match count {
        1 => format!("1 {unit}"),
        _ => format!("{count} {unit}s"),
    };
    match milliseconds {
        DAY.. => counted(milliseconds / DAY, "day"),
        HOUR.. => counted(milliseconds / HOUR, "hour"),
        MINUTE.. => counted(milliseconds / MINUTE, "minute"),
        _ => "less than a minute".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_server_is_told_who_holds_the_folder_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("new/data");
        let clock = Clock::fixed(1_700_000_000_000);
        let first = FolderLock::acquire(&data, &clock).unwrap();
        for (later, said) in
            [(0, "less than a minute"), (MINUTE, "1 minute"), (HOUR, "1 hour"), (3 * DAY, "3 days")]
        {
            clock.advance(later);
            let error = FolderLock::acquire(&data, &clock).unwrap_err().to_string();
            assert!(error.contains(&format!("(process {}, for {said})", std::process::id())), "{error}");
        }
        drop(first);
        FolderLock::acquire(&data, &Clock::system()).unwrap();
    }

    #[test]
    fn a_folder_that_is_a_file_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = FolderLock::acquire(file.path(), &Clock::system()).unwrap_err();
        assert!(error.to_string().contains(&file.path().display().to_string()), "{error}");
    }
}
