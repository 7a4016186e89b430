//! Roles: made, renamed, shaped and removed.

use super::{check_description, exists, gone, overtaken};
use crate::catalog::{Permission, PermissionSet};
use crate::id::RoleId;
use crate::misfit::Misfit;
use crate::object::{Level, TENANT};
use crate::role::{Delegate, Owner, Role};
use crate::state::{RoleState, Space, State};
use std::sync::Arc;

impl State {
    pub(super) fn create_role(&mut self, role: &Role) -> Result<(), Misfit> {
        if self.roles.contains_key(&role.id) {
            return Err(exists("role"));
        }
        check_description(&role.description)?;
        let state = self.read_role(role)?;
        state.delegates.iter().try_for_each(|delegate| self.check_delegate(delegate))?;
        if let Owner::Tenant(tenant) = role.owner {
            let there = self.object(tenant).ok_or_else(|| gone("tenant"))?;
            if there.kind != TENANT || role.level == Level::Organization {
                return Err(Misfit::AboveLevel { role: role.name.clone(), what: there.name.clone() });
            }
        }
        self.take_name(Space::Role, None, &role.name, role.id.bits())?;
        self.roles.insert(role.id, Arc::new(state));
        Ok(())
    }

    /// A new role with its parts in the order in which the state gives them back; `None` if it does not fit.
    pub(crate) fn in_order(&self, role: &Role) -> Option<Role> {
        self.read_role(role).ok().map(|read| self.record(&read))
    }

    /// A role as the state holds it, whatever the order in which a change names its parts.
    pub(super) fn read_role(&self, role: &Role) -> Result<RoleState, Misfit> {
        let mut permissions = PermissionSet::default();
        for key in &role.permissions {
            let permission = self
                .catalog
                .number(key)
                .ok_or_else(|| Misfit::UnknownPermission { permission: key.clone() })?;
            if !self.catalog.fits(role.level, permission) {
                return Err(Misfit::AboveLevel { role: role.name.clone(), what: key.clone() });
            }
            permissions.insert(permission);
        }
        let mut delegates = role.delegates.clone();
        delegates.sort();
        delegates.dedup();
        Ok(RoleState {
            id: role.id,
            name: role.name.clone(),
            description: role.description.clone(),
            level: role.level,
            owner: role.owner,
            origin: role.origin,
            permissions,
            delegates,
        })
    }

    pub(super) fn own_role(&self, id: RoleId) -> Result<RoleState, Misfit> {
        let role = self.role(id).ok_or_else(|| gone("role"))?;
        match id.is_built_in() {
            true => Err(Misfit::BuiltIn { role: role.name.clone() }),
            false => Ok(role.clone()),
        }
    }

    pub(super) fn remove_role(&mut self, record: &Role) -> Result<(), Misfit> {
        let role = self.own_role(record.id)?;
        if self.grants_of_role(role.id).next().is_some() || self.roles_delegating(role.id).next().is_some() {
            return Err(Misfit::InUse { what: role.name });
        }
        if self.read_role(record).as_ref() != Ok(&role) {
            return Err(overtaken(&role.name));
        }
        self.free_name(Space::Role, &role.name);
        self.roles.remove(&role.id);
        Ok(())
    }

    pub(super) fn rename_role(&mut self, id: RoleId, was: &str, now: &str) -> Result<(), Misfit> {
        let mut role = self.own_role(id)?;
        if role.name != was {
            return Err(overtaken(&role.name));
        }
        self.take_name(Space::Role, Some(was), now, id.bits())?;
        now.clone_into(&mut role.name);
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }

    pub(super) fn describe_role(&mut self, id: RoleId, was: &str, now: &str) -> Result<(), Misfit> {
        check_description(now)?;
        let mut role = self.own_role(id)?;
        if role.description != was {
            return Err(overtaken(&role.name));
        }
        now.clone_into(&mut role.description);
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }

    pub(super) fn set_permission(&mut self, id: RoleId, key: &str, on: bool) -> Result<(), Misfit> {
        let mut role = self.role(id).ok_or_else(|| gone("role"))?.clone();
        // INVARIANT: built-in roles stay as they came; of Member the permissions are set like any role's.
        if id == RoleId::ADMIN {
            return Err(Misfit::BuiltIn { role: role.name });
        }
        let permission = self
            .catalog
            .number(key)
            .ok_or_else(|| Misfit::UnknownPermission { permission: key.to_owned() })?;
        if !self.catalog.fits(role.level, permission) {
            return Err(Misfit::AboveLevel { role: role.name, what: key.to_owned() });
        }
        if on && self.delegates_by_itself(permission) && self.roles_delegating(id).next().is_some() {
            return Err(Misfit::DelegationChain { role: role.name });
        }
        let fresh =
            if on { role.permissions.insert(permission) } else { role.permissions.remove(permission) };
        if !fresh {
            return Err(overtaken(&role.name));
        }
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }

    /// Whether the permission alone lets its holder hand out a role.
    pub(super) fn delegates_by_itself(&self, permission: Permission) -> bool {
        self.catalog.entry(permission).is_some_and(|entry| !entry.delegates.is_empty())
    }

    /// Whether holders of some role may be allowed to hand this one out: it must not delegate itself.
    pub(super) fn check_delegable(&self, id: RoleId) -> Result<(), Misfit> {
        let role = self.role(id).ok_or_else(|| gone("role"))?;
        let delegates = role.permissions.iter().any(|permission| self.delegates_by_itself(permission));
        if delegates || !role.delegates.is_empty() || id == RoleId::ADMIN {
            return Err(Misfit::DelegationChain { role: role.name.clone() });
        }
        Ok(())
    }

    /// Whether something may be delegated: INVARIANT: nothing that delegates can be.
    fn check_delegate(&self, delegate: &Delegate) -> Result<(), Misfit> {
        match delegate {
            Delegate::Role(role) => self.check_delegable(*role),
            Delegate::Permission(key) => match self.catalog.number(key) {
                None => Err(Misfit::UnknownPermission { permission: key.clone() }),
                Some(permission) if self.delegates_by_itself(permission) => {
                    Err(Misfit::DelegationChain { role: key.clone() })
                }
                Some(_) => Ok(()),
            },
        }
    }

    pub(super) fn set_delegate(&mut self, id: RoleId, delegate: &Delegate, on: bool) -> Result<(), Misfit> {
        let mut role = self.own_role(id)?;
        let there = role.delegates.contains(delegate);
        if there == on {
            return Err(overtaken(&role.name));
        }
        if on {
            self.check_delegate(delegate)?;
            if *delegate == Delegate::Role(id) || self.roles_delegating(id).next().is_some() {
                return Err(Misfit::DelegationChain { role: role.name });
            }
            role.delegates.push(delegate.clone());
            role.delegates.sort();
        } else {
            role.delegates.retain(|one| one != delegate);
        }
        self.roles.insert(id, Arc::new(role));
        Ok(())
    }
}
