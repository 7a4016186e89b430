//! People with their profiles, groups and their members, service accounts.

use super::{LoadError, Loaded, apply, bad, each, id, id_or_none};
use crate::access::tables::from_word;
use model::change::Change;
use model::id::{GroupId, UserId};
use model::person::{Group, Profile, ServiceAccount, Status};
use model::state::State;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row, query};

pub(super) async fn people(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    each(from, "SELECT id, status, called FROM people", |row| {
        let user: UserId = id("people", row.try_get("id")?)?;
        let status: &str = row.try_get("status")?;
        let called: Option<String> = row.try_get("called")?;
        let stored: Option<Status> = from_word(status);
        let first = if stored == Some(Status::Invited) { Status::Invited } else { Status::Active };
        apply(state, "people", &Change::UserAdded { user, status: first })?;
        match (stored, called) {
            (Some(Status::Deactivated), _) => apply(state, "people", &Change::UserDeactivated { user }),
            (Some(_), _) => Ok(()),
            (None, Some(called)) if status == "removed" => {
                apply(state, "people", &Change::UserRemoved { user, status: first, called })
            }
            (None, _) => Err(bad("people", status)),
        }
    })
    .await
}

pub(super) async fn groups(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    each(from, "SELECT id, name, description FROM groups", |row| {
        let group = Group {
            id: id("groups", row.try_get("id")?)?,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
        };
        apply(state, "groups", &Change::GroupCreated { group })
    })
    .await?;
    // A row for each group: people are in several groups, and handing over a row costs more than reading an id.
    each(from, "SELECT group_id, string_agg(user_id, ' ') FROM members GROUP BY group_id", |row| {
        let group: GroupId = id("members", row.try_get(0)?)?;
        row.try_get::<&str, _>(1)?.split(' ').try_for_each(|user| {
            let user: UserId = id("members", user)?;
            apply(state, "members", &Change::MemberAdded { group, user })
        })
    })
    .await
}

pub(super) async fn service_accounts(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    let sql = "SELECT id, name, description, robot_id, is_disabled FROM service_accounts";
    each(from, sql, |row| {
        let account = ServiceAccount {
            id: id("service_accounts", row.try_get("id")?)?,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            robot: id_or_none("service_accounts", row.try_get("robot_id")?)?,
            disabled: row.try_get::<i64, _>("is_disabled")? != 0,
        };
        apply(state, "service_accounts", &Change::ServiceAccountAdded { account })
    })
    .await
}

fn set_profile(state: &mut State, row: &AnyRow) -> Loaded<()> {
    let user = id("profiles", row.try_get(0)?)?;
    let profile = Profile {
        name: row.try_get(1)?,
        email: row.try_get(2)?,
        name_key: row.try_get(3)?,
        email_key: row.try_get(4)?,
    };
    state.set_profile(user, profile).map_err(|misfit| LoadError::Misfit { table: "profiles", misfit })
}

/// Sets the profiles of all people, or of those named, as the database has them.
pub(in crate::access) async fn profiles(
    from: &mut AnyConnection,
    state: &mut State,
    only: Option<&[UserId]>,
) -> Loaded<()> {
    const ALL: &str = "SELECT user_id, name, email, name_key, email_key FROM profiles";
    const ONE: &str = "SELECT user_id, name, email, name_key, email_key FROM profiles WHERE user_id = $1";
    let Some(users) = only else {
        return each(from, ALL, |row| set_profile(state, row)).await;
    };
    for user in users {
        if let Some(row) = query(ONE).bind(user.to_string()).fetch_optional(&mut *from).await? {
            set_profile(state, &row)?;
        }
    }
    Ok(())
}
