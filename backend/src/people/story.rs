//! A small organization for the stories: an Admin, one who manages people, two with less.

use crate::access::commit::Proposal;
use crate::caller::{Caller, SignedIn};
use crate::clock::Clock;
use crate::database::Database;
use crate::mail::Mailer;
use crate::password::Hasher;
use crate::random::{Random, Token};
use crate::session::{SessionLimits, Sessions};
use crate::sign_in::{Parts, SignIn};
use crate::sign_in_events::From;
use crate::{Backend, profile};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::Level;
use model::person::{Group, Profile, Status};
use model::role::{Owner, Role};
use sqlx::{AssertSqlSafe, Row, query};

pub(crate) const ADA: UserId = UserId::from_bits(100);
pub(crate) const BEN: UserId = UserId::from_bits(101);
pub(crate) const CARA: UserId = UserId::from_bits(102);
pub(crate) const ANNA: UserId = UserId::from_bits(103);
pub(crate) const TESTER: RoleId = RoleId::from_bits(50);
pub(crate) const MANAGERS: RoleId = RoleId::from_bits(51);
pub(crate) const INVITERS: RoleId = RoleId::from_bits(52);

pub(crate) struct Story {
    pub backend: Backend,
}

impl Story {
    /// Ada is the Admin, Ben manages people, Cara tests, Anna may do nothing. All have a password.
    pub async fn start(database: &Database) -> Self {
        let (clock, random) = (Clock::fixed(1_000), Random::seeded(3));
        let backend = Backend::open(database.clone(), clock.clone(), random.clone()).await.unwrap();
        let sessions =
            Sessions::new(database.clone(), clock.clone(), random.clone(), SessionLimits::default());
        backend.use_sign_in(SignIn::new(Parts {
            database: database.clone(),
            clock,
            random: random.clone(),
            hasher: Hasher::start(random).unwrap(),
            sessions,
            mailer: Mailer::none(),
            public_url: "https://rolecall.example".to_owned(),
        }));
        let mut changes = vec![
            Change::OrganizationRenamed { was: String::new(), now: "Example".to_owned() },
            Change::AreaTurnedOn { area: "applications".to_owned() },
            Change::RoleCreated { role: role(TESTER, "Tester", &["merge.sandbox"]) },
            Change::RoleCreated {
                role: role(MANAGERS, "Managers", &["people.view", "people.manage", "merge.sandbox"]),
            },
            Change::RoleCreated { role: role(INVITERS, "Inviters", &["people.view", "people.invite"]) },
        ];
        let people = [
            (ADA, "Ada Holm", Some(RoleId::ADMIN)),
            (BEN, "Ben Ode", Some(MANAGERS)),
            (CARA, "Cara Voss", Some(TESTER)),
            (ANNA, "Anna Lind", None),
        ];
        for (user, _, role) in people {
            changes.push(Change::UserAdded { user, status: Status::Active });
            changes.extend(
                role.map(|role| Change::GrantAdded { grant: grant(user.bits(), Subject::User(user), role) }),
            );
        }
        let proposal = Proposal::new(Actor::SetUp, changes).beside(move |to| {
            Box::pin(async move {
                for (user, name, _) in people {
                    let email = format!("{}@example.com", name.split(' ').next().unwrap());
                    profile::insert(&mut *to, user, &Profile::new(name, &email), 0).await.unwrap();
                    query("INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, 'x', 0)")
                        .bind(user.to_string())
                        .execute(&mut *to)
                        .await?;
                }
                Ok(())
            })
        });
        backend.commit(proposal).await.unwrap();
        Self { backend }
    }

    pub fn caller(&self, user: UserId) -> Caller {
        self.backend.caller(SignedIn { user, session: "this".to_owned() }).unwrap()
    }

    /// A group with a role, made from the machine itself.
    pub async fn group(&self, name: &str, people: &[UserId], role: RoleId) -> GroupId {
        let id = GroupId::from_bits(7);
        let group = Group { id, name: name.to_owned(), description: String::new() };
        let mut changes = vec![
            Change::GroupCreated { group },
            Change::GrantAdded { grant: grant(9, Subject::Group(id), role) },
        ];
        changes.extend(people.iter().map(|user| Change::MemberAdded { group: id, user: *user }));
        self.backend.commit(Proposal::new(Actor::CommandLine, changes)).await.unwrap();
        id
    }

    /// Gives a role from the machine itself.
    pub async fn give(&self, user: UserId, role: RoleId) {
        let grant = grant(user.bits() * 1_000 + role.bits(), Subject::User(user), role);
        let proposal = Proposal::new(Actor::CommandLine, vec![Change::GrantAdded { grant }]);
        self.backend.commit(proposal).await.unwrap();
    }

    pub async fn sign_in(&self, user: UserId) -> Token {
        let from = From { address: "192.0.2.1".parse().unwrap(), agent: "A browser".to_owned() };
        self.backend.sessions().unwrap().start(user, &from).await.unwrap().token
    }

    /// The names of the roles that somebody has themselves.
    pub fn roles_of(&self, user: UserId) -> Vec<String> {
        let state = self.backend.state();
        let mut names: Vec<String> = state
            .grants_of(Subject::User(user))
            .map(|grant| state.role(grant.role).unwrap().name.clone())
            .collect();
        names.sort();
        names
    }

    pub async fn rows_of(&self, table: &str, user: UserId) -> i64 {
        let statement = format!("SELECT count(*) AS n FROM {table} WHERE user_id = $1");
        query(AssertSqlSafe(statement))
            .bind(user.to_string())
            .fetch_one(self.backend.database().pool())
            .await
            .unwrap()
            .get("n")
    }
}

fn grant(id: u64, subject: Subject, role: RoleId) -> Grant {
    Grant {
        id: GrantId::from_bits(id),
        subject,
        role,
        object: ObjectId::ORGANIZATION,
        window: Window::ALWAYS,
        limits: Limits::NONE,
    }
}

fn role(id: RoleId, name: &str, permissions: &[&str]) -> Role {
    Role {
        id,
        name: name.to_owned(),
        description: String::new(),
        level: Level::Organization,
        owner: Owner::Organization,
        origin: None,
        permissions: permissions.iter().map(|&key| key.to_owned()).collect(),
        delegates: vec![],
    }
}
