//! The one vocabulary of change: everything that alters access is a [`Change`].
//!
//! A change carries what it needs to be undone. A removal carries what it removes, and [`expand`] puts
//! before it the removal of everything that hangs on it. Changes name people by id only. Every change ever
//! written must read back forever: fields are added with a default, never renamed or dropped
//! (`tests/changes.golden.jsonl`).

use crate::catalog::Pack;
use crate::grant::{Grant, Subject};
use crate::id::{GroupId, ObjectId, RoleId, UserId};
use crate::object::Object;
use crate::person::{Group, Status};
use crate::role::{Delegate, Role};
use crate::state::State;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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
    /// Objects.
    Objects,
    /// Who has which role.
    Access,
}

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
            Self::GrantAdded { grant } => Self::GrantRemoved { grant },
            Self::GrantRemoved { grant } => Self::GrantAdded { grant },
            Self::UserAdded { .. }
            | Self::UserJoined { .. }
            | Self::UserRemoved { .. }
            | Self::ProfileEdited { .. } => return None,
        })
    }

    /// The part of the screens that it touches.
    #[must_use]
    pub fn touches(&self) -> Touched {
        match self {
            Self::OrganizationRenamed { .. }
            | Self::AreaTurnedOn { .. }
            | Self::AreaTurnedOff { .. }
            | Self::PackInstalled { .. }
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
            Self::ObjectCreated { .. } | Self::ObjectRemoved { .. } | Self::ObjectRenamed { .. } => {
                Touched::Objects
            }
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
            Self::GrantAdded { grant } | Self::GrantRemoved { grant } => (grant.id.bits(), ""),
            Self::DelegationAdded { .. } | Self::DelegationRemoved { .. } => return None,
        })
    }
}

/// The changes as they are committed: each removal filled in from the state and preceded by the removal of
/// what hangs on it, each new role with its parts in order. What is not in the state is left as it is, for [`State::apply`] to refuse.
#[must_use]
pub fn expand(state: &State, changes: &[Change]) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::with_capacity(changes.len());
    let mut state = state.clone();
    for change in changes {
        for one in expand_one(&state, change) {
            // A change that does not fit is refused when the whole list is applied.
            let _ = state.apply(&one);
            all.push(one);
        }
    }
    all
}

fn expand_one(state: &State, change: &Change) -> Vec<Change> {
    let grants_of = |subject| state.grants_of(subject).map(|grant| Change::GrantRemoved { grant }).collect();
    let mut before: Vec<Change> = match change {
        Change::RoleRemoved { role } => state
            .grants_of_role(role.id)
            .map(|grant| Change::GrantRemoved { grant })
            .chain(state.roles_delegating(role.id).map(|delegating| Change::DelegationRemoved {
                role: delegating,
                delegate: Delegate::Role(role.id),
            }))
            .collect(),
        Change::UserRemoved { user, .. } => {
            let mut before: Vec<Change> = grants_of(Subject::User(*user));
            let groups = state.person(*user).map(|p| p.groups.clone()).unwrap_or_default();
            before.extend(groups.into_iter().map(|group| Change::MemberRemoved { group, user: *user }));
            before
        }
        Change::GroupRemoved { group } => {
            let mut before: Vec<Change> = grants_of(Subject::Group(group.id));
            before
                .extend(state.members(group.id).map(|user| Change::MemberRemoved { group: group.id, user }));
            before
        }
        Change::ObjectRemoved { object } => {
            let mut before: Vec<Change> = Vec::new();
            for child in state.children(object.id) {
                before.extend(expand_one(state, &Change::ObjectRemoved { object: child.clone() }));
            }
            before.extend(state.grants_on(object.id).map(|grant| Change::GrantRemoved { grant }));
            before
        }
        _ => Vec::new(),
    };
    before.push(filled_in(state, change));
    before
}

fn filled_in(state: &State, change: &Change) -> Change {
    match change {
        Change::RoleCreated { role } => match state.in_order(role) {
            Some(role) => Change::RoleCreated { role },
            None => change.clone(),
        },
        Change::RoleRemoved { role } => match state.role(role.id) {
            Some(kept) => Change::RoleRemoved { role: state.record(kept) },
            None => change.clone(),
        },
        Change::GroupRemoved { group } => match state.group(group.id) {
            Some(kept) => Change::GroupRemoved { group: Group::clone(kept) },
            None => change.clone(),
        },
        Change::UserRemoved { user, called, .. } => match state.person(*user) {
            Some(kept) => Change::UserRemoved { user: *user, status: kept.status, called: called.clone() },
            None => change.clone(),
        },
        Change::ObjectRemoved { object } => match state.object(object.id) {
            Some(kept) => Change::ObjectRemoved { object: Object::clone(kept) },
            None => change.clone(),
        },
        Change::GrantRemoved { grant } => match state.grant(grant.id) {
            Some(grant) => Change::GrantRemoved { grant },
            None => change.clone(),
        },
        _ => change.clone(),
    }
}

/// The changes that take a whole revision back, last first; `None` where one of them cannot be taken back.
#[must_use]
pub fn inverse(changes: &[Change]) -> Option<Vec<Change>> {
    changes.iter().rev().map(Change::inverse).collect()
}
