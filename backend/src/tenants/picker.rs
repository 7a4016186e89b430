//! The picker: whom a setting of a tenant could name as well. Searches here, since there may be very many.

use super::access::{chip, people};
use super::{GOVERN, no_setting, seen};
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::audience::Audiences;
use model::grant::Subject;
use model::id::UserId;
use model::name::fold;
use model::person::Status;
use model::view::tenants::{Chip, Picked, PickerQuery};

/// How many are shown.
const MOST_FOUND: usize = 12;

/// *All users*, groups and people by part of their name or address, without those who are named already.
///
/// # Errors
/// When it is not the caller's to say who has access to that tenant.
pub async fn found(_: &Backend, caller: &Caller, query: &PickerQuery) -> Result<Picked> {
    let (state, tenant) = (&caller.state, seen(caller, query.tenant)?.id);
    if no_setting(caller, tenant).is_some() {
        caller.require_on(GOVERN, tenant)?;
    }
    let audiences = Audiences::of(state, GOVERN, caller.at);
    let setting = audiences.settings().iter().find(|setting| setting.role == query.role);
    let setting = setting.ok_or(Error::NotFound("permission"))?;
    let named = audiences.named(setting, tenant);
    let search = fold(&query.search);
    let is_new = |subject: Subject| !named.contains(&subject);
    let everyone = fold("All users").contains(&search) && is_new(Subject::Everyone);
    let groups = state
        .groups()
        .into_iter()
        .filter(|group| is_new(Subject::Group(group.id)) && fold(&group.name).contains(&search));
    let subjects: Vec<Subject> = everyone
        .then_some(Subject::Everyone)
        .into_iter()
        .chain(groups.map(|group| Subject::Group(group.id)))
        .collect();
    // A deactivated person gains nothing by it.
    let persons = || {
        state.people_by_name().filter(|person| {
            person.status != Status::Deactivated
                && crate::people::matches(person, &search)
                && is_new(Subject::User(person.id))
        })
    };
    let total = subjects.len() as u64 + persons().count() as u64;
    let room = MOST_FOUND.saturating_sub(subjects.len());
    let persons = persons().take(room).map(|person| Subject::User(person.id));
    let shown = subjects.iter().copied().chain(persons).take(MOST_FOUND);
    let reached = audiences.people(&named);
    let has = |user: &UserId| reached.as_ref().is_none_or(|reached| reached.contains(user));
    let option = |subject: Subject| -> Option<Chip> {
        let mut chip = chip(state, &audiences, subject)?;
        if let Subject::Group(_) = subject
            && let Some(members) = audiences.people(&[subject])
        {
            let new = members.iter().filter(|user| !has(user)).count() as u64;
            let verb = if new == 1 { "is" } else { "are" };
            chip.about = format!("Group, {}. {new} {verb} new here.", people(members.len() as u64));
        }
        Some(chip)
    };
    Ok(Picked { found: shown.filter_map(option).collect(), total })
}
