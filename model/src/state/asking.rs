//! Who asks: as which subjects they act, whether they may do anything at all, and the grants on their way.

use super::{Candidate, State};
use crate::grant::{Subject, Who};
use crate::id::{ObjectId, UserId};
use crate::person::Status;

impl State {
    /// Whether one who asks is active and one of the grants for them, on that object or above it, passes.
    /// Each grant is shown until one passes.
    pub(crate) fn any_grant(
        &self,
        who: Who,
        object: ObjectId,
        mut passes: impl FnMut(&Candidate<'_>) -> bool,
    ) -> bool {
        if !self.moved {
            if self.grants.any_settled(who, object, &mut passes) {
                return true;
            }
            if self.grants.has_few_later() {
                return self.grants.any_of_few_later(who, object, &mut passes);
            }
        }
        if !self.is_active(who) {
            return false;
        }
        let above = self.above(object);
        self.subjects_of(who).any(|subject| {
            above.iter().any(|place| match self.moved {
                true => self.grants.any_on(subject, *place, &mut passes),
                false => self.grants.any_later_on(subject, *place, &mut passes),
            })
        })
    }

    /// Whether one who asks may do anything at all.
    #[must_use]
    pub fn is_active(&self, who: Who) -> bool {
        match who {
            Who::User(user) => self.person(user).is_some_and(|person| person.status == Status::Active),
            Who::ServiceAccount(account) => self.service_account(account).is_some_and(|one| !one.disabled),
            Who::Group(group) => self.group(group).is_some(),
        }
    }

    /// The subjects as which one acts who asks: a person as themselves, as their groups and as everyone; a
    /// group as one of its people who has nothing else.
    pub fn subjects_of(&self, who: impl Into<Who>) -> impl Iterator<Item = Subject> + '_ {
        let who = who.into();
        let person = who.person().and_then(|user| self.person(user));
        let there = match who {
            Who::User(_) => person.is_some(),
            Who::ServiceAccount(account) => self.service_account(account).is_some(),
            Who::Group(group) => self.group(group).is_some(),
        };
        let groups = person.into_iter().flat_map(|p| p.groups.iter().copied().map(Subject::Group));
        let everyone = there && !matches!(who, Who::ServiceAccount(_));
        there.then_some(who.subject()).into_iter().chain(groups).chain(everyone.then_some(Subject::Everyone))
    }

    /// The people whom a subject stands for: one, a group's, or all active ones. None for a service account.
    #[must_use]
    pub fn people_of(&self, subject: Subject) -> Vec<UserId> {
        match subject {
            Subject::User(user) => vec![user],
            Subject::Group(group) => self.members(group).collect(),
            Subject::ServiceAccount(_) => Vec::new(),
            Subject::Everyone => self.people().filter(|p| p.status == Status::Active).map(|p| p.id).collect(),
        }
    }
}
