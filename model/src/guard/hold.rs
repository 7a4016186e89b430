//! What an actor holds, and so may hand out: on the state before the revision, for at least as long.

use super::{Judge, Refusal, not_yours, role_name};
use crate::catalog::{ADMINISTRATION, Permission, PermissionSet};
use crate::decide::{self, Context};
use crate::grant::{Grant, Terms, Window};
use crate::id::{ObjectId, RoleId};
use crate::limit::{Limits, Met, Side};
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

    /// Terms that are over at once: for what is done now and lasts in nobody's hands.
    pub(super) fn just_now(&self) -> Terms {
        Window { from: Some(self.at), until: Some(self.at.saturating_add(1)) }.into()
    }

    /// Whether the actor holds every administration permission there, for at least as long.
    pub(super) fn is_administrator(&self, object: ObjectId, terms: &Terms) -> Result<(), Refusal> {
        let needed: PermissionSet = self.before.catalog().permissions_of(ADMINISTRATION).collect();
        match self.lacks(&needed, object, terms).is_empty() {
            true => Ok(()),
            false => Err(Refusal::AdministratorsOnly),
        }
    }

    /// Whether the actor holds a permission there for at least as long.
    fn holds(&self, permission: Permission, object: ObjectId, terms: &Terms) -> bool {
        let who = self.actor.into();
        decide::reaches(self.before, who, permission, object, |mine| self.lasts(mine, terms))
    }

    /// Whether something of the actor's counts now and is at least as wide as other terms.
    fn lasts(&self, mine: &Terms, terms: &Terms) -> bool {
        mine.window.holds(self.at) && mine.cover(terms, self.at) && self.is_theirs(&mine.limits)
    }

    /// INVARIANT: what reads a property of whoever asks is the actor's to hand on only where the actor's own is
    /// right, as stored: else it would give others what the actor can never do.
    fn is_theirs(&self, limits: &Limits) -> bool {
        let of_who_asks = limits.iter().filter(|one| one.property.of == Side::Subject).cloned().collect();
        let (who, nothing) = (self.actor.into(), Context::default());
        decide::met(self.before, &Limits::new(of_who_asks), who, ObjectId::ORGANIZATION, &nothing) == Met::Yes
    }

    /// What of a set the actor does not hold there for at least as long.
    pub(super) fn lacks(&self, set: &PermissionSet, object: ObjectId, terms: &Terms) -> PermissionSet {
        set.iter().filter(|permission| !self.holds(*permission, object, terms)).collect()
    }

    /// The actor's grants that reach that place and last at least as long.
    fn own_grants<'t>(&'t self, object: ObjectId, terms: &'t Terms) -> impl Iterator<Item = Grant> + 't {
        let above = self.before.above(object);
        decide::grants_for(self.before, self.actor)
            .filter(move |mine| self.lasts(&mine.terms(), terms) && above.contains(&mine.object))
    }

    /// Whether the actor may give, or take, that role there. `to_self`: whether the actor is among those who
    /// get it.
    pub(super) fn hands_out(
        &self,
        now: &State,
        role: RoleId,
        object: ObjectId,
        terms: &Terms,
        to_self: bool,
    ) -> Result<(), Refusal> {
        let held = self.holds_all_of(now, role, object, terms);
        if held.is_err() && !to_self && self.may_delegate(role, object, terms) {
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
        terms: &Terms,
    ) -> Result<(), Refusal> {
        let mut missing = self.lacks(&now.permissions_of(role), object, terms);
        missing.add(&self.could_not_hand_on(now, role, object, terms));
        if !missing.is_empty() {
            return Err(not_yours(self.before, &role_name(now, role), &missing));
        }
        let sleeps = role == RoleId::ADMIN
            || now.role(role).is_some_and(|r| !r.permissions.without(now.catalog().all_on()).is_empty());
        if !sleeps || self.own_grants(object, terms).any(|mine| mine.role == role) {
            return Ok(());
        }
        self.is_administrator(object, terms)
    }

    /// Permissions of the roles that this one delegates, where the actor could not hand out those roles.
    pub(super) fn could_not_hand_on(
        &self,
        now: &State,
        role: RoleId,
        object: ObjectId,
        terms: &Terms,
    ) -> PermissionSet {
        let mut missing = PermissionSet::default();
        let catalog = now.catalog();
        for delegate in now.role(role).map_or(&[][..], |role| &role.delegates) {
            match delegate {
                Delegate::Role(handed_out) if self.may_delegate(*handed_out, object, terms) => {}
                Delegate::Role(handed_out) => {
                    missing.add(&self.lacks(&now.permissions_of(*handed_out), object, terms));
                }
                Delegate::Permission(key) => {
                    let one: PermissionSet = catalog.number(key).into_iter().collect();
                    let lacking = self.lacks(&one.both(catalog.all_on()), object, terms);
                    missing.add(&lacking.without(&self.delegated_permissions(object, terms)));
                }
            }
        }
        missing
    }

    /// Whether a role or a permission of the actor's lets them hand out that role there.
    fn may_delegate(&self, role: RoleId, object: ObjectId, terms: &Terms) -> bool {
        let named = Delegate::Role(role);
        let by_role = self
            .own_grants(object, terms)
            .any(|mine| self.before.role(mine.role).is_some_and(|r| r.delegates.contains(&named)));
        by_role
            || self.may_delegate_by_permission(role, object, terms)
            || self.may_delegate_piecemeal(role, object, terms)
    }

    /// *Invite users* delegates Member and *Set permissions* those of its tenant, as long as the role does not
    /// itself delegate.
    fn may_delegate_by_permission(&self, role: RoleId, object: ObjectId, terms: &Terms) -> bool {
        let catalog = self.before.catalog();
        let delegating = catalog.delegating();
        let delegates_itself = !self.before.permissions_of(role).both(delegating).is_empty()
            || self.before.role(role).is_none_or(|role| !role.delegates.is_empty());
        !delegates_itself
            && delegating.both(catalog.all_on()).iter().any(|permission| {
                catalog.delegated_by(permission).any(|handed_out| handed_out == role)
                    && self.holds(permission, object, terms)
            })
    }

    /// A role that gives nothing but what the actor holds or may delegate, permission by permission.
    fn may_delegate_piecemeal(&self, role: RoleId, object: ObjectId, terms: &Terms) -> bool {
        let Some(wanted) = self.before.role(role).filter(|role| role.delegates.is_empty()) else {
            return false;
        };
        let delegated = self.delegated_permissions(object, terms);
        let sleeps = !wanted.permissions.without(self.before.catalog().all_on()).is_empty();
        !delegated.is_empty()
            && !sleeps
            && role != RoleId::ADMIN
            && self.lacks(&wanted.permissions, object, terms).without(&delegated).is_empty()
    }

    /// The permissions that roles of the actor's delegate one by one there.
    fn delegated_permissions(&self, object: ObjectId, terms: &Terms) -> PermissionSet {
        let mut all = PermissionSet::default();
        for mine in self.own_grants(object, terms) {
            for delegate in self.before.role(mine.role).map_or(&[][..], |role| &role.delegates) {
                if let Delegate::Permission(key) = delegate
                    && let Some(permission) = self.before.catalog().number(key)
                {
                    all.insert(permission);
                }
            }
        }
        all
    }
}
