//! The set-up of a new organization: once, as one revision, with its first administrator.
//!
//! The browser's set-up page and the command line come here alike. Everything is written in one transaction:
//! the changes, the profiles, the password, and the used-up link.

use crate::access::Proposal;
use crate::error::{Error, Result};
use crate::one_time_link::{self, LinkRefused, Purpose};
use crate::password::{self, About, PasswordError, PasswordHash};
use crate::random::Token;
use crate::sample::{Applications, Noted};
use crate::sign_in::SignIn;
use crate::tenants::details;
use crate::{Backend, applications, profile, sample};
use model::catalog::{self, ADMINISTRATION};
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::name::{BadName, clean, clean_email};
use model::person::{Profile, Status};

/// What somebody wants to be set up.
#[derive(Clone)]
pub struct SetUp {
    /// The name of the organization.
    pub organization: String,
    /// The name of the first administrator.
    pub name: String,
    /// The address of the first administrator.
    pub email: String,
    /// The password of the first administrator.
    pub password: String,
    /// The keys of the areas that the organization manages.
    pub areas: Vec<String>,
    /// Whether to load the sample organization.
    pub with_sample: bool,
}

/// An area that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Its key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What an organization manages with it.
    pub about: &'static str,
}

/// The areas that can be chosen: *administration* is always on.
#[must_use]
pub fn areas() -> Vec<Area> {
    let packs = catalog::shipped().iter().filter(|pack| pack.key != ADMINISTRATION);
    packs.map(|pack| Area { key: &pack.key, name: &pack.name, about: &pack.about }).collect()
}

/// Sets up the organization. `link`: the token of the set-up page; none on the command line.
///
/// # Errors
/// When a field is wrong, when the link does not hold, or when the organization is set up already.
pub async fn set_up(
    backend: &Backend,
    sign_in: &SignIn,
    wanted: SetUp,
    link: Option<Token>,
) -> Result<UserId> {
    if backend.is_set_up() {
        return Err(done_already());
    }
    let wanted = cleaned(wanted)?;
    let about = About {
        name: wanted.name.clone(),
        email: wanted.email.clone(),
        organization: wanted.organization.clone(),
    };
    let hash = sign_in.prepare_password(&wanted.password, &about).await.map_err(password_refused)?;
    let user = UserId::from_bits(backend.random().bits());
    let mut noted =
        Noted { profiles: vec![(user, Profile::new(&wanted.name, &wanted.email))], ..Noted::default() };
    let changes = changes(backend, &wanted, user, &mut noted)?;
    let now = backend.clock().now();
    let proposal = Proposal::new(Actor::SetUp, changes).beside(move |connection| {
        Box::pin(async move {
            if let Some(link) = link {
                let consumed = one_time_link::consume(connection, &link, Purpose::SetUp, now).await?;
                consumed.map_err(|refused| link_refused(&refused))?;
            }
            write_beside(connection, user, &noted, &hash, now).await
        })
    });
    match backend.commit(proposal).await {
        Ok(_) => Ok(user),
        // Somebody else was faster: the name is no longer empty.
        Err(Error::Misfit(_) | Error::Overtaken { .. }) if backend.is_set_up() => Err(done_already()),
        Err(error) => Err(error),
    }
}

async fn write_beside(
    connection: &mut sqlx::AnyConnection,
    user: UserId,
    noted: &Noted,
    hash: &PasswordHash,
    now: model::Millis,
) -> Result<()> {
    for (user, profile) in &noted.profiles {
        profile::insert(connection, *user, profile, now).await.map_err(|refused| match refused {
            profile::ProfileError::EmailTaken => Error::Invalid {
                field: "email",
                message: "Somebody in the sample organization has this address. Use another.".to_owned(),
            },
            other => Error::broken(other),
        })?;
    }
    for (tenant, about) in &noted.tenants {
        details::note_tenant(connection, *tenant, about).await?;
    }
    for (app, about) in &noted.apps {
        details::note_app(connection, *app, about).await?;
    }
    write_applications(connection, &noted.applications).await?;
    password::store::set(connection, user, hash, now).await?;
    one_time_link::revoke_set_up(connection, now).await?;
    Ok(())
}

async fn write_applications(connection: &mut sqlx::AnyConnection, noted: &Applications) -> Result<()> {
    for (application, about) in &noted.noted {
        applications::details::note(connection, *application, about).await?;
    }
    for (stage, about, held) in &noted.stages {
        applications::versions::note(connection, *stage, about).await?;
        for (version, by) in held {
            applications::versions::add(connection, *stage, std::slice::from_ref(version), *by).await?;
        }
    }
    for one in &noted.moves {
        applications::moves::insert(connection, one).await?;
    }
    Ok(())
}

/// What is said to whoever comes second.
fn done_already() -> Error {
    Error::Invalid {
        field: "link",
        message: "This organization is set up already. Sign in, or ask an administrator to invite you."
            .to_owned(),
    }
}

fn link_refused(refused: &LinkRefused) -> Error {
    Error::Invalid { field: "link", message: refused.to_string() }
}

fn password_refused(refused: PasswordError) -> Error {
    match refused {
        PasswordError::Refused(refused) => Error::Invalid { field: "password", message: refused.to_string() },
        PasswordError::Busy(_) => Error::TooMany { seconds: 2 },
    }
}

/// The names as they are stored, each wrong one refused with its field.
fn cleaned(wanted: SetUp) -> Result<SetUp> {
    let wrong = |field| move |error: BadName| Error::Invalid { field, message: error.to_string() };
    let known = areas();
    if let Some(unknown) = wanted.areas.iter().find(|key| known.iter().all(|area| area.key != key.as_str())) {
        let keys: Vec<&str> = known.iter().map(|area| area.key).collect();
        let message = format!("There is no area “{unknown}”. Choose from: {}.", keys.join(", "));
        return Err(Error::Invalid { field: "area", message });
    }
    Ok(SetUp {
        organization: clean(&wanted.organization).map_err(wrong("organization"))?,
        name: clean(&wanted.name).map_err(wrong("name"))?,
        email: clean_email(&wanted.email).map_err(wrong("email"))?,
        ..wanted
    })
}

fn changes(backend: &Backend, wanted: &SetUp, user: UserId, noted: &mut Noted) -> Result<Vec<Change>> {
    let renamed = Change::OrganizationRenamed { was: String::new(), now: wanted.organization.clone() };
    let mut areas: Vec<String> = wanted.areas.clone();
    let mut rest = Vec::new();
    if wanted.with_sample {
        let sample = sample::load(backend.random(), backend.clock().now(), &areas).map_err(Error::broken)?;
        // What stands in the sample needs its areas, or it would be there and out of sight.
        areas.extend(sample.areas);
        noted.profiles.extend(sample.noted.profiles);
        (noted.tenants, noted.apps) = (sample.noted.tenants, sample.noted.apps);
        noted.applications = sample.noted.applications;
        rest = sample.changes;
    }
    areas.sort();
    areas.dedup();
    let grant = Grant {
        id: GrantId::from_bits(backend.random().bits()),
        subject: Subject::User(user),
        role: RoleId::ADMIN,
        object: ObjectId::ORGANIZATION,
        window: Window::ALWAYS,
        limits: Limits::NONE,
    };
    let mut all = vec![renamed];
    all.extend(areas.into_iter().map(|area| Change::AreaTurnedOn { area }));
    all.push(Change::UserAdded { user, status: Status::Active });
    all.push(Change::GrantAdded { grant });
    all.extend(rest);
    Ok(all)
}
