//! Manage users: who has a role and where, giving it to many at once, taking it from many at once.
//!
//! Seeing who they are needs *See people and groups* beside *See roles & permissions*; whether it is the caller's
//! to give and to take, the model's guards say, for each by name. INVARIANT: a place that the caller may not see
//! is not named, not found, and nothing is given or taken there.

use super::removal;
use super::sight::{RoleSight, seen};
use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::Caller;
use crate::check::{Sight, called, choice_of_place, find_subjects, places_by_words};
use crate::error::{Error, Result};
use crate::people::{
    Judged, Wanted, allowed, give_whole, gives_nowhere, judge, lacks, matches, told, unlimited,
};
use model::change::{self, Change};
use model::grant::{Grant, Subject};
use model::id::{GrantId, ObjectId, RoleId};
use model::name::{fold, order_of};
use model::object::{Level, Object};
use model::state::{RoleState, State};
use model::view::Page;
use model::view::check::{Choice, Found};
use model::view::hidden::HIDDEN_FIRST;
use model::view::people::{MOST_SELECTED, Plan, Saved};
use model::view::role_users::{PAGE, RoleAct, RoleSearch, RoleWish, UserRow, Users, UsersQuery};
use std::collections::BTreeSet;

/// Who has a role.
///
/// # Errors
/// When the caller may not see roles, or there is no such role.
pub async fn users(_: &Backend, caller: &Caller, query: &UsersQuery) -> Result<Users> {
    let query = query.clone();
    // Everybody may have it.
    Sight::aside(caller, move |caller, sight| listed(caller, sight, &query)).await
}

fn listed(caller: &Caller, sight: &Sight<'_>, query: &UsersQuery) -> Result<Users> {
    let state = &*caller.state;
    let role = known(caller, query.role)?;
    let no_seeing = lacks(caller, &["people.view"]);
    let rows = match no_seeing {
        Some(_) => Page::of(Vec::<Grant>::new(), query.page, PAGE),
        None => Page::of(holding(state, role.id, &query.search), query.page, PAGE),
    };
    Ok(Users {
        revision: state.revision(),
        rows: rows.map(|grant| row(caller, sight, &grant)),
        all: state.grants_of_role(role.id).count() as u64,
        no_seeing,
        no_giving: gives_nowhere(caller).or_else(|| lacks(caller, &["people.view"])),
        place: (role.level == Level::Organization).then(|| choice_of_place(sight, ObjectId::ORGANIZATION)),
    })
}

/// A role of lists that the caller may see: access settings of tenants have a screen of their own.
pub(super) fn known(caller: &Caller, id: RoleId) -> Result<&RoleState> {
    let role = seen(caller, id)?;
    let is_setting = caller.state.catalog().built_in(id).is_some_and(|role| role.setting);
    if is_setting { Err(Error::NotFound("role")) } else { Ok(role) }
}

/// The assignments of a role to who has the words in their name: all users, groups, people, service accounts, each
/// by name.
pub(super) fn holding(state: &State, role: RoleId, search: &str) -> Vec<Grant> {
    let search = fold(search);
    let has = |name: &str| fold(name).contains(&search);
    let key = |subject: Subject| -> Option<(u8, String)> {
        match subject {
            Subject::Everyone => has("All users").then(|| (0, String::new())),
            Subject::Group(id) => {
                state.group(id).filter(|group| has(&group.name)).map(|group| (1, order_of(&group.name)))
            }
            Subject::User(id) => {
                let person = state.person(id).filter(|person| matches(person, &search))?;
                Some((2, person.profile.order()))
            }
            Subject::ServiceAccount(id) => {
                let account = state.service_account(id).filter(|account| has(&account.name))?;
                Some((3, order_of(&account.name)))
            }
        }
    };
    let mut all: Vec<((u8, String), Grant)> =
        state.grants_of_role(role).filter_map(|grant| Some((key(grant.subject)?, grant))).collect();
    all.sort_by(|a, b| (&a.0, a.1.id).cmp(&(&b.0, b.1.id)));
    all.into_iter().map(|(_, grant)| grant).collect()
}

fn row(caller: &Caller, sight: &Sight<'_>, grant: &Grant) -> UserRow {
    let no_removing = match sight.sees(grant.object) {
        false => Some(format!("{HIDDEN_FIRST}.")),
        true => {
            let taken = [Change::GrantRemoved { grant: grant.clone() }];
            allowed(caller, &taken).err().map(|refusal| refusal.to_string())
        }
    };
    UserRow { no_removing, ..plain_row(caller, sight, grant) }
}

/// A row without the question whether it may be taken away.
pub(super) fn plain_row(caller: &Caller, sight: &Sight<'_>, grant: &Grant) -> UserRow {
    let Choice { name, about, .. } = called(&caller.state, grant.subject);
    UserRow {
        grant: grant.id,
        subject: grant.subject,
        name,
        about,
        place: sight.path_or_hidden(grant.object),
        window: grant.window,
        is_now: grant.window.holds(caller.at),
        limits: sight.limits(&grant.limits),
        no_removing: None,
    }
}

/// Who could be given a role, by part of their names.
///
/// # Errors
/// For who may not see people or roles.
pub async fn whom(_: &Backend, caller: &Caller, wanted: &RoleSearch) -> Result<Found> {
    may_ask(caller)?;
    known(caller, wanted.role)?;
    let (caller, search) = (caller.clone(), wanted.search.clone());
    let found = move || find_subjects(&caller.state, &search);
    tokio::task::spawn_blocking(found).await.map_err(Error::broken)
}

/// Where a role could be given, by words of the place and of what holds it: what its level allows, within the
/// tenant that owns it, of what the caller may see.
///
/// # Errors
/// For who may not see people or roles.
pub async fn places(_: &Backend, caller: &Caller, wanted: &RoleSearch) -> Result<Found> {
    may_ask(caller)?;
    let wanted = wanted.clone();
    Sight::aside(caller, move |caller, sight| {
        let state = &*caller.state;
        let role = known(caller, wanted.role)?;
        let fits = |place: &Object| {
            let level = state.catalog().kind(&place.kind).map(|kind| kind.level);
            level.is_some_and(|level| role.level.reaches(level))
                && state.is_within(place.id, role.owner.place())
        };
        Ok(places_by_words(state, sight, &wanted.search, fits))
    })
    .await
}

/// Giving and taking is something that is done to people.
fn may_ask(caller: &Caller) -> Result<()> {
    RoleSight::of(caller)?;
    caller.require("people.view")
}

/// Who would gain and lose what, and for whom it is refused.
///
/// # Errors
/// What saving would refuse for everybody.
pub async fn plan(backend: &Backend, caller: &Caller, wish: &RoleWish) -> Result<Plan> {
    let judged = judged(backend, caller, wish).await?;
    let effect = crate::preview::effect(backend, caller, &judged.changes, Some(wish.seen)).await?;
    let Judged { people, already, refused, half, .. } = judged;
    Ok(Plan { people, already, refused, effect, half, ..Plan::default() })
}

/// Does it for all for whom it is not refused, as one revision.
///
/// # Errors
/// The refusal, when it is refused for everybody; [`Error::NothingToDo`] when it is so already.
pub async fn act(backend: &Backend, caller: &Caller, wish: &RoleWish) -> Result<Saved> {
    let judged = judged(backend, caller, wish).await?;
    if let (0, Some(first)) = (judged.people, judged.refused.first()) {
        return Err(Error::Invalid { field: "whom", message: first.reason.clone() });
    }
    let undoable = change::inverse(&judged.changes).is_some();
    let proposal = Proposal::new(caller.actor(), judged.changes).seen(wish.seen);
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

async fn judged(backend: &Backend, caller: &Caller, wish: &RoleWish) -> Result<Judged> {
    let role = known(caller, wish.role)?;
    match &wish.act {
        RoleAct::Give { whom, object, window, with_half } => {
            caller.require("people.view")?;
            let whom = several(whom)?;
            if !Sight::of(caller).sees(*object) {
                return Err(Error::NotFound("place"));
            }
            let (mut wanted, mut lacking) = (Vec::with_capacity(whom.len()), Vec::new());
            for whom in whom {
                let plain = unlimited(whom, role.id, *object, *window);
                let given = give_whole(backend, caller, plain, *with_half);
                lacking.extend(given.lacking);
                wanted.push(Wanted { whom, changes: Ok(given.changes) });
            }
            Ok(Judged { half: told(caller, &lacking), ..judge(backend, caller, wanted).await? })
        }
        RoleAct::Take { grants } => {
            caller.require("people.view")?;
            let wanted = taken(caller, role.id, &several(grants)?)?;
            judge(backend, caller, wanted).await
        }
        RoleAct::Remove { to } => {
            let changes = removal::changes(backend, caller, role, *to)?;
            Ok(Judged { changes, people: 1, already: 0, refused: Vec::new(), half: None })
        }
    }
}

fn taken(caller: &Caller, role: RoleId, grants: &BTreeSet<GrantId>) -> Result<Vec<Wanted>> {
    let sight = Sight::of(caller);
    let one = |id: &GrantId| {
        let held = caller.state.grant(*id).filter(|held| held.role == role && sight.sees(held.object));
        let grant = held.ok_or(Error::NotFound("role assignment"))?;
        Ok(Wanted { whom: grant.subject, changes: Ok(vec![Change::GrantRemoved { grant }]) })
    };
    grants.iter().map(one).collect()
}

/// Each once, and not too many.
fn several<T: Ord + Copy>(all: &[T]) -> Result<BTreeSet<T>> {
    if all.len() > MOST_SELECTED {
        let message = format!("Choose up to {MOST_SELECTED} at once.");
        return Err(Error::Invalid { field: "whom", message });
    }
    Ok(all.iter().copied().collect())
}
