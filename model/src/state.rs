//! The state: what all changes so far add up to.
//!
//! A state is immutable in use: cloning it costs almost nothing (its maps share their parts), so a commit,
//! a preview and a look at the past each work on a clone of their own and nobody copies the whole. It is
//! altered by [`State::apply`] alone, but for the profiles of people, which stand beside the log.

mod apply;
mod asking;
mod base;
mod dump;
mod grants;
mod links;
mod properties;
mod start;
mod take_back;

use self::base::Base;
pub(crate) use self::grants::Candidate;
use self::grants::Grants;
use self::links::Links;
use crate::catalog::{Catalog, Permission, PermissionSet};
use crate::grant::{Grant, Subject, Terms};
use crate::id::{GrantId, GroupId, ObjectId, RoleId, ServiceAccountId, UserId};
use crate::limit::Value;
use crate::misfit::Misfit;
use crate::name::{order, order_of};
use crate::object::{Bearer, Level, Object};
use crate::person::{Group, Person, Profile, ServiceAccount};
use crate::role::{Delegate, Owner, Role};
use rustc_hash::FxBuildHasher;
use std::ops::Range;
use std::sync::Arc;

pub use self::take_back::NotTakenBack;

type Map<K, V> = imbl::GenericHashMap<K, V, FxBuildHasher, imbl::shared_ptr::DefaultSharedPtr>;
type Set<K> = imbl::OrdSet<K>;

/// A role as the state holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleState {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The level on which it is granted.
    pub level: Level,
    /// Who it belongs to.
    pub owner: Owner,
    /// The role that it was cloned from.
    pub origin: Option<RoleId>,
    /// What it allows. For *Admin* see [`State::permissions_of`].
    pub permissions: PermissionSet,
    /// What its holders may hand out.
    pub delegates: Vec<Delegate>,
}

/// The names that are taken, by the space in which they must be unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Space {
    Role,
    Group,
    Email,
    ServiceAccount,
    Child(ObjectId),
}

/// What all changes so far add up to.
#[derive(Debug, Clone)]
pub struct State {
    revision: u64,
    organization: Arc<str>,
    catalog: Arc<Catalog>,
    roles: imbl::OrdMap<RoleId, Arc<RoleState>>,
    people: Map<UserId, Arc<Person>>,
    groups: imbl::OrdMap<GroupId, Arc<Group>>,
    accounts: imbl::OrdMap<ServiceAccountId, Arc<ServiceAccount>>,
    objects: Map<ObjectId, Arc<Object>>,
    links: Links,
    properties: imbl::OrdMap<(Bearer, Arc<str>), Value>,
    grants: Grants,
    former: Map<UserId, Arc<str>>,
    // Indexes: each can be made again from what stands above.
    members: Map<GroupId, Set<UserId>>,
    children: Map<ObjectId, Set<ObjectId>>,
    names: imbl::OrdMap<(Space, Arc<str>), u64>,
    people_by_name: Set<(Arc<str>, UserId)>,
    /// Whether people, groups, service accounts or objects were altered since the base of the grants was made.
    moved: bool,
}

impl State {
    /// The number of the last revision in it.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Says which revision this state is the outcome of.
    pub fn set_revision(&mut self, revision: u64) {
        self.revision = revision;
    }

    /// The name of the organization.
    #[must_use]
    pub fn organization(&self) -> &str {
        &self.organization
    }

    /// All permissions there are.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// A role.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<&RoleState> {
        self.roles.get(&id).map(Arc::as_ref)
    }

    /// All roles of lists: *Admin* and *Member*, the organization's own by name, then those that came with the
    /// areas that are on. Without those that store an access setting.
    #[must_use]
    pub fn roles(&self) -> Vec<&RoleState> {
        let own = self.named(Space::Role..Space::Group).filter_map(|bits| self.role(RoleId::from_bits(bits)));
        let is_on = |role: &&RoleState| self.catalog.area_of_role(role.id).is_none_or(|area| area.on);
        let (first, shipped): (Vec<&RoleState>, Vec<&RoleState>) = self
            .built_in_roles()
            .filter(is_on)
            .partition(|role| matches!(role.id, RoleId::ADMIN | RoleId::MEMBER));
        first.into_iter().chain(own).chain(shipped).collect()
    }

    /// The built-in roles in the order of ids, also of areas that are off. Without those that store an access
    /// setting: such a one is named by its permission.
    pub(crate) fn built_in_roles(&self) -> impl Iterator<Item = &RoleState> {
        let is_setting = |id| self.catalog.built_in(id).is_some_and(|entry| entry.setting);
        self.every_role().filter(move |role| role.id.is_built_in() && !is_setting(role.id))
    }

    /// Every role, in the order of ids: also those of areas that are off, and those that store settings.
    pub fn every_role(&self) -> impl Iterator<Item = &RoleState> {
        self.roles.values().map(Arc::as_ref)
    }

    /// What a role allows, of the permissions that are on. *Admin*: every one of them.
    #[must_use]
    pub fn permissions_of(&self, id: RoleId) -> PermissionSet {
        match self.role(id) {
            Some(_) if id == RoleId::ADMIN => self.catalog.all_on().clone(),
            Some(role) => role.permissions.both(self.catalog.all_on()),
            None => PermissionSet::default(),
        }
    }

    /// Whether a role allows a permission that is on.
    #[must_use]
    pub fn role_allows(&self, id: RoleId, permission: Permission) -> bool {
        self.catalog.all_on().contains(permission)
            && (id == RoleId::ADMIN
                || self.role(id).is_some_and(|role| role.permissions.contains(permission)))
    }

    /// The role as a change carries it.
    #[must_use]
    pub fn record(&self, role: &RoleState) -> Role {
        Role {
            id: role.id,
            name: role.name.clone(),
            description: role.description.clone(),
            level: role.level,
            owner: role.owner,
            origin: role.origin,
            permissions: role
                .permissions
                .iter()
                .filter_map(|permission| self.catalog.entry(permission))
                .map(|entry| entry.key.clone())
                .collect(),
            delegates: role.delegates.clone(),
        }
    }

    /// The roles that belong to the organization or to a tenant, as changes carry them.
    #[must_use]
    pub fn roles_owned_by(&self, owner: Owner) -> Vec<Role> {
        self.roles.values().filter(|role| role.owner == owner).map(|role| self.record(role)).collect()
    }

    /// The roles whose holders may hand out that one.
    pub fn roles_delegating(&self, id: RoleId) -> impl Iterator<Item = RoleId> + '_ {
        self.roles
            .values()
            .filter(move |role| role.delegates.contains(&Delegate::Role(id)))
            .map(|role| role.id)
    }

    /// A person.
    #[must_use]
    pub fn person(&self, id: UserId) -> Option<&Person> {
        self.people.get(&id).map(Arc::as_ref)
    }

    /// All people, in no order.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().map(Arc::as_ref)
    }

    /// All people, by name.
    pub fn people_by_name(&self) -> impl DoubleEndedIterator<Item = &Person> {
        self.people_by_name.iter().filter_map(|(_, id)| self.person(*id))
    }

    /// How many people there are.
    #[must_use]
    pub fn people_count(&self) -> usize {
        self.people.len()
    }

    /// The person with that address, compared folded.
    #[must_use]
    pub fn person_by_email(&self, email_key: &str) -> Option<&Person> {
        let bits = self.names.get(&(Space::Email, email_key.into()))?;
        self.person(UserId::from_bits(*bits))
    }

    /// What history calls a person who was removed.
    #[must_use]
    pub fn former(&self, id: UserId) -> Option<&str> {
        self.former.get(&id).map(AsRef::as_ref)
    }

    /// People who were removed, with what history calls them.
    pub fn former_people(&self) -> impl Iterator<Item = (UserId, &str)> {
        self.former.iter().map(|(id, called)| (*id, called.as_ref()))
    }

    /// A group.
    #[must_use]
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id).map(Arc::as_ref)
    }

    /// All groups, by name.
    #[must_use]
    pub fn groups(&self) -> Vec<&Group> {
        self.named(Space::Group..Space::Email)
            .filter_map(|bits| self.group(GroupId::from_bits(bits)))
            .collect()
    }

    /// What has a name there, as it stands in lists.
    fn named(&self, spaces: Range<Space>) -> impl Iterator<Item = u64> {
        let mut named: Vec<_> =
            self.names.range((spaces.start, "".into())..(spaces.end, "".into())).collect();
        named.sort_by_cached_key(|((_, folded), _)| order(folded));
        named.into_iter().map(|(_, bits)| *bits)
    }

    /// How many groups there are.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    /// Who is in a group.
    pub fn members(&self, id: GroupId) -> impl Iterator<Item = UserId> + '_ {
        self.members.get(&id).into_iter().flat_map(|set| set.iter().copied())
    }

    /// How many are in a group.
    #[must_use]
    pub fn member_count(&self, id: GroupId) -> usize {
        self.members.get(&id).map_or(0, Set::len)
    }

    /// An object.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> Option<&Object> {
        self.objects.get(&id).map(Arc::as_ref)
    }

    /// All objects, in no order.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values().map(Arc::as_ref)
    }

    /// What an object holds.
    pub fn children(&self, id: ObjectId) -> impl Iterator<Item = &Object> {
        self.children.get(&id).into_iter().flatten().filter_map(|child| self.object(*child))
    }

    /// A service account.
    #[must_use]
    pub fn service_account(&self, id: ServiceAccountId) -> Option<&ServiceAccount> {
        self.accounts.get(&id).map(Arc::as_ref)
    }

    /// All service accounts, by name.
    #[must_use]
    pub fn service_accounts(&self) -> Vec<&ServiceAccount> {
        let mut accounts: Vec<_> = self.accounts.values().map(Arc::as_ref).collect();
        accounts.sort_by_cached_key(|account| (order_of(&account.name), account.id));
        accounts
    }

    /// The service accounts of a robot.
    #[must_use]
    pub fn accounts_of_robot(&self, robot: ObjectId) -> Vec<ServiceAccount> {
        let accounts = self.accounts.values().filter(|account| account.robot == Some(robot));
        accounts.map(|account| ServiceAccount::clone(account)).collect()
    }

    /// An object and all first places that hold it, up to the organization: how it is named. For access see
    /// [`State::above`].
    pub fn chain(&self, id: ObjectId) -> impl Iterator<Item = &Object> {
        std::iter::successors(self.object(id), |object| self.object(object.parent?))
    }

    /// Whether `object` is `above` or lies beneath it, by any placement or containing relation.
    #[must_use]
    pub fn is_within(&self, object: ObjectId, above: ObjectId) -> bool {
        self.chain(object).any(|one| one.id == above) || self.above(object).contains(&above)
    }

    /// The tenant that an object lies in, if it lies in one.
    #[must_use]
    pub fn tenant_of(&self, object: ObjectId) -> Option<ObjectId> {
        self.chain(object).find(|one| one.kind == crate::object::TENANT).map(|one| one.id)
    }

    /// A grant.
    #[must_use]
    pub fn grant(&self, id: GrantId) -> Option<Grant> {
        self.grants.get(id)
    }

    /// All grants, in no order.
    pub fn grants(&self) -> impl Iterator<Item = Grant> + '_ {
        self.grants.iter()
    }

    /// How many grants there are.
    #[must_use]
    pub fn grant_count(&self) -> usize {
        self.grants.len()
    }

    /// The grants that are for that subject itself.
    pub fn grants_of(&self, subject: Subject) -> impl Iterator<Item = Grant> + '_ {
        self.grants.of_subject(subject)
    }

    /// The grants of a role.
    pub fn grants_of_role(&self, role: RoleId) -> impl Iterator<Item = Grant> + '_ {
        self.grants.of_role(role)
    }

    /// The grants on that very object.
    pub fn grants_on(&self, object: ObjectId) -> impl Iterator<Item = Grant> + '_ {
        self.grants.on_object(object)
    }

    /// The grants on that very object of one of these roles, which are in the order of their ids, as
    /// [`roles_with`](crate::decide::roles_with) gives them.
    #[must_use]
    pub fn grants_of_any(&self, roles: &[RoleId], object: ObjectId) -> Vec<Grant> {
        self.grants.on_object_of(object, roles)
    }

    /// The roles that a subject itself has on that very object.
    pub(crate) fn held(
        &self,
        subject: Subject,
        object: ObjectId,
    ) -> impl Iterator<Item = (RoleId, Terms)> + '_ {
        self.grants.held(subject, object)
    }

    /// The grants that have limits.
    pub fn limited_grants(&self) -> impl Iterator<Item = Grant> + '_ {
        self.grants.limited()
    }

    /// How much lies over the base: nought right after [`State::settle`].
    #[must_use]
    pub fn unsettled(&self) -> usize {
        self.grants.unsettled() + usize::from(self.moved)
    }

    /// Makes a new base, so that decisions are quick and memory is compact. Alters nothing that can be asked.
    /// Takes time that grows with the number of grants: not for the path of a request.
    pub fn settle(&mut self) {
        if self.unsettled() > 0 {
            self.grants = Grants::settled(Base::of(self, &self.grants.iter().collect::<Vec<_>>()));
            self.moved = false;
        }
    }

    /// Says what a person is called. Profiles stand beside the log, so this is no change.
    ///
    /// # Errors
    /// When the person is not there, or somebody else has that address. The state is then as before.
    pub fn set_profile(&mut self, id: UserId, profile: Profile) -> Result<(), Misfit> {
        let Some(person) = self.people.get_mut(&id) else {
            return Err(Misfit::Gone { what: "person".to_owned() });
        };
        let email: Arc<str> = profile.email_key.as_str().into();
        if !email.is_empty()
            && self.names.get(&(Space::Email, Arc::clone(&email))).is_some_and(|b| *b != id.bits())
        {
            return Err(Misfit::EmailTaken { email: profile.email });
        }
        let listed_as: Arc<str> = profile.order().into();
        let before = std::mem::replace(&mut Arc::make_mut(person).profile, profile);
        self.names.remove(&(Space::Email, before.email_key.as_str().into()));
        self.people_by_name.remove(&(before.order().into(), id));
        if !email.is_empty() {
            self.names.insert((Space::Email, email), id.bits());
        }
        self.people_by_name.insert((listed_as, id));
        Ok(())
    }
}
