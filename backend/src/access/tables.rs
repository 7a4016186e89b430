//! The state tables: what a change writes into them. Replaying the log must arrive at exactly these rows.

mod rows;

use model::change::Change;
use model::grant::Subject;
use model::limit::Value;
use model::object::{Bearer, How, Link, Object};
use model::person::{ServiceAccount, Status};
use model::role::{Delegate, Owner, Role};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, query};

type Written = Result<(), sqlx::Error>;

/// The kind and the id under which a subject is stored.
fn subject_columns(subject: Subject) -> (&'static str, String) {
    match subject {
        Subject::User(user) => ("user", user.to_string()),
        Subject::Group(group) => ("group", group.to_string()),
        Subject::ServiceAccount(account) => ("service-account", account.to_string()),
        Subject::Everyone => ("everyone", String::new()),
    }
}

/// The kind and the id under which a property's bearer is stored.
fn bearer_columns(of: Bearer) -> (&'static str, String) {
    match of {
        Bearer::Object(object) => ("object", object.to_string()),
        Bearer::User(user) => ("user", user.to_string()),
        Bearer::ServiceAccount(account) => ("service-account", account.to_string()),
    }
}

fn how_column(how: &How) -> String {
    match how {
        How::Shared => "shared".to_owned(),
        How::PassedDown => "passed-down".to_owned(),
        How::Related(key) => format!("related:{key}"),
    }
}

/// How a link is, by its column.
pub(super) fn read_how(text: &str) -> Option<How> {
    match text {
        "shared" => Some(How::Shared),
        "passed-down" => Some(How::PassedDown),
        related => related.strip_prefix("related:").map(|key| How::Related(key.to_owned())),
    }
}

fn delegate_column(delegate: &Delegate) -> String {
    match delegate {
        Delegate::Role(role) => format!("role:{role}"),
        Delegate::Permission(key) => format!("permission:{key}"),
    }
}

/// What is delegated, by its column.
pub(super) fn read_delegate(text: &str) -> Option<Delegate> {
    match text.split_once(':')? {
        ("role", id) => id.parse().ok().map(Delegate::Role),
        ("permission", key) => Some(Delegate::Permission(key.to_owned())),
        _ => None,
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

fn json<T: Serialize>(value: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}

async fn run(to: &mut AnyConnection, sql: &'static str, values: &[&str]) -> Written {
    let mut asked = query(sql);
    for value in values {
        asked = asked.bind((*value).to_owned());
    }
    asked.execute(to).await?;
    Ok(())
}

/// Writes changes, which have been checked against the state, into the tables: long runs of the same sort many
/// at once.
pub(super) async fn write_all(to: &mut AnyConnection, changes: &[Change]) -> Written {
    let mut rest = changes;
    while let Some((first, others)) = rest.split_first() {
        match rows::run(rest)? {
            Some((sort, run)) => {
                rows::insert(to, sort, &run).await?;
                rest = rest.get(run.len()..).unwrap_or_default();
            }
            None => {
                write(to, first).await?;
                rest = others;
            }
        }
    }
    Ok(())
}

async fn write(to: &mut AnyConnection, change: &Change) -> Written {
    match change {
        Change::OrganizationRenamed { now, .. } => {
            let sql = "INSERT INTO organization (id, name) VALUES (1, $1) \
                       ON CONFLICT (id) DO UPDATE SET name = excluded.name";
            run(to, sql, &[now]).await
        }
        Change::AreaTurnedOn { area } => run(to, "INSERT INTO areas (area) VALUES ($1)", &[area]).await,
        Change::AreaTurnedOff { area } => run(to, "DELETE FROM areas WHERE area = $1", &[area]).await,
        Change::PackInstalled { pack } => {
            // One that was removed comes back to its place.
            let sql = "INSERT INTO packs (pack, position, body, is_on) \
                       VALUES ($1, (SELECT COUNT(*) FROM packs), $2, 1) \
                       ON CONFLICT (pack) DO UPDATE SET is_on = 1, body = excluded.body";
            run(to, sql, &[&pack.key, &json(pack.as_ref())?]).await
        }
        Change::PackReplaced { now, .. } => {
            let sql = "UPDATE packs SET body = $1 WHERE pack = $2";
            run(to, sql, &[&json(now.as_ref())?, &now.key]).await
        }
        Change::PackRemoved { pack } => {
            run(to, "UPDATE packs SET is_on = 0 WHERE pack = $1", &[&pack.key]).await
        }
        Change::RoleCreated { role } => create_role(to, role).await,
        Change::RoleRemoved { role } => {
            let id = role.id.to_string();
            run(to, "DELETE FROM role_permissions WHERE role_id = $1", &[&id]).await?;
            run(to, "DELETE FROM role_delegates WHERE role_id = $1", &[&id]).await?;
            run(to, "DELETE FROM roles WHERE id = $1", &[&id]).await
        }
        Change::RoleRenamed { role, now, .. } => {
            run(to, "UPDATE roles SET name = $1 WHERE id = $2", &[now, &role.to_string()]).await
        }
        Change::RoleDescribed { role, now, .. } => {
            run(to, "UPDATE roles SET description = $1 WHERE id = $2", &[now, &role.to_string()]).await
        }
        Change::PermissionAdded { role, permission } => {
            add_permission(to, &role.to_string(), permission).await
        }
        Change::PermissionRemoved { role, permission } => {
            let sql = "DELETE FROM role_permissions WHERE role_id = $1 AND permission = $2";
            run(to, sql, &[&role.to_string(), permission]).await
        }
        Change::DelegationAdded { role, delegate } => add_delegate(to, &role.to_string(), delegate).await,
        Change::DelegationRemoved { role, delegate } => {
            let sql = "DELETE FROM role_delegates WHERE role_id = $1 AND delegate = $2";
            run(to, sql, &[&role.to_string(), &delegate_column(delegate)]).await
        }
        Change::UserAdded { .. } | Change::MemberAdded { .. } | Change::GrantAdded { .. } => {
            rows::insert_one(to, change).await
        }
        Change::UserJoined { user } | Change::UserReactivated { user } => {
            set_status(to, &user.to_string(), Status::Active).await
        }
        Change::UserDeactivated { user } => set_status(to, &user.to_string(), Status::Deactivated).await,
        Change::UserRemoved { user, called, .. } => {
            let sql = "UPDATE people SET status = 'removed', called = $1 WHERE id = $2";
            run(to, sql, &[called, &user.to_string()]).await
        }
        // Profiles and details stand beside the log.
        Change::ProfileEdited { .. } | Change::DetailsEdited { .. } => Ok(()),
        Change::GroupCreated { group } => {
            let sql = "INSERT INTO groups (id, name, description) VALUES ($1, $2, $3)";
            run(to, sql, &[&group.id.to_string(), &group.name, &group.description]).await
        }
        Change::GroupRemoved { group } => {
            run(to, "DELETE FROM groups WHERE id = $1", &[&group.id.to_string()]).await
        }
        Change::GroupRenamed { group, now, .. } => {
            run(to, "UPDATE groups SET name = $1 WHERE id = $2", &[now, &group.to_string()]).await
        }
        Change::GroupDescribed { group, now, .. } => {
            run(to, "UPDATE groups SET description = $1 WHERE id = $2", &[now, &group.to_string()]).await
        }
        Change::MemberRemoved { group, user } => {
            let sql = "DELETE FROM members WHERE group_id = $1 AND user_id = $2";
            run(to, sql, &[&group.to_string(), &user.to_string()]).await
        }
        Change::ObjectCreated { object } => create_object(to, object).await,
        Change::ObjectRemoved { object } => {
            run(to, "DELETE FROM objects WHERE id = $1", &[&object.id.to_string()]).await
        }
        Change::ObjectRenamed { object, now, .. } => {
            run(to, "UPDATE objects SET name = $1 WHERE id = $2", &[now, &object.to_string()]).await
        }
        Change::ObjectMoved { object, now, .. } => {
            let sql = "UPDATE objects SET parent_id = $1 WHERE id = $2";
            run(to, sql, &[&now.to_string(), &object.to_string()]).await
        }
        Change::Linked { link } => {
            let sql = "INSERT INTO links (object_id, holder_id, how) VALUES ($1, $2, $3)";
            link_row(to, sql, link).await
        }
        Change::Unlinked { link } => {
            let sql = "DELETE FROM links WHERE object_id = $1 AND holder_id = $2 AND how = $3";
            link_row(to, sql, link).await
        }
        Change::PropertySet { of, property, now, .. } => set_property(to, *of, property, now.as_ref()).await,
        Change::ServiceAccountAdded { account } => add_service_account(to, account).await,
        Change::ServiceAccountRemoved { account } => {
            run(to, "DELETE FROM service_accounts WHERE id = $1", &[&account.id.to_string()]).await
        }
        Change::ServiceAccountRenamed { account, now, .. } => {
            let sql = "UPDATE service_accounts SET name = $1 WHERE id = $2";
            run(to, sql, &[now, &account.to_string()]).await
        }
        Change::ServiceAccountDisabled { account } => {
            let sql = "UPDATE service_accounts SET is_disabled = 1 WHERE id = $1";
            run(to, sql, &[&account.to_string()]).await
        }
        Change::ServiceAccountEnabled { account } => {
            let sql = "UPDATE service_accounts SET is_disabled = 0 WHERE id = $1";
            run(to, sql, &[&account.to_string()]).await
        }
        Change::GrantRemoved { grant } => {
            run(to, "DELETE FROM grants WHERE id = $1", &[&grant.id.to_string()]).await
        }
    }
}

async fn create_role(to: &mut AnyConnection, role: &Role) -> Written {
    let id = role.id.to_string();
    let owner = match role.owner {
        Owner::Organization => None,
        Owner::Tenant(tenant) => Some(tenant.to_string()),
    };
    let sql = "INSERT INTO roles (id, name, description, level, origin, owner_id) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    query(sql)
        .bind(&id)
        .bind(&role.name)
        .bind(&role.description)
        .bind(word(&role.level))
        .bind(role.origin.map(|origin| origin.to_string()))
        .bind(owner)
        .execute(&mut *to)
        .await?;
    for permission in &role.permissions {
        add_permission(to, &id, permission).await?;
    }
    for delegate in &role.delegates {
        add_delegate(to, &id, delegate).await?;
    }
    Ok(())
}

async fn add_permission(to: &mut AnyConnection, role: &str, permission: &str) -> Written {
    run(to, "INSERT INTO role_permissions (role_id, permission) VALUES ($1, $2)", &[role, permission]).await
}

async fn add_delegate(to: &mut AnyConnection, role: &str, delegate: &Delegate) -> Written {
    let sql = "INSERT INTO role_delegates (role_id, delegate) VALUES ($1, $2)";
    run(to, sql, &[role, &delegate_column(delegate)]).await
}

async fn set_status(to: &mut AnyConnection, user: &str, status: Status) -> Written {
    run(to, "UPDATE people SET status = $1 WHERE id = $2", &[&word(&status), user]).await
}

async fn create_object(to: &mut AnyConnection, object: &Object) -> Written {
    let parent = object.parent.map(|parent| parent.to_string()).unwrap_or_default();
    let sql = "INSERT INTO objects (id, kind, name, parent_id) VALUES ($1, $2, $3, $4)";
    run(to, sql, &[&object.id.to_string(), &object.kind, &object.name, &parent]).await
}

async fn link_row(to: &mut AnyConnection, sql: &'static str, link: &Link) -> Written {
    run(to, sql, &[&link.object.to_string(), &link.holder.to_string(), &how_column(&link.how)]).await
}

async fn set_property(to: &mut AnyConnection, of: Bearer, property: &str, now: Option<&Value>) -> Written {
    let (kind, id) = bearer_columns(of);
    let Some(value) = now else {
        let sql = "DELETE FROM properties WHERE bearer_kind = $1 AND bearer_id = $2 AND property = $3";
        return run(to, sql, &[kind, &id, property]).await;
    };
    let sql = "INSERT INTO properties (bearer_kind, bearer_id, property, value) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (bearer_kind, bearer_id, property) DO UPDATE SET value = excluded.value";
    run(to, sql, &[kind, &id, property, &json(value)?]).await
}

async fn add_service_account(to: &mut AnyConnection, account: &ServiceAccount) -> Written {
    let sql = "INSERT INTO service_accounts (id, name, description, robot_id, is_disabled) \
               VALUES ($1, $2, $3, $4, $5)";
    query(sql)
        .bind(account.id.to_string())
        .bind(&account.name)
        .bind(&account.description)
        .bind(account.robot.map(|robot| robot.to_string()))
        .bind(i64::from(account.disabled))
        .execute(to)
        .await?;
    Ok(())
}
