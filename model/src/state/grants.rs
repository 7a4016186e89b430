//! All grants of a state: a settled base, and what was given and taken since.
//!
//! The base is shared by all states that grew from it. What lies over it is small and shares its parts, so a
//! clone costs almost nothing.

use super::base::Base;
use super::{Map, Set};
use crate::Millis;
use crate::grant::{Grant, Subject, Terms, Who};
use crate::id::{GrantId, ObjectId, RoleId};
use crate::limit::Limits;
use std::sync::Arc;

/// A grant on the way to a decision: what is asked of most of them is read without putting them together.
pub(crate) enum Candidate<'a> {
    /// The one at a place of the base.
    Settled(&'a Base, u32),
    /// One that came later.
    Later(&'a Grant),
}

impl Candidate<'_> {
    pub(crate) fn role(&self) -> Option<RoleId> {
        match self {
            Self::Settled(base, place) => base.role(*place),
            Self::Later(grant) => Some(grant.role),
        }
    }

    pub(crate) fn is_open(&self, at: Millis) -> bool {
        match self {
            Self::Settled(base, place) => base.terms(*place).is_some_and(|terms| terms.window.holds(at)),
            Self::Later(grant) => grant.window.holds(at),
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        match self {
            Self::Settled(base, place) => base.terms(*place).map_or(&Limits::NONE, |terms| &terms.limits),
            Self::Later(grant) => &grant.limits,
        }
    }

    pub(crate) fn grant(&self) -> Option<Grant> {
        match self {
            Self::Settled(base, place) => base.grant(*place),
            Self::Later(grant) => Some(Grant::clone(grant)),
        }
    }
}

/// Up to this many grants that came later are looked at one after the other.
const FEW: usize = 16;

/// All grants.
#[derive(Debug, Clone, Default)]
pub(super) struct Grants {
    base: Arc<Base>,
    /// Places of the base that no longer count.
    gone: Set<u32>,
    added: Map<GrantId, Grant>,
    by_subject: Map<Subject, Set<GrantId>>,
    by_role: Map<RoleId, Set<GrantId>>,
    by_object: Map<ObjectId, Set<GrantId>>,
    held: Map<(Subject, ObjectId), Set<GrantId>>,
}

impl Grants {
    pub(super) fn settled(base: Base) -> Self {
        Self { base: Arc::new(base), ..Self::default() }
    }

    /// Whether a grant for one who asks, on an object or above it, passes. For a state whose people and
    /// objects are those of its base. Does not look at what came later.
    pub(super) fn any_settled(
        &self,
        who: Who,
        object: ObjectId,
        mut passes: impl FnMut(&Candidate<'_>) -> bool,
    ) -> bool {
        self.base.any(who, object, |place| {
            let counts = self.gone.is_empty() || !self.gone.contains(&place);
            counts && passes(&Candidate::Settled(&self.base, place))
        })
    }

    /// Whether a grant passes that one subject has on one object.
    pub(super) fn any_on(
        &self,
        subject: Subject,
        object: ObjectId,
        mut passes: impl FnMut(&Candidate<'_>) -> bool,
    ) -> bool {
        let counts = |place: &u32| self.gone.is_empty() || !self.gone.contains(place);
        self.base
            .held(subject, object)
            .filter(counts)
            .any(|place| passes(&Candidate::Settled(&self.base, place)))
            || self.any_later_on(subject, object, passes)
    }

    /// The same, of the grants that came after the base.
    pub(super) fn any_later_on(
        &self,
        subject: Subject,
        object: ObjectId,
        mut passes: impl FnMut(&Candidate<'_>) -> bool,
    ) -> bool {
        let ids = self.held.get(&(subject, object)).into_iter().flatten();
        ids.filter_map(|id| self.added.get(id)).any(|grant| passes(&Candidate::Later(grant)))
    }

    /// Whether so few grants came after the base that looking at each is quicker than looking some up.
    pub(super) fn has_few_later(&self) -> bool {
        self.added.len() <= FEW
    }

    /// Whether one of these few is for one who asks, on an object or above it, and passes. For a state whose people
    /// and objects are those of its base.
    pub(super) fn any_of_few_later(
        &self,
        who: Who,
        object: ObjectId,
        mut passes: impl FnMut(&Candidate<'_>) -> bool,
    ) -> bool {
        let reaches =
            |grant: &&Grant| self.base.is_for(grant.subject, who) && self.base.is_above(grant.object, object);
        self.added.values().filter(reaches).any(|grant| passes(&Candidate::Later(grant)))
    }

    /// How many edits lie over the base.
    pub(super) fn unsettled(&self) -> usize {
        self.gone.len() + self.added.len()
    }

    pub(super) fn len(&self) -> usize {
        self.base.len() - self.gone.len() + self.added.len()
    }

    fn settled_one(&self, place: u32) -> Option<Grant> {
        if !self.gone.is_empty() && self.gone.contains(&place) {
            return None;
        }
        self.base.grant(place)
    }

    fn later<'a>(&'a self, ids: Option<&'a Set<GrantId>>) -> impl Iterator<Item = Grant> + 'a {
        ids.into_iter().flatten().filter_map(|id| self.added.get(id).cloned())
    }

    fn at<'a>(&'a self, places: &'a [u32]) -> impl Iterator<Item = Grant> + 'a {
        places.iter().filter_map(|place| self.settled_one(*place))
    }

    pub(super) fn get(&self, id: GrantId) -> Option<Grant> {
        self.added.get(&id).cloned().or_else(|| self.settled_one(self.base.place(id)?))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Grant> + '_ {
        let all = 0..u32::try_from(self.base.len()).unwrap_or(u32::MAX);
        all.filter_map(|place| self.settled_one(place)).chain(self.added.values().cloned())
    }

    pub(super) fn of_subject(&self, subject: Subject) -> impl Iterator<Item = Grant> + '_ {
        self.at(self.base.of_subject(subject)).chain(self.later(self.by_subject.get(&subject)))
    }

    pub(super) fn of_role(&self, role: RoleId) -> impl Iterator<Item = Grant> + '_ {
        self.at(self.base.of_role(role)).chain(self.later(self.by_role.get(&role)))
    }

    pub(super) fn on_object(&self, object: ObjectId) -> impl Iterator<Item = Grant> + '_ {
        let settled = self.base.on_object(object).filter_map(|place| self.settled_one(place));
        settled.chain(self.later(self.by_object.get(&object)))
    }

    /// The grants on an object that are of one of these roles, which are in order. Goes through whichever are fewer:
    /// those on the object, or those of the roles.
    pub(super) fn on_object_of(&self, object: ObjectId, roles: &[RoleId]) -> Vec<Grant> {
        let base = &self.base;
        let on = base.on_object(object);
        let of: usize = roles.iter().map(|role| base.of_role(*role).len()).sum();
        let is_one = |role: RoleId| roles.binary_search(&role).is_ok();
        let settled: Vec<u32> = match of < on.len() {
            true => roles
                .iter()
                .flat_map(|role| base.of_role(*role).iter().copied())
                .filter(|place| on.contains(place))
                .collect(),
            false => on.filter(|place| base.role(*place).is_some_and(is_one)).collect(),
        };
        let later = self.later(self.by_object.get(&object)).filter(|grant| is_one(grant.role));
        settled.into_iter().filter_map(|place| self.settled_one(place)).chain(later).collect()
    }

    pub(super) fn held(
        &self,
        subject: Subject,
        object: ObjectId,
    ) -> impl Iterator<Item = (RoleId, Terms)> + '_ {
        let settled = self.base.held(subject, object).filter_map(|place| self.settled_one(place));
        settled.chain(self.later(self.held.get(&(subject, object)))).map(|grant| (grant.role, grant.terms()))
    }

    /// The grants that have limits.
    pub(super) fn limited(&self) -> impl Iterator<Item = Grant> + '_ {
        let settled = self.base.limited().filter_map(|place| self.settled_one(place));
        settled.chain(self.added.values().filter(|grant| !grant.limits.is_none()).cloned())
    }

    /// Adds a grant whose id is new.
    pub(super) fn insert(&mut self, grant: Grant) {
        self.by_subject.entry(grant.subject).or_default().insert(grant.id);
        self.by_role.entry(grant.role).or_default().insert(grant.id);
        self.by_object.entry(grant.object).or_default().insert(grant.id);
        self.held.entry((grant.subject, grant.object)).or_default().insert(grant.id);
        self.added.insert(grant.id, grant);
    }

    /// Takes out a grant that is there.
    pub(super) fn remove(&mut self, grant: &Grant) {
        if self.added.remove(&grant.id).is_none() {
            self.gone.extend(self.base.place(grant.id));
            return;
        }
        take(&mut self.by_subject, &grant.subject, grant.id);
        take(&mut self.by_role, &grant.role, grant.id);
        take(&mut self.by_object, &grant.object, grant.id);
        take(&mut self.held, &(grant.subject, grant.object), grant.id);
    }
}

/// Takes an id out of a row of an index, and the row when it is empty.
fn take<K: Clone + Eq + std::hash::Hash>(index: &mut Map<K, Set<GrantId>>, key: &K, id: GrantId) {
    if let Some(ids) = index.get_mut(key) {
        ids.remove(&id);
        if ids.is_empty() {
            index.remove(key);
        }
    }
}
