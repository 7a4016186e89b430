//! Random worlds and random changes: numbers, read as choices on the state as it stands.

use crate::dump::NAMES;
use crate::world::{object, role};
use model::catalog::Pack;
use model::change::{self, Change};
use model::grant::{Grant, Subject, Window};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::Level;
use model::person::{Group, Profile, Status};
use model::role::{Delegate, Role};
use model::state::State;
use proptest::prelude::*;
use std::sync::Arc;

/// The numbers that one change is made of.
pub type Dice = (u8, u8, u8, u8, u8);

/// The times at which windows open and close, and between.
pub const TIMES: [i64; 7] = [0, 5, 9, 10, 15, 20, 30];

pub fn dice(most: usize) -> impl Strategy<Value = Vec<Dice>> {
    prop::collection::vec(any::<Dice>(), 0..most)
}

pub fn user(n: u8) -> UserId {
    UserId::from_bits(100 + u64::from(n % 6))
}

fn group(n: u8) -> GroupId {
    GroupId::from_bits(200 + u64::from(n % 3))
}

fn role_id(n: u8) -> RoleId {
    match n % 8 {
        0 => RoleId::ADMIN,
        1 => RoleId::MEMBER,
        n => RoleId::from_bits(300 + u64::from(n)),
    }
}

fn place(n: u8) -> ObjectId {
    match n % 8 {
        0 => ObjectId::ORGANIZATION,
        n => ObjectId::from_bits(400 + u64::from(n)),
    }
}

fn name(n: u8) -> String {
    NAMES[usize::from(n) % NAMES.len()].to_owned()
}

/// The permissions that a random world is about. Its area *Robots & processes* is never on, and large: with
/// it hardly anything would be allowed.
pub fn keys(state: &State) -> Vec<String> {
    let packs = state.catalog().packs().iter().filter(|installed| installed.pack.key != "automation");
    packs.flat_map(|installed| installed.pack.permissions.iter().map(|entry| entry.key.clone())).collect()
}

fn permission(state: &State, n: u8) -> String {
    let keys = keys(state);
    keys[usize::from(n) % keys.len()].clone()
}

fn window(n: u8) -> Window {
    let from = [None, None, None, Some(5), Some(10)][usize::from(n % 5)];
    let until = [None, None, None, Some(10), Some(15), Some(20)][usize::from(n / 5 % 6)];
    Window { from, until }
}

fn pack() -> Arc<Pack> {
    static PACK: std::sync::OnceLock<Arc<Pack>> = std::sync::OnceLock::new();
    let text = r#"{ "key": "library", "name": "Library", "permissions": [
        { "key": "library.read", "name": "Read", "kind": "organization", "opens": "Reads." } ] }"#;
    PACK.get_or_init(|| Arc::new(serde_json::from_str(text).unwrap())).clone()
}

/// A change that mostly fits: what it replaces is read off the state.
pub fn change(state: &State, (what, a, b, c, d): Dice) -> Change {
    let nothing = String::new;
    let role_name = |id| state.role(id).map(|role| role.name.clone()).unwrap_or_else(nothing);
    match what % 32 {
        0 => Change::OrganizationRenamed { was: state.organization().into(), now: name(a) },
        1 => {
            let area = if a % 2 == 0 { "applications" } else { "packaging" }.to_owned();
            match state.catalog().pack(&area).unwrap().on {
                true => Change::AreaTurnedOff { area },
                false => Change::AreaTurnedOn { area },
            }
        }
        2 => match state.catalog().pack("library").is_some_and(|installed| installed.on) {
            true => Change::PackRemoved { pack: pack() },
            false => Change::PackInstalled { pack: pack() },
        },
        3 | 4 => {
            let picked = [b, c, d].map(|n| permission(state, n));
            let level = if a > 200 { Level::Application } else { Level::Organization };
            let delegates = if b % 4 == 0 { vec![Delegate::Role(role_id(c))] } else { vec![] };
            let plain = role(role_id(a), &name(b), &[]);
            Change::RoleCreated { role: Role { level, delegates, permissions: picked.to_vec(), ..plain } }
        }
        5 => match state.role(role_id(a)) {
            Some(kept) => Change::RoleRemoved { role: state.record(kept) },
            None => Change::RoleRemoved { role: role(role_id(a), "", &[]) },
        },
        6 => Change::RoleRenamed { role: role_id(a), was: role_name(role_id(a)), now: name(b) },
        7 => Change::RoleDescribed {
            role: role_id(a),
            was: state.role(role_id(a)).map(|role| role.description.clone()).unwrap_or_else(nothing),
            now: name(b),
        },
        8..=11 => {
            let (role, permission) = (role_id(a), permission(state, b));
            let number = state.catalog().number(&permission).unwrap();
            match state.role(role).is_some_and(|role| role.permissions.contains(number)) {
                true => Change::PermissionRemoved { role, permission },
                false => Change::PermissionAdded { role, permission },
            }
        }
        12 => {
            let (role, delegate) = (role_id(a), Delegate::Role(role_id(b)));
            match state.role(role).is_some_and(|role| role.delegates.contains(&delegate)) {
                true => Change::DelegationRemoved { role, delegate },
                false => Change::DelegationAdded { role, delegate },
            }
        }
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
        18 => {
            Change::GroupCreated { group: Group { id: group(a), name: name(b), description: String::new() } }
        }
        19 => Change::GroupRemoved {
            group: state.group(group(a)).cloned().unwrap_or(Group {
                id: group(a),
                name: name(b),
                description: String::new(),
            }),
        },
        20 => Change::GroupRenamed {
            group: group(a),
            was: state.group(group(a)).map(|group| group.name.clone()).unwrap_or_else(nothing),
            now: name(b),
        },
        21 => Change::GroupDescribed {
            group: group(a),
            was: state.group(group(a)).map(|group| group.description.clone()).unwrap_or_else(nothing),
            now: name(b),
        },
        22..=24 => match state.members(group(a)).any(|member| member == user(b)) {
            true => Change::MemberRemoved { group: group(a), user: user(b) },
            false => Change::MemberAdded { group: group(a), user: user(b) },
        },
        25 => {
            // Applications and tenants in the organization, stages in applications.
            let (kind, parent) = match a % 3 {
                0 => ("application", ObjectId::ORGANIZATION),
                1 => ("tenant", ObjectId::ORGANIZATION),
                _ => ("stage", place(c)),
            };
            Change::ObjectCreated { object: object(place(b), kind, &name(d), parent) }
        }
        26 => match state.object(place(a)) {
            Some(kept) => Change::ObjectRemoved { object: kept.clone() },
            None => Change::ObjectRemoved { object: object(place(a), "stage", "", place(b)) },
        },
        27 => Change::ObjectRenamed {
            object: place(a),
            was: state.object(place(a)).map(|object| object.name.clone()).unwrap_or_else(nothing),
            now: name(b),
        },
        28 => {
            let mut grants: Vec<Grant> = state.grants().collect();
            grants.sort_by_key(|grant| grant.id);
            match grants.get(usize::from(a) % grants.len().max(1)) {
                Some(grant) => Change::GrantRemoved { grant: grant.clone() },
                None => Change::ProfileEdited { user: user(a) },
            }
        }
        _ => Change::GrantAdded {
            grant: Grant {
                id: GrantId::from_bits(500 + (u64::from(a) << 16) + (u64::from(b) << 8) + u64::from(c)),
                subject: match a % 8 {
                    0..5 => Subject::User(user(a / 8)),
                    5 | 6 => Subject::Group(group(a / 8)),
                    _ => Subject::Everyone,
                },
                role: role_id(b),
                object: if b > 127 { ObjectId::ORGANIZATION } else { place(c) },
                window: window(d),
                limits: Limits::NONE,
            },
        },
    }
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

/// A small organization that is always peopled, shaped by random changes.
pub fn world(dice: &[Dice]) -> State {
    let mut state = State::new("Example");
    let mut apply = |change: Change| state.apply(&change).unwrap();
    apply(Change::AreaTurnedOn { area: "applications".into() });
    for n in 0..5 {
        let status = if n == 4 { Status::Invited } else { Status::Active };
        apply(Change::UserAdded { user: user(n), status });
    }
    for n in 0..3 {
        let group = Group { id: group(n), name: format!("Group {n}"), description: String::new() };
        apply(Change::GroupCreated { group });
    }
    for n in 2..6 {
        let permissions: &[&str] = match n {
            2 => &["rollback", "merge.sandbox"],
            3 => &["people.view", "tenants.view"],
            4 => &["people.view", "people.invite", "sandboxes.create"],
            _ => &["access.manage", "applications.create"],
        };
        apply(Change::RoleCreated { role: role(role_id(n), &format!("Role {n}"), permissions) });
    }
    for (n, kind, parent) in [(1, "application", 0), (2, "application", 0), (3, "stage", 1), (4, "stage", 1)]
    {
        apply(Change::ObjectCreated { object: object(place(n), kind, &format!("Place {n}"), place(parent)) });
    }
    // Somebody is in charge, and three roles are out.
    let everyday = [
        (Subject::User(user(1)), 0, 0),
        (Subject::Group(group(0)), 2, 0),
        (Subject::Everyone, 3, 1),
        (Subject::User(user(2)), 4, 1),
    ];
    for (n, (subject, role, object)) in (1..).zip(everyday) {
        let id = GrantId::from_bits(n);
        let (role, object) = (role_id(role), place(object));
        apply(Change::GrantAdded {
            grant: Grant { id, subject, role, object, window: Window::ALWAYS, limits: Limits::NONE },
        });
    }
    for n in 0..5 {
        let profile = Profile::new(&format!("Person {n}"), &format!("person{n}@example.com"));
        state.set_profile(user(n), profile).unwrap();
    }
    let changes = fitting(&state, dice);
    state.apply_all(&changes).unwrap();
    state
}
