//! A small organization to tell stories in: *Anna* is Admin, the applications area is on.

use model::change::{self, Change};
use model::decide;
use model::grant::{Grant, Subject, Window};
use model::guard::{self, Actor, Refusal};
use model::id::{GrantId, GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use model::limit::Limits;
use model::misfit::Misfit;
use model::object::{How, Level, Link, Object};
use model::person::{Group, Profile, Status};
use model::role::{Delegate, Owner, Role};
use model::state::State;

pub const ROOT: ObjectId = ObjectId::ORGANIZATION;
/// The time of every story that names none.
pub const NOW: i64 = 1_000;

/// Why a revision was not saved.
#[derive(Debug, PartialEq)]
pub enum Refused {
    Guard(Refusal),
    Misfit(Misfit),
}

pub struct World {
    pub state: State,
    pub anna: UserId,
    next: u64,
}

impl World {
    pub fn new() -> Self {
        let mut world = Self { state: State::new("Example"), anna: UserId::from_bits(0), next: 100 };
        world.apply(Change::AreaTurnedOn { area: "applications".into() });
        world.anna = world.person("Anna");
        world.give(world.anna, RoleId::ADMIN, ROOT);
        world
    }

    /// The same with further areas.
    pub fn with(areas: &[&str]) -> Self {
        let mut world = Self::new();
        for area in areas {
            world.apply(Change::AreaTurnedOn { area: (*area).into() });
        }
        world
    }

    /// Puts in the laboratory: properties of people, and such that a question may bring.
    pub fn lab(&mut self) {
        self.apply(Change::PackInstalled { pack: crate::random::lab() });
    }

    /// A role that came with an area.
    pub fn shipped(&self, key: &str) -> RoleId {
        self.state.catalog().role_id(key).unwrap_or_else(|| panic!("no role {key}"))
    }

    pub fn bits(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// As the command line does: no guard.
    #[track_caller]
    pub fn apply(&mut self, change: Change) {
        self.state.apply(&change).unwrap();
    }

    pub fn person(&mut self, name: &str) -> UserId {
        self.person_who_is(name, Status::Active)
    }

    pub fn person_who_is(&mut self, name: &str, status: Status) -> UserId {
        let user = UserId::from_bits(self.bits());
        self.apply(Change::UserAdded { user, status });
        let email = format!("{}@example.com", name.to_lowercase());
        self.state.set_profile(user, Profile::new(name, &email)).unwrap();
        user
    }

    pub fn role(&mut self, name: &str, permissions: &[&str]) -> RoleId {
        let id = RoleId::from_bits(self.bits());
        self.apply(Change::RoleCreated { role: role(id, name, permissions) });
        id
    }

    pub fn delegating(&mut self, name: &str, permissions: &[&str], delegates: &[RoleId]) -> RoleId {
        let role = self.role(name, permissions);
        for delegate in delegates {
            self.apply(Change::DelegationAdded { role, delegate: Delegate::Role(*delegate) });
        }
        role
    }

    pub fn group(&mut self, name: &str, members: &[UserId]) -> GroupId {
        let group = GroupId::from_bits(self.bits());
        self.apply(Change::GroupCreated {
            group: Group { id: group, name: name.into(), description: String::new() },
        });
        for user in members {
            self.apply(Change::MemberAdded { group, user: *user });
        }
        group
    }

    pub fn application(&mut self, name: &str) -> ObjectId {
        self.object("application", name, ROOT)
    }

    pub fn stage(&mut self, name: &str, application: ObjectId) -> ObjectId {
        self.object("stage", name, application)
    }

    pub fn object(&mut self, kind: &str, name: &str, parent: ObjectId) -> ObjectId {
        let id = ObjectId::from_bits(self.bits());
        self.apply(Change::ObjectCreated { object: object(id, kind, name, parent) });
        id
    }

    pub fn share(&mut self, object: ObjectId, holder: ObjectId) {
        self.apply(Change::Linked { link: Link { object, holder, how: How::Shared } });
    }

    pub fn relate(&mut self, relation: &str, holder: ObjectId, object: ObjectId) {
        self.apply(Change::Linked { link: Link { object, holder, how: How::Related(relation.into()) } });
    }

    pub fn give(&mut self, subject: impl Into<To>, role: RoleId, object: ObjectId) -> Grant {
        self.give_for(subject, role, object, Window::ALWAYS)
    }

    pub fn give_for(
        &mut self,
        subject: impl Into<To>,
        role: RoleId,
        object: ObjectId,
        window: Window,
    ) -> Grant {
        let grant = self.grant(subject, role, object, window);
        self.apply(Change::GrantAdded { grant: grant.clone() });
        grant
    }

    /// A grant with a fresh id, not applied.
    pub fn grant(&mut self, subject: impl Into<To>, role: RoleId, object: ObjectId, window: Window) -> Grant {
        Grant {
            id: GrantId::from_bits(self.bits()),
            subject: subject.into().0,
            role,
            object,
            window,
            limits: Limits::NONE,
        }
    }

    /// The change by which somebody gets a role.
    pub fn giving(&mut self, subject: impl Into<To>, role: RoleId, object: ObjectId) -> Change {
        Change::GrantAdded { grant: self.grant(subject, role, object, Window::ALWAYS) }
    }

    /// A person with a role of their own that allows just these permissions on the organization.
    pub fn person_who_may(&mut self, name: &str, permissions: &[&str]) -> UserId {
        let user = self.person(name);
        let role = self.role(&format!("What {name} may"), permissions);
        self.give(user, role, ROOT);
        user
    }

    pub fn may(&self, user: UserId, permission: &str, object: ObjectId) -> bool {
        decide::allows(&self.state, user, permission, object, NOW)
    }

    /// Saves changes as the server does: expanded, guarded, applied whole.
    pub fn save(&mut self, actor: UserId, changes: &[Change]) -> Result<(), Refused> {
        self.save_at(actor, changes, NOW)
    }

    pub fn save_at(&mut self, actor: UserId, changes: &[Change], at: i64) -> Result<(), Refused> {
        let changes = change::expand(&self.state, changes);
        guard::check(&self.state, Actor::User(actor), &changes, at).map_err(Refused::Guard)?;
        self.state.apply_all(&changes).map_err(|(_, misfit)| Refused::Misfit(misfit))
    }

    /// The changes fit, and the guard refuses them; the state stays as it was.
    #[track_caller]
    pub fn refuses(&mut self, actor: UserId, changes: &[Change]) -> Refusal {
        let expanded = change::expand(&self.state, changes);
        let mut fits = self.state.clone();
        fits.apply_all(&expanded).unwrap();
        let before = crate::dump::dump(&self.state);
        let refused = self.save(actor, changes);
        assert_eq!(crate::dump::dump(&self.state), before);
        match refused {
            Err(Refused::Guard(refusal)) => refusal,
            other => panic!("expected a refusal, got {other:?}"),
        }
    }
}

/// Whom a grant is for.
pub struct To(pub Subject);

impl From<UserId> for To {
    fn from(user: UserId) -> Self {
        Self(Subject::User(user))
    }
}

impl From<GroupId> for To {
    fn from(group: GroupId) -> Self {
        Self(Subject::Group(group))
    }
}

impl From<ServiceAccountId> for To {
    fn from(account: ServiceAccountId) -> Self {
        Self(Subject::ServiceAccount(account))
    }
}

impl From<Subject> for To {
    fn from(subject: Subject) -> Self {
        Self(subject)
    }
}

pub fn role(id: RoleId, name: &str, permissions: &[&str]) -> Role {
    Role {
        id,
        name: name.into(),
        description: String::new(),
        level: Level::Organization,
        owner: Owner::Organization,
        origin: None,
        permissions: permissions.iter().map(|key| (*key).to_owned()).collect(),
        delegates: vec![],
    }
}

pub fn object(id: ObjectId, kind: &str, name: &str, parent: ObjectId) -> Object {
    Object { id, kind: kind.into(), name: name.into(), parent: Some(parent) }
}

pub const fn window(from: Option<i64>, until: Option<i64>) -> Window {
    Window { from, until }
}
