//! What every page needs to know: who is signed in, where, and what they may do.

use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// The frame around every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shell {
    /// The organization's name.
    pub organization: String,
    /// Who is signed in.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The keys of all permissions that they hold on the organization now.
    pub permissions: Vec<String>,
    /// Of the permissions that open a page of the menu, those that they hold on some tenants alone.
    #[serde(default)]
    pub in_tenants: Vec<String>,
    /// The keys of the areas that are on, *administration* left out.
    pub areas: Vec<String>,
    /// The number of the last revision.
    pub revision: u64,
    /// The version of this console.
    pub version: String,
}

impl Shell {
    /// Whether the permission opens its page: held on the organization, or on a tenant, of which it then shows what
    /// belongs there.
    #[must_use]
    pub fn opens(&self, permission: &str) -> bool {
        self.may(permission) || self.in_tenants.iter().any(|key| key == permission)
    }

    /// Whether the person may do what the permission opens, on the organization.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        self.permissions.iter().any(|key| key == permission)
    }
}
