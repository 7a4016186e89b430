//! The edits that answers offer: what they are called, why the reader may not make them, their effect, and
//! saving them.

use super::{Asking, say};
use crate::Backend;
use crate::access::commit::Proposal;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::{Lacking, give_whole, told, unlimited};
use model::change::{self, Change};
use model::grant::{Grant, Subject, Who, Window};
use model::id::{GrantId, ObjectId, UserId};
use model::limit::Limits;
use model::state::State;
use model::view::check::{Edit, EditWish, Fix, MOST_EDITS, Prepared};
use model::view::people::{Plan, Saved};
use model::{decide, explain, guard};
use sqlx::query;
use std::collections::BTreeSet;

/// What edits would do.
///
/// # Errors
/// What saving would refuse.
pub async fn preview(backend: &Backend, caller: &Caller, wish: &EditWish) -> Result<Plan> {
    let (changes, lacking) = changes(backend, caller, wish)?;
    if changes.is_empty() {
        return Ok(Plan { already: 1, ..Plan::default() });
    }
    let effect = crate::preview::effect(backend, caller, &changes, Some(wish.seen)).await?;
    Ok(Plan { people: 1, effect, half: told(caller, &lacking), ..Plan::default() })
}

/// Saves edits as one revision.
///
/// # Errors
/// When the caller may not, or when they no longer fit.
pub async fn save(backend: &Backend, caller: &Caller, wish: &EditWish) -> Result<Saved> {
    let (changes, _) = changes(backend, caller, wish)?;
    let undoable = change::inverse(&changes).is_some();
    let committed = backend.commit(Proposal::new(caller.actor(), changes).seen(wish.seen)).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

fn changes(backend: &Backend, caller: &Caller, wish: &EditWish) -> Result<(Vec<Change>, Vec<Lacking>)> {
    // As everywhere where something is done to people.
    caller.require("people.view")?;
    if wish.edits.len() > MOST_EDITS {
        let message = format!("Save up to {MOST_EDITS} edits at once.");
        return Err(Error::Invalid { field: "edits", message });
    }
    let (mut changes, mut lacking) = (Vec::new(), Vec::new());
    for edit in &wish.edits {
        changes.extend(changes_of(backend, caller, edit, wish.with_half, &mut lacking)?);
    }
    Ok((changes, lacking))
}

/// The changes that an edit is; none where it is so already. Tells a half that is missing.
fn changes_of(
    backend: &Backend,
    caller: &Caller,
    edit: &Edit,
    with_half: bool,
    lacking: &mut Vec<Lacking>,
) -> Result<Vec<Change>> {
    let state = &caller.state;
    let held = |grant: &GrantId| state.grant(*grant).ok_or(Error::NotFound("role assignment"));
    Ok(vec![match edit {
        Edit::Leave { group, user } => Change::MemberRemoved { group: *group, user: *user },
        Edit::Join { group, user } => Change::MemberAdded { group: *group, user: *user },
        Edit::Take { grant } => Change::GrantRemoved { grant: held(grant)? },
        Edit::Give { who, role, object } => {
            let plain = unlimited(who.subject(), *role, *object, Window::ALWAYS);
            let given = give_whole(backend, caller, plain, with_half);
            lacking.extend(given.lacking);
            return Ok(given.changes);
        }
        Edit::Widen { grant, window, without_limits } => {
            let was = held(grant)?;
            let limits = if *without_limits { Limits::NONE } else { was.limits.clone() };
            let now = Grant { window: *window, limits, ..was.clone() };
            return Ok(vec![Change::GrantRemoved { grant: was }, Change::GrantAdded { grant: now }]);
        }
        Edit::Allow { role, permission } => {
            Change::PermissionAdded { role: *role, permission: permission.clone() }
        }
        Edit::Reactivate { user } => Change::UserReactivated { user: *user },
        Edit::Enable { account } => Change::ServiceAccountEnabled { account: *account },
        Edit::TurnOn { area } => Change::AreaTurnedOn { area: area.clone() },
    }])
}

/// The edits that changes of an explanation are.
fn edits_of(changes: &[Change]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut left = changes.iter().peekable();
    while let Some(change) = left.next() {
        edits.extend(match change {
            Change::GrantRemoved { grant } => match left.peek() {
                Some(Change::GrantAdded { grant: now }) if now.id == grant.id => {
                    let without_limits = now.limits != grant.limits;
                    let edit = Edit::Widen { grant: grant.id, window: now.window, without_limits };
                    left.next();
                    Some(edit)
                }
                _ => Some(Edit::Take { grant: grant.id }),
            },
            Change::GrantAdded { grant } => {
                who_of(grant.subject).map(|who| Edit::Give { who, role: grant.role, object: grant.object })
            }
            Change::MemberAdded { group, user } => Some(Edit::Join { group: *group, user: *user }),
            Change::MemberRemoved { group, user } => Some(Edit::Leave { group: *group, user: *user }),
            Change::PermissionAdded { role, permission } => {
                Some(Edit::Allow { role: *role, permission: permission.clone() })
            }
            Change::UserReactivated { user } => Some(Edit::Reactivate { user: *user }),
            Change::ServiceAccountEnabled { account } => Some(Edit::Enable { account: *account }),
            Change::AreaTurnedOn { area } => Some(Edit::TurnOn { area: area.clone() }),
            _ => None,
        });
    }
    edits
}

fn who_of(subject: Subject) -> Option<Who> {
    match subject {
        Subject::User(user) => Some(user.into()),
        Subject::Group(group) => Some(group.into()),
        Subject::ServiceAccount(account) => Some(account.into()),
        Subject::Everyone => None,
    }
}

/// Who administers the organization now and can sign in.
pub(super) struct InCharge(BTreeSet<UserId>);

/// Reads who is in charge.
pub(super) async fn in_charge(backend: &Backend, caller: &Caller) -> Result<InCharge> {
    let mut all = BTreeSet::new();
    for user in decide::administrators(&caller.state) {
        let row = query("SELECT user_id FROM passwords WHERE user_id = $1")
            .bind(user.to_string())
            .fetch_optional(backend.database().pool())
            .await?;
        if row.is_some() {
            all.insert(user);
        }
    }
    Ok(InCharge(all))
}

impl Asking<'_> {
    /// The one edit that ends a path.
    pub(super) fn ending(&self, who: Who, path: &explain::Path) -> Prepared {
        let state = &self.caller.state;
        let role = state.role(path.grant.role).map(|role| role.name.clone()).unwrap_or_default();
        let called = self.called(who);
        let (words, done) = match (path.group, path.grant.subject) {
            (Some(group), _) => {
                let group = state.group(group).map(|group| group.name.clone()).unwrap_or_default();
                (format!("Take out of {group}"), format!("{called} is no longer in {group}."))
            }
            (None, Subject::Everyone) => {
                (format!("Take {role} from all users"), format!("{role} is no longer for all users."))
            }
            (None, _) => (format!("Take {role}"), format!("{called} no longer has {role}.")),
        };
        self.prepared(std::slice::from_ref(&path.ends), words, done)
    }

    /// An edit that would allow what is refused.
    pub(super) fn fix(&self, fix: &explain::Fix) -> Fix {
        let edits = edits_of(&fix.changes);
        let (words, done): (Vec<String>, Vec<String>) = edits.iter().map(|edit| self.words(edit)).unzip();
        let words = match words.split_first() {
            Some((first, rest)) if !rest.is_empty() => {
                let rest: Vec<String> = rest.iter().map(|words| say::verb(words)).collect();
                format!("{first}, then {}", say::list(&rest, "and"))
            }
            _ => words.concat(),
        };
        let also = match fix.gives.permissions {
            0 => None,
            1 => Some("gives 1 other permission".to_owned()),
            many => Some(format!("gives {many} other permissions")),
        };
        let others = match fix.gives.others {
            0 => None,
            1 => Some("reaches 1 other".to_owned()),
            many => Some(format!("reaches {many} others")),
        };
        let gives: Vec<String> = others.into_iter().chain(also).collect();
        let gives = match gives.is_empty() {
            true => "Gives nothing else.".to_owned(),
            false => format!("Also {}.", say::list(&gives, "and")),
        };
        Fix { edit: self.prepared(&fix.changes, words, done.join(" ")), gives }
    }

    fn prepared(&self, changes: &[Change], words: String, done: String) -> Prepared {
        Prepared { edits: edits_of(changes), words, done, refused: self.refused(changes) }
    }

    /// What an edit does, as on a button, and what is said when it is done.
    fn words(&self, edit: &Edit) -> (String, String) {
        let state = &self.caller.state;
        let role_name = |id| state.role(id).map(|role| role.name.clone()).unwrap_or_default();
        let group_name = |id| state.group(id).map(|group| group.name.clone()).unwrap_or_default();
        match edit {
            Edit::Give { who, role, object } => {
                let (called, role) = (self.called(*who), format!("{}{}", role_name(*role), self.on(*object)));
                (format!("Give {called} {role}"), format!("{called} has {role}."))
            }
            Edit::Join { group, user } => {
                let (called, group) = (self.called(Who::User(*user)), group_name(*group));
                (format!("Add {called} to {group}"), format!("{called} is in {group}."))
            }
            Edit::Leave { group, user } => {
                let (called, group) = (self.called(Who::User(*user)), group_name(*group));
                (format!("Take {called} out of {group}"), format!("{called} is no longer in {group}."))
            }
            Edit::Take { grant } => {
                let role = state.grant(*grant).map(|grant| role_name(grant.role)).unwrap_or_default();
                (format!("Take {role}"), format!("{role} is taken away."))
            }
            Edit::Widen { grant, window, without_limits } => {
                let Some(held) = state.grant(*grant) else { return Default::default() };
                let role = format!("{}{}", role_name(held.role), self.on(held.object));
                let whom = who_of(held.subject).map(|who| self.called(who)).unwrap_or_default();
                let role = format!("{role} for {whom}");
                let (words, done) = match (*window == held.window, window.from == held.window.from) {
                    (true, _) => (format!("Lift the limits of {role}"), format!("{role} has no limits.")),
                    (false, true) => (format!("Extend {role}"), format!("{role} no longer ends.")),
                    (false, false) => (format!("Begin {role} now"), format!("{role} has begun.")),
                };
                if *without_limits && *window != held.window {
                    return (format!("{words}, without its limits"), done);
                }
                (words, done)
            }
            Edit::Allow { role, permission } => {
                let catalog = state.catalog();
                let entry = catalog.number(permission).and_then(|number| catalog.entry(number));
                let permission = entry.map_or(permission.as_str(), |entry| entry.name.as_str());
                let role = role_name(*role);
                (format!("Allow “{permission}” in {role}"), format!("{role} allows “{permission}”."))
            }
            Edit::Reactivate { user } => {
                let called = self.called(Who::User(*user));
                (format!("Reactivate {called}"), format!("{called} is active again."))
            }
            Edit::Enable { account } => {
                let called = self.called(Who::ServiceAccount(*account));
                (format!("Enable {called}"), format!("{called} is enabled."))
            }
            Edit::TurnOn { area } => {
                let name = state.catalog().pack(area).map_or(area.as_str(), |one| one.pack.name.as_str());
                (format!("Turn on {name}"), format!("{name} is turned on."))
            }
        }
    }

    /// Why the reader may not make changes. INVARIANT: names no place that they may not see.
    fn refused(&self, changes: &[Change]) -> Option<String> {
        let Asking { caller, .. } = self;
        if let Err(refusal) = caller.require("people.view") {
            return Some(refusal.to_string());
        }
        let changes = change::expand(&caller.state, changes);
        match guard::check(&caller.state, caller.actor(), &changes, caller.at) {
            Err(refusal) if self.are_seen(&changes) => return Some(refusal.to_string()),
            Err(_) => return Some("You may not: it also concerns places that you may not see.".to_owned()),
            Ok(()) => {}
        }
        self.locks_out(&changes).then(|| guard::Refusal::LockOut.to_string())
    }

    /// Whether the reader may see all places that changes are about.
    fn are_seen(&self, changes: &[Change]) -> bool {
        changes.iter().all(|change| self.places_of(change).into_iter().all(|place| self.sight.sees(place)))
    }

    fn places_of(&self, change: &Change) -> Vec<ObjectId> {
        let state = &self.caller.state;
        match change {
            Change::GrantAdded { grant } | Change::GrantRemoved { grant } => vec![grant.object],
            Change::MemberAdded { group, .. } | Change::MemberRemoved { group, .. } => {
                state.grants_of(Subject::Group(*group)).map(|grant| grant.object).collect()
            }
            Change::UserReactivated { user } => {
                decide::grants_for(state, *user).map(|grant| grant.object).collect()
            }
            Change::ServiceAccountEnabled { account } => {
                decide::grants_for(state, *account).map(|grant| grant.object).collect()
            }
            Change::PermissionAdded { role, .. } => {
                state.role(*role).map(|role| role.owner.place()).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether nobody would be left in charge. Only what takes something on the organization can do that.
    fn locks_out(&self, changes: &[Change]) -> bool {
        let takes = |change: &Change| {
            matches!(change, Change::GrantRemoved { .. } | Change::MemberRemoved { .. })
                && self.places_of(change).contains(&ObjectId::ORGANIZATION)
        };
        if !changes.iter().any(takes) {
            return false;
        }
        let mut after = State::clone(&self.caller.state);
        after.apply_all(changes).is_ok() && decide::administrators(&after).is_disjoint(&self.in_charge.0)
    }
}
