//! What is done to a group: from the wish to its changes, for the preview and for saving alike.

use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::{Wanted, give_whole, judge, told, unlimited};
use model::change::{self, Change};
use model::grant::Subject;
use model::id::{GroupId, UserId};
use model::name;
use model::person::Group;
use model::view::groups::{GroupAct, GroupPlan, GroupWish, Made, NewGroup};
use model::view::people::{Half, MOST_SELECTED, RefusedFor, Saved};

struct Planned {
    changes: Vec<Change>,
    refused: Vec<RefusedFor>,
    half: Option<Half>,
}

/// Makes a group with nobody in it.
///
/// # Errors
/// When the caller may not manage groups, or the name is taken or not well formed.
pub async fn create(backend: &Backend, caller: &Caller, new: &NewGroup) -> Result<Made> {
    caller.require("groups.manage")?;
    let id = GroupId::from_bits(backend.random().bits());
    let name = clean_name(&new.name)?;
    let group = Group { id, name: name.clone(), description: clean_description(&new.description)? };
    backend.commit(Proposal::new(caller.actor(), vec![Change::GroupCreated { group }])).await?;
    Ok(Made { id, name })
}

/// Who would gain and lose what, and who cannot be put in or taken out.
///
/// # Errors
/// What saving would refuse.
pub async fn preview(backend: &Backend, caller: &Caller, wish: &GroupWish) -> Result<GroupPlan> {
    caller.require("people.view")?;
    let planned = plan(backend, caller, wish).await?;
    let effect = crate::preview::effect(backend, caller, &planned.changes, Some(wish.seen)).await?;
    Ok(GroupPlan { effect, refused: planned.refused, half: planned.half })
}

/// Saves it as one revision.
///
/// # Errors
/// When it is not the caller's to do, does not fit, or there is nothing to do.
pub async fn save(backend: &Backend, caller: &Caller, wish: &GroupWish) -> Result<Saved> {
    caller.require("people.view")?;
    let planned = plan(backend, caller, wish).await?;
    if let (true, Some(first)) = (planned.changes.is_empty(), planned.refused.first()) {
        return Err(Error::Invalid { field: "people", message: first.reason.clone() });
    }
    let undoable = change::inverse(&planned.changes).is_some();
    let proposal = Proposal::new(caller.actor(), planned.changes).seen(wish.seen);
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

async fn plan(backend: &Backend, caller: &Caller, wish: &GroupWish) -> Result<Planned> {
    let state = &caller.state;
    let group = state.group(wish.group).ok_or(Error::NotFound("group"))?;
    let (id, subject) = (group.id, Subject::Group(group.id));
    let changes = match &wish.act {
        GroupAct::Rename { was, now } => {
            vec![Change::GroupRenamed { group: id, was: was.clone(), now: clean_name(now)? }]
        }
        GroupAct::Describe { was, now } => {
            vec![Change::GroupDescribed { group: id, was: was.clone(), now: clean_description(now)? }]
        }
        GroupAct::Give { role, object, window, with_half } => {
            let given = give_whole(backend, caller, unlimited(subject, *role, *object, *window), *with_half);
            let half = told(caller, given.lacking.as_slice());
            return Ok(Planned { changes: given.changes, refused: Vec::new(), half });
        }
        GroupAct::Take { grant } => {
            let held = state.grants_of(subject).find(|held| held.id == *grant);
            vec![Change::GrantRemoved { grant: held.ok_or(Error::NotFound("role assignment"))? }]
        }
        GroupAct::Add { people } => return members(backend, caller, id, people, true).await,
        GroupAct::Drop { people } => return members(backend, caller, id, people, false).await,
        GroupAct::Remove => vec![Change::GroupRemoved { group: group.clone() }],
    };
    Ok(Planned { changes: change::expand(state, &changes), refused: Vec::new(), half: None })
}

/// Puts people in, or takes them out: those for whom that is refused are named and left out.
async fn members(
    backend: &Backend,
    caller: &Caller,
    group: GroupId,
    people: &[UserId],
    is_in: bool,
) -> Result<Planned> {
    if people.len() > MOST_SELECTED {
        let message = format!("Choose up to {MOST_SELECTED} people at once.");
        return Err(Error::Invalid { field: "people", message });
    }
    let mut people = people.to_vec();
    people.sort();
    people.dedup();
    let mut wanted = Vec::with_capacity(people.len());
    for user in people {
        let person = caller.state.person(user).ok_or(Error::NotFound("person"))?;
        let changes = match (is_in, person.groups.contains(&group)) {
            (true, false) => vec![Change::MemberAdded { group, user }],
            (false, true) => vec![Change::MemberRemoved { group, user }],
            _ => Vec::new(),
        };
        wanted.push(Wanted { whom: Subject::User(user), changes: Ok(changes) });
    }
    let judged = judge(backend, caller, wanted).await?;
    Ok(Planned { changes: judged.changes, refused: judged.refused, half: None })
}

fn clean_name(text: &str) -> Result<String> {
    name::clean(text).map_err(|error| Error::Invalid { field: "name", message: error.to_string() })
}

fn clean_description(text: &str) -> Result<String> {
    name::clean_description(text)
        .map_err(|error| Error::Invalid { field: "description", message: error.to_string() })
}
