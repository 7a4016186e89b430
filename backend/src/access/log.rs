//! The log: every revision with its changes, chained by hashes over the stored bytes.
//!
//! It names people by id alone. `words` says the changes again for History and stands outside the chain.

use super::commit::Texts;
use super::load::LoadError;
use futures::TryStreamExt;
use model::Millis;
use model::change::Change;
use model::guard::Actor;
use model::state::State;
use model::words;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row, query};

/// One revision as it stands in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// Its number.
    pub number: u64,
    /// When it was committed.
    pub at: Millis,
    /// Who made it.
    pub actor: Actor,
    /// Why, in the actor's words; may be empty.
    pub reason: String,
    /// The revision that it takes back.
    pub undoes: Option<u64>,
    /// Its changes.
    pub changes: Vec<Change>,
    /// Its changes in words.
    pub words: Vec<words::Line>,
}

/// An actor as it stands in the log.
#[must_use]
pub fn actor_column(actor: Actor) -> String {
    match actor {
        Actor::User(user) => format!("user:{user}"),
        Actor::CommandLine => "command-line".to_owned(),
        Actor::SetUp => "set-up".to_owned(),
    }
}

pub(crate) fn read_actor(text: &str) -> Option<Actor> {
    match text {
        "command-line" => Some(Actor::CommandLine),
        "set-up" => Some(Actor::SetUp),
        user => user.strip_prefix("user:")?.parse().ok().map(Actor::User),
    }
}

/// A revision before it is written: its texts as they will stand in the log.
pub(super) struct Entry<'a> {
    pub number: u64,
    pub at: Millis,
    pub actor: Actor,
    pub reason: &'a str,
    pub undoes: Option<u64>,
    pub texts: Texts,
}

impl Entry<'_> {
    /// The link of the chain. Lengths stand before texts, so that no two entries read the same.
    fn hash(&self, before: &str) -> String {
        let undoes = self.undoes.map(|number| number.to_string()).unwrap_or_default();
        let actor = actor_column(self.actor);
        hash(
            before,
            &[
                &self.number.to_string(),
                &self.at.to_string(),
                &actor,
                self.reason,
                &undoes,
                &self.texts.changes,
            ],
        )
    }

    /// Writes the entry and moves the head on to it.
    pub(super) async fn write(&self, to: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let before: String =
            query("SELECT hash FROM head WHERE id = 1").fetch_one(&mut *to).await?.try_get("hash")?;
        let hash = self.hash(&before);
        let number = i64::try_from(self.number).unwrap_or(i64::MAX);
        query(
            "INSERT INTO revisions (number, at, actor, reason, undoes, changes, words, hash, found_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(number)
        .bind(self.at)
        .bind(actor_column(self.actor))
        .bind(self.reason)
        .bind(self.undoes.and_then(|number| i64::try_from(number).ok()))
        .bind(&self.texts.changes)
        .bind(&self.texts.words)
        .bind(&hash)
        .bind(&self.texts.found_by)
        .execute(&mut *to)
        .await?;
        query("UPDATE head SET revision = $1, hash = $2 WHERE id = 1")
            .bind(number)
            .bind(hash)
            .execute(to)
            .await?;
        Ok(())
    }
}

fn hash(before: &str, texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for text in std::iter::once(&before).chain(texts) {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text.as_bytes());
    }
    crate::random::hex(&digest.finalize())
}

/// The columns that [`read`] reads.
pub(crate) const COLUMNS: &str = "number, at, actor, reason, undoes, changes, words, hash";

fn number_of(row: &AnyRow) -> Result<u64, LoadError> {
    Ok(u64::try_from(row.try_get::<i64, _>("number")?).unwrap_or_default())
}

/// Reads one row of `revisions` that was selected with all its columns.
///
/// # Errors
/// When something in it does not read.
pub fn read(row: &AnyRow) -> Result<Revision, LoadError> {
    let bad = |what: &dyn ToString| LoadError::Row { table: "revisions", what: what.to_string() };
    let actor: String = row.try_get("actor")?;
    let changes: String = row.try_get("changes")?;
    let words: String = row.try_get("words")?;
    let undoes: Option<i64> = row.try_get("undoes")?;
    Ok(Revision {
        number: number_of(row)?,
        at: row.try_get("at")?,
        actor: read_actor(&actor).ok_or_else(|| bad(&actor))?,
        reason: row.try_get("reason")?,
        undoes: undoes.and_then(|number| u64::try_from(number).ok()),
        changes: serde_json::from_str(&changes).map_err(|e| bad(&e))?,
        words: serde_json::from_str(&words).map_err(|e| bad(&e))?,
    })
}

/// The revisions after a number, oldest first.
///
/// # Errors
/// When the database fails or a row does not read.
pub async fn after(from: &mut AnyConnection, number: u64) -> Result<Vec<Revision>, LoadError> {
    between(from, number, i64::MAX.unsigned_abs()).await
}

/// The revisions after one number, up to another and with it, oldest first.
///
/// # Errors
/// When the database fails or a row does not read.
pub async fn between(from: &mut AnyConnection, after: u64, last: u64) -> Result<Vec<Revision>, LoadError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM revisions WHERE number > $1 AND number <= $2 ORDER BY number"
    ));
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let rows = query(sql).bind(number(after)).bind(number(last)).fetch_all(from).await?;
    rows.iter().map(read).collect()
}

/// One revision.
///
/// # Errors
/// When the database fails or the row does not read.
pub async fn one(from: &mut AnyConnection, number: u64) -> Result<Option<Revision>, LoadError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM revisions WHERE number = $1"));
    let row = query(sql).bind(i64::try_from(number).unwrap_or(i64::MAX)).fetch_optional(from).await?;
    row.as_ref().map(read).transpose()
}

/// Where the chain of hashes breaks: the first revision whose hash is not that of its bytes, or that is
/// missing. `None`: the chain holds, and its end is the head's.
///
/// # Errors
/// When the database fails or a row does not read.
pub async fn first_break(from: &mut AnyConnection) -> Result<Option<u64>, LoadError> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM revisions ORDER BY number"));
    let mut before = "0".repeat(64);
    let mut expected = 1;
    let mut rows = query(sql).fetch(&mut *from);
    while let Some(row) = rows.try_next().await? {
        let undoes: Option<i64> = row.try_get("undoes")?;
        let texts: [String; 6] = [
            row.try_get::<i64, _>("number")?.to_string(),
            row.try_get::<i64, _>("at")?.to_string(),
            row.try_get("actor")?,
            row.try_get("reason")?,
            undoes.map(|number| number.to_string()).unwrap_or_default(),
            row.try_get("changes")?,
        ];
        let stored: String = row.try_get("hash")?;
        if number_of(&row)? != expected || hash(&before, &texts.each_ref().map(String::as_str)) != stored {
            return Ok(Some(expected));
        }
        before = stored;
        expected += 1;
    }
    drop(rows);
    let head: String = query("SELECT hash FROM head WHERE id = 1").fetch_one(from).await?.try_get("hash")?;
    Ok((head != before).then_some(expected))
}

/// How many revisions are read at once where many are read.
pub(super) const AT_ONCE: u64 = 100;

/// The state that the log adds up to, replayed from nothing. Profiles are not in the log.
///
/// # Errors
/// When the database fails, or a revision does not fit the ones before it.
pub async fn replay(from: &mut AnyConnection) -> Result<State, LoadError> {
    let mut state = State::new("");
    loop {
        let number = state.revision();
        let revisions = between(from, number, number + AT_ONCE).await?;
        // One that is missing ends it, as the head does.
        if revisions.is_empty() {
            return Ok(state);
        }
        for revision in revisions {
            forward(&mut state, &revision)?;
        }
    }
}

/// Moves a state on by one revision.
pub(super) fn forward(state: &mut State, revision: &Revision) -> Result<(), LoadError> {
    state
        .apply_all(&revision.changes)
        .map_err(|(_, misfit)| LoadError::Misfit { table: "revisions", misfit })?;
    state.set_revision(revision.number);
    Ok(())
}
