//! The one vocabulary of change: everything that alters access is a [`Change`].
//!
//! A change carries what it needs to be undone. A removal carries what it removes, and [`expand`] puts
//! before it the removal of everything that hangs on it. Changes name people by id only. Every change ever
//! written must read back forever: fields are added with a default, never renamed or dropped
//! (`tests/changes.golden.jsonl`).

mod about;
mod expand;
mod inverse;

use crate::catalog::Pack;
use crate::grant::Grant;
use crate::id::{GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use crate::limit::Value;
use crate::object::{Bearer, Link, Object};
use crate::person::{Group, ServiceAccount, Status};
use crate::role::{Delegate, Role};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

pub use self::expand::expand;
pub use self::inverse::inverse;

/// One edit of the access state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// The organization has another name.
    OrganizationRenamed {
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// A shipped area counts from now on.
    AreaTurnedOn {
        /// The key of its pack.
        area: String,
    },
    /// A shipped area no longer counts. What roles hold of it stays, without effect.
    AreaTurnedOff {
        /// The key of its pack.
        area: String,
    },
    /// A pack of the organization's own was added.
    PackInstalled {
        /// The pack, whole.
        pack: Arc<Pack>,
    },
    /// A pack of the organization's own has another version.
    PackReplaced {
        /// The pack before, whole.
        was: Arc<Pack>,
        /// The pack now, whole.
        now: Arc<Pack>,
    },
    /// A pack of the organization's own no longer counts.
    PackRemoved {
        /// The pack, whole.
        pack: Arc<Pack>,
    },
    /// A new role.
    RoleCreated {
        /// The role, whole.
        role: Role,
    },
    /// A role is gone.
    RoleRemoved {
        /// The role as it was.
        role: Role,
    },
    /// A role has another name.
    RoleRenamed {
        /// Which.
        role: RoleId,
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// A role has another description.
    RoleDescribed {
        /// Which.
        role: RoleId,
        /// The description before.
        was: String,
        /// The description now.
        now: String,
    },
    /// A role allows one permission more.
    PermissionAdded {
        /// Which role.
        role: RoleId,
        /// The key of the permission.
        permission: String,
    },
    /// A role allows one permission less.
    PermissionRemoved {
        /// Which role.
        role: RoleId,
        /// The key of the permission.
        permission: String,
    },
    /// Holders of a role may hand out one thing more.
    DelegationAdded {
        /// Which role.
        role: RoleId,
        /// What its holders may hand out.
        delegate: Delegate,
    },
    /// Holders of a role may hand out one thing less.
    DelegationRemoved {
        /// Which role.
        role: RoleId,
        /// What its holders could hand out.
        delegate: Delegate,
    },
    /// Somebody was invited, or added by the set-up.
    UserAdded {
        /// Who.
        user: UserId,
        /// Invited or already active.
        status: Status,
    },
    /// An invited person has joined.
    UserJoined {
        /// Who.
        user: UserId,
    },
    /// A person may do nothing for now.
    UserDeactivated {
        /// Who.
        user: UserId,
    },
    /// A deactivated person may do again what their roles allow.
    UserReactivated {
        /// Who.
        user: UserId,
    },
    /// A person is gone, with name and address.
    UserRemoved {
        /// Who.
        user: UserId,
        /// Where they stood.
        status: Status,
        /// What history calls them from now on.
        called: String,
    },
    /// A person's name or address was changed. What it was is not kept.
    ProfileEdited {
        /// Who.
        user: UserId,
    },
    /// A new group.
    GroupCreated {
        /// The group.
        group: Group,
    },
    /// A group is gone.
    GroupRemoved {
        /// The group as it was.
        group: Group,
    },
    /// A group has another name.
    GroupRenamed {
        /// Which.
        group: GroupId,
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// A group has another description.
    GroupDescribed {
        /// Which.
        group: GroupId,
        /// The description before.
        was: String,
        /// The description now.
        now: String,
    },
    /// A person is in a group.
    MemberAdded {
        /// The group.
        group: GroupId,
        /// The person.
        user: UserId,
    },
    /// A person is no longer in a group.
    MemberRemoved {
        /// The group.
        group: GroupId,
        /// The person.
        user: UserId,
    },
    /// A new object.
    ObjectCreated {
        /// The object, whole.
        object: Object,
    },
    /// An object is gone; what was beneath it went before.
    ObjectRemoved {
        /// The object as it was.
        object: Object,
    },
    /// An object has another name.
    ObjectRenamed {
        /// Which.
        object: ObjectId,
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// An object has another first place.
    ObjectMoved {
        /// Which.
        object: ObjectId,
        /// What held it.
        was: ObjectId,
        /// What holds it now.
        now: ObjectId,
    },
    /// What is noted of an object beside the access state was changed: a tenant's contact, the version of an
    /// app. What it was is not kept.
    DetailsEdited {
        /// Of what.
        object: ObjectId,
    },
    /// Two objects are tied: shared into a folder, passed down there, or related.
    Linked {
        /// The tie.
        link: Link,
    },
    /// Two objects are no longer tied.
    Unlinked {
        /// The tie as it was.
        link: Link,
    },
    /// A property has another value.
    PropertySet {
        /// Of what.
        of: Bearer,
        /// The key of the property.
        property: String,
        /// The value before; none: it had none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<Value>,
        /// The value now; none: it has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        now: Option<Value>,
    },
    /// A new service account.
    ServiceAccountAdded {
        /// The account.
        account: ServiceAccount,
    },
    /// A service account is gone.
    ServiceAccountRemoved {
        /// The account as it was.
        account: ServiceAccount,
    },
    /// A service account has another name.
    ServiceAccountRenamed {
        /// Which.
        account: ServiceAccountId,
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// A service account may do nothing for now.
    ServiceAccountDisabled {
        /// Which.
        account: ServiceAccountId,
    },
    /// A disabled service account may do again what its roles allow.
    ServiceAccountEnabled {
        /// Which.
        account: ServiceAccountId,
    },
    /// Somebody has a role somewhere.
    GrantAdded {
        /// The grant.
        grant: Grant,
    },
    /// Somebody no longer has a role somewhere.
    GrantRemoved {
        /// The grant as it was.
        grant: Grant,
    },
}

/// The part of the screens that a change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Touched {
    /// The organization and its areas.
    Settings,
    /// Roles and what they allow.
    Roles,
    /// People.
    People,
    /// Groups and who is in them.
    Groups,
    /// Service accounts.
    ServiceAccounts,
    /// Objects.
    Objects,
    /// Who has which role.
    Access,
}
