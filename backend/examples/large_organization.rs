//! Fills the organization of a data folder with many people, to measure on.
//!
//! `cargo run --release -p backend --example large_organization -- DATA_FOLDER PEOPLE`. The organization must be set
//! up. Everybody is in one group and has one role of their own: two rows for each person beside the person's own.

use backend::access::commit::Proposal;
use backend::clock::Clock;
use backend::database::Database;
use backend::error::Error;
use backend::random::Random;
use backend::{Backend, profile};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::person::{Group, Profile, Status};

/// How many people one revision adds.
const AT_ONCE: usize = 5_000;
/// How many are in one group.
const GROUP: usize = 250;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("Say which data folder to fill.")?;
    let people: usize = arguments.next().ok_or("Say how many people there are to be.")?.parse()?;
    let path = std::path::Path::new(&folder).join("rolecall.sqlite");
    let database = Database::open(&format!("sqlite:{}", path.display())).await?;
    let random = Random::system();
    let backend = Backend::open(database, Clock::system(), random.clone()).await?;
    let groups: Vec<GroupId> =
        (0..people.div_ceil(GROUP)).map(|_| GroupId::from_bits(random.bits())).collect();
    let made = groups.iter().enumerate().map(|(number, id)| Change::GroupCreated {
        group: Group { id: *id, name: format!("Team {number:04}"), description: String::new() },
    });
    backend.commit(Proposal::new(Actor::CommandLine, made.collect())).await?;
    for start in (0..people).step_by(AT_ONCE) {
        let numbers = start..people.min(start + AT_ONCE);
        let (mut changes, mut profiles) = (Vec::new(), Vec::new());
        for number in numbers {
            let user = UserId::from_bits(random.bits());
            let id = GrantId::from_bits(random.bits());
            let (subject, object) = (Subject::User(user), ObjectId::ORGANIZATION);
            changes.push(Change::UserAdded { user, status: Status::Active });
            changes
                .extend(groups.get(number / GROUP).map(|group| Change::MemberAdded { group: *group, user }));
            let (role, window, limits) = (RoleId::MEMBER, Window::ALWAYS, Limits::NONE);
            let grant = Grant { id, subject, role, object, window, limits };
            changes.push(Change::GrantAdded { grant });
            let name = format!("Person {number:06}");
            profiles.push((user, Profile::new(&name, &format!("person-{number:06}@nordhavn.example"))));
        }
        let now = backend.clock().now();
        let proposal = Proposal::new(Actor::CommandLine, changes).beside(move |connection| {
            Box::pin(async move {
                for (user, profile) in &profiles {
                    profile::insert(connection, *user, profile, now).await.map_err(Error::broken)?;
                }
                Ok(())
            })
        });
        let committed = backend.commit(proposal).await?;
        println!("Change no. {}: {} people.", committed.revision, people.min(start + AT_ONCE));
    }
    backend.close().await;
    Ok(())
}
