//! Grants: given and taken.

use super::{exists, gone, overtaken};
use crate::grant::{Grant, Subject, Window};
use crate::limit::Property;
use crate::misfit::Misfit;
use crate::state::State;
use crate::state::base::Base;
use crate::state::grants::Grants;

impl State {
    /// Whether a grant fits; alters nothing.
    pub(super) fn check_grant(&self, grant: &Grant) -> Result<(), Misfit> {
        match grant.subject {
            Subject::User(user) if self.person(user).is_none() => return Err(gone("person")),
            Subject::Group(group) if self.group(group).is_none() => return Err(gone("group")),
            Subject::ServiceAccount(account) if self.service_account(account).is_none() => {
                return Err(gone("service account"));
            }
            _ => {}
        }
        let role = self.role(grant.role).ok_or_else(|| gone("role"))?;
        let object = self.object(grant.object).ok_or_else(|| gone("place"))?;
        let level = self.catalog.kind(&object.kind).map(|kind| kind.level);
        if !level.is_some_and(|level| role.level.reaches(level)) {
            return Err(Misfit::AboveLevel { role: role.name.clone(), what: object.name.clone() });
        }
        // INVARIANT: a tenant's role stays in its tenant.
        if !role.owner.is_organization() && !self.is_within(object.id, role.owner.place()) {
            return Err(Misfit::OtherTenant { what: role.name.clone() });
        }
        if let Window { from: Some(from), until: Some(until) } = grant.window
            && until <= from
        {
            return Err(Misfit::ReversedWindow);
        }
        let sort_of = |property: &Property| self.catalog.property(property).map(|known| known.sort);
        grant.limits.check(sort_of, |value| self.is_there(value)).map_err(Misfit::Limits)
    }

    pub(super) fn add_grant(&mut self, grant: &Grant) -> Result<(), Misfit> {
        if self.grant(grant.id).is_some() {
            return Err(exists("role assignment"));
        }
        self.check_grant(grant)?;
        if self.held(grant.subject, grant.object).any(|held| held == (grant.role, grant.terms())) {
            let role = self.role(grant.role).map_or("This role", |role| role.name.as_str());
            return Err(overtaken(role));
        }
        self.grants.insert(grant.clone());
        Ok(())
    }

    pub(super) fn remove_grant(&mut self, grant: &Grant) -> Result<(), Misfit> {
        if self.grant(grant.id).as_ref() != Some(grant) {
            return Err(gone("role assignment"));
        }
        self.grants.remove(grant);
        Ok(())
    }

    /// Adds all grants of a stored state at once and settles it.
    ///
    /// # Errors
    /// When one does not fit; the state is then as it was.
    pub fn load_grants(&mut self, grants: Vec<Grant>) -> Result<(), Misfit> {
        let mut ids: Vec<_> = grants.iter().map(|grant| grant.id).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) || self.grants.len() > 0 {
            return Err(exists("role assignment"));
        }
        grants.iter().try_for_each(|grant| self.check_grant(grant))?;
        self.grants = Grants::settled(Base::of(self, &grants));
        self.moved = false;
        Ok(())
    }
}
