//! Who may make a change: the permission that it needs, and the guard against handing out more than one has.
//!
//! Judged by effect and on the state before the revision, so that the changes of one revision do not arm
//! each other. Two rules carry it:
//!
//! - INVARIANT: nobody gives or takes what they do not hold themselves, at least as widely, on that very
//!   place; unless a role of theirs, or a permission, *delegates* the role, and then never to themselves.
//! - INVARIANT: nobody acts on the account of a person who holds more.
//!
//! That nobody is locked out is judged by [`crate::decide::administrators`] with what the backend knows of
//! credentials. This module never alters anything.

mod hold;
mod places;
mod say;

use self::say::{not_yours, permission_name, role_name};
use crate::Millis;
use crate::catalog::PermissionSet;
use crate::change::Change;
use crate::decide;
use crate::grant::{Grant, Subject, Terms, Who};
use crate::id::{ObjectId, RoleId, UserId};
use crate::person::Status;
use crate::role::{Delegate, Owner, Role};
use crate::state::State;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who makes a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// A person who is signed in.
    User(UserId),
    /// Somebody at the machine itself.
    CommandLine,
    /// The set-up of a new organization.
    SetUp,
}

/// Why an actor may not make a change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Refusal {
    /// A permission is missing.
    #[error("You may not do this: it needs “{permission}” on {place}. Ask an administrator.")]
    Needs {
        /// The permission, by name.
        permission: String,
        /// Where, by name.
        place: String,
    },
    /// The role gives more than the actor has.
    #[error(
        "You give and take only what you hold yourself. {role} also allows “{permission}”{more}. Ask an administrator."
    )]
    NotYours {
        /// The role, by name.
        role: String,
        /// A permission that the actor lacks, by name.
        permission: String,
        /// How many more are missing, in words; may be empty.
        more: String,
    },
    /// The person holds more than the actor.
    #[error(
        "{person} may do more than you (“{permission}”), so this account is not yours to change. Ask an administrator."
    )]
    Stronger {
        /// The person, by name.
        person: String,
        /// A permission that the actor lacks, by name.
        permission: String,
    },
    /// Only somebody who holds every administration permission may do this.
    #[error("Only an administrator who holds every administration permission may do this.")]
    AdministratorsOnly,
    /// The account is not there or not active.
    #[error("Your account is not active.")]
    NotActive,
    /// Nobody would be left in charge.
    #[error(
        "Nobody would be left who can administer the organization and sign in. Make somebody else an Admin first."
    )]
    LockOut,
}

struct Judge<'a> {
    before: &'a State,
    actor: UserId,
    at: Millis,
    /// People added, and people removed, by this very revision.
    added: BTreeSet<UserId>,
    removed: BTreeSet<UserId>,
    /// Places that this very revision removes for good.
    gone: BTreeSet<ObjectId>,
    /// The state once all of this revision is made.
    after: State,
}

impl<'a> Judge<'a> {
    fn new(before: &'a State, actor: UserId, at: Millis) -> Self {
        let (added, removed, gone) = Default::default();
        Self { before, actor, at, added, removed, gone, after: before.clone() }
    }
}

/// Refuses changes that their actor may not make. Changes that do not fit are not judged here: they are
/// refused by [`State::apply`].
///
/// # Errors
/// The first refusal.
pub fn check(before: &State, actor: Actor, changes: &[Change], at: Millis) -> Result<(), Refusal> {
    let Actor::User(actor) = actor else { return Ok(()) };
    let mut judge = Judge::new(before, actor, at);
    for change in changes {
        match change {
            Change::UserAdded { user, .. } => drop(judge.added.insert(*user)),
            Change::UserRemoved { user, .. } => drop(judge.removed.insert(*user)),
            Change::ObjectRemoved { object } => drop(judge.gone.insert(object.id)),
            // What is made again elsewhere is moved, and takes what stood on it along or not.
            Change::ObjectCreated { object } => drop(judge.gone.remove(&object.id)),
            _ => {}
        }
    }
    if judge.after.apply_all(changes).is_err() {
        return Ok(());
    }
    if !decide::is_active(before, actor) && !judge.is_joining(changes) {
        return Err(Refusal::NotActive);
    }
    // What a change hands out is read off the state as the earlier ones leave it; what the actor holds, off
    // the state before.
    let mut now = before.clone();
    for change in changes {
        judge.change(&now, change)?;
        // All of them fit, so this one does.
        let _ = now.apply(change);
    }
    Ok(())
}

/// Whether the actor may act on the account of that person: reset the password, change the address,
/// deactivate or remove it. Needs *Manage people* and all that the person holds.
///
/// # Errors
/// What is missing.
pub fn account(state: &State, actor: Actor, person: UserId, at: Millis) -> Result<(), Refusal> {
    let Actor::User(actor) = actor else { return Ok(()) };
    let judge = Judge::new(state, actor, at);
    judge.needs("people.manage", ObjectId::ORGANIZATION)?;
    judge.is_at_least_as_strong(person.into())
}

/// Whether the actor may give that role there to somebody else, who is here already.
///
/// # Errors
/// What is missing.
pub fn giving(
    state: &State,
    actor: Actor,
    role: RoleId,
    object: ObjectId,
    at: Millis,
) -> Result<(), Refusal> {
    let Actor::User(actor) = actor else { return Ok(()) };
    let judge = Judge::new(state, actor, at);
    judge.may_give(role, object)?;
    judge.hands_out(state, role, object, &Terms::ALWAYS, false)
}

/// Whether the actor may invite somebody with that role.
///
/// # Errors
/// What is missing.
pub fn inviting(state: &State, actor: Actor, role: RoleId, at: Millis) -> Result<(), Refusal> {
    let Actor::User(actor) = actor else { return Ok(()) };
    let judge = Judge::new(state, actor, at);
    judge.needs("people.invite", ObjectId::ORGANIZATION)?;
    judge.hands_out(state, role, ObjectId::ORGANIZATION, &Terms::ALWAYS, false)
}

/// Whether the actor may turn that permission on and off in the roles of an owner: *Manage roles & permissions*
/// there, and the permission itself.
///
/// # Errors
/// What is missing.
pub fn toggling(
    state: &State,
    actor: Actor,
    permission: &str,
    owner: Owner,
    at: Millis,
) -> Result<(), Refusal> {
    let Actor::User(actor) = actor else { return Ok(()) };
    let judge = Judge::new(state, actor, at);
    judge.needs("roles.manage", owner.place())?;
    judge.sets("This role", [permission].into_iter(), owner.place())
}

impl Judge<'_> {
    fn is_joining(&self, changes: &[Change]) -> bool {
        matches!(changes, [Change::UserJoined { user }] if *user == self.actor)
    }

    fn change(&self, now: &State, change: &Change) -> Result<(), Refusal> {
        const ROOT: ObjectId = ObjectId::ORGANIZATION;
        match change {
            Change::OrganizationRenamed { .. } => self.needs("settings.manage", ROOT),
            Change::AreaTurnedOn { .. } | Change::PackInstalled { .. } | Change::PackReplaced { .. } => {
                // It arms every role that holds something of it.
                self.needs("settings.manage", ROOT)?;
                self.is_administrator(ROOT, &Terms::ALWAYS)
            }
            Change::AreaTurnedOff { area } => self.turns_off(area),
            Change::PackRemoved { pack } => self.turns_off(&pack.key),
            Change::RoleCreated { role } | Change::RoleRemoved { role } => self.whole_role(now, role),
            Change::RoleRenamed { role, .. } | Change::RoleDescribed { role, .. } => {
                self.needs("roles.manage", owner(now, *role))
            }
            Change::PermissionAdded { role, permission } | Change::PermissionRemoved { role, permission } => {
                let place = owner(now, *role);
                self.needs("roles.manage", place)?;
                self.sets(&role_name(now, *role), [permission.as_str()].into_iter(), place)
            }
            Change::DelegationAdded { role, delegate } | Change::DelegationRemoved { role, delegate } => {
                let place = owner(now, *role);
                self.needs("roles.manage", place)?;
                self.delegates(now, delegate, place)
            }
            Change::UserAdded { status: Status::Invited, .. } => self.needs("people.invite", ROOT),
            Change::UserAdded { .. } => self.is_administrator(ROOT, &Terms::ALWAYS),
            Change::UserJoined { user } if *user == self.actor => Ok(()),
            Change::UserRemoved { user, .. } if self.may_withdraw(now, *user) => Ok(()),
            Change::UserJoined { user }
            | Change::UserDeactivated { user }
            | Change::UserReactivated { user }
            | Change::UserRemoved { user, .. } => self.account(*user),
            Change::ProfileEdited { user } if *user == self.actor => Ok(()),
            Change::ProfileEdited { user } if self.added.contains(user) => self.needs("people.invite", ROOT),
            Change::ProfileEdited { user } => self.account(*user),
            Change::GroupCreated { .. }
            | Change::GroupRemoved { .. }
            | Change::GroupRenamed { .. }
            | Change::GroupDescribed { .. } => self.needs("groups.manage", ROOT),
            Change::MemberAdded { group, user } | Change::MemberRemoved { group, user } => {
                if !self.removed.contains(user) {
                    self.needs("groups.manage", ROOT)?;
                }
                for grant in now.grants_of(Subject::Group(*group)) {
                    self.membership(now, &grant, *user)?;
                }
                Ok(())
            }
            Change::ObjectCreated { .. }
            | Change::ObjectRemoved { .. }
            | Change::ObjectRenamed { .. }
            | Change::ObjectMoved { .. }
            | Change::DetailsEdited { .. }
            | Change::Linked { .. }
            | Change::Unlinked { .. } => self.places(now, change),
            Change::PropertySet { of, property, .. } => self.property(now, *of, property),
            Change::ServiceAccountAdded { .. } => self.needs("service-accounts.manage", ROOT),
            Change::ServiceAccountRemoved { account } => self.service_account(account.id.into()),
            Change::ServiceAccountRenamed { account, .. }
            | Change::ServiceAccountDisabled { account }
            | Change::ServiceAccountEnabled { account } => self.service_account((*account).into()),
            Change::GrantAdded { grant } | Change::GrantRemoved { grant } => self.grant(now, grant),
        }
    }

    fn needs(&self, permission: &str, object: ObjectId) -> Result<(), Refusal> {
        if decide::allows(self.before, self.actor, permission, object, self.at) {
            return Ok(());
        }
        Err(say::needs(self.before, permission, object))
    }

    /// Putting permissions into a role, or taking them out: the role may be granted anywhere in what it
    /// belongs to, so the actor must hold them on all of it and for good.
    fn sets<'k>(
        &self,
        role: &str,
        keys: impl Iterator<Item = &'k str>,
        place: ObjectId,
    ) -> Result<(), Refusal> {
        let catalog = self.before.catalog();
        let (mut on, mut all_on) = (PermissionSet::default(), true);
        for key in keys {
            match catalog.number(key).filter(|permission| catalog.all_on().contains(*permission)) {
                Some(permission) => drop(on.insert(permission)),
                None => all_on = false,
            }
        }
        let missing = self.lacks(&on, place, &Terms::ALWAYS);
        if !missing.is_empty() {
            return Err(not_yours(self.before, role, &missing));
        }
        // Nobody holds what is off; it arms the role on the day it is turned on.
        if all_on { Ok(()) } else { self.is_administrator(ObjectId::ORGANIZATION, &Terms::ALWAYS) }
    }

    fn whole_role(&self, now: &State, role: &Role) -> Result<(), Refusal> {
        // A tenant that this very revision removes takes its roles along; one that it makes has none yet.
        if self.gone.contains(&role.owner.place()) {
            return Ok(());
        }
        let place = self.standing(now, role.owner.place());
        self.needs("roles.manage", place)?;
        self.sets(&role.name, role.permissions.iter().map(String::as_str), place)?;
        role.delegates.iter().try_for_each(|delegate| self.delegates(now, delegate, place))
    }

    /// Only who could hand out all of it may say that others may.
    fn delegates(&self, now: &State, delegate: &Delegate, place: ObjectId) -> Result<(), Refusal> {
        self.needs("access.manage", place)?;
        match delegate {
            Delegate::Role(role) => self.holds_all_of(now, *role, place, &Terms::ALWAYS),
            Delegate::Permission(key) => {
                self.sets(&permission_name(now, key), [key.as_str()].into_iter(), place)
            }
        }
    }

    fn grant(&self, now: &State, grant: &Grant) -> Result<(), Refusal> {
        let to = match grant.subject {
            Subject::User(user) => Some(user),
            _ => None,
        };
        // Removing a person takes their roles along: that is judged with the person.
        if to.is_some_and(|user| self.removed.contains(&user)) {
            return Ok(());
        }
        // So does removing a place, and making one is what opens it to everyone.
        if self.gone.contains(&grant.object) || self.opens_a_new_place(grant) {
            return Ok(());
        }
        let invited = to.is_some_and(|user| self.added.contains(&user));
        let place = self.standing(now, grant.object);
        if invited {
            self.needs("people.invite", ObjectId::ORGANIZATION)?;
        } else {
            self.may_give(grant.role, place)?;
        }
        // A delegated role is for others alone: not for the actor, a group of the actor's, or everyone. Nor
        // for a group that the actor joins, or has left, in this very revision.
        let includes_actor = self.is_actors(now, grant.subject);
        self.hands_out(now, grant.role, place, &grant.terms(), includes_actor)
    }

    /// The permission to give and take that role there at all: an access setting is also set by who holds the
    /// permission that governs it.
    fn may_give(&self, role: RoleId, place: ObjectId) -> Result<(), Refusal> {
        let catalog = self.before.catalog();
        match catalog.governs(role).and_then(|governs| catalog.entry(governs)) {
            Some(governs) => self.needs_any(&[governs.key.clone(), "access.manage".to_owned()], place),
            None => self.needs("access.manage", place),
        }
    }

    /// Whether it is the access setting that everyone has on a place which this very revision makes.
    fn opens_a_new_place(&self, grant: &Grant) -> bool {
        self.before.object(grant.object).is_none()
            && grant.subject == Subject::Everyone
            && grant.terms() == Terms::ALWAYS
            && self.before.catalog().built_in(grant.role).is_some_and(|role| role.at_first)
    }

    /// Whether a subject is the actor, before or after.
    fn is_actors(&self, now: &State, subject: Subject) -> bool {
        [self.before, now].iter().any(|state| state.subjects_of(self.actor).any(|one| one == subject))
    }

    /// Putting somebody into a group hands out what the group has.
    fn membership(&self, now: &State, grant: &Grant, user: UserId) -> Result<(), Refusal> {
        if self.removed.contains(&user) {
            return Ok(());
        }
        let place = self.standing(now, grant.object);
        self.may_give(grant.role, place)?;
        self.hands_out(now, grant.role, place, &grant.terms(), user == self.actor)
    }

    fn account(&self, user: UserId) -> Result<(), Refusal> {
        self.needs("people.manage", ObjectId::ORGANIZATION)?;
        self.is_at_least_as_strong(user.into())
    }

    fn service_account(&self, account: Who) -> Result<(), Refusal> {
        self.needs("service-accounts.manage", ObjectId::ORGANIZATION)?;
        self.is_at_least_as_strong(account)
    }

    fn is_at_least_as_strong(&self, who: Who) -> Result<(), Refusal> {
        for grant in decide::grants_for(self.before, who) {
            if grant.window.until.is_some_and(|until| until <= self.at) {
                continue;
            }
            let terms = grant.terms();
            let mut missing = self.lacks(&self.before.permissions_of(grant.role), grant.object, &terms);
            // Whoever signs in as them could also hand out what they may.
            missing.add(&self.could_not_hand_on(self.before, grant.role, grant.object, &terms));
            if let Some(first) = missing.iter().next() {
                let entry = self.before.catalog().entry(first);
                return Err(Refusal::Stronger {
                    person: say::called(self.before, who),
                    permission: entry.map(|entry| entry.name.clone()).unwrap_or_default(),
                });
            }
        }
        Ok(())
    }

    /// Whoever could invite somebody as they are may withdraw the invitation.
    fn may_withdraw(&self, now: &State, user: UserId) -> bool {
        now.person(user).is_some_and(|person| person.status == Status::Invited)
            && self.needs("people.invite", ObjectId::ORGANIZATION).is_ok()
            && decide::grants_for(self.before, user)
                .filter(|grant| grant.subject != Subject::Everyone)
                .all(|g| self.hands_out(self.before, g.role, g.object, &g.terms(), false).is_ok())
    }

    /// Turning an area off takes what roles hold of it from everybody.
    fn turns_off(&self, area: &str) -> Result<(), Refusal> {
        self.needs("settings.manage", ObjectId::ORGANIZATION)?;
        self.is_administrator(ObjectId::ORGANIZATION, &Terms::ALWAYS)?;
        let catalog = self.before.catalog();
        let all: PermissionSet = catalog.permissions_of(area).collect();
        let missing = self.lacks(&all.both(catalog.all_on()), ObjectId::ORGANIZATION, &Terms::ALWAYS);
        if missing.is_empty() {
            return Ok(());
        }
        let name = catalog.pack(area).map_or(area, |installed| installed.pack.name.as_str());
        Err(not_yours(self.before, name, &missing))
    }
}

/// The place for which a role's owner may change it.
fn owner(state: &State, role: RoleId) -> ObjectId {
    state.role(role).map_or(ObjectId::ORGANIZATION, |role| role.owner.place())
}
