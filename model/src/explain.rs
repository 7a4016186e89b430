//! The long answer: why somebody may, by which paths, and what one edit ends each; why somebody may not, and
//! the nearest edits that would allow it.
//!
//! ```
//! use model::{change::Change, decide::*, explain, grant::*, id::*, limit::Limits, person::Status, state::State};
//!
//! let mut state = State::new("Example");
//! let alice = UserId::from_bits(100);
//! state.apply(&Change::UserAdded { user: alice, status: Status::Active })?;
//! let question = Question {
//!     who: alice.into(),
//!     permission: state.catalog().number("people.view").unwrap(),
//!     object: ObjectId::ORGANIZATION,
//!     at: 0,
//!     context: Context::default(),
//! };
//! let why_not = explain::why_not(&state, &question);
//! assert_eq!(why_not.reasons, [explain::Reason::NoPath]);
//! # Ok::<(), model::misfit::Misfit>(())
//! ```

mod fixes;

pub use self::fixes::{Fix, Gives, fixes};

use crate::Millis;
use crate::change::Change;
use crate::decide::{self, Question, Verdict};
use crate::grant::{Grant, Phase, Subject, Who};
use crate::id::{GroupId, ObjectId};
use crate::limit::{Limits, Met, Property};
use crate::object::How;
use crate::state::State;

/// One way by which somebody may do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The grant that it rests on.
    pub grant: Grant,
    /// The group by which the grant is theirs, where it is not their own or everyone's.
    pub group: Option<GroupId>,
    /// What it depends on; empty: nothing.
    pub depends: Vec<Property>,
    /// The one edit that ends it: leaving the group, or the grant taken away.
    pub ends: Change,
}

/// The paths by which somebody may: those that hold without conditions first. Empty when they may not.
#[must_use]
pub fn why(state: &State, question: &Question) -> Vec<Path> {
    let mut paths = Vec::new();
    let own = state.catalog().limits(question.permission).unwrap_or(&Limits::NONE);
    let Some(own) = passes(state, own, question) else { return paths };
    state.any_grant(question.who, question.object, |grant| {
        let allows = |role| state.role_allows(role, question.permission);
        if grant.is_open(question.at)
            && grant.role().is_some_and(allows)
            && let Some(mut depends) = passes(state, grant.limits(), question)
            && let Some(grant) = grant.grant()
        {
            depends.extend(own.iter().cloned());
            depends.sort();
            depends.dedup();
            paths.push(path(question.who, grant, depends));
        }
        false
    });
    paths.sort_by_key(|path: &Path| (path.depends.len(), path.grant.id));
    paths
}

/// What limits depend on; `None` when they are not met.
fn passes(state: &State, limits: &Limits, question: &Question) -> Option<Vec<Property>> {
    match decide::met(state, limits, question.who, question.object, &question.context) {
        Met::Yes => Some(Vec::new()),
        Met::No => None,
        Met::Depends(on) => Some(on),
    }
}

fn path(who: Who, grant: Grant, depends: Vec<Property>) -> Path {
    let group = match (grant.subject, who) {
        (Subject::Group(group), Who::User(_)) => Some(group),
        _ => None,
    };
    let ends = match (group, who) {
        (Some(group), Who::User(user)) => Change::MemberRemoved { group, user },
        _ => Change::GrantRemoved { grant: grant.clone() },
    };
    Path { grant, group, depends, ends }
}

/// A step of a route, from an object to what holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is held.
    pub object: ObjectId,
    /// What holds it.
    pub holder: ObjectId,
    /// How; `None`: it is its first place.
    pub how: Option<How>,
}

/// The shortest way by which a grant on `from` reaches an object: from the object up. Empty when it is the
/// object itself; `None` when it does not reach it.
#[must_use]
pub fn route(state: &State, object: ObjectId, from: ObjectId) -> Option<Vec<Step>> {
    let mut steps: Vec<Step> = Vec::new();
    let mut next = 0;
    let mut here = object;
    state.object(object)?;
    while here != from {
        state.each_holder(here, &mut |holder, how| {
            if holder != object && steps.iter().all(|known| known.holder != holder) {
                steps.push(Step { object: here, holder, how: how.cloned() });
            }
        });
        here = steps.get(next)?.holder;
        next += 1;
    }
    let mut route = Vec::new();
    while here != object {
        let step = steps.iter().find(|step| step.holder == here)?.clone();
        here = step.object;
        route.push(step);
    }
    route.reverse();
    Some(route)
}

/// INVARIANT: the places above an object whose names somebody may see who holds something on it: those
/// along the ways by which it came. Of other placements, only how many there are.
#[must_use]
pub fn visible_above(state: &State, who: impl Into<Who>, object: ObjectId, at: Millis) -> Visible {
    let who = who.into();
    let mut seen: Vec<ObjectId> = vec![object];
    let above = state.above(object);
    if state.is_active(who) {
        for grant in decide::grants_for(state, who).filter(|grant| grant.window.holds(at)) {
            if !above.contains(&grant.object) {
                continue;
            }
            for step in route(state, object, grant.object).into_iter().flatten() {
                seen.push(step.holder);
            }
            // What holds the place that was given is named as well, as long as it is held by one thing alone.
            let mut place = grant.object;
            while let (Some(parent), None) = two(state.placements(place)) {
                seen.push(parent);
                place = parent;
            }
        }
    }
    seen.sort_unstable();
    seen.dedup();
    let hidden = state.placements(object).filter(|place| seen.binary_search(place).is_err()).count();
    Visible { places: seen, hidden_placements: hidden }
}

fn two(mut places: impl Iterator<Item = ObjectId>) -> (Option<ObjectId>, Option<ObjectId>) {
    (places.next(), places.next())
}

/// What somebody may see of where an object is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible {
    /// Places whose names they may see.
    pub places: Vec<ObjectId>,
    /// How many further placements the object has.
    pub hidden_placements: usize,
}

/// Why somebody may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is nobody, or nothing, of that id.
    NotThere,
    /// The person is invited or deactivated, the service account disabled.
    NotActive,
    /// The area of the permission is off: nobody may.
    AreaOff(String),
    /// The permission itself is limited by properties that are not right.
    PermissionLimited(Vec<Property>),
    /// A grant would allow it, but its limits are not met.
    Limited(Grant),
    /// A grant will allow it later.
    NotYet(Grant),
    /// A grant allowed it until it ended.
    Expired(Grant),
    /// Grants allow it elsewhere: on how many places.
    Elsewhere(usize),
    /// Nothing of theirs allows it anywhere.
    NoPath,
}

/// Why somebody may not, and what would allow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// The reasons, the nearest first.
    pub reasons: Vec<Reason>,
}

/// The reasons why somebody may not. Empty when they may, or when it depends. See [`fixes`] for what would
/// allow it.
#[must_use]
pub fn why_not(state: &State, question: &Question) -> WhyNot {
    if decide::verdict(state, question) != Verdict::Denied {
        return WhyNot { reasons: Vec::new() };
    }
    let there = state.subjects_of(question.who).next().is_some() && state.object(question.object).is_some();
    let Some(entry) = state.catalog().entry(question.permission).filter(|_| there) else {
        return WhyNot { reasons: vec![Reason::NotThere] };
    };
    let mut reasons = Vec::new();
    if !state.is_active(question.who) {
        reasons.push(Reason::NotActive);
    }
    if !state.catalog().all_on().contains(question.permission) {
        let area = state.catalog().packs().iter().find(|p| p.pack.permissions.iter().any(|e| e == entry));
        reasons.push(Reason::AreaOff(area.map(|p| p.pack.key.clone()).unwrap_or_default()));
        return WhyNot { reasons };
    }
    if let Some(own) = state.catalog().limits(question.permission)
        && passes(state, own, question).is_none()
    {
        reasons.push(Reason::PermissionLimited(own.iter().map(|one| one.property.clone()).collect()));
    }
    let above = state.above(question.object);
    let (mut here, mut elsewhere) = (Vec::new(), std::collections::BTreeSet::new());
    for grant in decide::grants_for(state, question.who) {
        if !state.role_allows(grant.role, question.permission) {
            continue;
        }
        let phase = grant.window.phase(question.at);
        match (above.contains(&grant.object), phase) {
            (false, Phase::Active) => drop(elsewhere.insert(grant.object)),
            (false, _) => {}
            (true, Phase::Expired) => here.push(Reason::Expired(grant)),
            (true, Phase::NotYet) => here.push(Reason::NotYet(grant)),
            (true, Phase::Active) if passes(state, &grant.limits, question).is_none() => {
                here.push(Reason::Limited(grant));
            }
            (true, Phase::Active) => {}
        }
    }
    here.sort_by_key(|reason| match reason {
        Reason::Limited(grant) => (0, grant.id),
        Reason::NotYet(grant) => (1, grant.id),
        Reason::Expired(grant) => (2, grant.id),
        _ => (3, crate::id::GrantId::from_bits(0)),
    });
    reasons.extend(here);
    if !elsewhere.is_empty() {
        reasons.push(Reason::Elsewhere(elsewhere.len()));
    }
    if reasons.is_empty() {
        reasons.push(Reason::NoPath);
    }
    WhyNot { reasons }
}
