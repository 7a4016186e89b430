//! Questions that are answered by a list: who may do this here, what may somebody do here and beneath, and
//! where may somebody do this.
//!
//! A list brings no request: what only a request says is left open, and who may under such a condition is
//! listed and counted apart. Every list works on the state as of any revision.

use crate::Millis;
use crate::catalog::{Permission, PermissionSet};
use crate::decide::{self, Context, Question, Unsaid, Verdict};
use crate::grant::{Grant, Subject, Who};
use crate::id::{ObjectId, ServiceAccountId, UserId};
use crate::limit::{Limits, Met, Property};
use crate::state::State;
use rustc_hash::{FxHashMap, FxHashSet};

/// Who may do something on an object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhoCan {
    /// People who may, in the order of their ids.
    pub people: Vec<UserId>,
    /// Service accounts that may, in the order of their ids.
    pub accounts: Vec<ServiceAccountId>,
    /// Who may under conditions, and on what that depends.
    pub depends: Vec<(Who, Vec<Property>)>,
}

/// Who may do that there, at that time. What surrounds a question is left open unless the context says it.
#[must_use]
pub fn who_can(
    state: &State,
    permission: Permission,
    object: ObjectId,
    at: Millis,
    context: &Context,
) -> WhoCan {
    let mut found = WhoCan::default();
    let own = state.catalog().limits(permission).unwrap_or(&Limits::NONE);
    let mut people: FxHashSet<UserId> = FxHashSet::default();
    let mut accounts: FxHashSet<ServiceAccountId> = FxHashSet::default();
    let mut limited: FxHashMap<Who, Vec<Property>> = FxHashMap::default();
    for grant in reaching(state, permission, object, at) {
        let plain = own.is_none() && grant.limits.is_none();
        for who in all_of(state, grant.subject) {
            let met = match plain {
                true => Met::Yes,
                false => both(
                    decide::met(state, &grant.limits, who, object, context),
                    decide::met(state, own, who, object, context),
                ),
            };
            match (met, who) {
                (Met::Yes, Who::User(user)) => drop(people.insert(user)),
                (Met::Yes, Who::ServiceAccount(account)) => drop(accounts.insert(account)),
                (Met::Depends(on), _) => limited.entry(who).or_default().extend(on),
                (Met::Yes | Met::No, _) => {}
            }
        }
    }
    let settled = |who: &Who| match who {
        Who::User(user) => people.contains(user),
        Who::ServiceAccount(account) => accounts.contains(account),
        Who::Group(_) => false,
    };
    found.depends = limited.into_iter().filter(|(who, _)| !settled(who)).collect();
    for (_, on) in &mut found.depends {
        on.sort();
        on.dedup();
    }
    found.depends.sort();
    found.people = people.into_iter().collect();
    found.people.sort_unstable();
    found.accounts = accounts.into_iter().collect();
    found.accounts.sort_unstable();
    found
}

/// The grants that give a permission on an object at a time, limits not asked.
fn reaching(state: &State, permission: Permission, object: ObjectId, at: Millis) -> Vec<Grant> {
    let roles = decide::roles_with(state, permission);
    let places = state.above(object).into_iter();
    let grants = places.flat_map(|place| state.grants_of_any(&roles, place));
    grants.filter(|grant| grant.window.holds(at)).collect()
}

/// Those a subject stands for who may do anything at all.
fn all_of(state: &State, subject: Subject) -> Vec<Who> {
    let all: Vec<Who> = match subject {
        Subject::ServiceAccount(account) => vec![account.into()],
        _ => state.people_of(subject).into_iter().map(Who::User).collect(),
    };
    // Everyone is the active ones already.
    match subject {
        Subject::Everyone => all,
        _ => all.into_iter().filter(|who| state.is_active(*who)).collect(),
    }
}

fn both(one: Met, other: Met) -> Met {
    match (one, other) {
        (Met::No, _) | (_, Met::No) => Met::No,
        (Met::Yes, met) | (met, Met::Yes) => met,
        (Met::Depends(mut on), Met::Depends(more)) => {
            on.extend(more);
            Met::Depends(on)
        }
    }
}

/// What somebody may do on one place and so on all beneath it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The place.
    pub object: ObjectId,
    /// What they may do there beyond what they may do above it.
    pub permissions: PermissionSet,
    /// What they may do there only under conditions, and on what that depends.
    pub depends: Vec<(PermissionSet, Vec<Property>)>,
}

/// What somebody may do on an object and beneath it at a time: the object first, then each place beneath where
/// a grant gives more. What is true of all beneath the object is said once, on the object.
#[must_use]
pub fn what_can(state: &State, who: impl Into<Who>, object: ObjectId, at: Millis) -> Vec<Held> {
    let who = who.into();
    if !state.is_active(who) || state.object(object).is_none() {
        return Vec::new();
    }
    let mut places: Vec<ObjectId> = decide::grants_for(state, who)
        .filter(|grant| grant.window.holds(at) && grant.object != object)
        .map(|grant| grant.object)
        .collect();
    places.sort_unstable();
    places.dedup();
    places.retain(|place| state.is_within(*place, object));
    // From the top down, so that what is said above is not said again.
    places.sort_by_cached_key(|place| state.above(*place).len());
    let mut all: Vec<Held> = vec![held(state, who, object, at)];
    for place in places {
        let mut here = held(state, who, place, at);
        let above = state.above(place);
        for higher in all.iter().filter(|held| above.contains(&held.object)) {
            here.permissions = here.permissions.without(&higher.permissions);
            for (set, on) in &mut here.depends {
                *set = set.without(&higher.permissions);
                for (there, same) in &higher.depends {
                    if same == on {
                        *set = set.without(there);
                    }
                }
            }
        }
        here.depends.retain(|(set, _)| !set.is_empty());
        if !here.permissions.is_empty() || !here.depends.is_empty() {
            all.push(here);
        }
    }
    all
}

/// Everything that somebody may do on one place.
fn held(state: &State, who: Who, object: ObjectId, at: Millis) -> Held {
    let context = Context { unsaid: Unsaid::OpenBeneath, ..Context::default() };
    let mut held = Held { object, permissions: PermissionSet::default(), depends: Vec::new() };
    for permission in state.catalog().all_on().iter() {
        let question = Question { who, permission, object, at, context: context.clone() };
        match decide::verdict(state, &question) {
            Verdict::Allowed => drop(held.permissions.insert(permission)),
            Verdict::Denied => {}
            Verdict::Depends(on) => match held.depends.iter_mut().find(|(_, same)| *same == on) {
                Some((set, _)) => drop(set.insert(permission)),
                None => held.depends.push((std::iter::once(permission).collect(), on)),
            },
        }
    }
    held
}

/// A page of places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// How many there are in all.
    pub count: usize,
    /// Those of this page, by name.
    pub page: Vec<ObjectId>,
    /// How many more there may be, under conditions.
    pub depends: usize,
}

/// The objects of a kind on which somebody may do that at a time, by name.
#[must_use]
pub fn where_can(
    state: &State,
    who: impl Into<Who>,
    permission: Permission,
    kind: &str,
    at: Millis,
    page: std::ops::Range<usize>,
) -> Places {
    let who = who.into();
    let context = Context::open();
    let roots: FxHashSet<ObjectId> = decide::grants_for(state, who)
        .filter(|grant| grant.window.holds(at) && state.role_allows(grant.role, permission))
        .map(|grant| grant.object)
        .collect();
    let mut found = Places::default();
    if roots.is_empty() || !state.is_active(who) {
        return found;
    }
    let mut allowed: Vec<(String, ObjectId)> = Vec::new();
    for object in state.objects().filter(|object| object.kind == kind) {
        let question = Question { who, permission, object: object.id, at, context: context.clone() };
        match decide::verdict(state, &question) {
            Verdict::Allowed => allowed.push((crate::name::fold(&object.name), object.id)),
            Verdict::Denied => {}
            Verdict::Depends(_) => found.depends += 1,
        }
    }
    found.count = allowed.len();
    allowed.sort_unstable();
    found.page = allowed.into_iter().skip(page.start).take(page.len()).map(|(_, id)| id).collect();
    found
}
