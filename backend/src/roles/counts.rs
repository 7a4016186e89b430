//! How many people have each role, and how many hold each permission now.

use model::Millis;
use model::catalog::{Permission, PermissionSet};
use model::decide;
use model::grant::Grant;
use model::id::{ObjectId, RoleId, UserId};
use model::state::State;
use rustc_hash::FxHashMap;

/// Counts of people.
#[derive(Debug, Default)]
pub struct Counts {
    roles: FxHashMap<RoleId, u64>,
    permissions: FxHashMap<Permission, u64>,
    depends: FxHashMap<Permission, u64>,
}

/// The roles that one person has; those among them that hold now, and those that hold now within limits.
#[derive(Default)]
struct Has {
    roles: Vec<RoleId>,
    now: Vec<RoleId>,
    limited: Vec<RoleId>,
}

impl Counts {
    /// Counts over all roles. `within`: only what is given in these tenants.
    pub fn of(state: &State, at: Millis, within: Option<&[ObjectId]>) -> Self {
        let counts = |grant: &Grant| {
            within.is_none_or(|tenants| tenants.iter().any(|one| state.is_within(grant.object, *one)))
        };
        let mut people: FxHashMap<UserId, Has> = FxHashMap::default();
        for role in state.roles() {
            for grant in state.grants_of_role(role.id).filter(counts) {
                note(&mut people, state, &grant, at);
            }
        }
        let mut found = Self::default();
        // Many people have the same roles: what these add up to is worked out once for all of them.
        let mut alike: FxHashMap<(Vec<RoleId>, Vec<RoleId>), u64> = FxHashMap::default();
        for (user, mut has) in people {
            has.roles.sort_unstable();
            has.roles.dedup();
            for role in &has.roles {
                *found.roles.entry(*role).or_default() += 1;
            }
            if decide::is_active(state, user) {
                for roles in [&mut has.now, &mut has.limited] {
                    roles.sort_unstable();
                    roles.dedup();
                }
                *alike.entry((has.now, has.limited)).or_default() += 1;
            }
        }
        for ((now, limited), people) in alike {
            let (held, perhaps) = (together(state, &now), together(state, &limited));
            for permission in held.iter() {
                *found.permissions.entry(permission).or_default() += people;
            }
            for permission in perhaps.iter().filter(|permission| !held.contains(*permission)) {
                *found.depends.entry(permission).or_default() += people;
            }
        }
        found
    }

    /// How many people have a role, directly or through a group.
    pub fn role(&self, id: RoleId) -> u64 {
        self.roles.get(&id).copied().unwrap_or_default()
    }

    /// How many active people hold a permission now, anywhere and without limits.
    pub fn permission(&self, permission: Permission) -> u64 {
        self.permissions.get(&permission).copied().unwrap_or_default()
    }

    /// How many more hold it now within limits: whether they may depends on more than the place.
    pub fn depends(&self, permission: Permission) -> u64 {
        self.depends.get(&permission).copied().unwrap_or_default()
    }
}

/// What roles allow together.
fn together(state: &State, roles: &[RoleId]) -> PermissionSet {
    let mut all = PermissionSet::default();
    for role in roles {
        all.add(&state.permissions_of(*role));
    }
    all
}

fn note(people: &mut FxHashMap<UserId, Has>, state: &State, grant: &Grant, at: Millis) {
    for user in state.people_of(grant.subject) {
        let has = people.entry(user).or_default();
        has.roles.push(grant.role);
        if grant.window.holds(at) {
            let held = if grant.limits.is_none() { &mut has.now } else { &mut has.limited };
            held.push(grant.role);
        }
    }
}
