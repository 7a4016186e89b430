//! Fills the organization of a data folder with places, to measure screens on.
//!
//! `cargo run --release -p backend --example large_places -- DATA_FOLDER`. The organization must be set up with the
//! areas packaging, automation and applications, and `large_organization` must have filled it with people. It gets 50
//! tenants whose access settings name groups and people, one more tenant with 10,000 places in and under folders,
//! and 1,000 applications of 20 stages each.

use backend::Backend;
use backend::access::commit::Proposal;
use backend::clock::Clock;
use backend::database::Database;
use backend::random::Random;
use model::audience;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, ObjectId, RoleId};
use model::limit::Limits;
use model::object::{How, Level, Link, Object};
use model::role::{Owner, Role};
use model::state::State;
use sqlx::{AnyConnection, query};

/// How many changes one revision has at the most.
const AT_ONCE: usize = 10_000;
const TENANTS: usize = 50;
/// Folders at the top, in each of those, and in each of these: 400 in all.
const FOLDERS: [usize; 3] = [40, 3, 2];
/// What each folder holds beside folders: with the folders themselves 10,000 places.
const HELD: [(&str, &str, usize); 5] = [
    ("environment", "Unattended", 1),
    ("process", "Process", 9),
    ("robot", "robot", 8),
    ("asset", "Asset", 4),
    ("queue", "Queue", 2),
];
const APPLICATIONS: usize = 1_000;
/// The stages that merge into each other, production first. The others stand below the last of them.
const CHAIN: [&str; 4] = ["Production", "Acceptance", "Testing", "Development"];
const STAGES: usize = 20;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("Say which data folder to fill.")?;
    let path = std::path::Path::new(&folder).join("rolecall.sqlite");
    let database = Database::open(&format!("sqlite:{}", path.display())).await?;
    let backend = Backend::open(database, Clock::system(), Random::system()).await?;
    let mut making = Making { random: backend.random().clone(), changes: Vec::new(), noted: Vec::new() };
    let state = backend.state();
    let subjects = Subjects::of(&state);
    making.tenants(&state, &subjects);
    making.folders();
    making.applications(&subjects);
    making.save(&backend).await?;
    let state = backend.state();
    println!("Change no. {}: {} places.", state.revision(), state.objects().count());
    backend.close().await;
    Ok(())
}

/// Whom access is given to.
struct Subjects {
    groups: Vec<Subject>,
    people: Vec<Subject>,
}

impl Subjects {
    fn of(state: &State) -> Self {
        Self {
            groups: state.groups().iter().map(|group| Subject::Group(group.id)).collect(),
            people: state.people_by_name().map(|person| Subject::User(person.id)).collect(),
        }
    }

    /// So many of them, others for each number.
    fn some(all: &[Subject], number: usize, count: usize) -> impl Iterator<Item = Subject> + '_ {
        (0..count).filter_map(move |at| all.get((number * 37 + at * 11) % all.len().max(1)).copied())
    }
}

/// What is noted of an application or a stage beside the access state.
enum Noted {
    Application(ObjectId),
    Stage(ObjectId, Vec<String>),
}

struct Making {
    random: Random,
    changes: Vec<Change>,
    noted: Vec<Noted>,
}

impl Making {
    fn object(&mut self, kind: &str, name: String, parent: ObjectId) -> ObjectId {
        let id = ObjectId::from_bits(self.random.bits());
        let object = Object { id, kind: kind.to_owned(), name, parent: Some(parent) };
        self.changes.push(Change::ObjectCreated { object });
        id
    }

    fn linked(&mut self, object: ObjectId, holder: ObjectId, relation: &str) {
        let how = How::Related(relation.to_owned());
        self.changes.push(Change::Linked { link: Link { object, holder, how } });
    }

    fn give(&mut self, subject: Subject, role: RoleId, object: ObjectId) {
        let id = GrantId::from_bits(self.random.bits());
        let grant = Grant { id, subject, role, object, window: Window::ALWAYS, limits: Limits::NONE };
        self.changes.push(Change::GrantAdded { grant });
    }

    /// Half of them are seen by all users, the others by three teams; the other settings name teams and people.
    fn tenants(&mut self, state: &State, subjects: &Subjects) {
        let settings = audience::settings(state, "tenants.permissions");
        for number in 0..TENANTS {
            let tenant = self.object("tenant", format!("Tenant {number:02}"), ObjectId::ORGANIZATION);
            for (place, setting) in settings.iter().enumerate() {
                if place == 0 && number % 2 == 0 {
                    self.give(Subject::Everyone, setting.role, tenant);
                    continue;
                }
                for subject in Subjects::some(&subjects.groups, number + place, 3) {
                    self.give(subject, setting.role, tenant);
                }
                for subject in Subjects::some(&subjects.people, number + place, 5) {
                    self.give(subject, setting.role, tenant);
                }
            }
        }
    }

    fn folders(&mut self) {
        let tenant = self.object("tenant", "Works".to_owned(), ObjectId::ORGANIZATION);
        let mut above = vec![(tenant, "Works".to_owned())];
        for many in FOLDERS {
            let mut here = Vec::new();
            for (parent, name) in &above {
                for number in 1..=many {
                    let name = format!("{name}.{number}");
                    let folder = self.object("folder", name.clone(), *parent);
                    self.folder(folder, &name);
                    here.push((folder, name));
                }
            }
            above = here;
        }
    }

    fn folder(&mut self, folder: ObjectId, name: &str) {
        let mut environment = folder;
        for (kind, called, count) in HELD {
            for number in 1..=count {
                let one = self.object(kind, format!("{called} {name}-{number}"), folder);
                match kind {
                    "environment" => environment = one,
                    "robot" => self.linked(one, environment, "environment-robots"),
                    _ => {}
                }
            }
        }
    }

    fn applications(&mut self, subjects: &Subjects) {
        let role = Role {
            id: RoleId::from_bits(self.random.bits()),
            name: "Release manager".to_owned(),
            description: String::new(),
            level: Level::Application,
            owner: Owner::Organization,
            origin: None,
            permissions: vec!["merge.production".to_owned(), "merge.sandbox".to_owned()],
            delegates: Vec::new(),
        };
        let merges = role.id;
        self.changes.push(Change::RoleCreated { role });
        for number in 0..APPLICATIONS {
            let name = format!("Application {number:04}");
            let application = self.object("application", name, ObjectId::ORGANIZATION);
            self.noted.push(Noted::Application(application));
            let mut above = None;
            for place in 0..STAGES {
                let name =
                    CHAIN.get(place).map_or_else(|| format!("Sandbox {place}"), |&name| name.to_owned());
                let stage = self.object("stage", name, application);
                if let Some(above) = above {
                    self.linked(stage, above, "stage-below");
                }
                if place < CHAIN.len() {
                    above = Some(stage);
                }
                // Each holds all that the one above it holds, and one version more.
                let versions = (0..=place.min(CHAIN.len())).map(|version| format!("1.{version}"));
                self.noted.push(Noted::Stage(stage, versions.collect()));
            }
            for subject in Subjects::some(&subjects.groups, number, 2) {
                self.give(subject, merges, application);
            }
            for subject in Subjects::some(&subjects.people, number, 5) {
                self.give(subject, merges, application);
            }
        }
    }

    async fn save(self, backend: &Backend) -> Result<(), Failure> {
        let mut noted = Some(self.noted);
        for changes in self.changes.chunks(AT_ONCE) {
            let mut proposal = Proposal::new(Actor::CommandLine, changes.to_vec());
            // All of it with the first: it stands beside the access state and asks nothing of it.
            if let Some(noted) = noted.take() {
                proposal = proposal.beside(move |to| {
                    Box::pin(async move {
                        for one in &noted {
                            note(to, one).await?;
                        }
                        Ok(())
                    })
                });
            }
            backend.commit(proposal).await?;
        }
        Ok(())
    }
}

async fn note(to: &mut AnyConnection, noted: &Noted) -> Result<(), sqlx::Error> {
    let (stage, versions) = match noted {
        Noted::Stage(stage, versions) => (stage, versions),
        Noted::Application(application) => {
            return query(
                "INSERT INTO application_details (object_id, description, owners, status, planned_on, status_at)
                 VALUES ($1, 'One of many.', '', 'live', '', 0)",
            )
            .bind(application.to_string())
            .execute(to)
            .await
            .map(|_| ());
        }
    };
    query("INSERT INTO stage_details (object_id, branch, version, locked_by) VALUES ($1, 0, $2, NULL)")
        .bind(stage.to_string())
        .bind(versions.last())
        .execute(&mut *to)
        .await?;
    for (place, version) in versions.iter().enumerate() {
        query("INSERT INTO stage_versions (object_id, place, version, move_id) VALUES ($1, $2, $3, '')")
            .bind(stage.to_string())
            .bind(i64::try_from(place).unwrap_or_default())
            .bind(version)
            .execute(&mut *to)
            .await?;
    }
    Ok(())
}
