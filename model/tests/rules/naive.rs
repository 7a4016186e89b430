//! The access rule once more, as slowly and plainly as it can be written: nested loops over the tables, no
//! index, no sets of bits. Whatever is fast must agree with it.

use model::decide::{Context, Question, Unsaid, Verdict};
use model::grant::{Grant, Subject, Who};
use model::id::{ObjectId, RoleId};
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::object::{Bearer, How, Link, Object};
use model::person::{Group, Person, ServiceAccount, Status};
use model::role::Role;
use model::state::State;
use std::collections::BTreeSet;

/// All rows of a state.
pub struct Tables {
    pub people: Vec<Person>,
    pub groups: Vec<Group>,
    pub accounts: Vec<ServiceAccount>,
    pub objects: Vec<Object>,
    pub links: Vec<Link>,
    pub properties: Vec<(Bearer, String, Value)>,
    pub roles: Vec<Role>,
    pub grants: Vec<Grant>,
    /// The keys of the permissions that are on, with the limits of their own.
    pub permissions: Vec<(String, Limits)>,
    /// The keys of the relations that contain.
    pub containing: Vec<String>,
    /// The properties of people and objects that a question may bring.
    pub sent: Vec<Property>,
}

/// Whether something holds: yes, no, or it depends on these.
#[derive(Clone, PartialEq, Debug)]
pub enum Three {
    Yes,
    No,
    Depends(BTreeSet<Property>),
}

impl Tables {
    pub fn of(state: &State) -> Self {
        let packs = || state.catalog().packs().iter();
        let on = packs().filter(|installed| installed.on).flat_map(|installed| &installed.pack.permissions);
        let properties = packs().flat_map(|installed| &installed.pack.properties);
        let relations = packs().flat_map(|installed| &installed.pack.relations);
        Self {
            people: state.people().cloned().collect(),
            groups: state.groups().into_iter().cloned().collect(),
            accounts: state.service_accounts().into_iter().cloned().collect(),
            objects: state.objects().cloned().collect(),
            links: state.links(),
            properties: state
                .all_properties()
                .map(|(of, key, value)| (of, key.into(), value.clone()))
                .collect(),
            roles: state.roles().into_iter().map(|role| state.record(role)).collect(),
            grants: state.grants().collect(),
            permissions: on.map(|entry| (entry.key.clone(), entry.limits.clone())).collect(),
            containing: relations.filter(|one| one.contains).map(|one| one.key.clone()).collect(),
            sent: properties
                .filter(|one| one.from_request)
                .map(|one| Property::new(one.of, &one.key))
                .collect(),
        }
    }

    /// May they do that, there, then, with what the question says and leaves open?
    pub fn verdict(&self, question: &Question, key: &str) -> Verdict {
        let Question { who, object, at, ref context, .. } = *question;
        let mut found = Three::No;
        for grant in &self.grants {
            if self.gives(grant, who, key, object, at) {
                found = either(found, self.met(&grant.limits, who, object, context));
            }
        }
        for (permission, limits) in &self.permissions {
            if permission == key {
                found = both(found, self.met(limits, who, object, context));
            }
        }
        match found {
            Three::Yes => Verdict::Allowed,
            Three::No => Verdict::Denied,
            Three::Depends(on) => Verdict::Depends(on.into_iter().collect()),
        }
    }

    /// The same for a question that says nothing and leaves nothing open.
    pub fn may(&self, who: impl Into<Who>, key: &str, object: ObjectId, at: i64) -> bool {
        let (who, context) = (who.into(), Context::default());
        let met = |limits: &Limits| self.met(limits, who, object, &context) == Three::Yes;
        self.permissions.iter().any(|(permission, limits)| permission == key && met(limits))
            && self.grants.iter().any(|g| self.gives(g, who, key, object, at) && met(&g.limits))
    }

    /// Whether one grant counts for who asks, then, there, with that permission: all but its limits.
    pub fn gives(&self, grant: &Grant, who: Who, key: &str, object: ObjectId, at: i64) -> bool {
        self.is_active(who)
            && self.is_for(grant, who)
            && is_open(grant, at)
            && self.contains(grant.role, key)
            && self.reaches(grant.object, object)
    }

    pub fn is_active(&self, who: Who) -> bool {
        match who {
            Who::User(id) => self.people.iter().any(|one| one.id == id && one.status == Status::Active),
            Who::ServiceAccount(id) => self.accounts.iter().any(|one| one.id == id && !one.disabled),
            Who::Group(id) => self.groups.iter().any(|one| one.id == id),
        }
    }

    pub fn is_for(&self, grant: &Grant, who: Who) -> bool {
        match (grant.subject, who) {
            (Subject::User(one), Who::User(id)) => one == id,
            (Subject::ServiceAccount(one), Who::ServiceAccount(id)) => one == id,
            (Subject::Group(one), Who::Group(id)) => one == id,
            (Subject::Group(one), Who::User(id)) => {
                self.people.iter().any(|person| person.id == id && person.groups.contains(&one))
            }
            (Subject::Everyone, Who::User(id)) => self.people.iter().any(|person| person.id == id),
            (Subject::Everyone, Who::Group(id)) => self.groups.iter().any(|group| group.id == id),
            _ => false,
        }
    }

    pub fn is_on(&self, key: &str) -> bool {
        self.permissions.iter().any(|(permission, _)| permission == key)
    }

    pub fn contains(&self, role: RoleId, key: &str) -> bool {
        let named = |one: &Role| one.id == role && one.permissions.iter().any(|held| held == key);
        self.is_on(key) && (role == RoleId::ADMIN || self.roles.iter().any(named))
    }

    /// Whether a grant on `above` reaches `object`.
    pub fn reaches(&self, above: ObjectId, object: ObjectId) -> bool {
        let Some(found) = self.objects.iter().find(|one| one.id == object) else { return false };
        object == above
            || found.parent.is_some_and(|parent| self.reaches(above, parent))
            || self.links.iter().filter(|link| link.object == object).any(|link| match &link.how {
                How::Shared => self.reaches(above, link.holder),
                How::Related(key) => self.containing.contains(key) && self.reaches(above, link.holder),
                How::PassedDown => self
                    .objects
                    .iter()
                    .any(|folder| self.nests_in(folder, link.holder) && self.reaches(above, folder.id)),
            })
    }

    /// Whether something lies in another of its kind, however deep.
    pub fn nests_in(&self, one: &Object, holder: ObjectId) -> bool {
        let parent = self.objects.iter().find(|other| Some(other.id) == one.parent && other.kind == one.kind);
        parent.is_some_and(|parent| parent.id == holder || self.nests_in(parent, holder))
    }

    pub fn met(&self, limits: &Limits, who: Who, object: ObjectId, context: &Context) -> Three {
        let each = limits.iter().map(|one| self.compare(one, who, object, context));
        each.fold(Three::Yes, both)
    }

    fn compare(&self, one: &Comparison, who: Who, object: ObjectId, context: &Context) -> Three {
        let bearer = match (one.property.of, who) {
            (Side::Object, _) => Some(Bearer::Object(object)),
            (Side::Subject, Who::User(user)) => Some(Bearer::User(user)),
            (Side::Subject, Who::ServiceAccount(account)) => Some(Bearer::ServiceAccount(account)),
            (Side::Subject, Who::Group(_)) | (Side::Action | Side::Context, _) => None,
        };
        let is = |(of, key, _): &&(Bearer, String, Value)| Some(*of) == bearer && *key == one.property.key;
        let stored = self.properties.iter().find(is).map(|(_, _, value)| value);
        let may_be_sent =
            matches!(one.property.of, Side::Action | Side::Context) || self.sent.contains(&one.property);
        let said = context.says.get(&one.property).filter(|_| may_be_sent);
        // What lies beneath has properties of its own, and so have the people of a group.
        let about_many = match (one.property.of, context.unsaid, who) {
            (Side::Object, Unsaid::OpenBeneath, _) => true,
            (Side::Subject, Unsaid::Open | Unsaid::OpenBeneath, Who::Group(_)) => said.is_none(),
            _ => false,
        };
        match stored.or(said) {
            _ if about_many => open(one),
            Some(value) if passes(&one.test, value, who) => Three::Yes,
            None if may_be_sent && context.unsaid != Unsaid::Nothing => open(one),
            _ => Three::No,
        }
    }
}

fn open(one: &Comparison) -> Three {
    Three::Depends([one.property.clone()].into())
}

fn passes(test: &Test, value: &Value, who: Who) -> bool {
    match test {
        Test::Equals(wanted) => wanted == value,
        Test::In(wanted) => wanted.iter().any(|one| one == value),
        Test::IsSubject => who.person().is_some_and(|user| *value == Value::Person(user)),
    }
}

pub fn is_open(grant: &Grant, at: i64) -> bool {
    grant.window.from.is_none_or(|from| at >= from) && grant.window.until.is_none_or(|until| at < until)
}

fn both(one: Three, other: Three) -> Three {
    match (one, other) {
        (Three::No, _) | (_, Three::No) => Three::No,
        (Three::Yes, rest) | (rest, Three::Yes) => rest,
        (Three::Depends(one), Three::Depends(other)) => Three::Depends(&one | &other),
    }
}

fn either(one: Three, other: Three) -> Three {
    match (one, other) {
        (Three::Yes, _) | (_, Three::Yes) => Three::Yes,
        (Three::No, rest) | (rest, Three::No) => rest,
        (Three::Depends(one), Three::Depends(other)) => Three::Depends(&one | &other),
    }
}
