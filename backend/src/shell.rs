//! The frame around every page: who asks, and what they may do on the organization.
//!
//! Needs no permission: it tells people about themselves.

use crate::caller::Caller;
use model::catalog::ADMINISTRATION;
use model::decide;
use model::id::ObjectId;
use model::view::shell::Shell;

/// What every page needs to know about its reader.
#[must_use]
pub fn shell(caller: &Caller) -> Shell {
    let (state, catalog) = (&caller.state, caller.state.catalog());
    let profile = state.person(caller.user).map(|person| person.profile.clone()).unwrap_or_default();
    let held = decide::permissions_on(state, caller.user, ObjectId::ORGANIZATION, caller.at);
    let areas = catalog.packs().iter().filter(|area| area.on && area.pack.key != ADMINISTRATION);
    Shell {
        organization: state.organization().to_owned(),
        user: caller.user,
        name: profile.called().to_owned(),
        email: profile.email.clone(),
        permissions: held
            .iter()
            .filter_map(|one| catalog.entry(one))
            .map(|entry| entry.key.clone())
            .collect(),
        in_tenants: crate::roles::sight::only_in_tenants(caller)
            .then(|| "roles.view".to_owned())
            .into_iter()
            .collect(),
        areas: areas.map(|area| area.pack.key.clone()).collect(),
        revision: state.revision(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}
