//! Audiences: whom the access settings of a place reach, and who gets in anyway by role.
//!
//! A setting is stored as grants of its role on the place itself; the two ways add up. Only reads the state;
//! whoever asks for many places at once asks one [`Audiences`], which looks at the organization's grants once.

use crate::Millis;
use crate::catalog::{Permission, RoleEntry};
use crate::grant::{Grant, Subject, Who};
use crate::id::{ObjectId, RoleId, ServiceAccountId, UserId};
use crate::person::Status;
use crate::state::State;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// One access setting: the role that stores it, and the permission that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The role whose grants store it.
    pub role: RoleId,
    /// The permission.
    pub permission: Permission,
    /// Its name.
    pub name: String,
    /// What it opens.
    pub opens: String,
    /// Whether its holders set all of these.
    pub governs: bool,
}

/// Those who have something by one role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holders {
    /// People, active ones alone.
    pub people: FxHashSet<UserId>,
    /// Service accounts that are not disabled.
    pub accounts: FxHashSet<ServiceAccountId>,
}

/// By a role, and whether only within limits.
pub type ByRole = BTreeMap<(RoleId, bool), Holders>;

/// The access settings of a state at a moment.
#[derive(Debug)]
pub struct Audiences<'a> {
    state: &'a State,
    at: Millis,
    settings: Vec<Setting>,
    active: u64,
    /// Who has the permission of each setting by a role on the organization.
    everywhere: Vec<ByRole>,
}

/// The settings that the holder of a permission may set, in the order of the pack.
#[must_use]
pub fn settings(state: &State, governs: &str) -> Vec<Setting> {
    let catalog = state.catalog();
    let Some(governs) = catalog.number(governs).filter(|one| catalog.all_on().contains(*one)) else {
        return Vec::new();
    };
    let setting = |entry: &RoleEntry| {
        let permission = catalog.number(entry.permissions.first()?)?;
        let opens = catalog.entry(permission)?.opens.clone();
        let (role, name, governs) = (entry.role(), entry.name.clone(), permission == governs);
        Some(Setting { role, permission, name, opens, governs })
    };
    catalog.governed_by(governs).filter_map(setting).collect()
}

impl<'a> Audiences<'a> {
    /// The settings that the holder of that permission may set.
    #[must_use]
    pub fn of(state: &'a State, governs: &str, at: Millis) -> Self {
        let settings = settings(state, governs);
        let active = state.people().filter(|person| person.status == Status::Active).count() as u64;
        let everywhere = settings.iter().map(|_| ByRole::new()).collect();
        let mut all = Self { state, at, settings, active, everywhere };
        let mut everywhere = std::mem::take(&mut all.everywhere);
        for grant in state.grants_on(ObjectId::ORGANIZATION) {
            for (setting, found) in all.settings.iter().zip(&mut everywhere) {
                all.add(setting, &grant, found);
            }
        }
        all.everywhere = everywhere;
        all
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// How many people *all users* are.
    #[must_use]
    pub fn active(&self) -> u64 {
        self.active
    }

    /// All users.
    #[must_use]
    pub fn everyone(&self) -> Vec<UserId> {
        self.state.people_of(Subject::Everyone)
    }

    /// Whom a setting of a place names, in a settled order: *all users* last.
    #[must_use]
    pub fn named(&self, setting: &Setting, place: ObjectId) -> Vec<Subject> {
        let grants = self.state.grants_on(place);
        let mut all: Vec<Subject> = grants
            .filter(|grant| {
                grant.role == setting.role && grant.window.holds(self.at) && grant.limits.is_none()
            })
            .map(|grant| grant.subject)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The people whom these subjects are; `None`: all users.
    #[must_use]
    pub fn people(&self, named: &[Subject]) -> Option<FxHashSet<UserId>> {
        if named.contains(&Subject::Everyone) {
            return None;
        }
        let all = named.iter().flat_map(|subject| self.state.people_of(*subject));
        Some(all.filter(|user| self.state.is_active(Who::User(*user))).collect())
    }

    /// How many people these subjects are.
    #[must_use]
    pub fn reaches(&self, named: &[Subject]) -> u64 {
        self.people(named).map_or(self.active, |people| people.len() as u64)
    }

    /// Who has the permission of a setting on a place by a role: without the setting itself.
    #[must_use]
    pub fn by_role(&self, setting: &Setting, place: ObjectId) -> ByRole {
        let at = self.settings.iter().position(|one| one == setting);
        let mut found = at.and_then(|at| self.everywhere.get(at)).cloned().unwrap_or_default();
        for grant in self.state.grants_on(place) {
            self.add(setting, &grant, &mut found);
        }
        found
    }

    /// How many people have it by role and not by the setting.
    #[must_use]
    pub fn more_by_role(&self, setting: &Setting, place: ObjectId, named: &[Subject]) -> u64 {
        let Some(reached) = self.people(named) else { return 0 };
        let mut more: FxHashSet<UserId> = FxHashSet::default();
        for ((_, limited), holders) in self.by_role(setting, place) {
            if !limited {
                more.extend(holders.people.into_iter().filter(|user| !reached.contains(user)));
            }
        }
        more.len() as u64
    }

    fn add(&self, setting: &Setting, grant: &Grant, found: &mut ByRole) {
        let is_by_role = grant.role != setting.role
            && grant.window.holds(self.at)
            && self.state.role_allows(grant.role, setting.permission);
        if !is_by_role {
            return;
        }
        let holders = found.entry((grant.role, !grant.limits.is_none())).or_default();
        match grant.subject {
            Subject::ServiceAccount(account) => {
                if self.state.is_active(Who::ServiceAccount(account)) {
                    holders.accounts.insert(account);
                }
            }
            subject => {
                let people = self.state.people_of(subject).into_iter();
                holders.people.extend(people.filter(|user| self.state.is_active(Who::User(*user))));
            }
        }
    }
}
