//! The edits that would allow what is refused, ranked by how little else they would give.
//!
//! Only edits that do allow it are named. Whether somebody may make them is for [`crate::guard`] to say.

use crate::catalog::PermissionSet;
use crate::change::Change;
use crate::decide::{self, Question, Verdict};
use crate::grant::{Grant, Phase, Subject, Terms, Who, Window};
use crate::id::{GrantId, GroupId, ObjectId, RoleId};
use crate::limit::Limits;
use crate::person::Status;
use crate::role::Owner;
use crate::state::State;
use rustc_hash::FxHashSet;

/// What else an edit would give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gives {
    /// How many others would gain as well.
    pub others: usize,
    /// How many permissions more the one who asks would gain.
    pub permissions: usize,
}

/// An edit that would allow what is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// What else they would give.
    pub gives: Gives,
}

/// How many groups are looked at closely.
const GROUPS: usize = 24;

/// The nearest edits that would allow what a question is refused, at most `most`. `fresh` gives the bits of
/// ids for new grants.
#[must_use]
pub fn fixes(state: &State, question: &Question, most: usize, mut fresh: impl FnMut() -> u64) -> Vec<Fix> {
    if decide::verdict(state, question) == Verdict::Allowed || state.object(question.object).is_none() {
        return Vec::new();
    }
    let fixing = Fixing { state, question, holds: held(state, question.who, question.object, question.at) };
    let mut all = fixing.own_grants();
    all.extend(fixing.roles(&mut fresh));
    all.extend(fixing.memberships());
    all.extend(fixing.widened_roles());
    let first = fixing.arming();
    all.sort_by_key(|fix| {
        (fix.gives.others > 0, fix.gives.permissions + fix.gives.others, fix.changes.len())
    });
    let mut found: Vec<Fix> = Vec::new();
    for mut fix in all {
        if found.len() >= most {
            break;
        }
        fix.changes.splice(0..0, first.iter().cloned());
        if fixing.allows(&fix.changes) {
            found.push(fix);
        }
    }
    // Being active again may be all that is missing: nothing is nearer.
    if !first.is_empty() && fixing.allows(&first) {
        found.insert(0, Fix { changes: first, gives: Gives { others: 0, permissions: 0 } });
        found.truncate(most);
    }
    found
}

fn held(state: &State, who: Who, object: ObjectId, at: crate::Millis) -> PermissionSet {
    decide::permissions_on(state, who, object, at)
}

struct Fixing<'a> {
    state: &'a State,
    question: &'a Question,
    /// What the one who asks holds on the object already.
    holds: PermissionSet,
}

impl Fixing<'_> {
    fn allows(&self, changes: &[Change]) -> bool {
        let mut after = self.state.clone();
        after.apply_all(changes).is_ok() && decide::verdict(&after, self.question) == Verdict::Allowed
    }

    /// What must come first, whatever else is done.
    fn arming(&self) -> Vec<Change> {
        let mut first = Vec::new();
        match self.question.who {
            Who::User(user) => match self.state.person(user).map(|person| person.status) {
                Some(Status::Deactivated) => first.push(Change::UserReactivated { user }),
                Some(Status::Invited | Status::Active) | None => {}
            },
            Who::ServiceAccount(account) => {
                if self.state.service_account(account).is_some_and(|one| one.disabled) {
                    first.push(Change::ServiceAccountEnabled { account });
                }
            }
            Who::Group(_) => {}
        }
        let catalog = self.state.catalog();
        if !catalog.all_on().contains(self.question.permission) {
            let off = catalog.packs().iter().find(|installed| {
                installed.shipped
                    && catalog.permissions_of(&installed.pack.key).any(|p| p == self.question.permission)
            });
            first.extend(off.map(|installed| Change::AreaTurnedOn { area: installed.pack.key.clone() }));
        }
        first
    }

    /// Grants that would allow it, were it not for their window or limits: the same one, wide enough.
    fn own_grants(&self) -> Vec<Fix> {
        let above = self.state.above(self.question.object);
        let near = decide::grants_for(self.state, self.question.who).filter(|grant| {
            above.contains(&grant.object) && self.role_gives(grant.role) && grant.subject != Subject::Everyone
        });
        near.filter_map(|grant| {
            let window = match grant.window.phase(self.question.at) {
                Phase::Active => grant.window,
                Phase::NotYet => Window { from: None, ..grant.window },
                Phase::Expired => Window { until: None, ..grant.window },
            };
            let limits = match decide::met(
                self.state,
                &grant.limits,
                self.question.who,
                self.question.object,
                &self.question.context,
            ) {
                crate::limit::Met::Yes => grant.limits.clone(),
                _ => Limits::NONE,
            };
            if (window, &limits) == (grant.window, &grant.limits) {
                return None;
            }
            let wider = Grant { window, limits, ..grant.clone() };
            let gives = self.gives(self.state.permissions_of(grant.role), grant.subject);
            let changes = vec![Change::GrantRemoved { grant }, Change::GrantAdded { grant: wider }];
            Some(Fix { changes, gives })
        })
        .collect()
    }

    /// A role that has the permission, given on the very object.
    fn roles(&self, fresh: &mut impl FnMut() -> u64) -> Vec<Fix> {
        let kind = self.state.object(self.question.object).map(|one| one.kind.clone()).unwrap_or_default();
        let Some(level) = self.state.catalog().kind(&kind).map(|kind| kind.level) else { return Vec::new() };
        let tenant = self.state.tenant_of(self.question.object);
        let fits = |role: &crate::state::RoleState| {
            let owned = match role.owner {
                Owner::Organization => true,
                Owner::Tenant(owner) => Some(owner) == tenant,
            };
            role.level.reaches(level) && owned && self.role_gives(role.id)
        };
        let is_on = |role: &RoleId| self.state.catalog().area_of_role(*role).is_none_or(|area| area.on);
        let roles: Vec<RoleId> =
            self.state.every_role().filter(|role| fits(role)).map(|role| role.id).filter(is_on).collect();
        roles
            .into_iter()
            .map(|role| {
                let grant = Grant {
                    id: GrantId::from_bits(fresh()),
                    subject: self.question.who.subject(),
                    role,
                    object: self.question.object,
                    window: Window::ALWAYS,
                    limits: Limits::NONE,
                };
                let gives = self.gives(self.state.permissions_of(role), grant.subject);
                Fix { changes: vec![Change::GrantAdded { grant }], gives }
            })
            .collect()
    }

    /// A group that may: become one of it.
    fn memberships(&self) -> Vec<Fix> {
        let Who::User(user) = self.question.who else { return Vec::new() };
        let own: Vec<GroupId> = self.state.person(user).map(|p| p.groups.clone()).unwrap_or_default();
        let mut groups: Vec<GroupId> = Vec::new();
        for place in self.state.above(self.question.object) {
            for grant in self.state.grants_on(place) {
                if let Subject::Group(group) = grant.subject
                    && grant.window.holds(self.question.at)
                    && self.role_gives(grant.role)
                    && !own.contains(&group)
                    && !groups.contains(&group)
                {
                    groups.push(group);
                }
            }
        }
        groups.sort_by_cached_key(|group| self.state.grants_of(Subject::Group(*group)).count());
        groups.truncate(GROUPS);
        let more = |group: GroupId| {
            let grants = self.state.grants_of(Subject::Group(group));
            grants.map(|grant| self.fresh(&self.state.permissions_of(grant.role))).sum()
        };
        groups
            .into_iter()
            .map(|group| Fix {
                changes: vec![Change::MemberAdded { group, user }],
                gives: Gives { others: 0, permissions: more(group) },
            })
            .collect()
    }

    /// A role that the one who asks has there: put the permission into it.
    fn widened_roles(&self) -> Vec<Fix> {
        let Some(entry) = self.state.catalog().entry(self.question.permission) else { return Vec::new() };
        let above = self.state.above(self.question.object);
        let roles: FxHashSet<RoleId> = decide::grants_for(self.state, self.question.who)
            .filter(|grant| {
                above.contains(&grant.object)
                    && grant.terms() == Terms::ALWAYS
                    && !grant.role.is_built_in()
                    && !self.role_gives(grant.role)
            })
            .map(|grant| grant.role)
            .collect();
        let mut roles: Vec<RoleId> = roles.into_iter().collect();
        roles.sort_unstable();
        roles
            .into_iter()
            .map(|role| {
                let holders =
                    self.state.grants_of_role(role).map(|grant| self.count(grant.subject)).sum::<usize>();
                Fix {
                    changes: vec![Change::PermissionAdded { role, permission: entry.key.clone() }],
                    gives: Gives { others: holders.saturating_sub(1), permissions: 0 },
                }
            })
            .collect()
    }

    /// Whether a role has the permission, also while its area is off.
    fn role_gives(&self, role: RoleId) -> bool {
        let wanted = self.question.permission;
        role == RoleId::ADMIN || self.state.role(role).is_some_and(|role| role.permissions.contains(wanted))
    }

    fn gives(&self, permissions: PermissionSet, subject: Subject) -> Gives {
        let own = self.question.who.subject() == subject;
        let others = if own { 0 } else { self.count(subject).saturating_sub(1) };
        Gives { others, permissions: self.fresh(&permissions) }
    }

    /// How many permissions of a set, but for the one that is asked for, are not held already.
    fn fresh(&self, permissions: &PermissionSet) -> usize {
        let mut more = permissions.without(&self.holds);
        more.remove(self.question.permission);
        more.len()
    }

    fn count(&self, subject: Subject) -> usize {
        match subject {
            Subject::User(_) | Subject::ServiceAccount(_) => 1,
            Subject::Group(group) => self.state.member_count(group),
            Subject::Everyone => self.state.people_count(),
        }
    }
}
