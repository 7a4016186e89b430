//! What a change is about: the part of the screens that it touches, and the thing that it edits.

use super::{Change, Touched};
use crate::id::ObjectId;
use crate::object::Bearer;

impl Change {
    /// The part of the screens that it touches.
    #[must_use]
    pub fn touches(&self) -> Touched {
        match self {
            Self::OrganizationRenamed { .. }
            | Self::AreaTurnedOn { .. }
            | Self::AreaTurnedOff { .. }
            | Self::PackInstalled { .. }
            | Self::PackReplaced { .. }
            | Self::PackRemoved { .. } => Touched::Settings,
            Self::RoleCreated { .. }
            | Self::RoleRemoved { .. }
            | Self::RoleRenamed { .. }
            | Self::RoleDescribed { .. }
            | Self::PermissionAdded { .. }
            | Self::PermissionRemoved { .. }
            | Self::DelegationAdded { .. }
            | Self::DelegationRemoved { .. } => Touched::Roles,
            Self::UserAdded { .. }
            | Self::UserJoined { .. }
            | Self::UserDeactivated { .. }
            | Self::UserReactivated { .. }
            | Self::UserRemoved { .. }
            | Self::ProfileEdited { .. } => Touched::People,
            Self::GroupCreated { .. }
            | Self::GroupRemoved { .. }
            | Self::GroupRenamed { .. }
            | Self::GroupDescribed { .. }
            | Self::MemberAdded { .. }
            | Self::MemberRemoved { .. } => Touched::Groups,
            Self::ObjectCreated { .. }
            | Self::ObjectRemoved { .. }
            | Self::ObjectRenamed { .. }
            | Self::ObjectMoved { .. }
            | Self::DetailsEdited { .. }
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::PropertySet { of: Bearer::Object(_), .. } => Touched::Objects,
            Self::PropertySet { of: Bearer::User(_), .. } => Touched::People,
            Self::PropertySet { of: Bearer::ServiceAccount(_), .. }
            | Self::ServiceAccountAdded { .. }
            | Self::ServiceAccountRemoved { .. }
            | Self::ServiceAccountRenamed { .. }
            | Self::ServiceAccountDisabled { .. }
            | Self::ServiceAccountEnabled { .. } => Touched::ServiceAccounts,
            Self::GrantAdded { .. } | Self::GrantRemoved { .. } => Touched::Access,
        }
    }

    /// Whether both edit the same thing, so that one explains why the other no longer fits.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        match (self.subject_matter(), other.subject_matter()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
    }

    fn subject_matter(&self) -> Option<(u64, &str)> {
        Some(match self {
            Self::OrganizationRenamed { .. } => (ObjectId::ORGANIZATION.bits(), ""),
            Self::AreaTurnedOn { area } | Self::AreaTurnedOff { area } => (0, area),
            Self::PackInstalled { pack } | Self::PackRemoved { pack } => (0, &pack.key),
            Self::PackReplaced { now, .. } => (0, &now.key),
            Self::RoleCreated { role } | Self::RoleRemoved { role } => (role.id.bits(), ""),
            Self::RoleRenamed { role, .. } => (role.bits(), ""),
            Self::RoleDescribed { role, .. } => (role.bits(), "description"),
            Self::PermissionAdded { role, permission } | Self::PermissionRemoved { role, permission } => {
                (role.bits(), permission)
            }
            Self::UserAdded { user, .. }
            | Self::UserJoined { user }
            | Self::UserDeactivated { user }
            | Self::UserReactivated { user }
            | Self::UserRemoved { user, .. }
            | Self::ProfileEdited { user } => (user.bits(), ""),
            Self::GroupCreated { group } | Self::GroupRemoved { group } => (group.id.bits(), ""),
            Self::GroupRenamed { group, .. } => (group.bits(), ""),
            Self::GroupDescribed { group, .. } => (group.bits(), "description"),
            Self::MemberAdded { group, user } | Self::MemberRemoved { group, user } => {
                (group.bits() ^ user.bits(), "member")
            }
            Self::ObjectCreated { object } | Self::ObjectRemoved { object } => (object.id.bits(), ""),
            Self::ObjectRenamed { object, .. } => (object.bits(), ""),
            Self::ObjectMoved { object, .. } => (object.bits(), "place"),
            Self::DetailsEdited { object } => (object.bits(), "details"),
            Self::Linked { link } | Self::Unlinked { link } => {
                (link.object.bits() ^ link.holder.bits(), "link")
            }
            Self::PropertySet { of, property, .. } => (of.bits(), property),
            Self::ServiceAccountAdded { account } | Self::ServiceAccountRemoved { account } => {
                (account.id.bits(), "")
            }
            Self::ServiceAccountRenamed { account, .. } => (account.bits(), ""),
            Self::ServiceAccountDisabled { account } | Self::ServiceAccountEnabled { account } => {
                (account.bits(), "disabled")
            }
            Self::GrantAdded { grant } | Self::GrantRemoved { grant } => (grant.id.bits(), ""),
            Self::DelegationAdded { .. } | Self::DelegationRemoved { .. } => return None,
        })
    }
}
