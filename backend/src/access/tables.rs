//! The state tables: what a change writes into them. Replaying the log must arrive at exactly these rows.

use model::change::Change;
use model::grant::{Grant, Subject};
use model::object::{Level, Object};
use model::person::Status;
use model::role::{Delegate, Role};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, query};

/// The kind and the id under which a subject is stored.
pub(super) fn subject_columns(subject: Subject) -> (&'static str, String) {
    match subject {
        Subject::User(user) => ("user", user.to_string()),
        Subject::Group(group) => ("group", group.to_string()),
        Subject::Everyone => ("everyone", String::new()),
    }
}

/// A plain value by its one word, e.g. `active`.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The value of one word.
pub(super) fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

pub(super) fn delegate_column(delegate: &Delegate) -> String {
    let Delegate::Role(role) = delegate;
    format!("role:{role}")
}

/// Writes one change, which has been checked against the state, into the tables.
pub(super) async fn write(to: &mut AnyConnection, change: &Change) -> Result<(), sqlx::Error> {
    match change {
        Change::OrganizationRenamed { now, .. } => {
            query(
                "INSERT INTO organization (id, name) VALUES (1, $1) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            )
            .bind(now)
            .execute(to)
            .await?;
        }
        Change::AreaTurnedOn { area } => {
            query("INSERT INTO areas (area) VALUES ($1)").bind(area).execute(to).await?;
        }
        Change::AreaTurnedOff { area } => {
            query("DELETE FROM areas WHERE area = $1").bind(area).execute(to).await?;
        }
        Change::PackInstalled { pack } => {
            let body = serde_json::to_string(pack.as_ref()).unwrap_or_default();
            query(
                "INSERT INTO packs (pack, position, body, is_on) \
                 VALUES ($1, (SELECT COUNT(*) FROM packs), $2, 1) \
                 ON CONFLICT (pack) DO UPDATE SET is_on = 1",
            )
            .bind(&pack.key)
            .bind(body)
            .execute(to)
            .await?;
        }
        Change::PackRemoved { pack } => {
            query("UPDATE packs SET is_on = 0 WHERE pack = $1").bind(&pack.key).execute(to).await?;
        }
        Change::RoleCreated { role } => create_role(to, role).await?,
        Change::RoleRemoved { role } => {
            let id = role.id.to_string();
            query("DELETE FROM role_permissions WHERE role_id = $1").bind(&id).execute(&mut *to).await?;
            query("DELETE FROM role_delegates WHERE role_id = $1").bind(&id).execute(&mut *to).await?;
            query("DELETE FROM roles WHERE id = $1").bind(&id).execute(to).await?;
        }
        Change::RoleRenamed { role, now, .. } => rename(to, "roles", &role.to_string(), now).await?,
        Change::RoleDescribed { role, now, .. } => describe(to, "roles", &role.to_string(), now).await?,
        Change::PermissionAdded { role, permission } => {
            query("INSERT INTO role_permissions (role_id, permission) VALUES ($1, $2)")
                .bind(role.to_string())
                .bind(permission)
                .execute(to)
                .await?;
        }
        Change::PermissionRemoved { role, permission } => {
            query("DELETE FROM role_permissions WHERE role_id = $1 AND permission = $2")
                .bind(role.to_string())
                .bind(permission)
                .execute(to)
                .await?;
        }
        Change::DelegationAdded { role, delegate } => {
            query("INSERT INTO role_delegates (role_id, delegate) VALUES ($1, $2)")
                .bind(role.to_string())
                .bind(delegate_column(delegate))
                .execute(to)
                .await?;
        }
        Change::DelegationRemoved { role, delegate } => {
            query("DELETE FROM role_delegates WHERE role_id = $1 AND delegate = $2")
                .bind(role.to_string())
                .bind(delegate_column(delegate))
                .execute(to)
                .await?;
        }
        Change::UserAdded { user, status } => {
            query("INSERT INTO people (id, status) VALUES ($1, $2)")
                .bind(user.to_string())
                .bind(word(status))
                .execute(to)
                .await?;
        }
        Change::UserJoined { user } | Change::UserReactivated { user } => {
            set_status(to, &user.to_string(), Status::Active).await?;
        }
        Change::UserDeactivated { user } => set_status(to, &user.to_string(), Status::Deactivated).await?,
        Change::UserRemoved { user, called, .. } => {
            query("UPDATE people SET status = 'removed', called = $1 WHERE id = $2")
                .bind(called)
                .bind(user.to_string())
                .execute(to)
                .await?;
        }
        // Profiles stand beside the log.
        Change::ProfileEdited { .. } => {}
        Change::GroupCreated { group } => {
            query("INSERT INTO groups (id, name, description) VALUES ($1, $2, $3)")
                .bind(group.id.to_string())
                .bind(&group.name)
                .bind(&group.description)
                .execute(to)
                .await?;
        }
        Change::GroupRemoved { group } => {
            query("DELETE FROM groups WHERE id = $1").bind(group.id.to_string()).execute(to).await?;
        }
        Change::GroupRenamed { group, now, .. } => rename(to, "groups", &group.to_string(), now).await?,
        Change::GroupDescribed { group, now, .. } => describe(to, "groups", &group.to_string(), now).await?,
        Change::MemberAdded { group, user } => {
            query("INSERT INTO members (group_id, user_id) VALUES ($1, $2)")
                .bind(group.to_string())
                .bind(user.to_string())
                .execute(to)
                .await?;
        }
        Change::MemberRemoved { group, user } => {
            query("DELETE FROM members WHERE group_id = $1 AND user_id = $2")
                .bind(group.to_string())
                .bind(user.to_string())
                .execute(to)
                .await?;
        }
        Change::ObjectCreated { object } => create_object(to, object).await?,
        Change::ObjectRemoved { object } => {
            query("DELETE FROM objects WHERE id = $1").bind(object.id.to_string()).execute(to).await?;
        }
        Change::ObjectRenamed { object, now, .. } => rename(to, "objects", &object.to_string(), now).await?,
        Change::GrantAdded { grant } => add_grant(to, grant).await?,
        Change::GrantRemoved { grant } => {
            query("DELETE FROM grants WHERE id = $1").bind(grant.id.to_string()).execute(to).await?;
        }
    }
    Ok(())
}

async fn create_role(to: &mut AnyConnection, role: &Role) -> Result<(), sqlx::Error> {
    insert_role(to, role).await?;
    for permission in &role.permissions {
        query("INSERT INTO role_permissions (role_id, permission) VALUES ($1, $2)")
            .bind(role.id.to_string())
            .bind(permission)
            .execute(&mut *to)
            .await?;
    }
    for delegate in &role.delegates {
        query("INSERT INTO role_delegates (role_id, delegate) VALUES ($1, $2)")
            .bind(role.id.to_string())
            .bind(delegate_column(delegate))
            .execute(&mut *to)
            .await?;
    }
    Ok(())
}

async fn insert_role(to: &mut AnyConnection, role: &Role) -> Result<(), sqlx::Error> {
    let level: &Level = &role.level;
    query("INSERT INTO roles (id, name, description, level, origin) VALUES ($1, $2, $3, $4, $5)")
        .bind(role.id.to_string())
        .bind(&role.name)
        .bind(&role.description)
        .bind(word(level))
        .bind(role.origin.map(|origin| origin.to_string()))
        .execute(to)
        .await?;
    Ok(())
}

/// `table` is one of this file's literals, never what somebody sent.
async fn rename(to: &mut AnyConnection, table: &'static str, id: &str, now: &str) -> Result<(), sqlx::Error> {
    let sql = match table {
        "roles" => "UPDATE roles SET name = $1 WHERE id = $2",
        "groups" => "UPDATE groups SET name = $1 WHERE id = $2",
        _ => "UPDATE objects SET name = $1 WHERE id = $2",
    };
    query(sql).bind(now).bind(id).execute(to).await?;
    Ok(())
}

async fn describe(
    to: &mut AnyConnection,
    table: &'static str,
    id: &str,
    now: &str,
) -> Result<(), sqlx::Error> {
    let sql = match table {
        "roles" => "UPDATE roles SET description = $1 WHERE id = $2",
        _ => "UPDATE groups SET description = $1 WHERE id = $2",
    };
    query(sql).bind(now).bind(id).execute(to).await?;
    Ok(())
}

async fn set_status(to: &mut AnyConnection, user: &str, status: Status) -> Result<(), sqlx::Error> {
    query("UPDATE people SET status = $1 WHERE id = $2").bind(word(&status)).bind(user).execute(to).await?;
    Ok(())
}

async fn create_object(to: &mut AnyConnection, object: &Object) -> Result<(), sqlx::Error> {
    query("INSERT INTO objects (id, kind, name, parent_id) VALUES ($1, $2, $3, $4)")
        .bind(object.id.to_string())
        .bind(&object.kind)
        .bind(&object.name)
        .bind(object.parent.map(|parent| parent.to_string()).unwrap_or_default())
        .execute(to)
        .await?;
    Ok(())
}

async fn add_grant(to: &mut AnyConnection, grant: &Grant) -> Result<(), sqlx::Error> {
    let (kind, id) = subject_columns(grant.subject);
    query(
        "INSERT INTO grants (id, subject_kind, subject_id, role_id, object_id, from_at, until_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(grant.id.to_string())
    .bind(kind)
    .bind(id)
    .bind(grant.role.to_string())
    .bind(grant.object.to_string())
    .bind(grant.window.from)
    .bind(grant.window.until)
    .execute(to)
    .await?;
    Ok(())
}
