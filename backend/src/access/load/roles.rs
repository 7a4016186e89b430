//! Roles with their permissions, and what they delegate.

use super::{Loaded, apply, bad, each, id, id_or_none};
use crate::access::tables::{from_word, read_delegate};
use model::change::Change;
use model::id::RoleId;
use model::role::{Owner, Role};
use model::state::State;
use sqlx::{AnyConnection, Row};
use std::collections::BTreeMap;

/// Loads the roles of the organization, and reads those of tenants, whose places are yet to come.
pub(super) async fn of_organization(from: &mut AnyConnection, state: &mut State) -> Loaded<Vec<Role>> {
    let mut permissions: BTreeMap<RoleId, Vec<String>> = BTreeMap::new();
    each(from, "SELECT role_id, permission FROM role_permissions", |row| {
        let role = id("role_permissions", row.try_get("role_id")?)?;
        permissions.entry(role).or_default().push(row.try_get("permission")?);
        Ok(())
    })
    .await?;
    for permission in permissions.remove(&RoleId::MEMBER).unwrap_or_default() {
        apply(state, "role_permissions", &Change::PermissionAdded { role: RoleId::MEMBER, permission })?;
    }
    let mut tenants = Vec::new();
    each(from, "SELECT id, name, description, level, origin, owner_id FROM roles", |row| {
        let role = id("roles", row.try_get("id")?)?;
        let level: &str = row.try_get("level")?;
        let tenant = id_or_none("roles", row.try_get("owner_id")?)?;
        let role = Role {
            id: role,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            level: from_word(level).ok_or_else(|| bad("roles", level))?,
            owner: tenant.map_or(Owner::Organization, Owner::Tenant),
            origin: id_or_none("roles", row.try_get("origin")?)?,
            permissions: permissions.remove(&role).unwrap_or_default(),
            delegates: Vec::new(),
        };
        match role.owner {
            Owner::Organization => apply(state, "roles", &Change::RoleCreated { role })?,
            Owner::Tenant(_) => tenants.push(role),
        }
        Ok(())
    })
    .await?;
    match permissions.keys().next() {
        Some(orphan) => Err(bad("role_permissions", orphan)),
        None => Ok(tenants),
    }
}

pub(super) fn of_tenants(state: &mut State, roles: Vec<Role>) -> Loaded<()> {
    roles.into_iter().try_for_each(|role| apply(state, "roles", &Change::RoleCreated { role }))
}

pub(super) async fn delegations(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    each(from, "SELECT role_id, delegate FROM role_delegates", |row| {
        let role = id("role_delegates", row.try_get("role_id")?)?;
        let text: &str = row.try_get("delegate")?;
        let delegate = read_delegate(text).ok_or_else(|| bad("role_delegates", text))?;
        apply(state, "role_delegates", &Change::DelegationAdded { role, delegate })
    })
    .await
}
