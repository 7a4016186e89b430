//! What a revision was, in a few words: the head of its entry in History.
//!
//! A removal takes along what hangs on the thing, so the weightiest change of a revision names it.

use crate::access::log::Revision;
use model::change::Change;
use model::guard::Actor;
use model::person::Status;

/// One sort of change: how it is called when there is one, and when there are several.
struct Sort {
    is: fn(&Change) -> bool,
    one: &'static str,
    many: &'static str,
}

/// The weightiest first.
const SORTS: [Sort; 28] = [
    Sort { is: |c| matches!(c, Change::RoleRemoved { .. }), one: "Role deleted", many: "roles deleted" },
    Sort { is: |c| matches!(c, Change::GroupRemoved { .. }), one: "Group deleted", many: "groups deleted" },
    Sort { is: |c| matches!(c, Change::UserRemoved { .. }), one: "Person removed", many: "people removed" },
    Sort { is: |c| matches!(c, Change::ObjectRemoved { .. }), one: "Place removed", many: "places removed" },
    Sort {
        is: |c| matches!(c, Change::ServiceAccountRemoved { .. }),
        one: "Service account removed",
        many: "service accounts removed",
    },
    Sort { is: is_invitation, one: "Person invited", many: "people invited" },
    Sort { is: |c| matches!(c, Change::UserAdded { .. }), one: "Person added", many: "people added" },
    Sort { is: |c| matches!(c, Change::RoleCreated { .. }), one: "Role added", many: "roles added" },
    Sort { is: |c| matches!(c, Change::GroupCreated { .. }), one: "Group added", many: "groups added" },
    Sort { is: |c| matches!(c, Change::ObjectCreated { .. }), one: "Place added", many: "places added" },
    Sort {
        is: |c| matches!(c, Change::ServiceAccountAdded { .. }),
        one: "Service account added",
        many: "service accounts added",
    },
    Sort { is: |c| matches!(c, Change::ObjectMoved { .. }), one: "Place moved", many: "places moved" },
    Sort { is: is_tie, one: "Places tied", many: "ties between places" },
    Sort { is: is_area, one: "Area changed", many: "areas changed" },
    Sort {
        is: |c| matches!(c, Change::OrganizationRenamed { .. }),
        one: "Organization renamed",
        many: "names of the organization",
    },
    Sort {
        is: |c| matches!(c, Change::UserDeactivated { .. }),
        one: "Person deactivated",
        many: "people deactivated",
    },
    Sort {
        is: |c| matches!(c, Change::UserReactivated { .. }),
        one: "Person reactivated",
        many: "people reactivated",
    },
    Sort {
        is: |c| matches!(c, Change::UserJoined { .. }),
        one: "Invitation accepted",
        many: "people joined",
    },
    Sort { is: is_grant, one: "Role assignment changed", many: "role assignments changed" },
    Sort { is: is_permission, one: "Role changed", many: "permissions changed" },
    Sort { is: is_delegation, one: "Role changed", many: "delegations changed" },
    Sort { is: is_membership, one: "Group changed", many: "group members changed" },
    Sort { is: |c| matches!(c, Change::PropertySet { .. }), one: "Property set", many: "properties set" },
    Sort { is: is_account, one: "Service account changed", many: "service accounts changed" },
    Sort { is: |c| matches!(c, Change::RoleRenamed { .. }), one: "Role renamed", many: "roles renamed" },
    Sort { is: |c| matches!(c, Change::GroupRenamed { .. }), one: "Group renamed", many: "groups renamed" },
    Sort {
        is: |c| matches!(c, Change::ProfileEdited { .. }),
        one: "Profile changed",
        many: "profiles changed",
    },
    Sort { is: |_| true, one: "Details changed", many: "details changed" },
];

fn is_invitation(change: &Change) -> bool {
    matches!(change, Change::UserAdded { status: Status::Invited, .. })
}

fn is_area(change: &Change) -> bool {
    matches!(
        change,
        Change::AreaTurnedOn { .. }
            | Change::AreaTurnedOff { .. }
            | Change::PackInstalled { .. }
            | Change::PackReplaced { .. }
            | Change::PackRemoved { .. }
    )
}

fn is_tie(change: &Change) -> bool {
    matches!(change, Change::Linked { .. } | Change::Unlinked { .. })
}

fn is_account(change: &Change) -> bool {
    matches!(
        change,
        Change::ServiceAccountRenamed { .. }
            | Change::ServiceAccountDisabled { .. }
            | Change::ServiceAccountEnabled { .. }
    )
}

fn is_grant(change: &Change) -> bool {
    matches!(change, Change::GrantAdded { .. } | Change::GrantRemoved { .. })
}

fn is_permission(change: &Change) -> bool {
    matches!(change, Change::PermissionAdded { .. } | Change::PermissionRemoved { .. })
}

fn is_delegation(change: &Change) -> bool {
    matches!(change, Change::DelegationAdded { .. } | Change::DelegationRemoved { .. })
}

fn is_membership(change: &Change) -> bool {
    matches!(change, Change::MemberAdded { .. } | Change::MemberRemoved { .. })
}

/// The head of a revision's entry.
pub(super) fn of(revision: &Revision) -> String {
    if let Some(undone) = revision.undoes {
        return format!("Undo of change no. {undone}");
    }
    if revision.actor == Actor::SetUp {
        return "Organization set up".to_owned();
    }
    let found = SORTS.iter().find(|sort| revision.changes.iter().any(|change| (sort.is)(change)));
    let Some(sort) = found else { return "Nothing changed".to_owned() };
    match revision.changes.iter().filter(|change| (sort.is)(change)).count() {
        1 => sort.one.to_owned(),
        n => format!("{n} {}", sort.many),
    }
}
