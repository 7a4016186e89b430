//! Why a change does not fit the state: said to people, with the field that is wrong.

use crate::catalog::BadPack;
use crate::limit::BadLimits;
use crate::name::BadName;
use serde::{Deserialize, Serialize};

/// Why a change does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Misfit {
    /// A name, description or address is not well formed.
    #[error("{error}")]
    Name {
        /// The field: `name`, `description`, `email`.
        field: String,
        /// What is wrong with it.
        error: BadName,
    },
    /// Something else has that name.
    #[error("There is already {what} called “{name}”. Choose another name.")]
    NameTaken {
        /// A role, a group, …
        what: String,
        /// The name that is taken.
        name: String,
    },
    /// Somebody has that address.
    #[error("{email} belongs to somebody who is here already.")]
    EmailTaken {
        /// The address.
        email: String,
    },
    /// What the change is about is not there.
    #[error("This {what} is no longer there. Somebody may have removed it.")]
    Gone {
        /// A role, a person, …
        what: String,
    },
    /// The id of something new is in use.
    #[error("This {what} is there already.")]
    Exists {
        /// A role, a person, …
        what: String,
    },
    /// The change has been made already, or what it replaces is no longer so.
    #[error("{what} was changed meanwhile. Look at it again, then decide.")]
    Overtaken {
        /// What, by name.
        what: String,
    },
    /// No permission has that key.
    #[error("There is no permission “{permission}”.")]
    UnknownPermission {
        /// The key.
        permission: String,
    },
    /// No area has that key.
    #[error("There is no area “{area}”.")]
    UnknownArea {
        /// The key.
        area: String,
    },
    /// The role came with Rolecall.
    #[error("{role} came with Rolecall and stays as it is. Clone it to make one of your own.")]
    BuiltIn {
        /// Its name.
        role: String,
    },
    /// The permission or place lies above the role's level.
    #[error("“{what}” lies above the level of {role}.")]
    AboveLevel {
        /// The role.
        role: String,
        /// The permission or place.
        what: String,
    },
    /// The object cannot be where it is put.
    #[error("{what} cannot be put there.")]
    Misplaced {
        /// The kind.
        what: String,
    },
    /// Folders within folders, more than there may be.
    #[error("{what} would lie {deepest} levels deep or deeper. Put it higher up.")]
    TooDeep {
        /// The folder, by name.
        what: String,
        /// The first level that is too deep.
        deepest: usize,
    },
    /// A thing would lie beneath itself.
    #[error("{what} cannot be put into itself or into something that it holds.")]
    Cycle {
        /// What, by name.
        what: String,
    },
    /// Two tenants would share something.
    #[error("{what} belongs to another tenant. Tenants share nothing.")]
    OtherTenant {
        /// What, by name.
        what: String,
    },
    /// A thing of this kind is in one place only.
    #[error("{what} can be in one place only.")]
    NotShared {
        /// What, by name.
        what: String,
    },
    /// The relation does not tie things of these kinds.
    #[error("{what} and {other} cannot be tied like that.")]
    Unrelated {
        /// What is held, by name.
        what: String,
        /// What would hold it, by name.
        other: String,
    },
    /// The property is not known, or has another kind of value.
    #[error("{what} has no property “{property}” with such a value.")]
    UnknownProperty {
        /// Of what, by name.
        what: String,
        /// The key.
        property: String,
    },
    /// The limits of a grant can never be met.
    #[error("{0}")]
    Limits(BadLimits),
    /// Something still hangs on it.
    #[error("{what} is still in use. Remove what is in it first.")]
    InUse {
        /// What, by name.
        what: String,
    },
    /// The window ends before it starts.
    #[error("The end must come after the start.")]
    ReversedWindow,
    /// What can be delegated may not itself delegate.
    #[error("{role} lets its holders hand out roles, so it cannot be handed out that way itself.")]
    DelegationChain {
        /// The role.
        role: String,
    },
    /// A pack is not accepted.
    #[error("{0}")]
    Pack(BadPack),
}

impl Misfit {
    /// The field of the form that is wrong, where one is.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Name { field, .. } => Some(field),
            Self::NameTaken { .. } => Some("name"),
            Self::EmailTaken { .. } => Some("email"),
            Self::ReversedWindow => Some("until"),
            Self::Limits(_) => Some("limits"),
            Self::UnknownProperty { .. } => Some("property"),
            Self::UnknownArea { .. } => Some("area"),
            Self::UnknownPermission { .. } => Some("permission"),
            _ => None,
        }
    }

    /// Whether somebody else's change is the likely reason.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Gone { .. } | Self::Overtaken { .. } | Self::Exists { .. } | Self::NameTaken { .. }
        )
    }
}
