//! Fills the organization of a data folder with a grid of 200 roles and 300 permissions, to measure screens on.
//!
//! `cargo run --release -p backend --example large_grid -- DATA_FOLDER`. The organization must be set up. The
//! permissions come as an area of the organization's own, as software that asks Rolecall would bring them.

use backend::Backend;
use backend::access::commit::Proposal;
use backend::clock::Clock;
use backend::database::Database;
use backend::random::Random;
use model::catalog::{Pack, PermissionEntry};
use model::change::Change;
use model::guard::Actor;
use model::id::RoleId;
use model::object::Level;
use model::role::{Owner, Role};
use std::sync::Arc;

/// How many roles and permissions there are in the end, those that come with Rolecall included.
const ROLES: usize = 200;
const PERMISSIONS: usize = 300;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("Say which data folder to fill.")?;
    let path = std::path::Path::new(&folder).join("rolecall.sqlite");
    let database = Database::open(&format!("sqlite:{}", path.display())).await?;
    let random = Random::system();
    let backend = Backend::open(database, Clock::system(), random.clone()).await?;
    let state = backend.state();
    let pack = pack(PERMISSIONS.saturating_sub(state.catalog().all_on().len()));
    let keys: Vec<String> = pack.permissions.iter().map(|entry| entry.key.clone()).collect();
    let mut changes = vec![Change::PackInstalled { pack: Arc::new(pack) }];
    let new =
        (state.roles().len()..ROLES).map(|number| role(number, &keys, RoleId::from_bits(random.bits())));
    changes.extend(new.map(|role| Change::RoleCreated { role }));
    let committed = backend.commit(Proposal::new(Actor::CommandLine, changes)).await?;
    println!("Change no. {}: {ROLES} roles, {PERMISSIONS} permissions.", committed.revision);
    backend.close().await;
    Ok(())
}

fn pack(permissions: usize) -> Pack {
    let entry = |number: usize| PermissionEntry {
        key: format!("plant.step-{number}"),
        name: format!("Work at step {number} of the plant"),
        kind: "organization".to_owned(),
        opens: format!("Start, stop and look at step {number}. Opens nothing at other steps."),
        ..PermissionEntry::default()
    };
    Pack {
        key: "plant".to_owned(),
        name: "Plant".to_owned(),
        about: "The steps of a plant.".to_owned(),
        permissions: (1..=permissions).map(entry).collect(),
        ..Pack::default()
    }
}

/// Every role allows another part of the permissions.
fn role(number: usize, keys: &[String], id: RoleId) -> Role {
    let allowed = keys.iter().enumerate().filter(|(at, _)| (at * 7 + number * 3) % 5 < 2);
    Role {
        id,
        name: format!("Shift team {number:03}"),
        description: String::new(),
        level: Level::Organization,
        owner: Owner::Organization,
        origin: None,
        permissions: allowed.map(|(_, key)| key.clone()).collect(),
        delegates: Vec::new(),
    }
}
