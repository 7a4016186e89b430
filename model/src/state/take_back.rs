//! Taking back the change that was made last: how a state goes back in time.
//!
//! The exact reverse of [`State::apply`], also for what no undo can do: a person who was added is as if never
//! there, and one who was removed is there again, called by what history calls them, for their profile is
//! gone. It judges nobody and is never how an undo is made.

use super::State;
use crate::change::{Change, Touched};
use crate::misfit::Misfit;
use crate::person::{Person, Profile, Status};
use std::sync::Arc;

/// Why a change cannot be taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTakenBack {
    /// It was not the last: the state is not as it left it.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// It does not say all that was there before it: a pack that is installed may have been there, turned
    /// off, and one that is replaced may not fit what has come since.
    #[error("The change of area “{0}” does not say all that was there before.")]
    Unsaid(String),
}

impl State {
    /// Takes back the change that was applied last. The number of the revision is the caller's to set.
    ///
    /// # Errors
    /// When the state is not as that change left it, or the change does not say what was there before. The
    /// state is then as it was.
    pub fn take_back(&mut self, change: &Change) -> Result<(), NotTakenBack> {
        match change {
            // The very first name replaced none, which no change could bring back.
            Change::OrganizationRenamed { was, now } => {
                if self.organization() != now {
                    return Err(Misfit::Overtaken { what: now.clone() }.into());
                }
                self.call_organization(was);
            }
            Change::UserAdded { user, status } => {
                let person = self.person(*user).filter(|person| person.status == *status).cloned();
                self.take_out(&person.ok_or_else(gone)?)?;
            }
            Change::UserJoined { user } => self.set_status(*user, Status::Active, Status::Invited)?,
            Change::UserRemoved { user, status, called } => {
                if self.former.remove(user).is_none() {
                    return Err(gone().into());
                }
                let profile = Profile::new(called, "");
                self.people_by_name.insert((profile.order().into(), *user));
                let person = Person { id: *user, status: *status, profile, groups: Vec::new() };
                self.people.insert(*user, Arc::new(person));
            }
            Change::ProfileEdited { user } => drop(self.person(*user).ok_or_else(gone)?),
            Change::DetailsEdited { object } => drop(self.object(*object).ok_or_else(gone)?),
            Change::PackInstalled { pack } => return Err(NotTakenBack::Unsaid(pack.name.clone())),
            Change::PackReplaced { now, .. } => return Err(NotTakenBack::Unsaid(now.name.clone())),
            other => match other.inverse() {
                Some(inverse) => self.apply(&inverse)?,
                None => return Err(gone().into()),
            },
        }
        self.moved |= change.touches() == Touched::People;
        Ok(())
    }

    /// Takes back changes, the last one first.
    ///
    /// # Errors
    /// When one of them cannot be taken back. The state is then as it was.
    pub fn take_all_back(&mut self, changes: &[Change]) -> Result<(), NotTakenBack> {
        let mut before = self.clone();
        changes.iter().rev().try_for_each(|change| before.take_back(change))?;
        *self = before;
        Ok(())
    }
}

fn gone() -> Misfit {
    Misfit::Gone { what: "person".to_owned() }
}

#[cfg(test)]
mod tests;
