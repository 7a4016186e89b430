//! Which roles the caller may see, and whom they may make roles for.
//!
//! *See roles & permissions* on the organization shows all roles but those of tenants that the caller may not see.
//! On a tenant it shows the roles that can be given there.

use crate::caller::Caller;
use crate::check::{Sight, places_by_words};
use crate::error::{Error, Result};
use model::id::ObjectId;
use model::object::{Level, Object, TENANT};
use model::role::Owner;
use model::state::RoleState;
use model::view::check::Found;
use model::view::roles::Makes;

const VIEW: &str = "roles.view";
const MANAGE: &str = "roles.manage";

/// What the caller may see of roles.
pub(crate) struct RoleSight<'a> {
    sight: Sight<'a>,
    caller: &'a Caller,
    /// The tenants whose roles are seen; none where they are seen in the whole organization.
    tenants: Option<Vec<ObjectId>>,
}

impl<'a> RoleSight<'a> {
    /// What the caller may see.
    ///
    /// # Errors
    /// When they may see roles nowhere.
    pub(crate) fn of(caller: &'a Caller) -> Result<Self> {
        let sight = Sight::of(caller);
        if caller.may(VIEW) {
            return Ok(Self { sight, caller, tenants: None });
        }
        let tenants: Vec<ObjectId> = with(caller, VIEW).map(|tenant| tenant.id).collect();
        if tenants.is_empty() {
            caller.require(VIEW)?;
        }
        Ok(Self { sight, caller, tenants: Some(tenants) })
    }

    /// Whether a role is shown.
    pub(crate) fn sees(&self, role: &RoleState) -> bool {
        match (&self.tenants, role.owner) {
            (None, Owner::Organization) => true,
            (None, Owner::Tenant(tenant)) => self.sight.sees(tenant),
            (Some(tenants), Owner::Tenant(tenant)) => tenants.contains(&tenant),
            (Some(_), Owner::Organization) => matches!(role.level, Level::Tenant | Level::Folder),
        }
    }

    /// Whether a tenant is shown.
    pub(super) fn sees_tenant(&self, tenant: ObjectId) -> bool {
        self.sight.sees(tenant)
    }

    /// The roles that are shown, in their order.
    pub(crate) fn roles(&self) -> Vec<&'a RoleState> {
        self.caller.state.roles().into_iter().filter(|role| self.sees(role)).collect()
    }

    /// Where roles are counted: in these tenants, or everywhere.
    pub(super) fn within(&self) -> Option<&[ObjectId]> {
        self.tenants.as_deref()
    }

    /// Whom the caller may make roles for. A level beneath the organization's is needed to make one for a tenant.
    pub(super) fn makes(&self, levels: &[Level]) -> Makes {
        let organization = self.caller.require(MANAGE).err().map(|error| error.to_string());
        let has_level = levels.iter().any(|level| matches!(level, Level::Tenant | Level::Folder));
        let all: Vec<&Object> = match has_level {
            true => with(self.caller, MANAGE).filter(|tenant| self.sight.sees(tenant.id)).collect(),
            false => Vec::new(),
        };
        let only = match all.as_slice() {
            [one] => Some((one.id, one.name.clone())),
            _ => None,
        };
        Makes { organization, tenants: all.len() as u64, only }
    }
}

/// The tenants on which the caller holds a permission.
fn with<'a>(caller: &'a Caller, permission: &'a str) -> impl Iterator<Item = &'a Object> {
    let tenants = caller.state.children(ObjectId::ORGANIZATION).filter(|object| object.kind == TENANT);
    tenants.filter(move |tenant| caller.may_on(permission, tenant.id))
}

/// Whether the caller may see roles somewhere, but not in the whole organization.
pub(crate) fn only_in_tenants(caller: &Caller) -> bool {
    !caller.may(VIEW) && with(caller, VIEW).next().is_some()
}

/// Requires that the caller may make roles somewhere; for whom is judged with each change.
pub(super) fn require_making(caller: &Caller) -> Result<()> {
    if with(caller, MANAGE).next().is_some() { Ok(()) } else { caller.require(MANAGE) }
}

/// Requires that a role may be seen, and is there.
pub(super) fn seen(caller: &Caller, id: model::id::RoleId) -> Result<&RoleState> {
    let sight = RoleSight::of(caller)?;
    caller.state.role(id).filter(|role| sight.sees(role)).ok_or(Error::NotFound("role"))
}

/// The tenants for which the caller may make roles, by words.
pub(super) fn owners(caller: &Caller, search: &str) -> Found {
    let is_wanted = |object: &Object| object.kind == TENANT && caller.may_on(MANAGE, object.id);
    places_by_words(&caller.state, &Sight::of(caller), search, is_wanted)
}
