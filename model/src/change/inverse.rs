//! What takes a change back.

use super::Change;

impl Change {
    /// The change that takes this one back, or `None` where nothing can: a removed person is erased.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        Some(match self.clone() {
            Self::OrganizationRenamed { was, now } => Self::OrganizationRenamed { was: now, now: was },
            Self::AreaTurnedOn { area } => Self::AreaTurnedOff { area },
            Self::AreaTurnedOff { area } => Self::AreaTurnedOn { area },
            Self::PackInstalled { pack } => Self::PackRemoved { pack },
            Self::PackRemoved { pack } => Self::PackInstalled { pack },
            Self::RoleCreated { role } => Self::RoleRemoved { role },
            Self::RoleRemoved { role } => Self::RoleCreated { role },
            Self::RoleRenamed { role, was, now } => Self::RoleRenamed { role, was: now, now: was },
            Self::RoleDescribed { role, was, now } => Self::RoleDescribed { role, was: now, now: was },
            Self::PermissionAdded { role, permission } => Self::PermissionRemoved { role, permission },
            Self::PermissionRemoved { role, permission } => Self::PermissionAdded { role, permission },
            Self::DelegationAdded { role, delegate } => Self::DelegationRemoved { role, delegate },
            Self::DelegationRemoved { role, delegate } => Self::DelegationAdded { role, delegate },
            Self::UserDeactivated { user } => Self::UserReactivated { user },
            Self::UserReactivated { user } => Self::UserDeactivated { user },
            Self::GroupCreated { group } => Self::GroupRemoved { group },
            Self::GroupRemoved { group } => Self::GroupCreated { group },
            Self::GroupRenamed { group, was, now } => Self::GroupRenamed { group, was: now, now: was },
            Self::GroupDescribed { group, was, now } => Self::GroupDescribed { group, was: now, now: was },
            Self::MemberAdded { group, user } => Self::MemberRemoved { group, user },
            Self::MemberRemoved { group, user } => Self::MemberAdded { group, user },
            Self::ObjectCreated { object } => Self::ObjectRemoved { object },
            Self::ObjectRemoved { object } => Self::ObjectCreated { object },
            Self::ObjectRenamed { object, was, now } => Self::ObjectRenamed { object, was: now, now: was },
            Self::PackReplaced { was, now } => Self::PackReplaced { was: now, now: was },
            Self::ObjectMoved { object, was, now } => Self::ObjectMoved { object, was: now, now: was },
            Self::Linked { link } => Self::Unlinked { link },
            Self::Unlinked { link } => Self::Linked { link },
            Self::PropertySet { of, property, was, now } => {
                Self::PropertySet { of, property, was: now, now: was }
            }
            Self::ServiceAccountAdded { account } => Self::ServiceAccountRemoved { account },
            Self::ServiceAccountRemoved { account } => Self::ServiceAccountAdded { account },
            Self::ServiceAccountRenamed { account, was, now } => {
                Self::ServiceAccountRenamed { account, was: now, now: was }
            }
            Self::ServiceAccountDisabled { account } => Self::ServiceAccountEnabled { account },
            Self::ServiceAccountEnabled { account } => Self::ServiceAccountDisabled { account },
            Self::GrantAdded { grant } => Self::GrantRemoved { grant },
            Self::GrantRemoved { grant } => Self::GrantAdded { grant },
            Self::UserAdded { .. }
            | Self::UserJoined { .. }
            | Self::UserRemoved { .. }
            | Self::ProfileEdited { .. }
            | Self::DetailsEdited { .. } => return None,
        })
    }
}

/// The changes that take a whole revision back, last first; `None` where one of them cannot be taken back.
#[must_use]
pub fn inverse(changes: &[Change]) -> Option<Vec<Change>> {
    changes.iter().rev().map(Change::inverse).collect()
}
