//! Who holds which permission on one application: given on it, on a stage of it, or above it.

use super::{
    CREATE, FURTHER, MERGE_PRODUCTION, MERGE_SANDBOX, ROLLBACK, SANDBOX, STATUS, readable, seen, tree,
};
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use model::catalog::Permission;
use model::decide::{Context, roles_with};
use model::grant::{Grant, Subject};
use model::id::ObjectId;
use model::lists;
use model::name::order_of;
use model::state::State;
use model::view::applications::{Holder, RightRow, Rights};

/// The seven permissions that people know, and the one that was added to them, in the order of the screen.
const SHOWN: [&str; 8] =
    [CREATE, SANDBOX, "people.invite", MERGE_PRODUCTION, MERGE_SANDBOX, ROLLBACK, FURTHER, STATUS];

/// How many holders stand in a row.
const MOST: usize = 50;

/// Who holds which permission on an application.
///
/// # Errors
/// When it is not there, or not for the caller to see, or who has access to it is not.
pub async fn rights(_: &Backend, caller: &Caller, id: ObjectId) -> Result<Rights> {
    let sight = Sight::of(caller);
    seen(caller, &sight, id)?;
    readable(caller, id)?;
    let catalog = caller.state.catalog();
    let rows = SHOWN.iter().filter_map(|key| {
        let permission = catalog.number(key)?;
        let entry = catalog.entry(permission)?;
        let found = lists::who_can(&caller.state, permission, id, caller.at, &Context::open());
        let mut holders = holders(caller, &sight, permission, id);
        let more = holders.len().saturating_sub(MOST) as u64;
        holders.truncate(MOST);
        Some(RightRow {
            key: entry.key.clone(),
            name: entry.name.clone(),
            opens: entry.opens.clone(),
            holders,
            more,
            people: found.people.len() as u64,
            accounts: found.accounts.len() as u64,
        })
    });
    Ok(Rights { revision: caller.state.revision(), rows: rows.collect() })
}

/// Everybody to whom a role with that permission is given there, the widest first.
fn holders(caller: &Caller, sight: &Sight<'_>, permission: Permission, id: ObjectId) -> Vec<Holder> {
    let state = &caller.state;
    let above = state.above(id);
    let stages = tree::stages(state, id).into_iter().map(|(stage, _)| stage);
    let places: Vec<ObjectId> = above.iter().rev().copied().chain(stages).collect();
    let roles = roles_with(state, permission);
    let mut all = Vec::new();
    for (rank, place) in places.iter().enumerate() {
        let is_left = |grant: &Grant| grant.window.until.is_none_or(|until| until > caller.at);
        for grant in state.grants_of_any(&roles, *place).into_iter().filter(is_left) {
            let is_inherited = *place != id && above.contains(place);
            let Some(holder) = holder(state, sight, &grant, is_inherited) else { continue };
            all.push((rank, order_of(&holder.name), holder));
        }
    }
    all.sort_by(|a, b| (a.0, &a.1, &a.2.role).cmp(&(b.0, &b.1, &b.2.role)));
    all.into_iter().map(|(_, _, holder)| holder).collect()
}

fn holder(state: &State, sight: &Sight<'_>, grant: &Grant, is_inherited: bool) -> Option<Holder> {
    let (name, about) = match grant.subject {
        Subject::Everyone => ("All users".to_owned(), "every active person".to_owned()),
        Subject::User(user) => (state.person(user)?.profile.called().to_owned(), "person".to_owned()),
        Subject::Group(group) => {
            let count = state.member_count(group);
            let people = if count == 1 { "person" } else { "people" };
            (state.group(group)?.name.clone(), format!("group, {count} {people}"))
        }
        Subject::ServiceAccount(account) => {
            (state.service_account(account)?.name.clone(), "service account".to_owned())
        }
    };
    Some(Holder {
        name,
        about,
        role: state.role(grant.role).map(|role| role.name.clone()).unwrap_or_default(),
        place: sight.path(grant.object),
        is_inherited,
        window: grant.window,
        limits: sight.limits(&grant.limits),
    })
}
