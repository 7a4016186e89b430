//! The settled part of a state: grants in columns, sorted, with people and places as small numbers.
//!
//! A base never changes. It is made from a whole state by [`Base::of`]; what is committed after that lies
//! over it (see [`super::grants`]) until a new base is made. A million grants take some 40 MB in it, and a
//! decision reads a few short runs of memory.

use super::State;
use crate::grant::{Grant, Subject, Terms, Who};
use crate::id::{GrantId, ObjectId, RoleId};
use crate::person::Status;
use rustc_hash::FxHashMap;

/// No number.
const NONE: u32 = u32::MAX;
/// Up to this many grants on one object are searched there; of more, the subject's own are searched.
const SHORT: usize = 512;

/// Rows of numbers, one after the other: row `n` is `values[starts[n]..starts[n + 1]]`.
#[derive(Debug, Default)]
struct Rows {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Rows {
    /// Sorts `count` values into rows by `row_of`, in the order of the values.
    fn sorted(rows: usize, count: usize, row_of: impl Fn(usize) -> u32) -> Self {
        let mut starts = vec![0_u32; rows + 1];
        for value in 0..count {
            if let Some(start) = starts.get_mut(row_of(value) as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut values = vec![0_u32; count];
        for value in 0..count {
            if let Some(place) = next.get_mut(row_of(value) as usize) {
                if let Some(slot) = values.get_mut(*place as usize) {
                    *slot = number(value);
                }
                *place += 1;
            }
        }
        Self { starts, values }
    }

    /// Rows as they come.
    fn of(rows: impl Iterator<Item = Vec<u32>>) -> Self {
        let mut all = Self { starts: vec![0], values: Vec::new() };
        for row in rows {
            all.values.extend(row);
            all.starts.push(number(all.values.len()));
        }
        all
    }

    fn row(&self, n: u32) -> &[u32] {
        let n = n as usize;
        match (self.starts.get(n), self.starts.get(n + 1)) {
            (Some(from), Some(to)) => self.values.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

/// The settled part of a state.
#[derive(Debug, Default)]
pub(crate) struct Base {
    subjects: FxHashMap<Subject, u32>,
    subject_names: Vec<Subject>,
    /// For each person: the numbers of their groups.
    groups: Rows,
    active: Vec<bool>,
    objects: FxHashMap<ObjectId, u32>,
    object_names: Vec<ObjectId>,
    /// For each object: itself and all above it, by placements and relations, nearest first.
    above: Rows,
    role_names: Vec<RoleId>,
    terms: Vec<Terms>,
    // The columns of the grants, sorted by object and then by subject.
    ids: Vec<GrantId>,
    grant_subjects: Vec<u32>,
    grant_objects: Vec<u32>,
    grant_roles: Vec<u32>,
    grant_terms: Vec<u32>,
    /// For each object: where its grants begin; one more for the end.
    object_starts: Vec<u32>,
    by_subject: Rows,
    by_role: Rows,
    by_id: Vec<u32>,
}

/// Gives out numbers in the order of asking.
struct Numbered<T> {
    numbers: FxHashMap<T, u32>,
    names: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn new() -> Self {
        Self { numbers: FxHashMap::default(), names: Vec::new() }
    }

    fn number(&mut self, name: T) -> u32 {
        if let Some(found) = self.numbers.get(&name) {
            return *found;
        }
        let fresh = number(self.names.len());
        self.names.push(name.clone());
        self.numbers.insert(name, fresh);
        fresh
    }
}

impl Base {
    /// The base of a state with these grants.
    pub(super) fn of(state: &State, grants: &[Grant]) -> Self {
        let mut subjects = Numbered::new();
        let everyone = subjects.number(Subject::Everyone);
        debug_assert_eq!(everyone, 0);
        let mut memberships: Vec<(u32, u32)> = Vec::new();
        let mut active = vec![false];
        for person in state.people() {
            let user = subjects.number(Subject::User(person.id));
            active.resize(subjects.names.len(), false);
            if let Some(slot) = active.get_mut(user as usize) {
                *slot = person.status == Status::Active;
            }
            for group in &person.groups {
                memberships.push((user, subjects.number(Subject::Group(*group))));
            }
        }
        let mut be = |subject, is_active| {
            let number = subjects.number(subject);
            active.resize(subjects.names.len(), false);
            if let Some(slot) = active.get_mut(number as usize) {
                *slot = is_active;
            }
        };
        state.groups.keys().for_each(|group| be(Subject::Group(*group), true));
        state.accounts.values().for_each(|one| be(Subject::ServiceAccount(one.id), !one.disabled));
        let mut objects = Numbered::new();
        for object in state.objects() {
            objects.number(object.id);
        }
        let above = Rows::of(objects.names.iter().map(|id| {
            let places = state.above(*id).into_iter();
            places.filter_map(|place| objects.numbers.get(&place).copied()).collect()
        }));
        // Sorted by their numbers, which are looked up once; the grants themselves stay where they are.
        let mut sorted: Vec<(u32, u32, GrantId, u32)> = grants
            .iter()
            .enumerate()
            .map(|(at, g)| (objects.number(g.object), subjects.number(g.subject), g.id, number(at)))
            .collect();
        sorted.sort_unstable();
        let (mut roles, mut terms) = (Numbered::new(), Numbered::new());
        let grant_subjects: Vec<u32> = sorted.iter().map(|(_, subject, ..)| *subject).collect();
        let grant_objects: Vec<u32> = sorted.iter().map(|(object, ..)| *object).collect();
        let ids: Vec<GrantId> = sorted.iter().map(|(.., id, _)| *id).collect();
        let in_order = || sorted.iter().filter_map(|(.., at)| grants.get(*at as usize));
        let grant_roles: Vec<u32> = in_order().map(|grant| roles.number(grant.role)).collect();
        let grant_terms: Vec<u32> = in_order().map(|grant| terms.number(grant.terms())).collect();
        let mut by_id: Vec<u32> = (0..number(grants.len())).collect();
        by_id.sort_unstable_by_key(|place| ids.get(*place as usize));
        let at = |column: &[u32], place: usize| column.get(place).copied().unwrap_or(NONE);
        let count = grants.len();
        let group_of = |place: usize| memberships.get(place).map_or(NONE, |(user, _)| *user);
        let mut groups = Rows::sorted(subjects.names.len(), memberships.len(), group_of);
        for value in &mut groups.values {
            *value = memberships.get(*value as usize).map_or(NONE, |(_, group)| *group);
        }
        Self {
            groups,
            active,
            object_starts: Rows::sorted(objects.names.len(), count, |p| at(&grant_objects, p)).starts,
            by_subject: Rows::sorted(subjects.names.len(), count, |p| at(&grant_subjects, p)),
            by_role: Rows::sorted(roles.names.len(), count, |p| at(&grant_roles, p)),
            by_id,
            ids,
            subjects: subjects.numbers,
            subject_names: subjects.names,
            objects: objects.numbers,
            object_names: objects.names,
            above,
            role_names: roles.names,
            terms: terms.names,
            grant_subjects,
            grant_objects,
            grant_roles,
            grant_terms,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The grant at a place.
    pub(super) fn grant(&self, place: u32) -> Option<Grant> {
        let at = place as usize;
        let terms = self.terms.get(*self.grant_terms.get(at)? as usize)?;
        Some(Grant {
            id: *self.ids.get(at)?,
            subject: *self.subject_names.get(*self.grant_subjects.get(at)? as usize)?,
            role: *self.role_names.get(*self.grant_roles.get(at)? as usize)?,
            object: *self.object_names.get(*self.grant_objects.get(at)? as usize)?,
            window: terms.window,
            limits: terms.limits.clone(),
        })
    }

    /// The place of a grant.
    pub(super) fn place(&self, id: GrantId) -> Option<u32> {
        let key = |place: &u32| self.ids.get(*place as usize).copied();
        let found = self.by_id.binary_search_by_key(&Some(id), key).ok()?;
        self.by_id.get(found).copied()
    }

    /// The places of a subject's grants.
    pub(super) fn of_subject(&self, subject: Subject) -> &[u32] {
        self.subjects.get(&subject).map_or(&[], |n| self.by_subject.row(*n))
    }

    /// The places of a role's grants.
    pub(super) fn of_role(&self, role: RoleId) -> &[u32] {
        // There are few roles: looking through them costs less than a map.
        let found = self.role_names.iter().position(|name| *name == role);
        found.map_or(&[], |n| self.by_role.row(number(n)))
    }

    /// The places of the grants on an object: they stand together.
    pub(super) fn on_object(&self, object: ObjectId) -> std::ops::Range<u32> {
        self.objects.get(&object).map_or(0..0, |n| self.range(*n))
    }

    fn range(&self, object: u32) -> std::ops::Range<u32> {
        let start = |n: usize| self.object_starts.get(n).copied().unwrap_or_default();
        // An object that came later has no grants here.
        match self.object_starts.len() > object as usize + 1 {
            true => start(object as usize)..start(object as usize + 1),
            false => 0..0,
        }
    }

    /// The places of a subject's grants on one object.
    pub(super) fn held(&self, subject: Subject, object: ObjectId) -> std::ops::Range<u32> {
        match (self.subjects.get(&subject), self.objects.get(&object)) {
            (Some(subject), Some(object)) => self.run(*subject, self.range(*object)),
            _ => 0..0,
        }
    }

    /// Of the grants in a range of one object, those of one subject: they stand together.
    fn run(&self, subject: u32, range: std::ops::Range<u32>) -> std::ops::Range<u32> {
        let column = self.grant_subjects.get(range.start as usize..range.end as usize).unwrap_or_default();
        if column.len() <= SHORT {
            let from = column.partition_point(|one| *one < subject);
            let rest = column.get(from..).unwrap_or_default();
            let count = rest.iter().take_while(|one| **one == subject).count();
            let from = range.start + number(from);
            return from..from + number(count);
        }
        // Many people have something here; the subject has few grants, in the same order.
        let own = self.by_subject.row(subject);
        let from = own.partition_point(|place| *place < range.start);
        let count = own.iter().skip(from).take_while(|place| **place < range.end).count();
        let first = own.get(from).copied().unwrap_or(range.start);
        first..first + number(count)
    }

    /// The places of the grants that have limits.
    pub(super) fn limited(&self) -> impl Iterator<Item = u32> + '_ {
        let limited: Vec<bool> = self.terms.iter().map(|terms| !terms.limits.is_none()).collect();
        let any = limited.contains(&true);
        let column = self.grant_terms.iter().enumerate().filter(move |_| any);
        column
            .filter(move |(_, terms)| limited.get(**terms as usize).copied().unwrap_or_default())
            .map(|(place, _)| number(place))
    }

    /// Whether one who asks is active, and whether one of the grants for them, on that object or above it,
    /// passes: each is shown by its place. For a state whose people and objects are those of its base.
    pub(super) fn any(&self, who: Who, object: ObjectId, mut passes: impl FnMut(u32) -> bool) -> bool {
        let Some(user) = self.subjects.get(&who.subject()).copied() else { return false };
        let Some(object) = self.objects.get(&object).copied() else { return false };
        if !self.active.get(user as usize).copied().unwrap_or(false) {
            return false;
        }
        let everyone = (!matches!(who, Who::ServiceAccount(_))).then_some(0);
        let groups = self.groups.row(user);
        for place in self.above.row(object) {
            let range = self.range(*place);
            if range.is_empty() {
                continue;
            }
            for subject in everyone.into_iter().chain([user]).chain(groups.iter().copied()) {
                if self.run(subject, range.clone()).any(&mut passes) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether one who asks is active, and acts as that subject.
    pub(super) fn is_for(&self, subject: Subject, who: Who) -> bool {
        let Some(own) = self.subjects.get(&who.subject()) else { return false };
        if !self.active.get(*own as usize).copied().unwrap_or(false) {
            return false;
        }
        match subject {
            Subject::Everyone => !matches!(who, Who::ServiceAccount(_)),
            Subject::Group(_) => self
                .subjects
                .get(&subject)
                .is_some_and(|group| group == own || self.groups.row(*own).contains(group)),
            _ => subject == who.subject(),
        }
    }

    /// Whether an object is another one or lies above it.
    pub(super) fn is_above(&self, above: ObjectId, object: ObjectId) -> bool {
        match (self.objects.get(&above), self.objects.get(&object)) {
            (Some(above), Some(object)) => self.above.row(*object).contains(above),
            _ => false,
        }
    }

    /// The role of the grant at a place.
    pub(super) fn role(&self, place: u32) -> Option<RoleId> {
        let role = self.grant_roles.get(place as usize)?;
        self.role_names.get(*role as usize).copied()
    }

    /// The terms of the grant at a place.
    pub(super) fn terms(&self, place: u32) -> Option<&Terms> {
        let terms = self.grant_terms.get(place as usize)?;
        self.terms.get(*terms as usize)
    }
}
