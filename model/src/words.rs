//! A change in words, for History: "+ Tester: Create sandboxes allowed".
//!
//! Written when the change is committed, with the names that things had then. People stand in it by id
//! alone, so that somebody who is erased leaves no name behind.

mod ties;

use crate::change::Change;
use crate::grant::{Grant, Subject, Window};
use crate::id::{GroupId, ObjectId, RoleId, UserId};
use crate::state::State;
use serde::{Deserialize, Serialize};

/// The sign before a line of history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Something was given or added.
    Add,
    /// Something was taken away.
    Cut,
    /// Something is different.
    Note,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Plain words.
    Text(String),
    /// The name of a thing, as it was then.
    Name(String),
    /// A person.
    Person(UserId),
    /// The name before.
    Was(String),
    /// The moment until which, or from which, something holds.
    Time(crate::Millis),
}

/// One change in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its sign.
    pub mark: Mark,
    /// Its words.
    pub parts: Vec<Part>,
}

/// Says a change. `before` and `after` are the states on either side of the revision that it belongs to.
#[must_use]
pub fn line(before: &State, after: &State, change: &Change) -> Line {
    Teller { before, after }.line(change)
}

/// Each of a grant's limits by itself, e.g. *own items only*.
#[must_use]
pub fn limits(state: &State, limits: &crate::limit::Limits) -> Vec<Vec<Part>> {
    let teller = Teller { before: state, after: state };
    let said = limits.iter().map(|one| teller.limit(one));
    said.map(|mut parts| {
        // Behind a grant it follows a comma; here it stands by itself.
        if let Some(Part::Text(first)) = parts.first_mut() {
            *first = first.trim_start_matches(", ").to_owned();
        }
        parts
    })
    .collect()
}

struct Teller<'a> {
    before: &'a State,
    after: &'a State,
}

fn text(words: impl Into<String>) -> Part {
    Part::Text(words.into())
}

fn named(name: impl Into<String>) -> Part {
    Part::Name(name.into())
}

impl Teller<'_> {
    fn either<T>(&self, find: impl Fn(&State) -> Option<T>) -> Option<T> {
        find(self.after).or_else(|| find(self.before))
    }

    fn role(&self, id: RoleId) -> Part {
        named(self.either(|s| s.role(id).map(|r| r.name.clone())).unwrap_or_else(|| "a role".to_owned()))
    }

    fn group(&self, id: GroupId) -> Part {
        named(self.either(|s| s.group(id).map(|g| g.name.clone())).unwrap_or_else(|| "a group".to_owned()))
    }

    fn object(&self, id: ObjectId) -> Part {
        named(self.either(|s| s.object(id).map(|o| o.name.clone())).unwrap_or_else(|| "a place".to_owned()))
    }

    fn permission(&self, key: &str) -> Part {
        let find = |s: &State| Some(s.catalog().entry(s.catalog().number(key)?)?.name.clone());
        text(self.either(find).unwrap_or_else(|| key.to_owned()))
    }

    fn area(&self, key: &str) -> Part {
        let find = |s: &State| Some(s.catalog().pack(key)?.pack.name.clone());
        named(self.either(find).unwrap_or_else(|| key.to_owned()))
    }

    fn subject(&self, subject: Subject) -> Part {
        match subject {
            Subject::User(user) => Part::Person(user),
            Subject::Group(group) => self.group(group),
            Subject::ServiceAccount(account) => {
                let name = self.either(|s| s.service_account(account).map(|one| one.name.clone()));
                named(name.unwrap_or_else(|| "a service account".to_owned()))
            }
            Subject::Everyone => named("All users"),
        }
    }

    fn renamed(&self, what: &str, was: &str, now: &str) -> Line {
        let parts =
            vec![text(format!("{what} ")), Part::Was(was.to_owned()), text(" is now called "), named(now)];
        Line { mark: Mark::Note, parts }
    }

    fn grant(&self, grant: &Grant, mark: Mark, verb: &str) -> Line {
        let mut parts = vec![self.subject(grant.subject), text(format!(" {verb} ")), self.role(grant.role)];
        if grant.object != ObjectId::ORGANIZATION {
            parts.extend([text(" on "), self.object(grant.object)]);
        }
        let Window { from, until } = grant.window;
        parts.extend(from.into_iter().flat_map(|at| [text(" from "), Part::Time(at)]));
        parts.extend(until.into_iter().flat_map(|at| [text(" until "), Part::Time(at)]));
        parts.extend(grant.limits.iter().flat_map(|one| self.limit(one)));
        Line { mark, parts }
    }

    fn line(&self, change: &Change) -> Line {
        let add = |parts| Line { mark: Mark::Add, parts };
        let cut = |parts| Line { mark: Mark::Cut, parts };
        let note = |parts| Line { mark: Mark::Note, parts };
        match change {
            Change::OrganizationRenamed { was, now } => self.renamed("The organization", was, now),
            Change::AreaTurnedOn { area } => add(vec![self.area(area), text(" turned on")]),
            Change::AreaTurnedOff { area } => cut(vec![self.area(area), text(" turned off")]),
            Change::PackInstalled { pack } => add(vec![text("Area "), named(&pack.name), text(" added")]),
            Change::PackReplaced { now, .. } => note(vec![text("Area "), named(&now.name), text(" changed")]),
            Change::PackRemoved { pack } => cut(vec![text("Area "), named(&pack.name), text(" removed")]),
            Change::RoleCreated { role } => {
                let count = role.permissions.len();
                let with =
                    if count == 1 { "1 permission".to_owned() } else { format!("{count} permissions") };
                add(vec![text("Role "), named(&role.name), text(format!(" added, with {with}"))])
            }
            Change::RoleRemoved { role } => cut(vec![text("Role "), named(&role.name), text(" deleted")]),
            Change::RoleRenamed { was, now, .. } => self.renamed("Role", was, now),
            Change::RoleDescribed { role, .. } => {
                note(vec![text("Description of role "), self.role(*role), text(" changed")])
            }
            Change::PermissionAdded { role, permission } => {
                add(vec![self.role(*role), text(": "), self.permission(permission), text(" allowed")])
            }
            Change::PermissionRemoved { role, permission } => cut(vec![
                self.role(*role),
                text(": "),
                self.permission(permission),
                text(" no longer allowed"),
            ]),
            Change::DelegationAdded { role, delegate } => {
                add(vec![text("Holders of "), self.role(*role), text(" may give "), self.delegate(delegate)])
            }
            Change::DelegationRemoved { role, delegate } => cut(vec![
                text("Holders of "),
                self.role(*role),
                text(" may no longer give "),
                self.delegate(delegate),
            ]),
            Change::UserAdded { user, status: crate::person::Status::Invited } => {
                add(vec![Part::Person(*user), text(" invited")])
            }
            Change::UserAdded { user, .. } => add(vec![Part::Person(*user), text(" added")]),
            Change::UserJoined { user } => add(vec![Part::Person(*user), text(" joined")]),
            Change::UserDeactivated { user } => cut(vec![Part::Person(*user), text(" deactivated")]),
            Change::UserReactivated { user } => add(vec![Part::Person(*user), text(" reactivated")]),
            Change::UserRemoved { user, .. } => cut(vec![Part::Person(*user), text(" removed")]),
            Change::ProfileEdited { user } => {
                note(vec![text("Name or address of "), Part::Person(*user), text(" changed")])
            }
            Change::GroupCreated { group } => add(vec![text("Group "), named(&group.name), text(" added")]),
            Change::GroupRemoved { group } => cut(vec![text("Group "), named(&group.name), text(" deleted")]),
            Change::GroupRenamed { was, now, .. } => self.renamed("Group", was, now),
            Change::GroupDescribed { group, .. } => {
                note(vec![text("Description of group "), self.group(*group), text(" changed")])
            }
            Change::MemberAdded { group, user } => {
                add(vec![Part::Person(*user), text(" is in "), self.group(*group)])
            }
            Change::MemberRemoved { group, user } => {
                cut(vec![Part::Person(*user), text(" is no longer in "), self.group(*group)])
            }
            Change::ObjectCreated { object } => {
                add(vec![self.kind(&object.kind), named(&object.name), text(" added")])
            }
            Change::ObjectRemoved { object } => {
                cut(vec![self.kind(&object.kind), named(&object.name), text(" removed")])
            }
            Change::ObjectRenamed { object, was, now } => {
                let key = self.either(|s| s.object(*object).map(|o| o.kind.clone()));
                self.renamed(&self.kind_name(&key.unwrap_or_else(|| "place".to_owned())), was, now)
            }
            Change::DetailsEdited { object } => {
                note(vec![text("Details of "), self.object(*object), text(" changed")])
            }
            Change::ObjectMoved { object, was, now } => note(vec![
                self.object(*object),
                text(" moved from "),
                self.object(*was),
                text(" to "),
                self.object(*now),
            ]),
            Change::Linked { link } => add(self.link(link, "now ")),
            Change::Unlinked { link } => cut(self.link(link, "no longer ")),
            Change::PropertySet { of, property, now, .. } => self.property(*of, property, now.as_ref()),
            Change::ServiceAccountAdded { account } => {
                add(vec![text("Service account "), named(&account.name), text(" added")])
            }
            Change::ServiceAccountRemoved { account } => {
                cut(vec![text("Service account "), named(&account.name), text(" removed")])
            }
            Change::ServiceAccountRenamed { was, now, .. } => self.renamed("Service account", was, now),
            Change::ServiceAccountDisabled { account } => {
                cut(vec![self.subject(Subject::ServiceAccount(*account)), text(" disabled")])
            }
            Change::ServiceAccountEnabled { account } => {
                add(vec![self.subject(Subject::ServiceAccount(*account)), text(" enabled")])
            }
            Change::GrantAdded { grant } => self.grant(grant, Mark::Add, "has"),
            Change::GrantRemoved { grant } => self.grant(grant, Mark::Cut, "no longer has"),
        }
    }

    fn kind(&self, key: &str) -> Part {
        text(format!("{} ", self.kind_name(key)))
    }

    fn kind_name(&self, key: &str) -> String {
        self.either(|s| Some(s.catalog().kind(key)?.name.clone())).unwrap_or_else(|| key.to_owned())
    }
}
