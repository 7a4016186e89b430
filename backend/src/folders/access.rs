//! Who has what in a place: given there, or inherited and from where; and who could be given what.

use super::{aside, kind_name, seen, use_cases};
use crate::Backend;
use crate::caller::Caller;
use crate::check::{Sight, called, find_subjects};
use crate::error::Result;
use crate::people::{allowed, offered_there, refused};
use model::catalog::{Catalog, PermissionSet};
use model::change::Change;
use model::grant::{Grant, Phase, Who};
use model::id::{ObjectId, UserId};
use model::name::order_of;
use model::state::State;
use model::view::Page;
use model::view::access::{ACCESS_PAGE, Access, AccessQuery, AccessRow, WhomSearch};
use model::view::check::{Choice, Found};
use model::view::people::{ChoicesFor, RoleChoices};
use std::collections::BTreeSet;

/// The permission that lets its holder give and take roles.
pub(super) const MANAGE: &str = "access.manage";

/// Whether the caller may read who has what in a place: who gives roles there, and who sees people.
pub(crate) fn reads(caller: &Caller, place: ObjectId) -> bool {
    caller.may("people.view") || caller.may_on(MANAGE, place)
}

/// Why the caller may not read who has what in a place.
pub(super) fn no_reading(caller: &Caller, place: ObjectId) -> Option<String> {
    if reads(caller, place) { None } else { refused(caller.require("people.view")) }
}

/// Who has what in a place.
///
/// # Errors
/// When it is not there for the caller, or not theirs to read.
pub async fn access(_: &Backend, caller: &Caller, query: &AccessQuery) -> Result<Access> {
    let query = query.clone();
    aside(caller, move |caller, sight| {
        let object = seen(caller, sight, query.of)?;
        if !reads(caller, object.id) {
            caller.require("people.view")?;
        }
        let state = &*caller.state;
        let places = state.above(object.id).into_iter().map(|place| (place, place != object.id));
        let Given { all, hidden } = given(caller, sight, &object.kind, places);
        let here = all.iter().filter(|(is_inherited, _)| !is_inherited).count() as u64;
        let page = Page::of(all, query.page, ACCESS_PAGE);
        Ok(Access {
            revision: state.revision(),
            id: object.id,
            rows: page.map(|(is_inherited, grant)| row(caller, sight, &grant, is_inherited)),
            here,
            hidden,
            no_giving: refused(caller.require_on(MANAGE, object.id)),
        })
    })
    .await
}

/// What was given on some places.
pub(crate) struct Given {
    /// What the caller may read, in the order of the places, then by the name of who has it; and whether it is
    /// inherited.
    pub all: Vec<(bool, Grant)>,
    /// How many people have something through places that the caller may not see.
    pub hidden: u64,
}

/// What was given on these places, of which some hold the place of that kind: from there it is inherited, and told
/// where it gives anything below.
pub(crate) fn given(
    caller: &Caller,
    sight: &Sight<'_>,
    kind: &str,
    places: impl Iterator<Item = (ObjectId, bool)>,
) -> Given {
    let state = &*caller.state;
    let telling = telling(state.catalog(), kind);
    let mut all: Vec<(usize, String, bool, Grant)> = Vec::new();
    let mut hidden: BTreeSet<UserId> = BTreeSet::new();
    for (rank, (place, is_inherited)) in places.enumerate() {
        let grants = state.grants_on(place).filter(|grant| !is_setting(state, grant));
        let grants = grants.filter(|grant| !is_inherited || reaches(caller, grant, &telling));
        if sight.sees(place) {
            let name = |grant: &Grant| order_of(&called(state, grant.subject).name);
            all.extend(grants.map(|grant| (rank, name(&grant), is_inherited, grant)));
        } else {
            hidden.extend(grants.flat_map(|grant| state.people_of(grant.subject)));
        }
    }
    hidden.retain(|user| state.is_active(Who::User(*user)));
    all.sort_by(|a, b| (a.0, &a.1, a.3.id).cmp(&(b.0, &b.1, b.3.id)));
    let all = all.into_iter().map(|(_, _, is_inherited, grant)| (is_inherited, grant)).collect();
    Given { all, hidden: hidden.len() as u64 }
}

/// Access settings of tenants have a screen of their own.
pub(crate) fn is_setting(state: &State, grant: &Grant) -> bool {
    state.catalog().built_in(grant.role).is_some_and(|role| role.setting)
}

/// The permissions that tell something of a place of that kind, or of what it holds.
fn telling(catalog: &Catalog, kind: &str) -> PermissionSet {
    let kinds = catalog.kinds_in(kind);
    let asked: Vec<&String> = kinds
        .iter()
        .filter_map(|key| catalog.kind(key))
        .flat_map(|kind| [&kind.create, &kind.edit, &kind.delete, &kind.view])
        .flat_map(|any| any.keys())
        .collect();
    let tells = |permission: &model::catalog::Permission| {
        catalog.entry(*permission).is_some_and(|entry| {
            entry.everywhere
                || kinds.contains(&entry.kind.as_str())
                || entry.also.iter().any(|kind| kinds.contains(&kind.as_str()))
                || asked.contains(&&entry.key)
        })
    };
    catalog.all_on().iter().filter(tells).collect()
}

/// Whether what was given elsewhere gives, or will give, anything here.
fn reaches(caller: &Caller, grant: &Grant, telling: &PermissionSet) -> bool {
    grant.window.phase(caller.at) != Phase::Expired
        && !caller.state.permissions_of(grant.role).both(telling).is_empty()
}

/// A line of the list of who has what.
pub(crate) fn row(caller: &Caller, sight: &Sight<'_>, grant: &Grant, is_inherited: bool) -> AccessRow {
    let state = &*caller.state;
    let Choice { name, about, .. } = called(state, grant.subject);
    let from = is_inherited.then(|| {
        let kind = state.object(grant.object).map(|place| kind_name(state, &place.kind).to_lowercase());
        (grant.object, sight.path(grant.object), kind.unwrap_or_default())
    });
    let no_removing = match is_inherited {
        true => None,
        false => {
            let going = use_cases::going_with(state, grant).into_iter().chain([grant.clone()]);
            let changes: Vec<Change> = going.map(|grant| Change::GrantRemoved { grant }).collect();
            refused(allowed(caller, &changes))
        }
    };
    AccessRow {
        grant: grant.id,
        subject: grant.subject,
        name,
        about,
        role: grant.role,
        role_name: state.role(grant.role).map(|role| role.name.clone()).unwrap_or_default(),
        from,
        window: grant.window,
        is_now: grant.window.holds(caller.at),
        limits: sight.limits(&grant.limits),
        says: use_cases::says(caller, sight, grant),
        no_removing,
    }
}

/// Who could be given a role in a place: *all users*, groups, people, service accounts, by part of their names.
///
/// # Errors
/// When the place is not there for the caller, or its access not theirs to read.
pub async fn whom(_: &Backend, caller: &Caller, wanted: &WhomSearch) -> Result<Found> {
    let wanted = wanted.clone();
    aside(caller, move |caller, sight| {
        let place = seen(caller, sight, wanted.of)?.id;
        if !reads(caller, place) {
            caller.require_on(MANAGE, place)?;
        }
        Ok(find_subjects(&caller.state, &wanted.search))
    })
    .await
}

/// The roles that somebody could be given in a place, each with the reason against it where there is one. Roles
/// of a level that is never given there are left out.
///
/// # Errors
/// When the place or who is asked about is not there, or it is not the caller's to give roles there.
pub async fn roles(_: &Backend, caller: &Caller, asked: ChoicesFor) -> Result<RoleChoices> {
    aside(caller, move |caller, sight| {
        let place = seen(caller, sight, asked.object)?;
        if !reads(caller, place.id) {
            caller.require_on(MANAGE, place.id)?;
        }
        let state = &*caller.state;
        let mut choices = offered_there(caller, asked)?;
        for option in &mut choices.options {
            option.limits = use_cases::limit_kinds(state, option.role, &place.kind);
        }
        Ok(choices)
    })
    .await
}
