//! A removal takes along what hangs on it: the list of changes as it is committed.
//!
//! Nothing is judged here. What is not in the state is left as it is, for [`State::apply`] to refuse.

use super::Change;
use crate::grant::{Grant, Subject};
use crate::id::ObjectId;
use crate::limit::{Comparison, Limits, Test, Value};
use crate::object::{Bearer, How, Link, Object};
use crate::person::{Group, ServiceAccount};
use crate::role::{Delegate, Owner};
use crate::state::State;

/// The changes as they are committed: each removal filled in from the state and preceded by the removal of
/// what hangs on it, each new role with its parts in order.
#[must_use]
pub fn expand(state: &State, changes: &[Change]) -> Vec<Change> {
    let mut expanding = Expanding { now: state.clone(), all: Vec::with_capacity(changes.len()) };
    for change in changes {
        expanding.take(change);
    }
    expanding.all
}

struct Expanding {
    /// The state as the changes so far leave it.
    now: State,
    all: Vec<Change>,
}

impl Expanding {
    fn take(&mut self, change: &Change) {
        match change {
            Change::RoleRemoved { role } => {
                self.take_grants(self.now.grants_of_role(role.id).collect());
                for delegating in self.now.roles_delegating(role.id).collect::<Vec<_>>() {
                    let delegate = Delegate::Role(role.id);
                    self.push(Change::DelegationRemoved { role: delegating, delegate });
                }
            }
            Change::UserRemoved { user, .. } => {
                self.take_grants(self.now.grants_of(Subject::User(*user)).collect());
                let groups = self.now.person(*user).map(|p| p.groups.clone()).unwrap_or_default();
                for group in groups {
                    self.push(Change::MemberRemoved { group, user: *user });
                }
                self.forget(Bearer::User(*user));
                self.unname(&Value::Person(*user));
            }
            Change::GroupRemoved { group } => {
                self.take_grants(self.now.grants_of(Subject::Group(group.id)).collect());
                for user in self.now.members(group.id).collect::<Vec<_>>() {
                    self.push(Change::MemberRemoved { group: group.id, user });
                }
            }
            Change::ServiceAccountRemoved { account } => {
                self.take_grants(self.now.grants_of(Subject::ServiceAccount(account.id)).collect());
                self.forget(Bearer::ServiceAccount(account.id));
            }
            Change::ObjectRemoved { object } => self.empty(object.id),
            Change::ObjectMoved { object, was, now } => return self.moves(change, *object, *was, *now),
            Change::Unlinked { link: Link { object, holder, how: How::Shared } } => {
                self.unlink(&Link { object: *object, holder: *holder, how: How::PassedDown });
            }
            _ => {}
        }
        let change = self.filled_in(change);
        self.push(change);
    }

    /// What was passed down at the first place ends with it. A first place that was a further one before is no
    /// longer a further one; what is passed down there still is.
    fn moves(&mut self, change: &Change, object: ObjectId, was: ObjectId, now: ObjectId) {
        let link = |holder, how| Link { object, holder, how };
        self.unlink(&link(was, How::PassedDown));
        let shared = link(now, How::Shared);
        let passed_down = link(now, How::PassedDown);
        let again = self.now.is_linked(&shared) && self.now.is_linked(&passed_down);
        if again {
            self.unlink(&passed_down);
        }
        self.unlink(&shared);
        self.push(change.clone());
        if again {
            self.push(Change::Linked { link: passed_down });
        }
    }

    fn push(&mut self, change: Change) {
        // A change that does not fit is refused when the whole list is applied.
        let _ = self.now.apply(&change);
        self.all.push(change);
    }

    fn take_grants(&mut self, grants: Vec<Grant>) {
        for grant in grants {
            self.push(Change::GrantRemoved { grant });
        }
    }

    fn unlink(&mut self, link: &Link) {
        if self.now.is_linked(link) {
            self.push(Change::Unlinked { link: link.clone() });
        }
    }

    /// Takes away everything that stands in an object or hangs on it, but for what is shared elsewhere: that
    /// stays there.
    fn empty(&mut self, id: ObjectId) {
        let removed = |now: &State, place: ObjectId| now.chain(place).any(|above| above.id == id);
        for child in self.now.children(id).cloned().collect::<Vec<Object>>() {
            let elsewhere = self.now.shared_into(child.id).find(|place| !removed(&self.now, *place));
            match elsewhere {
                Some(place) => self.take(&Change::ObjectMoved { object: child.id, was: id, now: place }),
                None => self.take(&Change::ObjectRemoved { object: child }),
            }
        }
        for role in self.now.roles_owned_by(Owner::Tenant(id)) {
            self.take(&Change::RoleRemoved { role });
        }
        for account in self.now.accounts_of_robot(id) {
            self.take(&Change::ServiceAccountRemoved { account });
        }
        self.take_grants(self.now.grants_on(id).collect());
        for link in self.now.links_of(id) {
            self.unlink(&link);
        }
        self.forget(Bearer::Object(id));
        self.unname(&Value::Place(id));
    }

    /// Takes away the properties of something.
    fn forget(&mut self, of: Bearer) {
        for (property, value) in self.now.properties(of).clone() {
            self.push(Change::PropertySet { of, property, was: Some(value), now: None });
        }
    }

    /// Takes a value out of every property and limit that names it. A grant whose limits would allow
    /// nothing any more goes.
    fn unname(&mut self, value: &Value) {
        for (of, property) in self.now.properties_with(value) {
            self.push(Change::PropertySet { of, property, was: Some(value.clone()), now: None });
        }
        for grant in self.now.limited_grants().filter(|grant| names(&grant.limits, value)).collect::<Vec<_>>()
        {
            self.push(Change::GrantRemoved { grant: grant.clone() });
            if let Some(limits) = without(&grant.limits, value) {
                self.push(Change::GrantAdded { grant: Grant { limits, ..grant } });
            }
        }
    }

    fn filled_in(&self, change: &Change) -> Change {
        let now = &self.now;
        let known = match change {
            Change::RoleCreated { role } => now.in_order(role).map(|role| Change::RoleCreated { role }),
            Change::RoleRemoved { role } => {
                now.role(role.id).map(|kept| Change::RoleRemoved { role: now.record(kept) })
            }
            Change::GroupRemoved { group } => {
                now.group(group.id).map(|kept| Change::GroupRemoved { group: Group::clone(kept) })
            }
            Change::UserRemoved { user, called, .. } => now.person(*user).map(|kept| Change::UserRemoved {
                user: *user,
                status: kept.status,
                called: called.clone(),
            }),
            Change::ServiceAccountRemoved { account } => now
                .service_account(account.id)
                .map(|kept| Change::ServiceAccountRemoved { account: ServiceAccount::clone(kept) }),
            Change::ObjectRemoved { object } => {
                now.object(object.id).map(|kept| Change::ObjectRemoved { object: Object::clone(kept) })
            }
            Change::GrantRemoved { grant } => now.grant(grant.id).map(|grant| Change::GrantRemoved { grant }),
            _ => None,
        };
        known.unwrap_or_else(|| change.clone())
    }
}

fn names(limits: &Limits, value: &Value) -> bool {
    limits.iter().any(|one| one.values().is_some_and(|values| values.contains(value)))
}

/// Limits that no longer name a value; `None` when one of them would allow nothing.
fn without(limits: &Limits, value: &Value) -> Option<Limits> {
    let mut left = Vec::new();
    for one in limits.iter() {
        let test = match (&one.test, one.values()) {
            (_, Some(values)) if values.contains(value) => {
                let rest: Vec<Value> = values.iter().filter(|one| *one != value).cloned().collect();
                if rest.is_empty() {
                    return None;
                }
                Test::In(rest)
            }
            (test, _) => test.clone(),
        };
        left.push(Comparison { property: one.property.clone(), test });
    }
    Some(Limits::new(left))
}
