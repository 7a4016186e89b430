//! Decisions: may this person do that, there, at that time? A bare answer, fast.
//!
//! The rule: somebody active may do P on O at T when some grant that is for them, for a group of theirs or
//! for everyone has a role with P, stands on O or on what holds O, has T in its window, and has its limits
//! met. Grants only add up; there is no deny. No path, no access.
//!
//! [`may`] is a question that says all there is to say: what it leaves out has no value. [`verdict`] is for
//! questions that leave something open, and then answers that it depends.

use crate::Millis;
use crate::catalog::{ADMINISTRATION, Permission, PermissionSet};
use crate::grant::{Grant, Subject, Terms, Who};
use crate::id::{ObjectId, RoleId, UserId};
use crate::limit::{Known, Limits, Met, Property, Side, Value};
use crate::object::Bearer;
use crate::state::{Candidate, State};
use std::collections::{BTreeMap, BTreeSet};

/// What a question leaves unsaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unsaid {
    /// Has no value: a request that is about to be carried out.
    #[default]
    Nothing,
    /// May be anything, where a request would say it: a list, a preview.
    Open,
    /// The same, and the question is also about what lies beneath the object, with properties of its own.
    OpenBeneath,
}

/// What surrounds a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Properties that it brings. Stored ones win over these.
    pub says: BTreeMap<Property, Value>,
    /// What it leaves unsaid.
    pub unsaid: Unsaid,
}

impl Context {
    /// Nothing said, everything that a request would say left open.
    #[must_use]
    pub fn open() -> Self {
        Self { says: BTreeMap::new(), unsaid: Unsaid::Open }
    }

    /// With one more property of the question's surroundings.
    #[must_use]
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.says.insert(Property::new(Side::Context, key), value);
        self
    }

    /// What it says of its surroundings.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.says.get(&Property::new(Side::Context, key))
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Who asks.
    pub who: Who,
    /// To do what.
    pub permission: Permission,
    /// On what.
    pub object: ObjectId,
    /// When.
    pub at: Millis,
    /// What surrounds it.
    pub context: Context,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// They may.
    Allowed,
    /// They may not.
    Denied,
    /// They may if these properties are right: the question leaves them open.
    Depends(Vec<Property>),
}

impl Verdict {
    /// Whether it is a plain yes.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        *self == Self::Allowed
    }
}

/// Answers a question.
#[must_use]
pub fn verdict(state: &State, question: &Question) -> Verdict {
    let mut open: Vec<Property> = Vec::new();
    let allowed = state.any_grant(question.who, question.object, |grant| {
        if !gives(state, grant, question.permission, question.at) {
            return false;
        }
        match met(state, grant.limits(), question.who, question.object, &question.context) {
            Met::Yes => true,
            Met::No => false,
            Met::Depends(on) => {
                open.extend(on);
                false
            }
        }
    });
    match (allowed, open.is_empty()) {
        (false, true) => return Verdict::Denied,
        (true, _) => open.clear(),
        (false, false) => {}
    }
    // What limits the permission itself holds for every grant of it.
    if let Some(limits) = state.catalog().limits(question.permission) {
        match met(state, limits, question.who, question.object, &question.context) {
            Met::Yes => {}
            Met::No => return Verdict::Denied,
            Met::Depends(on) => open.extend(on),
        }
    }
    open.sort();
    open.dedup();
    if open.is_empty() { Verdict::Allowed } else { Verdict::Depends(open) }
}

/// Whether a grant gives a permission at a moment, its limits not asked.
fn gives(state: &State, grant: &Candidate<'_>, permission: Permission, at: Millis) -> bool {
    grant.is_open(at) && grant.role().is_some_and(|role| state.role_allows(role, permission))
}

/// Whether limits are met by one who asks about an object.
#[must_use]
pub fn met(state: &State, limits: &Limits, who: Who, object: ObjectId, context: &Context) -> Met {
    if limits.is_none() {
        return Met::Yes;
    }
    limits.met(who.person(), |property| known(state, property, who, object, context))
}

/// What a question knows of a property. INVARIANT: what is stored wins over what is sent, and what is sent
/// of people and objects counts only where the catalog says that it comes from the request.
fn known<'a>(
    state: &'a State,
    property: &Property,
    who: Who,
    object: ObjectId,
    context: &'a Context,
) -> Known<'a> {
    let bearer = match (property.of, who) {
        (Side::Object, _) => Some(Bearer::Object(object)),
        (Side::Subject, Who::User(user)) => Some(Bearer::User(user)),
        (Side::Subject, Who::ServiceAccount(account)) => Some(Bearer::ServiceAccount(account)),
        _ => None,
    };
    // Beneath the object, things have values of their own, which win over what is stored or said of it.
    if property.of == Side::Object && context.unsaid == Unsaid::OpenBeneath {
        return Known::Open;
    }
    if let Some(stored) = bearer.and_then(|of| state.property(of, &property.key)) {
        return Known::Is(stored);
    }
    let is_sent = match property.of {
        Side::Action | Side::Context => true,
        Side::Subject | Side::Object => {
            state.catalog().property(property).is_some_and(|known| known.may_be_sent())
        }
    };
    match context.says.get(property).filter(|_| is_sent) {
        Some(value) => Known::Is(value),
        None => match (context.unsaid, property.of, who) {
            (Unsaid::Nothing, ..) => Known::Nothing,
            (_, Side::Subject, Who::Group(_)) => Known::Open,
            _ if is_sent => Known::Open,
            _ => Known::Nothing,
        },
    }
}

/// Whether somebody active may do what the permission of that key opens, on that object, at that time.
/// An unknown key is never allowed.
#[must_use]
pub fn allows(state: &State, who: impl Into<Who>, permission: &str, object: ObjectId, at: Millis) -> bool {
    state.catalog().number(permission).is_some_and(|permission| may(state, who, permission, object, at))
}

/// [`allows`], by the number of the permission.
#[must_use]
pub fn may(state: &State, who: impl Into<Who>, permission: Permission, object: ObjectId, at: Millis) -> bool {
    static NOTHING: Context = Context { says: BTreeMap::new(), unsaid: Unsaid::Nothing };
    let who = who.into();
    let is_met = |limits: &Limits| met(state, limits, who, object, &NOTHING) == Met::Yes;
    let allowed =
        state.any_grant(who, object, |grant| gives(state, grant, permission, at) && is_met(grant.limits()));
    allowed && state.catalog().limits(permission).is_none_or(is_met)
}

/// Whether the person is there and active.
#[must_use]
pub fn is_active(state: &State, user: UserId) -> bool {
    state.is_active(Who::User(user))
}

/// Whether a grant with terms of that sort gives the permission there. Does not ask whether one who asks is
/// active.
pub(crate) fn reaches(
    state: &State,
    who: Who,
    permission: Permission,
    object: ObjectId,
    terms: impl Fn(&Terms) -> bool,
) -> bool {
    let above = state.above(object);
    state.subjects_of(who).any(|subject| {
        above.iter().any(|place| {
            let mut held = state.held(subject, *place);
            held.any(|(role, held)| terms(&held) && state.role_allows(role, permission))
        })
    })
}

/// The grants by which one has that permission there now, limits not asked: every one is a path of its own.
pub fn paths(
    state: &State,
    who: impl Into<Who>,
    permission: Permission,
    object: ObjectId,
    at: Millis,
) -> impl Iterator<Item = Grant> + '_ {
    let above = state.above(object);
    grants_for(state, who).filter(move |grant| {
        grant.window.holds(at) && state.role_allows(grant.role, permission) && above.contains(&grant.object)
    })
}

/// All grants that are for somebody: their own, their groups' and everyone's.
pub fn grants_for(state: &State, who: impl Into<Who>) -> impl Iterator<Item = Grant> + '_ {
    state.subjects_of(who).flat_map(|subject| state.grants_of(subject))
}

/// What somebody may do at a time by grants without limits: for each object that a grant stands on, what the
/// grants there give. Limits that a permission has itself are not asked. Empty for who is not active.
#[must_use]
pub fn holdings(state: &State, who: impl Into<Who>, at: Millis) -> BTreeMap<ObjectId, PermissionSet> {
    let who = who.into();
    let mut all: BTreeMap<ObjectId, PermissionSet> = BTreeMap::new();
    if state.is_active(who) {
        for grant in grants_for(state, who).filter(|g| g.window.holds(at) && g.limits.is_none()) {
            all.entry(grant.object).or_default().add(&state.permissions_of(grant.role));
        }
    }
    all
}

/// What somebody may do on one object at a time by grants without limits, as in [`holdings`].
#[must_use]
pub fn permissions_on(state: &State, who: impl Into<Who>, object: ObjectId, at: Millis) -> PermissionSet {
    let held = holdings(state, who, at);
    let mut all = PermissionSet::default();
    for place in state.above(object) {
        if let Some(here) = held.get(&place) {
            all.add(here);
        }
    }
    all
}

/// The active people who hold every administration permission on the organization, by grants without a
/// window or limits, directly or through a group. Whether they can sign in is known to the backend alone.
#[must_use]
pub fn administrators(state: &State) -> BTreeSet<UserId> {
    let needed: PermissionSet = state.catalog().permissions_of(ADMINISTRATION).collect();
    // Whoever has all has the rarest: few people have to be looked at, however many there are.
    let rarest = needed
        .iter()
        .map(|permission| roles_with(state, permission))
        .min_by_key(|roles| roles.iter().map(|role| state.grants_of_role(*role).count()).sum::<usize>());
    let candidates =
        rarest.into_iter().flatten().flat_map(|role| state.grants_of_role(role).map(|g| g.subject));
    let people: BTreeSet<UserId> = candidates
        .filter(|subject| *subject != Subject::Everyone)
        .flat_map(|subject| state.people_of(subject))
        .collect();
    people.into_iter().filter(|user| is_administrator(state, *user, &needed)).collect()
}

/// The roles that allow a permission, in the order of their ids.
#[must_use]
pub fn roles_with(state: &State, permission: Permission) -> Vec<RoleId> {
    let roles = state.every_role().map(|role| role.id);
    roles.filter(|role| state.role_allows(*role, permission)).collect()
}

fn is_administrator(state: &State, user: UserId, needed: &PermissionSet) -> bool {
    let mut held = PermissionSet::default();
    for subject in state.subjects_of(user).filter(|subject| *subject != Subject::Everyone) {
        for (role, terms) in state.held(subject, ObjectId::ORGANIZATION) {
            if terms == Terms::ALWAYS {
                held.add(&state.permissions_of(role));
            }
        }
    }
    is_active(state, user) && needed.without(&held).is_empty()
}
