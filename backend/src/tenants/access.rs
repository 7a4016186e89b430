//! Who has access to a tenant: whom its settings name, how many they reach, and who gets in anyway by role.

use super::{GOVERN, no_reading_access, no_setting, seen};
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::audience::{Audiences, Setting};
use model::grant::Subject;
use model::guard::Refusal;
use model::id::{ObjectId, UserId};
use model::name::order_of;
use model::state::State;
use model::view::tenants::{Access, AccessRow, Anyway, Chip};

/// How many names stand below a row.
const NAMES: usize = 20;

/// Who has access to a tenant.
///
/// # Errors
/// When the tenant is not there for the caller, or who has access is not theirs to see.
pub async fn access(_: &Backend, caller: &Caller, id: ObjectId) -> Result<Access> {
    seen(caller, id)?;
    readable(caller, id)?;
    let audiences = Audiences::of(&caller.state, GOVERN, caller.at);
    let rows = audiences.settings().iter().map(|setting| row(&caller.state, &audiences, setting, id));
    Ok(Access {
        revision: caller.state.revision(),
        id,
        rows: rows.collect(),
        no_setting: no_setting(caller, id),
    })
}

/// Refuses who may not see who has access.
pub(super) fn readable(caller: &Caller, id: ObjectId) -> Result<()> {
    if no_reading_access(caller, id).is_none() {
        return Ok(());
    }
    caller.require_on(GOVERN, id).and(Err(Error::Refused(Refusal::NotActive)))
}

fn row(state: &State, audiences: &Audiences<'_>, setting: &Setting, tenant: ObjectId) -> AccessRow {
    let named = audiences.named(setting, tenant);
    AccessRow {
        role: setting.role,
        name: setting.name.clone(),
        about: setting.opens.clone(),
        governs: setting.governs,
        audience: named.iter().filter_map(|subject| chip(state, audiences, *subject)).collect(),
        reaches: audiences.reaches(&named),
        unseeing: unseeing(audiences, tenant, &named),
        anyway: anyway(state, audiences, setting, tenant),
    }
}

/// How many of these may not see the tenant, neither by its setting nor by role.
pub(super) fn unseeing(audiences: &Audiences<'_>, tenant: ObjectId, named: &[Subject]) -> u64 {
    let Some(see) = audiences.settings().first() else { return 0 };
    let Some(seeing) = audiences.people(&audiences.named(see, tenant)) else { return 0 };
    let by_role = audiences.by_role(see, tenant);
    let sees = |user: &UserId| {
        seeing.contains(user)
            || by_role.iter().any(|((_, limited), holders)| !limited && holders.people.contains(user))
    };
    match audiences.people(named) {
        Some(people) => people.iter().filter(|user| !sees(user)).count() as u64,
        None => {
            let all = audiences.everyone();
            all.iter().filter(|user| !sees(user)).count() as u64
        }
    }
}

/// Someone as a chip; none for who is not there any more.
pub(super) fn chip(state: &State, audiences: &Audiences<'_>, subject: Subject) -> Option<Chip> {
    let (name, about) = match subject {
        Subject::Everyone => ("All users".to_owned(), people(audiences.active())),
        Subject::User(user) => {
            let profile = &state.person(user)?.profile;
            (profile.called().to_owned(), profile.email.clone())
        }
        Subject::Group(group) => {
            let members = audiences.reaches(&[subject]);
            (state.group(group)?.name.clone(), format!("Group, {}", people(members)))
        }
        Subject::ServiceAccount(account) => {
            (state.service_account(account)?.name.clone(), "Service account".to_owned())
        }
    };
    Some(Chip { subject, name, about })
}

pub(super) fn people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn anyway(state: &State, audiences: &Audiences<'_>, setting: &Setting, tenant: ObjectId) -> Vec<Anyway> {
    let all = audiences.by_role(setting, tenant).into_iter();
    let mut all: Vec<Anyway> = all
        .filter(|(_, holders)| !holders.people.is_empty() || !holders.accounts.is_empty())
        .map(|((role, is_limited), holders)| {
            let people = holders.people.iter().filter_map(|user| state.person(*user));
            let mut names: Vec<String> = people.map(|person| person.profile.called().to_owned()).collect();
            let accounts = holders.accounts.iter().filter_map(|account| state.service_account(*account));
            names.extend(accounts.map(|account| format!("{} (service account)", account.name)));
            let count = names.len() as u64;
            names.sort_by_cached_key(|name| order_of(name));
            names.truncate(NAMES);
            let role = state.role(role).map(|role| role.name.clone()).unwrap_or_default();
            Anyway { role, count, names, is_limited }
        })
        .collect();
    all.sort_by_cached_key(|one| (one.is_limited, order_of(&one.role)));
    all
}
