//! Loading the state from its tables, and replaying it from the log.
//!
//! Rows are turned into the changes that would make them, so that what is loaded has passed the same checks
//! as what was committed.

use super::tables::from_word;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::id::{GroupId, ObjectId, RoleId, UserId};
use model::misfit::Misfit;
use model::object::Object;
use model::person::{Group, Profile, Status};
use model::role::{Delegate, Role};
use model::state::State;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row, query};
use std::collections::BTreeMap;

/// Why the tables cannot be read as a state.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The database failed.
    #[error("the database failed: {0}")]
    Sql(#[from] sqlx::Error),
    /// A row does not read.
    #[error("table {table} has a row that does not read: {what}")]
    Row {
        /// The table.
        table: &'static str,
        /// What of it.
        what: String,
    },
    /// A row does not fit the others.
    #[error("table {table} does not fit the rest: {misfit}")]
    Misfit {
        /// The table, or `revisions`.
        table: &'static str,
        /// Why.
        misfit: Misfit,
    },
}

type Loaded<T> = Result<T, LoadError>;

fn bad(table: &'static str, what: impl ToString) -> LoadError {
    LoadError::Row { table, what: what.to_string() }
}

fn id<T: std::str::FromStr>(table: &'static str, text: &str) -> Loaded<T> {
    text.parse().map_err(|_| bad(table, text))
}

fn apply(state: &mut State, table: &'static str, change: &Change) -> Loaded<()> {
    state.apply(change).map_err(|misfit| LoadError::Misfit { table, misfit })
}

/// Whether an organization has been set up, and its name.
///
/// # Errors
/// When the database fails.
pub async fn organization(from: &mut AnyConnection) -> Result<Option<String>, sqlx::Error> {
    let row = query("SELECT name FROM organization WHERE id = 1").fetch_optional(from).await?;
    row.map(|row| row.try_get("name")).transpose()
}

/// The state as its tables have it, profiles included.
///
/// # Errors
/// When the database fails, or the tables do not add up.
pub async fn from_tables(from: &mut AnyConnection) -> Loaded<State> {
    let name = organization(from).await?.unwrap_or_default();
    let mut state = State::new(&name);
    catalog(from, &mut state).await?;
    roles(from, &mut state).await?;
    people(from, &mut state).await?;
    groups(from, &mut state).await?;
    objects(from, &mut state).await?;
    grants(from, &mut state).await?;
    profiles(from, &mut state, None).await?;
    let head: i64 =
        query("SELECT revision FROM head WHERE id = 1").fetch_one(from).await?.try_get("revision")?;
    state.set_revision(u64::try_from(head).unwrap_or_default());
    Ok(state)
}

async fn catalog(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    for row in query("SELECT pack, body, is_on FROM packs ORDER BY position").fetch_all(&mut *from).await? {
        let body: String = row.try_get("body")?;
        let pack: model::catalog::Pack = serde_json::from_str(&body).map_err(|e| bad("packs", e))?;
        let pack = std::sync::Arc::new(pack);
        apply(state, "packs", &Change::PackInstalled { pack: std::sync::Arc::clone(&pack) })?;
        if row.try_get::<i64, _>("is_on")? == 0 {
            apply(state, "packs", &Change::PackRemoved { pack })?;
        }
    }
    for row in query("SELECT area FROM areas ORDER BY area").fetch_all(from).await? {
        apply(state, "areas", &Change::AreaTurnedOn { area: row.try_get("area")? })?;
    }
    Ok(())
}

async fn roles(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    let mut permissions: BTreeMap<RoleId, Vec<String>> = BTreeMap::new();
    let rows = query("SELECT role_id, permission FROM role_permissions").fetch_all(&mut *from).await?;
    for row in rows {
        let role = id("role_permissions", row.try_get("role_id")?)?;
        permissions.entry(role).or_default().push(row.try_get("permission")?);
    }
    for permission in permissions.remove(&RoleId::MEMBER).unwrap_or_default() {
        apply(state, "role_permissions", &Change::PermissionAdded { role: RoleId::MEMBER, permission })?;
    }
    let rows = query("SELECT id, name, description, level, origin FROM roles").fetch_all(&mut *from).await?;
    for row in rows {
        let role = id("roles", row.try_get("id")?)?;
        let level: String = row.try_get("level")?;
        let origin: Option<String> = row.try_get("origin")?;
        let role = Role {
            id: role,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            level: from_word(&level).ok_or_else(|| bad("roles", level))?,
            origin: origin.map(|origin| id("roles", &origin)).transpose()?,
            permissions: permissions.remove(&role).unwrap_or_default(),
            delegates: Vec::new(),
        };
        apply(state, "roles", &Change::RoleCreated { role })?;
    }
    if let Some(orphan) = permissions.keys().next() {
        return Err(bad("role_permissions", orphan));
    }
    for row in query("SELECT role_id, delegate FROM role_delegates").fetch_all(from).await? {
        let delegate: String = row.try_get("delegate")?;
        let handed_out = delegate.strip_prefix("role:").ok_or_else(|| bad("role_delegates", &delegate))?;
        let delegate = Delegate::Role(id("role_delegates", handed_out)?);
        let role = id("role_delegates", row.try_get("role_id")?)?;
        apply(state, "role_delegates", &Change::DelegationAdded { role, delegate })?;
    }
    Ok(())
}

async fn people(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    for row in query("SELECT id, status, called FROM people").fetch_all(from).await? {
        let user: UserId = id("people", row.try_get("id")?)?;
        let status: String = row.try_get("status")?;
        let called: Option<String> = row.try_get("called")?;
        let stored: Option<Status> = from_word(&status);
        let first = if stored == Some(Status::Invited) { Status::Invited } else { Status::Active };
        apply(state, "people", &Change::UserAdded { user, status: first })?;
        match (stored, called) {
            (Some(Status::Deactivated), _) => apply(state, "people", &Change::UserDeactivated { user })?,
            (Some(_), _) => {}
            (None, Some(called)) if status == "removed" => {
                apply(state, "people", &Change::UserRemoved { user, status: first, called })?;
            }
            (None, _) => return Err(bad("people", status)),
        }
    }
    Ok(())
}

async fn groups(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    for row in query("SELECT id, name, description FROM groups").fetch_all(&mut *from).await? {
        let group = Group {
            id: id("groups", row.try_get("id")?)?,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
        };
        apply(state, "groups", &Change::GroupCreated { group })?;
    }
    for row in query("SELECT group_id, user_id FROM members").fetch_all(from).await? {
        let group: GroupId = id("members", row.try_get("group_id")?)?;
        let user: UserId = id("members", row.try_get("user_id")?)?;
        apply(state, "members", &Change::MemberAdded { group, user })?;
    }
    Ok(())
}

async fn objects(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    let mut beneath: BTreeMap<ObjectId, Vec<Object>> = BTreeMap::new();
    for row in query("SELECT id, kind, name, parent_id FROM objects").fetch_all(from).await? {
        let parent: ObjectId = id("objects", row.try_get("parent_id")?)?;
        let object = Object {
            id: id("objects", row.try_get("id")?)?,
            kind: row.try_get("kind")?,
            name: row.try_get("name")?,
            parent: Some(parent),
        };
        beneath.entry(parent).or_default().push(object);
    }
    let mut open = vec![ObjectId::ORGANIZATION];
    while let Some(parent) = open.pop() {
        for object in beneath.remove(&parent).unwrap_or_default() {
            open.push(object.id);
            apply(state, "objects", &Change::ObjectCreated { object })?;
        }
    }
    match beneath.keys().next() {
        Some(orphaned) => Err(bad("objects", format!("nothing holds what is in {orphaned}"))),
        None => Ok(()),
    }
}

async fn grants(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    let sql = "SELECT id, subject_kind, subject_id, role_id, object_id, from_at, until_at FROM grants";
    let mut all = Vec::new();
    for row in query(sql).fetch_all(from).await? {
        let kind: String = row.try_get("subject_kind")?;
        let subject_id: String = row.try_get("subject_id")?;
        let subject = match kind.as_str() {
            "user" => Subject::User(id("grants", &subject_id)?),
            "group" => Subject::Group(id("grants", &subject_id)?),
            "everyone" => Subject::Everyone,
            _ => return Err(bad("grants", kind)),
        };
        let grant = Grant {
            id: id("grants", row.try_get("id")?)?,
            subject,
            role: id("grants", row.try_get("role_id")?)?,
            object: id("grants", row.try_get("object_id")?)?,
            window: Window { from: row.try_get("from_at")?, until: row.try_get("until_at")? },
        };
        all.push(grant);
    }
    state.load_grants(all).map_err(|misfit| LoadError::Misfit { table: "grants", misfit })
}

fn profile(row: &AnyRow) -> Loaded<(UserId, Profile)> {
    let user = id("profiles", row.try_get("user_id")?)?;
    let profile = Profile {
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        name_key: row.try_get("name_key")?,
        email_key: row.try_get("email_key")?,
    };
    Ok((user, profile))
}

/// Sets the profiles of all people, or of those named, as the database has them.
pub(super) async fn profiles(
    from: &mut AnyConnection,
    state: &mut State,
    only: Option<&[UserId]>,
) -> Loaded<()> {
    const COLUMNS: &str = "SELECT user_id, name, email, name_key, email_key FROM profiles";
    const ONE: &str = "SELECT user_id, name, email, name_key, email_key FROM profiles WHERE user_id = $1";
    let mut rows = Vec::new();
    match only {
        None => rows = query(COLUMNS).fetch_all(from).await?,
        Some(users) => {
            for user in users {
                rows.extend(query(ONE).bind(user.to_string()).fetch_optional(&mut *from).await?);
            }
        }
    }
    for row in rows {
        let (user, profile) = profile(&row)?;
        state.set_profile(user, profile).map_err(|misfit| LoadError::Misfit { table: "profiles", misfit })?;
    }
    Ok(())
}
