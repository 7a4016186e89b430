//! Random changes that mostly fit: what they replace is read off the state.

use super::ties;
use super::{Dice, account, group, keys, library, limits, pick, place, role_id, user};
use crate::dump::NAMES;
use crate::world::{object, role};
use model::change::{self, Change};
use model::grant::{Grant, Subject, Window};
use model::id::{GrantId, ObjectId, RoleId};
use model::object::{Level, Object};
use model::person::{Group, ServiceAccount, Status};
use model::role::{Delegate, Owner, Role};
use model::state::State;

fn name(n: u8) -> String {
    NAMES[usize::from(n) % NAMES.len()].to_owned()
}

fn permission(state: &State, n: u8) -> String {
    pick(&keys(state), n).unwrap()
}

fn window(n: u8) -> Window {
    let from = [None, None, None, Some(5), Some(10)][usize::from(n % 5)];
    let until = [None, None, None, Some(10), Some(15), Some(20)][usize::from(n / 5 % 6)];
    Window { from, until }
}

/// A change that mostly fits.
pub fn change(state: &State, (what, a, b, c, d): Dice) -> Change {
    let what = what % 49;
    match what {
        0..3 => of_catalog(state, what, a, b),
        3..13 => of_roles(state, what, (a, b, c, d)),
        13..24 => of_people(state, what, a, b),
        24..28 => of_accounts(state, what, a, b),
        28 | 29 => created(state, (a, b, c, d)),
        30 => removed(state, a),
        31 => Change::ObjectRenamed {
            object: place(a),
            was: state.object(place(a)).map(|object| object.name.clone()).unwrap_or_default(),
            now: name(b),
        },
        32 | 33 => ties::moved(state, a, b),
        34..37 => ties::link(state, (a, b, c)),
        37 | 38 => ties::property(state, (a, b, c, d)),
        39 => {
            let mut grants: Vec<Grant> = state.grants().collect();
            grants.sort_by_key(|grant| grant.id);
            match pick(&grants, a) {
                Some(grant) => Change::GrantRemoved { grant },
                None => Change::ProfileEdited { user: user(a) },
            }
        }
        40 => Change::DetailsEdited { object: place(a) },
        _ => Change::GrantAdded { grant: grant(state, (a, b, c, d)) },
    }
}

/// A random grant.
pub fn grant(state: &State, (a, b, c, d): (u8, u8, u8, u8)) -> Grant {
    let role = role_id(b);
    // Roles of a low level have no business on the organization.
    let low = state.role(role).is_some_and(|role| role.level != Level::Organization);
    Grant {
        id: GrantId::from_bits(500 + u64::from_be_bytes([0, 0, 0, 0, a, b, c, d])),
        subject: match a % 10 {
            0..5 => Subject::User(user(a / 10)),
            5 | 6 => Subject::Group(group(a / 10)),
            7 | 8 => Subject::ServiceAccount(account(a / 10)),
            _ => Subject::Everyone,
        },
        role,
        object: if c > 200 && !low { ObjectId::ORGANIZATION } else { place(c) },
        window: window(d),
        limits: limits(state, (a ^ d, c, d, b, a)),
    }
}

fn of_catalog(state: &State, what: u8, a: u8, b: u8) -> Change {
    let [first, second] = library();
    match what {
        0 => Change::OrganizationRenamed { was: state.organization().into(), now: name(a) },
        1 => {
            let area = ["applications", "packaging", "automation"][usize::from(a % 3)].to_owned();
            match state.catalog().pack(&area).unwrap().on {
                true => Change::AreaTurnedOff { area },
                false => Change::AreaTurnedOn { area },
            }
        }
        _ => match state.catalog().pack("library").filter(|installed| installed.on) {
            None => Change::PackInstalled { pack: [first, second][usize::from(a % 2)].clone() },
            Some(there) if b.is_multiple_of(2) => Change::PackRemoved { pack: there.pack.clone() },
            Some(there) => {
                let now = if there.pack == *first { second } else { first };
                Change::PackReplaced { was: there.pack.clone(), now: now.clone() }
            }
        },
    }
}

fn of_roles(state: &State, what: u8, (a, b, c, d): (u8, u8, u8, u8)) -> Change {
    let id = role_id(a);
    let kept = state.role(id);
    match what {
        3 | 4 => {
            let level = match a % 8 {
                0 => Level::Application,
                1 | 2 => Level::Tenant,
                3 | 4 => Level::Folder,
                _ => Level::Organization,
            };
            let fits = |key: &String| {
                state.catalog().number(key).is_some_and(|number| state.catalog().fits(level, number))
            };
            let fitting: Vec<String> = keys(state).into_iter().filter(fits).collect();
            let permissions = [b, c, d].into_iter().filter_map(|n| pick(&fitting, n)).collect();
            let delegates = if b % 4 == 0 { vec![Delegate::Role(role_id(c))] } else { vec![] };
            let owned = d % 4 == 0 && level != Level::Organization;
            let owner = if owned { Owner::Tenant(place(5 + c % 2)) } else { Owner::Organization };
            let plain = role(id, &name(b), &[]);
            Change::RoleCreated { role: Role { level, owner, delegates, permissions, ..plain } }
        }
        5 => Change::RoleRemoved { role: kept.map_or_else(|| role(id, "", &[]), |kept| state.record(kept)) },
        6 => Change::RoleRenamed {
            role: id,
            was: kept.map(|role| role.name.clone()).unwrap_or_default(),
            now: name(b),
        },
        7 => Change::RoleDescribed {
            role: id,
            was: kept.map(|role| role.description.clone()).unwrap_or_default(),
            now: name(b),
        },
        8..12 => {
            let permission = permission(state, b);
            let number = state.catalog().number(&permission).unwrap();
            match kept.is_some_and(|role| role.permissions.contains(number)) {
                true => Change::PermissionRemoved { role: id, permission },
                false => Change::PermissionAdded { role: id, permission },
            }
        }
        _ => {
            let delegate = match c % 3 {
                0 => Delegate::Permission(permission(state, b)),
                _ => Delegate::Role(role_id(b)),
            };
            let held = kept.and_then(|role| pick(&role.delegates, b)).filter(|_| c % 2 == 0);
            let delegate = held.unwrap_or(delegate);
            match kept.is_some_and(|role| role.delegates.contains(&delegate)) {
                true => Change::DelegationRemoved { role: id, delegate },
                false => Change::DelegationAdded { role: id, delegate },
            }
        }
    }
}

fn of_people(state: &State, what: u8, a: u8, b: u8) -> Change {
    let group = group(a);
    let kept = state.group(group).cloned();
    match what {
        13 => Change::UserAdded {
            user: user(a),
            status: [Status::Invited, Status::Active, Status::Deactivated][usize::from(b % 3)],
        },
        14 | 15 => match state.person(user(a)).map(|person| person.status) {
            Some(Status::Active) => Change::UserDeactivated { user: user(a) },
            Some(Status::Deactivated) => Change::UserReactivated { user: user(a) },
            _ => Change::UserJoined { user: user(a) },
        },
        16 => Change::UserRemoved {
            user: user(a),
            status: state.person(user(a)).map_or(Status::Active, |person| person.status),
            called: name(b),
        },
        17 => Change::ProfileEdited { user: user(a) },
        18 => Change::GroupCreated { group: Group { id: group, name: name(b), description: String::new() } },
        19 => Change::GroupRemoved {
            group: kept.unwrap_or(Group { id: group, name: name(b), description: String::new() }),
        },
        20 => Change::GroupRenamed {
            group,
            was: kept.map(|group| group.name).unwrap_or_default(),
            now: name(b),
        },
        21 => Change::GroupDescribed {
            group,
            was: kept.map(|group| group.description).unwrap_or_default(),
            now: name(b),
        },
        _ => match state.members(group).any(|member| member == user(b)) {
            true => Change::MemberRemoved { group, user: user(b) },
            false => Change::MemberAdded { group, user: user(b) },
        },
    }
}

fn of_accounts(state: &State, what: u8, a: u8, b: u8) -> Change {
    let id = account(a);
    let robot = b.is_multiple_of(2).then(|| place(13 + b / 2 % 3));
    let fresh = ServiceAccount {
        id,
        name: name(b),
        description: String::new(),
        robot,
        disabled: b.is_multiple_of(5),
    };
    match (what, state.service_account(id).cloned()) {
        (24, None) | (25.., None) => Change::ServiceAccountAdded { account: fresh },
        (24 | 25, Some(account)) => Change::ServiceAccountRemoved { account },
        (26, Some(kept)) => Change::ServiceAccountRenamed { account: id, was: kept.name, now: name(b) },
        (_, Some(kept)) if kept.disabled => Change::ServiceAccountEnabled { account: id },
        _ => Change::ServiceAccountDisabled { account: id },
    }
}

/// Something of a kind that may stand there.
fn created(state: &State, (a, b, c, d): (u8, u8, u8, u8)) -> Change {
    let parent = place(c);
    let holder = state.object(parent).map(|one| one.kind.clone()).unwrap_or_default();
    let mut kinds: Vec<&str> = state.catalog().kinds().map(|kind| kind.key.as_str()).collect();
    kinds.retain(|key| state.catalog().kind(key).is_some_and(|kind| kind.within.contains(&holder)));
    kinds.sort_unstable();
    let kind = pick(&kinds, b).unwrap_or("castle");
    Change::ObjectCreated { object: object(place(a), kind, &name(d), parent) }
}

fn removed(state: &State, a: u8) -> Change {
    let nothing = || Object { parent: None, ..object(place(a), "stage", "", ObjectId::ORGANIZATION) };
    Change::ObjectRemoved { object: state.object(place(a)).cloned().unwrap_or_else(nothing) }
}

/// The changes that these numbers mean one after the other, each read on what the earlier ones leave; those
/// that do not fit are left out.
pub fn fitting(state: &State, dice: &[Dice]) -> Vec<Change> {
    let mut after = state.clone();
    let mut changes = Vec::new();
    for one in dice {
        let expanded = change::expand(&after, &[change(&after, *one)]);
        if after.apply_all(&expanded).is_ok() {
            changes.extend(expanded);
        }
    }
    changes
}

/// The role of the actor in tests of guards, and of nobody else.
pub const POWER: RoleId = RoleId::from_bits(399);

/// The change that makes it.
pub fn power(permissions: Vec<String>) -> Change {
    let plain = role(POWER, "What the actor may", &[]);
    Change::RoleCreated { role: Role { permissions, ..plain } }
}
