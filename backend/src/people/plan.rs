//! From what somebody wishes to changes: person by person, so that refusals are known by name.
//!
//! A wish is planned the same way for its preview and for saving it. Those for whom it is refused are left
//! out and named; the others are saved as one revision.

use super::halves::{Lacking, give_whole, told};
use crate::Backend;
use crate::access::commit::{Proposal, refuse_lock_out};
use crate::access::log;
use crate::caller::Caller;
use crate::check::called;
use crate::error::{Error, Result};
use model::change::{self, Change};
use model::grant::{Grant, Subject, Terms, Window};
use model::guard;
use model::id::{GrantId, ObjectId, RoleId, UserId};
use model::limit::Limits;
use model::name::order_of;
use model::person::{Person, Status};
use model::state::State;
use model::view::people::{Act, Half, MOST_SELECTED, Plan, RefusedFor, Saved, Wish};

/// What a wish comes to.
pub(crate) struct Judged {
    pub changes: Vec<Change>,
    pub people: u64,
    pub already: u64,
    pub refused: Vec<RefusedFor>,
    /// The half that is missing where a role is given.
    pub half: Option<Half>,
}

/// What has to be changed for one who is named, or why nothing can be.
pub(crate) struct Wanted {
    pub whom: Subject,
    pub changes: Result<Vec<Change>>,
}

/// What a wish would do, and for whom it is refused.
///
/// # Errors
/// For who may not see people, and for too many people at once.
pub async fn preview(backend: &Backend, caller: &Caller, wish: &Wish) -> Result<Plan> {
    caller.require("people.view")?;
    let judged = plan(backend, caller, wish).await?;
    let effect = crate::preview::effect(backend, caller, &judged.changes, Some(wish.seen)).await?;
    let Judged { people, already, refused, half, .. } = judged;
    Ok(Plan { people, already, refused, effect, half, ..Plan::default() })
}

/// Saves a wish for all for whom it is not refused, as one revision.
///
/// # Errors
/// The refusal, when it is refused for everybody; [`Error::NothingToDo`] when it is so already.
pub async fn save(backend: &Backend, caller: &Caller, wish: &Wish) -> Result<Saved> {
    caller.require("people.view")?;
    let judged = plan(backend, caller, wish).await?;
    if let (0, Some(first)) = (judged.people, judged.refused.first()) {
        return Err(Error::Invalid { field: "people", message: first.reason.clone() });
    }
    let gone: Vec<UserId> = judged.changes.iter().filter_map(signs_out).collect();
    let undoable = change::inverse(&judged.changes).is_some();
    let proposal = Proposal::new(caller.actor(), judged.changes).seen(wish.seen);
    let committed = super::account::commit_and_sign_out(backend, proposal, gone).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

/// Takes back a change that the caller has just made, by its number. All guards hold.
///
/// # Errors
/// When it was somebody else's, cannot be undone, or no longer fits.
pub async fn take_back(backend: &Backend, caller: &Caller, revision: u64) -> Result<Saved> {
    let mut connection = backend.database().pool().acquire().await?;
    let made = log::one(&mut connection, revision).await.map_err(Error::broken)?;
    drop(connection);
    let made = made.filter(|made| made.actor == caller.actor()).ok_or(Error::NotFound("change of yours"))?;
    let changes =
        change::inverse(&made.changes).ok_or(Error::NotUndoable("somebody was added or removed by it."))?;
    let mut proposal = Proposal::new(caller.actor(), changes).seen(revision);
    proposal.undoes = Some(revision);
    let gone: Vec<UserId> = proposal.changes.iter().filter_map(signs_out).collect();
    let committed = super::account::commit_and_sign_out(backend, proposal, gone).await?;
    Ok(Saved { revision: committed.revision, undoable: true })
}

fn signs_out(change: &Change) -> Option<UserId> {
    match change {
        Change::UserDeactivated { user } => Some(*user),
        _ => None,
    }
}

async fn plan(backend: &Backend, caller: &Caller, wish: &Wish) -> Result<Judged> {
    let mut people = wish.people.clone();
    people.sort();
    people.dedup();
    if people.len() > MOST_SELECTED {
        let message = format!("Select up to {MOST_SELECTED} people at once.");
        return Err(Error::Invalid { field: "people", message });
    }
    let (mut wanted, mut lacking) = (Vec::with_capacity(people.len()), Vec::new());
    for user in people {
        let person = caller.state.person(user).ok_or(Error::NotFound("person"))?;
        let changes = changes_for(backend, caller, person, &wish.act, &mut lacking);
        wanted.push(Wanted { whom: Subject::User(user), changes });
    }
    Ok(Judged { half: told(caller, &lacking), ..judge(backend, caller, wanted).await? })
}

/// Judges the changes for each on top of those that were accepted before.
pub(crate) async fn judge(backend: &Backend, caller: &Caller, wanted: Vec<Wanted>) -> Result<Judged> {
    let before = &caller.state;
    let mut after = State::clone(before);
    let mut judged = Judged { changes: Vec::new(), people: 0, already: 0, refused: Vec::new(), half: None };
    let mut connection = backend.database().pool().acquire().await?;
    for Wanted { whom, changes } in wanted {
        let mut next = after.clone();
        let outcome = match &changes {
            Err(_) => Ok(()),
            Ok(changes) => guard::check(before, caller.actor(), changes, caller.at)
                .map_err(Error::Refused)
                .and_then(|()| next.apply_all(changes).map_err(|(_, misfit)| Error::Misfit(misfit))),
        };
        let outcome = match (outcome, changes) {
            (Err(refusal), _) | (Ok(()), Err(refusal)) => Err(refusal),
            (Ok(()), Ok(changes)) => {
                refuse_lock_out(&mut connection, &next, caller.actor(), &changes).await.map(|()| changes)
            }
        };
        match outcome {
            Ok(changes) if changes.is_empty() => judged.already += 1,
            Ok(changes) => {
                after = next;
                judged.changes.extend(changes);
                judged.people += 1;
            }
            Err(broken @ Error::Broken(_)) => return Err(broken),
            Err(refusal) => {
                let name = called(before, whom).name;
                judged.refused.push(RefusedFor { name, reason: refusal.to_string() });
            }
        }
    }
    judged.refused.sort_by_cached_key(|one| order_of(&one.name));
    Ok(judged)
}

/// What has to be changed for one person; nothing where it is so already. Tells a half that is missing.
fn changes_for(
    backend: &Backend,
    caller: &Caller,
    person: &Person,
    act: &Act,
    lacking: &mut Vec<Lacking>,
) -> Result<Vec<Change>> {
    let state = &caller.state;
    let (user, subject) = (person.id, Subject::User(person.id));
    let changes = match act {
        Act::Give { role, object, window, with_half } => {
            let given = give_whole(backend, caller, unlimited(subject, *role, *object, *window), *with_half);
            lacking.extend(given.lacking);
            given.changes
        }
        Act::Replace { old, new } => {
            let mut changes = take(state, subject, *old);
            let plain = unlimited(subject, *new, ObjectId::ORGANIZATION, Window::ALWAYS);
            changes.extend(give(backend, state, plain));
            changes
        }
        Act::Take { role } => take(state, subject, *role),
        Act::TakeOne { grant } => {
            let held = state.grants_of(subject).find(|held| held.id == *grant);
            let held = held.ok_or(Error::NotFound("role assignment"))?;
            vec![Change::GrantRemoved { grant: held }]
        }
        Act::Join { group } if person.groups.contains(group) => Vec::new(),
        Act::Join { group } => vec![Change::MemberAdded { group: *group, user }],
        Act::Leave { group } if !person.groups.contains(group) => Vec::new(),
        Act::Leave { group } => vec![Change::MemberRemoved { group: *group, user }],
        Act::Deactivate => match person.status {
            Status::Active => vec![Change::UserDeactivated { user }],
            Status::Invited => {
                let message = "Not here yet: revoke the invitation instead.".to_owned();
                return Err(Error::Invalid { field: "people", message });
            }
            Status::Deactivated => Vec::new(),
        },
        Act::Reactivate if person.status == Status::Deactivated => vec![Change::UserReactivated { user }],
        Act::Reactivate => Vec::new(),
    };
    Ok(changes)
}

/// A role somewhere, for good or for a while, without limits. Its id is yet to be drawn.
pub(crate) fn unlimited(subject: Subject, role: RoleId, object: ObjectId, window: Window) -> Grant {
    Grant { id: GrantId::from_bits(0), subject, role, object, window, limits: Limits::NONE }
}

/// Gives what is not had already, under an id of its own.
pub(crate) fn give(backend: &Backend, state: &State, wanted: Grant) -> Vec<Change> {
    let had = state.grants_of(wanted.subject).any(|held| Grant { id: wanted.id, ..held } == wanted);
    if had {
        return Vec::new();
    }
    vec![Change::GrantAdded { grant: Grant { id: GrantId::from_bits(backend.random().bits()), ..wanted } }]
}

/// What has a place, an end or limits is never taken along.
fn take(state: &State, subject: Subject, role: RoleId) -> Vec<Change> {
    state
        .grants_of(subject)
        .filter(|held| held.role == role)
        .filter(|held| held.object == ObjectId::ORGANIZATION && held.terms() == Terms::ALWAYS)
        .map(|held| Change::GrantRemoved { grant: held })
        .collect()
}
