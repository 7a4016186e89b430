//! Random worlds and random changes: numbers, read as choices on the state as it stands.
//!
//! A world always has people, groups, service accounts, tenants with nested folders, things in them that are
//! shared and related, roles of every level, and somebody in charge; random changes shape it from there.

mod changes;
mod questions;
mod ties;
mod values;

pub use self::changes::{POWER, change, fitting, grant, power};
pub use self::questions::{asks, context, question};
pub use self::values::{limits, property, value};

use crate::world::{object, role};
use model::catalog::Pack;
use model::change::Change;
use model::grant::{Grant, Subject, Who, Window};
use model::id::{GrantId, GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use model::limit::Limits;
use model::object::{How, Level, Link};
use model::person::{Group, Profile, ServiceAccount, Status};
use model::role::{Owner, Role};
use model::state::State;
use proptest::prelude::*;
use std::sync::{Arc, OnceLock};

/// The numbers that one change is made of.
pub type Dice = (u8, u8, u8, u8, u8);

/// The times at which windows open and close, and between.
pub const TIMES: [i64; 7] = [0, 5, 9, 10, 15, 20, 30];

/// The permissions that roles get and questions ask for: of every area and kind, and all that guards read.
const KEYS: [&str; 44] = [
    "people.view",
    "people.manage",
    "people.invite",
    "groups.manage",
    "service-accounts.manage",
    "roles.view",
    "roles.manage",
    "access.manage",
    "tenants.manage",
    "history.view",
    "history.undo",
    "settings.manage",
    "applications.create",
    "sandboxes.create",
    "merge.sandbox",
    "rollback",
    "tenants.view",
    "tenants.configure",
    "tenants.permissions",
    "flows.create",
    "flows.edit-own",
    "flows.edit",
    "tenant-folders.create",
    "tenant-folders.edit",
    "subfolders.create",
    "subfolders.edit",
    "processes.create",
    "processes.edit",
    "processes.start",
    "robots.use",
    "tenant-robots.create",
    "tenant-robots.edit",
    "tenant-machines.create",
    "tenant-machines.edit",
    "environments.edit",
    "assets.view",
    "assets.edit",
    "triggers.create",
    "triggers.edit",
    "jobs.stop",
    "lab.run",
    "lab.open",
    "library.read",
    "library.lend",
];

pub fn dice(most: usize) -> impl Strategy<Value = Vec<Dice>> {
    prop::collection::vec(any::<Dice>(), 0..most)
}

pub fn user(n: u8) -> UserId {
    UserId::from_bits(100 + u64::from(n % 6))
}

pub fn group(n: u8) -> GroupId {
    GroupId::from_bits(200 + u64::from(n % 3))
}

pub fn account(n: u8) -> ServiceAccountId {
    ServiceAccountId::from_bits(250 + u64::from(n % 3))
}

/// Everybody who can ask.
pub fn everybody() -> Vec<Who> {
    let people = (0..6).map(|n| Who::from(user(n)));
    people.chain((0..3).map(|n| account(n).into())).chain((0..3).map(|n| group(n).into())).collect()
}

pub fn role_id(n: u8) -> RoleId {
    match n % 13 {
        0 => RoleId::ADMIN,
        1 => RoleId::MEMBER,
        n => RoleId::from_bits(300 + u64::from(n)),
    }
}

pub fn place(n: u8) -> ObjectId {
    match n % 32 {
        0 => ObjectId::ORGANIZATION,
        n => ObjectId::from_bits(400 + u64::from(n)),
    }
}

/// One of a list, or nothing when it is empty.
pub fn pick<T: Clone>(list: &[T], n: u8) -> Option<T> {
    list.get(usize::from(n) % list.len().max(1)).cloned()
}

/// The permissions that roles get and questions ask for, as far as they are there.
pub fn keys(state: &State) -> Vec<String> {
    let there = KEYS.iter().filter(|key| state.catalog().number(key).is_some());
    there.map(|key| (*key).to_owned()).collect()
}

fn read(text: &str) -> Arc<Pack> {
    Arc::new(serde_json::from_str(text).unwrap())
}

/// A pack of the organization's own, with what the shipped ones leave untried: properties of people, and such
/// that a question may bring.
pub fn lab() -> Arc<Pack> {
    static PACK: OnceLock<Arc<Pack>> = OnceLock::new();
    let text = include_str!("lab.json");
    PACK.get_or_init(|| read(text)).clone()
}

/// A pack that comes, goes and is replaced; its two versions.
pub fn library() -> &'static [Arc<Pack>; 2] {
    static PACKS: OnceLock<[Arc<Pack>; 2]> = OnceLock::new();
    PACKS.get_or_init(|| {
        let lend = r#", { "key": "library.lend", "name": "Lend", "kind": "folder", "opens": "Lends." }"#;
        ["", lend].map(|more| {
            read(&format!(
                r#"{{ "key": "library", "name": "Library", "permissions": [
                    {{ "key": "library.read", "name": "Read", "kind": "organization", "opens": "Reads." }}{more} ] }}"#
            ))
        })
    })
}

fn roles() -> Vec<Role> {
    let north = Owner::Tenant(place(5));
    let plain = |n: u8, level, owner, permissions: &[&str]| Role {
        level,
        owner,
        ..role(role_id(n), &format!("Role {n}"), permissions)
    };
    let (all, of_tenant) = (Owner::Organization, Level::Tenant);
    vec![
        plain(2, Level::Organization, all, &["rollback", "merge.sandbox", "lab.open"]),
        plain(3, Level::Organization, all, &["people.view", "tenants.view", "flows.edit-own"]),
        plain(4, Level::Organization, all, &["people.view", "people.invite", "sandboxes.create"]),
        plain(5, Level::Organization, all, &["access.manage", "applications.create", "processes.edit"]),
        plain(6, of_tenant, all, &["tenants.view", "tenant-folders.create", "access.manage", "lab.run"]),
        plain(7, Level::Folder, all, &["processes.start", "robots.use", "jobs.stop", "assets.view"]),
        plain(8, Level::Folder, all, &["robots.use", "assets.edit", "subfolders.create"]),
        plain(9, of_tenant, north, &["tenants.view", "processes.edit", "tenant-robots.edit"]),
    ]
}

/// Number, kind and parent of every place of a fresh world.
const PLACES: [(u8, &str, u8); 19] = [
    (1, "application", 0),
    (2, "application", 0),
    (3, "stage", 1),
    (4, "stage", 1),
    (5, "tenant", 0),
    (6, "tenant", 0),
    (7, "folder", 5),
    (8, "folder", 7),
    (9, "folder", 8),
    (10, "folder", 5),
    (11, "folder", 6),
    (12, "process", 8),
    (13, "robot", 7),
    (14, "robot", 10),
    (15, "machine", 7),
    (16, "environment", 10),
    (17, "asset", 9),
    (18, "trigger", 8),
    (19, "flow", 5),
];

fn links() -> Vec<Link> {
    let link = |object, holder, how| Link { object: place(object), holder: place(holder), how };
    let related = |key: &str| How::Related(key.to_owned());
    vec![
        link(13, 10, How::Shared),
        link(15, 7, How::PassedDown),
        link(13, 16, related("environment-robots")),
        link(13, 15, related("machine-robots")),
        link(17, 14, related("robot-assets")),
    ]
}

/// A small organization that is always peopled, and nothing random in it yet.
fn fresh() -> State {
    let mut state = State::new("Example");
    let mut apply = |change: Change| state.apply(&change).unwrap();
    for area in ["applications", "packaging", "automation"] {
        apply(Change::AreaTurnedOn { area: area.into() });
    }
    apply(Change::PackInstalled { pack: lab() });
    for n in 0..5 {
        let status = if n == 4 { Status::Invited } else { Status::Active };
        apply(Change::UserAdded { user: user(n), status });
    }
    for n in 0..3 {
        let group = Group { id: group(n), name: format!("Group {n}"), description: String::new() };
        apply(Change::GroupCreated { group });
    }
    apply(Change::MemberAdded { group: group(0), user: user(3) });
    for (n, kind, parent) in PLACES {
        apply(Change::ObjectCreated { object: object(place(n), kind, &format!("Place {n}"), place(parent)) });
    }
    for link in links() {
        apply(Change::Linked { link });
    }
    for role in roles() {
        apply(Change::RoleCreated { role });
    }
    for (n, robot) in [(0, None), (1, Some(place(13)))] {
        let name = format!("Account {n}");
        let account =
            ServiceAccount { id: account(n), name, description: String::new(), robot, disabled: false };
        apply(Change::ServiceAccountAdded { account });
    }
    // Somebody is in charge, and some roles are out.
    let everyday = [
        (Subject::User(user(1)), 0, 0),
        (Subject::Group(group(0)), 2, 0),
        (Subject::Everyone, 3, 1),
        (Subject::User(user(2)), 4, 1),
        (Subject::ServiceAccount(account(1)), 7, 7),
        (Subject::Group(group(1)), 9, 5),
    ];
    for (n, (subject, role, object)) in (1..).zip(everyday) {
        let (id, role, object) = (GrantId::from_bits(n), role_id(role), place(object));
        let (window, limits) = (Window::ALWAYS, Limits::NONE);
        apply(Change::GrantAdded { grant: Grant { id, subject, role, object, window, limits } });
    }
    for n in 0..5 {
        let profile = Profile::new(&format!("Person {n}"), &format!("person{n}@example.com"));
        state.set_profile(user(n), profile).unwrap();
    }
    state
}

/// A small organization, shaped by random changes.
pub fn world(dice: &[Dice]) -> State {
    static FRESH: OnceLock<State> = OnceLock::new();
    let mut state = FRESH.get_or_init(fresh).clone();
    let changes = fitting(&state, dice);
    state.apply_all(&changes).unwrap();
    state
}
