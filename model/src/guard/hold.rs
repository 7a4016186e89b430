//! What an actor holds, and so may hand out: on the state before the revision, for at least as long.

use super::{Judge, Refusal, not_yours, role_name};
use crate::catalog::{ADMINISTRATION, Permission, PermissionSet};
use crate::decide;
use crate::grant::{Grant, Window};
use crate::id::{ObjectId, RoleId};
use crate::role::Delegate;
use crate::state::State;

impl Judge<'_> {
    /// The place by which something on `object` is judged: itself, or, when this very revision makes it,
    /// what holds it.
    pub(super) fn standing(&self, now: &State, object: ObjectId) -> ObjectId {
        let mut known =
            now.chain(object).map(|place| place.id).filter(|id| self.before.object(*id).is_some());
        known.next().unwrap_or(object)
    }

    /// A window that is over at once: for what is done now and lasts in nobody's hands.
    pub(super) fn just_now(&self) -> Window {
        Window { from: Some(self.at), until: Some(self.at.saturating_add(1)) }
    }

    /// Whether the actor holds every administration permission there, for at least as long.
    pub(super) fn is_administrator(&self, object: ObjectId, window: Window) -> Result<(), Refusal> {
        let needed: PermissionSet = self.before.catalog().permissions_of(ADMINISTRATION).collect();
        match self.lacks(&needed, object, window).is_empty() {
            true => Ok(()),
            false => Err(Refusal::AdministratorsOnly),
        }
    }

    /// Whether the actor holds a permission there for at least as long.
    fn holds(&self, permission: Permission, object: ObjectId, window: Window) -> bool {
        decide::reaches(self.before, self.actor, permission, object, |mine| self.lasts(mine, window))
    }

    fn lasts(&self, mine: &Window, window: Window) -> bool {
        mine.holds(self.at) && mine.covers(&window, self.at)
    }

    /// What of a set the actor does not hold there for at least as long.
    pub(super) fn lacks(&self, set: &PermissionSet, object: ObjectId, window: Window) -> PermissionSet {
        set.iter().filter(|permission| !self.holds(*permission, object, window)).collect()
    }

    /// The actor's grants that reach that place and last at least as long.
    fn own_grants(&self, object: ObjectId, window: Window) -> impl Iterator<Item = Grant> + '_ {
        decide::grants_for(self.before, self.actor).filter(move |mine| {
            self.lasts(&mine.window, window) && self.before.is_within(object, mine.object)
        })
    }

    /// Whether the actor may give, or take, that role there. `to_self`: whether the actor is among those who
    /// get it.
    pub(super) fn hands_out(
        &self,
        now: &State,
        role: RoleId,
        object: ObjectId,
        window: Window,
        to_self: bool,
    ) -> Result<(), Refusal> {
        let held = self.holds_all_of(now, role, object, window);
        if held.is_err() && !to_self && self.may_delegate(role, object, window) {
            return Ok(());
        }
        held
    }

    /// Whether the actor holds there all that the role gives: its permissions, what it delegates, and what
    /// sleeps in it because an area is off.
    pub(super) fn holds_all_of(
        &self,
        now: &State,
        role: RoleId,
        object: ObjectId,
        window: Window,
    ) -> Result<(), Refusal> {
        let mut missing = self.lacks(&now.permissions_of(role), object, window);
        missing.add(&self.could_not_hand_on(now, role, object, window));
        if !missing.is_empty() {
            return Err(not_yours(self.before, &role_name(now, role), &missing));
        }
        let sleeps = role == RoleId::ADMIN
            || now.role(role).is_some_and(|r| !r.permissions.without(now.catalog().all_on()).is_empty());
        if !sleeps || self.own_grants(object, window).any(|mine| mine.role == role) {
            return Ok(());
        }
        self.is_administrator(object, window)
    }

    /// Permissions of the roles that this one delegates, where the actor could not hand out those roles.
    pub(super) fn could_not_hand_on(
        &self,
        now: &State,
        role: RoleId,
        object: ObjectId,
        window: Window,
    ) -> PermissionSet {
        let mut missing = PermissionSet::default();
        for Delegate::Role(handed_out) in now.role(role).map_or(&[][..], |role| &role.delegates) {
            if !self.may_delegate(*handed_out, object, window) {
                missing.add(&self.lacks(&now.permissions_of(*handed_out), object, window));
            }
        }
        missing
    }

    /// Whether a role or a permission of the actor's lets them hand out that role there.
    fn may_delegate(&self, role: RoleId, object: ObjectId, window: Window) -> bool {
        let by_role = self.own_grants(object, window).any(|mine| {
            self.before.role(mine.role).is_some_and(|r| r.delegates.contains(&Delegate::Role(role)))
        });
        by_role || (role == RoleId::MEMBER && self.may_delegate_member(object, window))
    }

    /// *Invite users* delegates Member, as long as Member does not delegate itself.
    fn may_delegate_member(&self, object: ObjectId, window: Window) -> bool {
        let catalog = self.before.catalog();
        let delegating: PermissionSet = catalog
            .all_on()
            .iter()
            .filter(|p| {
                catalog.entry(*p).is_some_and(|entry| entry.delegates.iter().any(|key| key == "member"))
            })
            .collect();
        let member = self.before.permissions_of(RoleId::MEMBER);
        member.both(&delegating).is_empty() && delegating.iter().any(|p| self.holds(p, object, window))
    }
}
