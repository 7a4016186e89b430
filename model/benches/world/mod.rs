//! The large world of the budgets, made from a fixed seed.

use model::catalog::Permission;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::{Level, Object};
use model::person::{Group, Status};
use model::role::{Owner, Role};
use model::state::State;
use std::collections::HashSet;

/// A small generator of numbers that look random (SplitMix64): the same world at every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize]
    }
}

/// May this person do that there?
pub struct Question {
    pub user: UserId,
    pub permission: Permission,
    pub object: ObjectId,
}

/// A world, and the ids in it.
pub struct World {
    pub state: State,
    pub users: Vec<UserId>,
    pub objects: Vec<ObjectId>,
    stages: Vec<ObjectId>,
    pub roles: Vec<RoleId>,
}

fn plain(id: GrantId, subject: Subject, role: RoleId, object: ObjectId) -> Grant {
    Grant { id, subject, role, object, window: Window::ALWAYS, limits: Limits::NONE }
}

const KEYS: [&str; 6] = [
    "sandboxes.create",
    "merge.production",
    "merge.sandbox",
    "rollback",
    "rollback.further",
    "applications.status",
];

struct Builder {
    numbers: Numbers,
    world: World,
}

impl World {
    /// A part of the world of 100,000 people, 10,000 objects and 1,000,000 grants: per person 9 grants of
    /// their own and 5 groups, per group 100 grants.
    pub fn new(percent: usize) -> Self {
        let mut build = Builder::new(percent * 20);
        build.people(percent * 1_000, percent * 10, 5);
        build.grants(9, 100);
        build.settled()
    }

    /// People in 20 groups of 900 grants each.
    pub fn heavy() -> Self {
        let mut build = Builder::new(2_000);
        build.people(1_000, 100, 20);
        build.grants(9, 900);
        build.settled()
    }

    /// Questions, every second one allowed: what some grant gives, and what none does.
    pub fn questions(&self, count: usize) -> Vec<Question> {
        let mut numbers = Numbers(7);
        let permission = |key| self.state.catalog().number(key).unwrap();
        let permissions: Vec<Permission> = KEYS.into_iter().map(permission).collect();
        (0..count)
            .map(|n| match n % 2 {
                0 => self.given(&mut numbers),
                _ => self.refused(&mut numbers, &permissions),
            })
            .collect()
    }

    fn given(&self, numbers: &mut Numbers) -> Question {
        let user = numbers.pick(&self.users);
        let own: Vec<Grant> = model::decide::grants_for(&self.state, user).collect();
        let grant = &own[(numbers.next() % own.len() as u64) as usize];
        let here: Vec<Permission> = self.state.permissions_of(grant.role).iter().collect();
        Question { user, permission: numbers.pick(&here), object: grant.object }
    }

    /// In a small part of the world nearly all is allowed: it takes a few draws.
    fn refused(&self, numbers: &mut Numbers, permissions: &[Permission]) -> Question {
        loop {
            let user = numbers.pick(&self.users);
            let (permission, object) = (numbers.pick(permissions), numbers.pick(&self.stages));
            if !model::decide::may(&self.state, user, permission, object, 0) {
                return Question { user, permission, object };
            }
        }
    }
}

impl World {
    /// Gives a role of its own to group after group, each on a place, until half of all people have it.
    pub fn role_of_half(&self, state: &mut State) -> RoleId {
        let role = RoleId::from_bits(7);
        let made = Role {
            id: role,
            name: "Of half".to_owned(),
            description: String::new(),
            level: Level::Application,
            owner: Owner::Organization,
            origin: None,
            permissions: Vec::new(),
            delegates: Vec::new(),
        };
        state.apply(&Change::RoleCreated { role: made }).unwrap();
        let mut reached = std::collections::BTreeSet::new();
        let groups: Vec<GroupId> = state.groups().iter().map(|group| group.id).collect();
        for (n, group) in groups.into_iter().enumerate() {
            if reached.len() * 2 >= self.users.len() {
                break;
            }
            reached.extend(state.members(group));
            let id = GrantId::from_bits(1_000 + n as u64);
            let object = self.objects[n % self.objects.len()];
            state
                .apply(&Change::GrantAdded { grant: plain(id, Subject::Group(group), role, object) })
                .unwrap();
        }
        role
    }
}

impl Builder {
    fn new(applications: usize) -> Self {
        let mut state = State::new("Large");
        let area = "applications".to_owned();
        state.apply(&Change::AreaTurnedOn { area }).unwrap();
        let world =
            World { state, users: Vec::new(), objects: Vec::new(), stages: Vec::new(), roles: Vec::new() };
        let mut build = Self { numbers: Numbers(42), world };
        for n in 0..applications {
            let application =
                build.object("application", &format!("Application {n}"), ObjectId::ORGANIZATION);
            for stage in ["Production", "Acceptance", "Testing", "Development"] {
                let stage = build.object("stage", stage, application);
                build.world.stages.push(stage);
            }
        }
        for n in 0..50 {
            build.role(n);
        }
        build
    }

    fn apply(&mut self, change: &Change) {
        self.world.state.apply(change).unwrap();
    }

    fn object(&mut self, kind: &str, name: &str, parent: ObjectId) -> ObjectId {
        let id = ObjectId::from_bits(self.numbers.next());
        let object = Object { id, kind: kind.to_owned(), name: name.to_owned(), parent: Some(parent) };
        self.apply(&Change::ObjectCreated { object });
        self.world.objects.push(id);
        id
    }

    fn role(&mut self, n: usize) {
        let id = RoleId::from_bits(self.numbers.next());
        let two = [KEYS[n % KEYS.len()].to_owned(), KEYS[(n / KEYS.len() + n + 1) % KEYS.len()].to_owned()];
        let role = Role {
            id,
            name: format!("Role {n}"),
            description: String::new(),
            level: Level::Application,
            owner: Owner::Organization,
            origin: None,
            permissions: two.to_vec(),
            delegates: Vec::new(),
        };
        self.apply(&Change::RoleCreated { role });
        self.world.roles.push(id);
    }

    fn people(&mut self, people: usize, groups: usize, groups_each: usize) {
        let mut all = Vec::new();
        for n in 0..groups {
            let id = GroupId::from_bits(self.numbers.next());
            let group = Group { id, name: format!("Group {n}"), description: String::new() };
            self.apply(&Change::GroupCreated { group });
            all.push(id);
        }
        for _ in 0..people {
            let user = UserId::from_bits(self.numbers.next());
            self.apply(&Change::UserAdded { user, status: Status::Active });
            self.world.users.push(user);
            for _ in 0..groups_each {
                let group = self.numbers.pick(&all);
                // The same group twice is refused, and once is enough.
                let _ = self.world.state.apply(&Change::MemberAdded { group, user });
            }
        }
    }

    fn grants(&mut self, per_person: usize, per_group: usize) {
        let people: Vec<Subject> = self.world.users.iter().copied().map(Subject::User).collect();
        let groups: Vec<Subject> =
            self.world.state.groups().into_iter().map(|group| Subject::Group(group.id)).collect();
        let mut all = Vec::new();
        for (subjects, each) in [(people, per_person), (groups, per_group)] {
            for subject in subjects {
                let mut given = HashSet::with_capacity(each);
                while given.len() < each {
                    let id = GrantId::from_bits(self.numbers.next());
                    let role = self.numbers.pick(&self.world.roles);
                    let object = self.numbers.pick(&self.world.objects);
                    // The same role in the same place twice is refused where it is saved.
                    if !given.insert((role, object)) {
                        continue;
                    }
                    all.push(Grant {
                        id,
                        subject,
                        role,
                        object,
                        window: Window::ALWAYS,
                        limits: Limits::NONE,
                    });
                }
            }
        }
        self.world.state.load_grants(all).unwrap();
    }

    fn settled(mut self) -> World {
        self.world.state.settle();
        self.world
    }
}
