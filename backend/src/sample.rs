//! The sample organization: rich enough to explore everything, loaded by the set-up on request.
//!
//! Its data stands in `sample/organization.json` and, for whoever has robots as well, `sample/automation.json`, by
//! name. Here the names become ids, and the data becomes
//! changes like any other. Nobody in it has a password, so nobody in it can sign in.

mod applications;

use self::applications::ApplicationData;
use crate::access::log::actor_column;
use crate::clock::DAY;
use crate::random::Random;
use crate::tenants::details::AppDetails;
use model::Millis;
use model::catalog::Catalog;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::{GrantId, GroupId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::object::{How, Level, Link, Object};
use model::person::{Group, Profile, Status};
use model::role::{Owner, Role};
use model::view::tenants::Details;
use model::view::use_cases::only;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The area of folders and robots.
const AUTOMATION: &str = "automation";

/// What loading the sample organization changes.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The areas that it uses, by their keys.
    pub areas: Vec<String>,
    /// Everything else, in an order in which it can be applied.
    pub changes: Vec<Change>,
    /// What stands beside the access state.
    pub noted: Noted,
}

/// What is written beside the access state.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// What people are called.
    pub profiles: Vec<(UserId, Profile)>,
    /// What is noted of tenants.
    pub tenants: Vec<(ObjectId, Details)>,
    /// What is noted of apps.
    pub(crate) apps: Vec<(ObjectId, AppDetails)>,
    /// What is noted of applications and their stages.
    pub applications: Applications,
}

pub use self::applications::Applications;

/// The sample refers to something that it does not hold.
#[derive(Debug, thiserror::Error)]
pub enum BadSample {
    /// Its file does not read.
    #[error("the sample organization does not read: {0}")]
    Json(#[from] serde_json::Error),
    /// A name stands for nothing.
    #[error("the sample organization has no “{0}”")]
    Unknown(String),
}

#[derive(Deserialize)]
struct Data {
    areas: Vec<String>,
    people: Vec<PersonData>,
    groups: Vec<GroupData>,
    roles: Vec<RoleData>,
    tenants: Vec<TenantData>,
    applications: Vec<ApplicationData>,
    grants: Vec<GrantData>,
}

#[derive(Deserialize)]
struct PersonData {
    name: String,
    email: String,
    #[serde(default = "active")]
    status: Status,
}

fn active() -> Status {
    Status::Active
}

#[derive(Deserialize)]
struct GroupData {
    name: String,
    description: String,
    members: Vec<String>,
}

#[derive(Deserialize)]
struct RoleData {
    name: String,
    description: String,
    level: Level,
    permissions: Vec<String>,
}

#[derive(Deserialize)]
struct TenantData {
    name: String,
    #[serde(flatten)]
    details: Details,
    apps: Vec<AppData>,
    access: Vec<AccessData>,
}

/// Who uploaded which version of an app, how many days ago.
#[derive(Deserialize)]
struct AppData {
    name: String,
    version: String,
    by: String,
    days: i64,
}

/// Whom an access setting names: people, groups, or *All users*.
#[derive(Deserialize)]
struct AccessData {
    setting: String,
    who: Vec<String>,
}

/// Who has which role: one person or one group, on the organization or on the place at the end of a path.
#[derive(Deserialize)]
struct GrantData {
    role: String,
    person: Option<String>,
    group: Option<String>,
    #[serde(default)]
    place: Vec<String>,
    /// A limit: that what the property of that key names is that place.
    only: Option<(String, Vec<String>)>,
    from_days: Option<i64>,
    until_days: Option<i64>,
}

/// What there is in folders, for an organization that has robots.
#[derive(Deserialize)]
struct AutomationData {
    places: Vec<PlaceData>,
    links: Vec<LinkData>,
    grants: Vec<GrantData>,
}

#[derive(Deserialize)]
struct PlaceData {
    kind: String,
    path: Vec<String>,
}

/// Two places by their paths, and how they are tied: *shared*, *passed-down*, or the key of a relation.
#[derive(Deserialize)]
struct LinkData {
    how: String,
    object: Vec<String>,
    holder: Vec<String>,
}

/// The names of the sample with the ids that they were given, and what has been made so far.
struct Loading<'r> {
    random: &'r Random,
    now: Millis,
    people: BTreeMap<String, UserId>,
    groups: BTreeMap<String, GroupId>,
    roles: BTreeMap<String, RoleId>,
    places: BTreeMap<Vec<String>, ObjectId>,
    sample: Sample,
}

/// The sample organization, with ids drawn from `random` and windows counted from `now`. Folders and robots are in it
/// where `areas` has theirs.
///
/// # Errors
/// When its file is not as it should be; a test sees to that.
pub fn load(random: &Random, now: Millis, areas: &[String]) -> Result<Sample, BadSample> {
    let data: Data = serde_json::from_str(include_str!("../sample/organization.json"))?;
    let built_in = [("Admin".to_owned(), RoleId::ADMIN), ("Member".to_owned(), RoleId::MEMBER)];
    let mut loading = Loading {
        random,
        now,
        people: BTreeMap::new(),
        groups: BTreeMap::new(),
        roles: built_in.into(),
        places: [(Vec::new(), ObjectId::ORGANIZATION)].into(),
        sample: Sample { areas: data.areas, changes: Vec::new(), noted: Noted::default() },
    };
    data.people.into_iter().for_each(|person| loading.person(person));
    data.groups.into_iter().try_for_each(|group| loading.group(group))?;
    data.roles.into_iter().for_each(|role| loading.role(role));
    data.tenants.into_iter().try_for_each(|tenant| loading.tenant(tenant))?;
    data.applications.into_iter().try_for_each(|application| loading.application(application))?;
    data.grants.into_iter().try_for_each(|grant| loading.grant(grant))?;
    if areas.iter().any(|area| area == AUTOMATION) {
        let data: AutomationData = serde_json::from_str(include_str!("../sample/automation.json"))?;
        loading.automation(data)?;
    }
    Ok(loading.sample)
}

fn known<K: Ord + ?Sized, V: Copy>(
    map: &BTreeMap<impl Ord + std::borrow::Borrow<K>, V>,
    key: &K,
    name: &str,
) -> Result<V, BadSample> {
    map.get(key).copied().ok_or_else(|| BadSample::Unknown(name.to_owned()))
}

impl Loading<'_> {
    fn person(&mut self, data: PersonData) {
        let user = UserId::from_bits(self.random.bits());
        let first = if data.status == Status::Invited { Status::Invited } else { Status::Active };
        self.sample.changes.push(Change::UserAdded { user, status: first });
        if data.status == Status::Deactivated {
            self.sample.changes.push(Change::UserDeactivated { user });
        }
        self.sample.noted.profiles.push((user, Profile::new(&data.name, &data.email)));
        self.people.insert(data.name, user);
    }

    fn group(&mut self, data: GroupData) -> Result<(), BadSample> {
        let id = GroupId::from_bits(self.random.bits());
        let group = Group { id, name: data.name.clone(), description: data.description };
        self.sample.changes.push(Change::GroupCreated { group });
        for member in data.members {
            let user = known(&self.people, member.as_str(), &member)?;
            self.sample.changes.push(Change::MemberAdded { group: id, user });
        }
        self.groups.insert(data.name, id);
        Ok(())
    }

    fn role(&mut self, data: RoleData) {
        let id = RoleId::from_bits(self.random.bits());
        self.roles.insert(data.name.clone(), id);
        let role = Role {
            id,
            name: data.name,
            description: data.description,
            level: data.level,
            owner: Owner::Organization,
            origin: None,
            permissions: data.permissions,
            delegates: Vec::new(),
        };
        self.sample.changes.push(Change::RoleCreated { role });
    }

    fn place(&mut self, kind: &str, path: Vec<String>) -> Result<(), BadSample> {
        let Some((name, above)) = path.split_last() else { return Ok(()) };
        let parent = known(&self.places, above, name)?;
        let id = ObjectId::from_bits(self.random.bits());
        let object = Object { id, kind: kind.to_owned(), name: name.clone(), parent: Some(parent) };
        self.sample.changes.push(Change::ObjectCreated { object });
        self.places.insert(path, id);
        Ok(())
    }

    fn tenant(&mut self, data: TenantData) -> Result<(), BadSample> {
        let path = vec![data.name.clone()];
        self.place("tenant", path.clone())?;
        let tenant = known(&self.places, path.as_slice(), &data.name)?;
        self.sample.noted.tenants.push((tenant, data.details));
        for app in data.apps {
            let path = vec![data.name.clone(), app.name.clone()];
            self.place("app", path.clone())?;
            let by = known(&self.people, app.by.as_str(), &app.by)?;
            let details = AppDetails {
                version: app.version,
                by: actor_column(Actor::User(by)),
                at: self.now - app.days * DAY,
            };
            self.sample.noted.apps.push((known(&self.places, path.as_slice(), &app.name)?, details));
        }
        let settings = Catalog::new();
        for AccessData { setting, who } in data.access {
            let role = settings.role(&setting).ok_or_else(|| BadSample::Unknown(setting.clone()))?.role();
            for name in who {
                let subject = match (self.people.get(&name), self.groups.get(&name)) {
                    (Some(user), _) => Subject::User(*user),
                    (None, Some(group)) => Subject::Group(*group),
                    (None, None) if name == "All users" => Subject::Everyone,
                    (None, None) => return Err(BadSample::Unknown(name)),
                };
                let grant = Grant {
                    id: GrantId::from_bits(self.random.bits()),
                    subject,
                    role,
                    object: tenant,
                    window: Window::ALWAYS,
                    limits: Limits::NONE,
                };
                self.sample.changes.push(Change::GrantAdded { grant });
            }
        }
        Ok(())
    }

    fn automation(&mut self, data: AutomationData) -> Result<(), BadSample> {
        let shipped = Catalog::new();
        let roles = shipped.pack(AUTOMATION).into_iter().flat_map(|area| &area.pack.roles);
        self.roles.extend(roles.map(|role| (role.name.clone(), role.role())));
        data.places.into_iter().try_for_each(|place| self.place(&place.kind, place.path))?;
        for LinkData { how, object, holder } in data.links {
            let how = match how.as_str() {
                "shared" => How::Shared,
                "passed-down" => How::PassedDown,
                _ => How::Related(how),
            };
            let object = known(&self.places, object.as_slice(), &object.join(" / "))?;
            let holder = known(&self.places, holder.as_slice(), &holder.join(" / "))?;
            self.sample.changes.push(Change::Linked { link: Link { object, holder, how } });
        }
        data.grants.into_iter().try_for_each(|grant| self.grant(grant))
    }

    fn grant(&mut self, data: GrantData) -> Result<(), BadSample> {
        let subject = match (&data.person, &data.group) {
            (Some(person), _) => Subject::User(known(&self.people, person.as_str(), person)?),
            (None, Some(group)) => Subject::Group(known(&self.groups, group.as_str(), group)?),
            (None, None) => Subject::Everyone,
        };
        let limits = match &data.only {
            Some((key, path)) => only(key, known(&self.places, path.as_slice(), &path.join(" / "))?),
            None => Limits::NONE,
        };
        let after = |days: Option<i64>| days.map(|days| self.now + days * DAY);
        let grant = Grant {
            id: GrantId::from_bits(self.random.bits()),
            subject,
            role: known(&self.roles, data.role.as_str(), &data.role)?,
            object: known(&self.places, data.place.as_slice(), &data.place.join(" / "))?,
            window: Window { from: after(data.from_days), until: after(data.until_days) },
            limits,
        };
        self.sample.changes.push(Change::GrantAdded { grant });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::state::State;

    const NOW: Millis = 1_750_000_000_000;

    #[test]
    fn the_sample_fits_a_new_organization_and_is_rich() {
        let sample = load(&Random::seeded(1), NOW, &[]).unwrap();
        let mut state = State::new("Meridian");
        for area in &sample.areas {
            state.apply(&Change::AreaTurnedOn { area: area.clone() }).unwrap();
        }
        state.apply_all(&sample.changes).unwrap();
        for (user, profile) in sample.noted.profiles {
            state.set_profile(user, profile).unwrap();
        }
        let of_kind = |kind: &str| state.objects().filter(|object| object.kind == kind).count();
        let own_roles = state.roles().into_iter().filter(|role| !role.id.is_built_in()).count();
        assert_eq!((state.people_count(), state.group_count(), own_roles), (40, 8, 10));
        assert_eq!((of_kind("tenant"), of_kind("application"), of_kind("stage")), (4, 4, 17));
        assert_eq!(of_kind("app"), sample.noted.apps.len());
        assert!(state.grants().any(|grant| grant.window != Window::ALWAYS));
        for status in [Status::Invited, Status::Active, Status::Deactivated] {
            assert!(state.people().any(|person| person.status == status), "{status:?}");
        }
        for person in state.people() {
            let email = &person.profile.email;
            assert!(email.ends_with(".example"), "{email} could be somebody's");
            assert_eq!(model::name::clean_email(email).as_ref(), Ok(email));
        }
    }

    #[test]
    fn the_same_randomness_gives_the_same_sample() {
        let of = |seed| load(&Random::seeded(seed), NOW, &[]).unwrap().changes;
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
    }

    #[test]
    fn with_robots_there_are_folders_and_all_that_they_hold() {
        let sample = load(&Random::seeded(1), NOW, &[AUTOMATION.to_owned()]).unwrap();
        let mut state = State::new("Meridian");
        for area in sample.areas.iter().map(String::as_str).chain([AUTOMATION]) {
            state.apply(&Change::AreaTurnedOn { area: area.to_owned() }).unwrap();
        }
        state.apply_all(&sample.changes).unwrap();
        for kind in Catalog::new().pack(AUTOMATION).into_iter().flat_map(|area| &area.pack.kinds) {
            assert!(state.objects().any(|object| object.kind == kind.key), "{}", kind.key);
        }
        for how in [How::Shared, How::PassedDown, How::Related("environment-robots".to_owned())] {
            assert!(state.links().iter().any(|link| link.how == how), "{how:?}");
        }
        for kind in ["folder", "robot"] {
            let mut all = state.objects().filter(|object| object.kind == kind);
            assert!(all.any(|object| state.grants_on(object.id).next().is_some()), "{kind}");
        }
        assert!(state.limited_grants().next().is_some());
    }
}
