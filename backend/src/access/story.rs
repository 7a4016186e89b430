//! A long story for tests: an organization in which every kind of change is made, one after the other.

use super::Proposal;
use crate::clock::{Clock, SECOND};
use crate::database::Database;
use crate::random::Random;
use crate::{Backend, profile};
use model::catalog::Pack;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::object::{Bearer, How, Level, Link, Object};
use model::person::{Group, Profile, ServiceAccount, Status};
use model::role::{Delegate, Owner, Role};
use sqlx::query;
use std::sync::Arc;

pub(crate) const ALICE: UserId = UserId::from_bits(100);
pub(crate) const BOB: UserId = UserId::from_bits(101);
pub(crate) const CARA: UserId = UserId::from_bits(102);
pub(crate) const DAN: UserId = UserId::from_bits(103);
pub(crate) const STAFF: GroupId = GroupId::from_bits(200);
pub(crate) const KEEPER: RoleId = RoleId::from_bits(300);
pub(crate) const STARTER: RoleId = RoleId::from_bits(301);
pub(crate) const LENDER: RoleId = RoleId::from_bits(302);
pub(crate) const NORTH: ObjectId = ObjectId::from_bits(400);
pub(crate) const SOUTH: ObjectId = ObjectId::from_bits(401);
pub(crate) const INBOUND: ObjectId = ObjectId::from_bits(402);
pub(crate) const OUTBOUND: ObjectId = ObjectId::from_bits(403);
pub(crate) const NIGHT: ObjectId = ObjectId::from_bits(404);
pub(crate) const ROBOT: ObjectId = ObjectId::from_bits(405);
pub(crate) const MACHINE: ObjectId = ObjectId::from_bits(406);
pub(crate) const INVOICES: ObjectId = ObjectId::from_bits(407);
pub(crate) const DESK: ObjectId = ObjectId::from_bits(408);
pub(crate) const PICKER: ServiceAccountId = ServiceAccountId::from_bits(500);
/// The moment before the first change; each change is made a second after the one before.
pub(crate) const START: i64 = 1_000_000;

/// An area of the organization's own; a later version of it lets tools be lent as well.
pub(crate) fn tools(later: bool) -> Arc<Pack> {
    let lend = r#", {"key":"tools.lend","name":"Lend tools","kind":"tool","opens":"Lends tools."}"#;
    let text = r#"{"key":"workshop","name":"Workshop","about":"Tools.","permissions":[
        {"key":"tools.see","name":"See tools","kind":"tool","opens":"Shows tools."}LEND],
        "kinds":[{"key":"tool","name":"Tool","level":"tenant","within":["tenant"],"create":"tools.see"}],
        "properties":[{"key":"team","of":"subject","name":"Team","sort":"text"}]}"#;
    serde_json::from_str(&text.replace("LEND", if later { lend } else { "" })).unwrap()
}

/// Another one that comes after it.
fn garden() -> Arc<Pack> {
    let text = r#"{"key":"garden","name":"Garden","permissions":[
        {"key":"garden.water","name":"Water","kind":"organization","opens":"Waters."}]}"#;
    serde_json::from_str(text).unwrap()
}

pub(crate) fn role(id: RoleId, name: &str, level: Level, owner: Owner, permissions: &[&str]) -> Role {
    Role {
        id,
        name: name.to_owned(),
        description: String::new(),
        level,
        owner,
        origin: None,
        permissions: permissions.iter().map(|&key| key.to_owned()).collect(),
        delegates: Vec::new(),
    }
}

pub(crate) fn grant(id: u64, subject: Subject, role: RoleId, object: ObjectId) -> Grant {
    let (window, limits) = (Window::ALWAYS, Limits::NONE);
    Grant { id: GrantId::from_bits(id), subject, role, object, window, limits }
}

pub(crate) fn object(id: ObjectId, kind: &str, name: &str, parent: ObjectId) -> Change {
    let object = Object { id, kind: kind.to_owned(), name: name.to_owned(), parent: Some(parent) };
    Change::ObjectCreated { object }
}

pub(crate) fn link(object: ObjectId, holder: ObjectId, how: How) -> Link {
    Link { object, holder, how }
}

pub(crate) fn property(of: Bearer, key: &str, was: Option<Value>, now: Option<Value>) -> Change {
    Change::PropertySet { of, property: key.to_owned(), was, now }
}

/// Only when this robot is named.
pub(crate) fn on_robots(robots: &[ObjectId]) -> Limits {
    let values = robots.iter().copied().map(Value::Place).collect();
    Limits::new(vec![Comparison::new(Property::new(Side::Context, "robot"), Test::In(values))])
}

fn account() -> ServiceAccount {
    let (name, description) = ("Picker".to_owned(), "Picks.".to_owned());
    ServiceAccount { id: PICKER, name, description, robot: Some(ROBOT), disabled: false }
}

fn group(name: &str, description: &str) -> Group {
    Group { id: STAFF, name: name.to_owned(), description: description.to_owned() }
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

/// The backend of an organization in which nothing has happened yet.
pub(crate) async fn open(database: &Database) -> Backend {
    Backend::open(database.clone(), Clock::fixed(START), Random::seeded(1)).await.unwrap()
}

/// Makes the next change. Who is added by it gets a profile, who is removed loses it.
pub(crate) async fn save(backend: &Backend, changes: Vec<Change>) {
    backend.clock().advance(SECOND);
    let people = changes.clone();
    let proposal = Proposal::new(Actor::CommandLine, changes).beside(move |to| {
        Box::pin(async move {
            for change in people {
                match change {
                    Change::UserAdded { user, .. } => {
                        let name = ["Alice", "Bob", "Cara", "Dan"][(user.bits() - 100) as usize];
                        let of = Profile::new(name, &format!("{name}@example.com"));
                        profile::insert(to, user, &of, START).await.unwrap();
                    }
                    Change::UserRemoved { user, .. } => profile::delete(to, user).await?,
                    Change::ProfileEdited { user } => {
                        let of = Profile::new("Robert", "robert@example.com");
                        profile::update(to, user, &of, START).await.unwrap();
                    }
                    _ => {}
                }
            }
            Ok(())
        })
    });
    backend.commit(proposal).await.unwrap();
}

/// The organization with people, places and their ties, service accounts, roles and role assignments.
pub(crate) async fn begin(database: &Database) -> Backend {
    let backend = open(database).await;
    query("INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, 'x', 0)")
        .bind(ALICE.to_string())
        .execute(database.pool())
        .await
        .unwrap();
    for changes in beginning() {
        save(&backend, changes).await;
    }
    backend
}

/// The same, and all that is altered and taken away afterwards.
pub(crate) async fn whole(database: &Database) -> Backend {
    go_on(begin(database).await, async |_| ()).await
}

/// What is altered and taken away after the beginning, with a look after each change.
pub(crate) async fn go_on(backend: Backend, look: impl AsyncFn(&Backend)) -> Backend {
    for changes in rest() {
        save(&backend, changes).await;
        look(&backend).await;
    }
    backend
}

fn beginning() -> Vec<Vec<Change>> {
    let root = ObjectId::ORGANIZATION;
    let area = |area: &str| Change::AreaTurnedOn { area: area.to_owned() };
    let added = |user, status| Change::UserAdded { user, status };
    let given = |grant| Change::GrantAdded { grant };
    let relation = How::Related("environment-robots".to_owned());
    let tenants = Owner::Tenant(NORTH);
    let keeper = role(KEEPER, "Keeper", Level::Tenant, tenants, &["tenant-alerts.view"]);
    let starter = role(STARTER, "Starter", Level::Folder, Owner::Organization, &["processes.start"]);
    let lender = role(LENDER, "Lender", Level::Organization, Owner::Organization, &["tools.lend"]);
    let delegates = vec![Delegate::Role(STARTER), Delegate::Permission("processes.view".to_owned())];
    let window = Window { from: Some(START), until: Some(START * 9) };
    vec![
        vec![
            Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() },
            added(ALICE, Status::Active),
            given(grant(1, Subject::User(ALICE), RoleId::ADMIN, root)),
        ],
        vec![area("automation"), area("packaging")],
        vec![Change::PackInstalled { pack: tools(false) }],
        vec![Change::PackInstalled { pack: garden() }],
        vec![Change::PackReplaced { was: tools(false), now: tools(true) }],
        vec![added(BOB, Status::Active), added(CARA, Status::Active), added(DAN, Status::Invited)],
        vec![
            Change::GroupCreated { group: group("Staff", "") },
            Change::MemberAdded { group: STAFF, user: BOB },
        ],
        vec![object(NORTH, "tenant", "North", root), object(SOUTH, "tenant", "South", root)],
        vec![
            object(INBOUND, "folder", "Inbound", NORTH),
            object(OUTBOUND, "folder", "Outbound", NORTH),
            object(NIGHT, "folder", "Night", INBOUND),
            object(ROBOT, "robot", "R1", INBOUND),
            object(MACHINE, "machine", "M1", INBOUND),
            object(INVOICES, "process", "Invoices", INBOUND),
            object(DESK, "environment", "Desk", INBOUND),
        ],
        vec![
            Change::Linked { link: link(MACHINE, OUTBOUND, How::Shared) },
            Change::Linked { link: link(MACHINE, INBOUND, How::PassedDown) },
            Change::Linked { link: link(ROBOT, DESK, relation) },
        ],
        vec![Change::ServiceAccountAdded { account: account() }],
        vec![
            property(Bearer::Object(INVOICES), "owner", None, Some(Value::Person(CARA))),
            property(Bearer::User(BOB), "team", None, text("red")),
            property(Bearer::ServiceAccount(PICKER), "team", None, text("blue")),
        ],
        vec![
            Change::RoleCreated { role: keeper },
            Change::RoleCreated { role: starter },
            Change::RoleCreated { role: Role { delegates, ..lender } },
        ],
        vec![
            given(Grant { window, ..grant(2, Subject::User(BOB), KEEPER, NORTH) }),
            given(Grant { limits: on_robots(&[ROBOT]), ..grant(3, Subject::User(CARA), STARTER, INBOUND) }),
            given(grant(4, Subject::ServiceAccount(PICKER), STARTER, NIGHT)),
            given(grant(5, Subject::Group(STAFF), LENDER, root)),
            given(Grant {
                limits: Limits::new(vec![Comparison::own_items()]),
                ..grant(6, Subject::Everyone, STARTER, OUTBOUND)
            }),
        ],
    ]
}

fn rest() -> Vec<Vec<Change>> {
    let named = |was: &str, now: &str| (was.to_owned(), now.to_owned());
    let permission = || "processes.view".to_owned();
    let removed = |user, status| Change::UserRemoved { user, status, called: "Former user".to_owned() };
    let (was, now) = named("Example", "Example & Co");
    let mut all = vec![vec![Change::OrganizationRenamed { was, now }]];
    all.push(vec![Change::AreaTurnedOff { area: "packaging".to_owned() }]);
    all.push(vec![Change::PackRemoved { pack: garden() }]);
    all.push(vec![Change::PackInstalled { pack: garden() }]);
    all.push(vec![Change::PackRemoved { pack: garden() }]);
    all.push(vec![Change::UserJoined { user: DAN }]);
    all.push(vec![Change::UserDeactivated { user: DAN }]);
    all.push(vec![Change::UserReactivated { user: DAN }]);
    all.push(vec![Change::ProfileEdited { user: BOB }]);
    let (was, now) = named("Staff", "Crew");
    all.push(vec![Change::GroupRenamed { group: STAFF, was, now }]);
    let (was, now) = named("", "All who lend.");
    all.push(vec![Change::GroupDescribed { group: STAFF, was, now }]);
    let (was, now) = named("Starter", "Runner");
    all.push(vec![Change::RoleRenamed { role: STARTER, was, now }]);
    let (was, now) = named("", "Starts.");
    all.push(vec![Change::RoleDescribed { role: STARTER, was, now }]);
    all.push(vec![Change::PermissionAdded { role: STARTER, permission: permission() }]);
    all.push(vec![Change::PermissionAdded { role: RoleId::MEMBER, permission: "people.view".to_owned() }]);
    all.push(vec![Change::PermissionRemoved { role: STARTER, permission: permission() }]);
    let delegate = Delegate::Permission(permission());
    all.push(vec![Change::DelegationRemoved { role: LENDER, delegate: delegate.clone() }]);
    all.push(vec![Change::DelegationAdded { role: LENDER, delegate }]);
    all.push(vec![Change::ObjectMoved { object: NIGHT, was: INBOUND, now: OUTBOUND }]);
    all.push(vec![Change::DetailsEdited { object: NIGHT }]);
    let (was, now) = named("Night", "Late");
    all.push(vec![Change::ObjectRenamed { object: NIGHT, was, now }]);
    all.push(vec![property(Bearer::User(BOB), "team", text("red"), text("green"))]);
    let (was, now) = named("Picker", "Packer");
    all.push(vec![Change::ServiceAccountRenamed { account: PICKER, was, now }]);
    all.push(vec![Change::ServiceAccountDisabled { account: PICKER }]);
    all.push(vec![Change::ServiceAccountEnabled { account: PICKER }]);
    all.push(vec![Change::Unlinked { link: link(MACHINE, INBOUND, How::PassedDown) }]);
    // Cara owns a process and has a role under limits: all of it goes along, or is named no longer.
    all.push(vec![removed(CARA, Status::Active)]);
    all.push(vec![Change::MemberRemoved { group: STAFF, user: BOB }]);
    all.push(vec![Change::GroupRemoved { group: group("", "") }]);
    all.push(vec![Change::GrantRemoved { grant: grant(2, Subject::User(BOB), KEEPER, NORTH) }]);
    all.push(vec![Change::RoleRemoved { role: role(STARTER, "", Level::Folder, Owner::Organization, &[]) }]);
    all.push(vec![Change::ServiceAccountRemoved { account: account() }]);
    let Change::ObjectCreated { object } = object(NORTH, "tenant", "North", ObjectId::ORGANIZATION) else {
        return all;
    };
    all.push(vec![Change::ObjectRemoved { object }]);
    all
}
