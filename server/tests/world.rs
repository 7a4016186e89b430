//! The organization of these tests: an administrator, a Member, one person for each administration permission,
//! and a little of everything that calls are about.

use crate::support;
use backend::access::Proposal;
use backend::clock::Clock;
use backend::profile;
use backend::set_up::{SetUp, set_up};
use backend::sign_in_events::From;
use model::catalog;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::{How, Level, Link, Object};
use model::person::{Group, Profile, Status};
use model::role::{Owner, Role};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The moment at which these tests begin.
pub const NOW: i64 = 1_750_000_000_000;

pub const ADMIN_EMAIL: &str = "ada@nordhavn.example";
pub const ADMIN_PASSWORD: &str = "marble otter lantern 93";

/// A role that somebody has, and that calls may change.
pub const TESTER: RoleId = RoleId::from_bits(0x7e57);
/// A group with a member.
pub const CREW: GroupId = GroupId::from_bits(0xc3e);
/// A person who is a Member and nothing else; whom calls are about.
pub const BEN: UserId = UserId::from_bits(0xbe);
/// A person who is invited and has not come yet.
pub const IVY: UserId = UserId::from_bits(0x17);
/// An application.
pub const PORTAL: ObjectId = ObjectId::from_bits(0x9a);
/// Its production stage.
pub const PRODUCTION: ObjectId = ObjectId::from_bits(0x9b);
/// The stage below that one.
pub const ACCEPTANCE: ObjectId = ObjectId::from_bits(0x9c);
/// A tenant that everyone sees.
pub const NORTH: ObjectId = ObjectId::from_bits(0x40);
/// A tenant whose settings name nobody.
pub const SOUTH: ObjectId = ObjectId::from_bits(0x50);
/// An app of the first.
pub const APP: ObjectId = ObjectId::from_bits(0xa99);
/// A folder of it, with the robot below; nobody but Admin has anything there.
pub const HR: ObjectId = ObjectId::from_bits(0xf01);
/// A robot in that folder.
pub const ROBOT: ObjectId = ObjectId::from_bits(0xb07);
/// That Ben is a Member.
pub const BENS_GRANT: GrantId = GrantId::from_bits(0xbe6);

/// What was prepared once for all tests of a run.
pub struct World {
    pub folder: TempDir,
    /// The session's token of each person by what they may do: `Admin`, `Member`, `people.view` …
    pub tokens: BTreeMap<String, String>,
    pub admin: UserId,
}

/// The keys of the permissions of *administration*, each held by one person alone.
pub fn permissions() -> Vec<&'static str> {
    let pack = catalog::shipped().iter().find(|pack| pack.key == catalog::ADMINISTRATION).unwrap();
    pack.permissions.iter().map(|entry| entry.key.as_str()).collect()
}

/// Everyone for whom access is listed, in the order of the golden file.
pub fn people() -> Vec<&'static str> {
    std::iter::once("Member").chain(permissions()).chain(["Admin"]).collect()
}

pub fn from_here() -> From {
    From { address: IpAddr::V4(Ipv4Addr::LOCALHOST), agent: "test".to_owned() }
}

pub fn prepared() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        // A runtime of its own: whichever test comes first is already in one.
        let runtime = || tokio::runtime::Runtime::new().unwrap().block_on(prepare());
        std::thread::spawn(runtime).join().unwrap()
    })
}

async fn prepare() -> World {
    let folder = tempfile::tempdir().unwrap();
    let console = support::open(folder.path(), &Clock::fixed(NOW), support::ORIGIN_HERE).await;
    let wanted = SetUp {
        organization: "Nordhavn Foods".to_owned(),
        name: "Ada Holm".to_owned(),
        email: ADMIN_EMAIL.to_owned(),
        password: ADMIN_PASSWORD.to_owned(),
        areas: vec!["applications".to_owned(), "automation".to_owned(), "packaging".to_owned()],
        with_sample: false,
    };
    let admin = set_up(console.backend(), console.sign_in(), wanted, None).await.unwrap();
    let mut made = Making::default();
    made.things();
    for (place, key) in permissions().into_iter().enumerate() {
        made.holder(u64::try_from(place).unwrap(), key);
    }
    let Making { changes, profiles, mut users } = made;
    users.insert("Admin".to_owned(), admin);
    let proposal = Proposal::new(Actor::CommandLine, changes).beside(move |connection| {
        Box::pin(async move {
            for (user, profile) in &profiles {
                profile::insert(connection, *user, profile, NOW).await.unwrap();
            }
            Ok(())
        })
    });
    console.backend().commit(proposal).await.unwrap();
    let described = Change::GroupDescribed { group: CREW, was: String::new(), now: "Who sails".to_owned() };
    console.backend().commit(Proposal::new(Actor::CommandLine, vec![described])).await.unwrap();
    let mut tokens = BTreeMap::new();
    for (who, user) in users {
        let new = console.sessions().start(user, &from_here()).await.unwrap();
        tokens.insert(who, new.token.as_str().to_owned());
    }
    console.backend().close().await;
    World { folder, tokens, admin }
}

#[derive(Default)]
struct Making {
    changes: Vec<Change>,
    profiles: Vec<(UserId, Profile)>,
    users: BTreeMap<String, UserId>,
}

impl Making {
    fn person(&mut self, user: UserId, status: Status, name: &str, email: &str) {
        self.changes.push(Change::UserAdded { user, status });
        self.profiles.push((user, Profile::new(name, email)));
    }

    fn grant(&mut self, id: GrantId, user: UserId, role: RoleId) {
        let grant = Grant {
            id,
            subject: Subject::User(user),
            role,
            object: ObjectId::ORGANIZATION,
            window: Window::ALWAYS,
            limits: Limits::NONE,
        };
        self.changes.push(Change::GrantAdded { grant });
    }

    fn role(&mut self, id: RoleId, name: &str, permissions: &[&str]) {
        let role = Role {
            id,
            name: name.to_owned(),
            description: String::new(),
            level: Level::Organization,
            owner: Owner::Organization,
            origin: None,
            permissions: permissions.iter().map(|key| (*key).to_owned()).collect(),
            delegates: Vec::new(),
        };
        self.changes.push(Change::RoleCreated { role });
    }

    fn things(&mut self) {
        self.person(BEN, Status::Active, "Ben Lund", "ben@nordhavn.example");
        self.grant(BENS_GRANT, BEN, RoleId::MEMBER);
        self.users.insert("Member".to_owned(), BEN);
        self.person(IVY, Status::Invited, "", "ivy@nordhavn.example");
        self.role(TESTER, "Tester", &[]);
        let group = Group { id: CREW, name: "Crew".to_owned(), description: String::new() };
        self.changes.push(Change::GroupCreated { group });
        for (id, kind, name, parent) in [
            (PORTAL, "application", "Portal", ObjectId::ORGANIZATION),
            (PRODUCTION, "stage", "Production", PORTAL),
            (ACCEPTANCE, "stage", "Acceptance", PORTAL),
            (NORTH, "tenant", "North", ObjectId::ORGANIZATION),
            (SOUTH, "tenant", "South", ObjectId::ORGANIZATION),
            (APP, "app", "Viewer", NORTH),
            (HR, "folder", "HR", NORTH),
            (ROBOT, "robot", "hr-robot", HR),
        ] {
            let object = Object { id, kind: kind.to_owned(), name: name.to_owned(), parent: Some(parent) };
            self.changes.push(Change::ObjectCreated { object });
        }
        let how = How::Related("stage-below".to_owned());
        self.changes.push(Change::Linked { link: Link { object: ACCEPTANCE, holder: PRODUCTION, how } });
        let see = Grant {
            id: GrantId::from_bits(0x5ee),
            subject: Subject::Everyone,
            role: RoleId::shipped(40),
            object: NORTH,
            window: Window::ALWAYS,
            limits: Limits::NONE,
        };
        self.changes.push(Change::GrantAdded { grant: see });
    }

    /// A person who holds one permission and nothing else.
    fn holder(&mut self, place: u64, key: &str) {
        let (user, role) = (UserId::from_bits(0x1000 + place), RoleId::from_bits(0x1000 + place));
        self.person(user, Status::Active, &format!("Holder of {key}"), &format!("{key}@nordhavn.example"));
        self.role(role, &format!("Only {key}"), &[key]);
        self.grant(GrantId::from_bits(0x1000 + place), user, role);
        self.users.insert(key.to_owned(), user);
    }
}
