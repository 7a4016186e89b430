//! Whoever asks: a signed-in person, with the state as it was when the request came in.
//!
//! Every question and change of the backend takes a [`Caller`] and requires the permission itself, whoever
//! calls it: pages are also rendered without HTTP in between, where no middleware stands.

use crate::error::{Error, Result};
use model::Millis;
use model::decide;
use model::guard::{Actor, Refusal};
use model::id::{ObjectId, UserId};
use model::state::State;
use std::sync::Arc;

/// Who is signed in with this request, as the session says. Whether they are active is asked each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub user: UserId,
    /// The id of the session (not its token).
    pub session: String,
}

/// A person who asks, with the state and the moment at which they are judged.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person.
    pub user: UserId,
    /// The id of their session.
    pub session: String,
    /// The state as committed when the request came in.
    pub state: Arc<State>,
    /// The moment of the request.
    pub at: Millis,
}

impl Caller {
    /// A caller, if that person is active.
    ///
    /// # Errors
    /// [`Error::SignedOut`] for who is not: a deactivated person is signed out.
    pub fn new(signed_in: SignedIn, state: Arc<State>, at: Millis) -> Result<Self> {
        if !decide::is_active(&state, signed_in.user) {
            return Err(Error::SignedOut);
        }
        Ok(Self { user: signed_in.user, session: signed_in.session, state, at })
    }

    /// The caller as the actor of a change.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::User(self.user)
    }

    /// Whether the caller holds a permission on the organization.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        decide::allows(&self.state, self.user, permission, ObjectId::ORGANIZATION, self.at)
    }

    /// Requires a permission on the organization.
    ///
    /// # Errors
    /// A refusal that names the permission.
    pub fn require(&self, permission: &str) -> Result<()> {
        self.require_on(permission, ObjectId::ORGANIZATION)
    }

    /// Whether the caller holds a permission on that object.
    #[must_use]
    pub fn may_on(&self, permission: &str, object: ObjectId) -> bool {
        decide::allows(&self.state, self.user, permission, object, self.at)
    }

    /// Requires a permission on that object.
    ///
    /// # Errors
    /// A refusal that names both.
    pub fn require_on(&self, permission: &str, object: ObjectId) -> Result<()> {
        if self.may_on(permission, object) {
            return Ok(());
        }
        let catalog = self.state.catalog();
        let entry = catalog.number(permission).and_then(|number| catalog.entry(number));
        let place = self.state.object(object).filter(|_| object != ObjectId::ORGANIZATION);
        Err(Error::Refused(Refusal::Needs {
            permission: entry.map_or_else(|| permission.to_owned(), |entry| entry.name.clone()),
            place: place.map_or_else(|| "the organization".to_owned(), |place| place.name.clone()),
        }))
    }

    /// Requires one of several permissions on the organization.
    ///
    /// # Errors
    /// A refusal that names the first.
    pub fn require_any(&self, permissions: &[&str]) -> Result<()> {
        match permissions.first() {
            Some(first) if !permissions.iter().any(|permission| self.may(permission)) => self.require(first),
            _ => Ok(()),
        }
    }
}
