//! Other audiences: what they would do, and saving them as one revision.

use super::access::{readable, unseeing};
use super::{GOVERN, seen};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::{give, unlimited};
use model::audience::{self, Audiences};
use model::change::{self, Change};
use model::grant::{Subject, Window};
use model::id::{ObjectId, RoleId};
use model::state::State;
use model::view::people::Saved;
use model::view::tenants::{AccessEdits, AccessPlan, Alike, AudienceEdit, MOST_TENANTS, Reaches};
use std::collections::BTreeSet;

/// Who would gain and lose what, and how many each setting would reach.
///
/// # Errors
/// What saving would refuse.
pub async fn preview(backend: &Backend, caller: &Caller, wish: &AccessEdits) -> Result<AccessPlan> {
    let changes = altered(backend, caller, &wish.edits)?;
    plan(backend, caller, &changes, wish.seen).await
}

/// Saves other audiences.
///
/// # Errors
/// When it is not the caller's to do, or nothing is altered.
pub async fn save(backend: &Backend, caller: &Caller, wish: &AccessEdits) -> Result<Saved> {
    commit(backend, caller, altered(backend, caller, &wish.edits)?, wish.seen).await
}

/// What making tenants like another would do.
///
/// # Errors
/// What saving would refuse.
pub async fn alike_preview(backend: &Backend, caller: &Caller, wish: &Alike) -> Result<AccessPlan> {
    let changes = altered(backend, caller, &as_edits(caller, wish)?)?;
    plan(backend, caller, &changes, wish.seen).await
}

/// Makes the audiences of tenants those of another, as one revision.
///
/// # Errors
/// When one of them is not the caller's to alter, or nothing is altered.
pub async fn alike(backend: &Backend, caller: &Caller, wish: &Alike) -> Result<Saved> {
    commit(backend, caller, altered(backend, caller, &as_edits(caller, wish)?)?, wish.seen).await
}

async fn commit(backend: &Backend, caller: &Caller, changes: Vec<Change>, seen: u64) -> Result<Saved> {
    let undoable = change::inverse(&changes).is_some();
    let committed = backend.commit(Proposal::new(caller.actor(), changes).seen(seen)).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

async fn plan(backend: &Backend, caller: &Caller, changes: &[Change], seen: u64) -> Result<AccessPlan> {
    // Whoever says who has access chooses among all people, and is told whom that lets in.
    let effect = crate::preview::named(backend, caller, changes, Some(seen), true).await?;
    let tenants: BTreeSet<ObjectId> = changes.iter().filter_map(stands_on).collect();
    let mut reaches = Vec::new();
    if let (Some(tenant), 1) = (tenants.first().copied(), tenants.len()) {
        let mut after = State::clone(&caller.state);
        after.apply_all(changes).map_err(|(_, misfit)| Error::Misfit(misfit))?;
        let audiences = Audiences::of(&after, GOVERN, caller.at);
        for setting in audiences.settings() {
            let named = audiences.named(setting, tenant);
            let (people, unseeing) = (audiences.reaches(&named), unseeing(&audiences, tenant, &named));
            reaches.push(Reaches { role: setting.role, people, unseeing });
        }
    }
    Ok(AccessPlan { effect, reaches, tenants: tenants.len() as u64 })
}

fn stands_on(change: &Change) -> Option<ObjectId> {
    match change {
        Change::GrantAdded { grant } | Change::GrantRemoved { grant } => Some(grant.object),
        _ => None,
    }
}

/// The changes that these edits are. What is so already is left out.
fn altered(backend: &Backend, caller: &Caller, edits: &[AudienceEdit]) -> Result<Vec<Change>> {
    let state = &caller.state;
    let settings: BTreeSet<RoleId> =
        audience::settings(state, GOVERN).into_iter().map(|setting| setting.role).collect();
    let mut changes = Vec::new();
    for edit in edits {
        let tenant = seen(caller, edit.tenant)?.id;
        if !settings.contains(&edit.role) {
            return Err(Error::NotFound("permission"));
        }
        let cut: BTreeSet<Subject> = edit.cut.iter().copied().collect();
        let add: BTreeSet<Subject> = edit.add.iter().copied().filter(|one| !cut.contains(one)).collect();
        let gone = state.grants_on(tenant).filter(|one| one.role == edit.role && cut.contains(&one.subject));
        let mut gone: Vec<Change> = gone.map(|grant| Change::GrantRemoved { grant }).collect();
        changes.append(&mut gone);
        for subject in add {
            changes.extend(give(backend, state, unlimited(subject, edit.role, tenant, Window::ALWAYS)));
        }
    }
    Ok(changes)
}

/// The edits by which tenants have the audiences of another.
fn as_edits(caller: &Caller, wish: &Alike) -> Result<Vec<AudienceEdit>> {
    if wish.tenants.len() > MOST_TENANTS {
        let message = format!("Choose up to {MOST_TENANTS} tenants at once.");
        return Err(Error::Invalid { field: "tenants", message });
    }
    let like = seen(caller, wish.like)?.id;
    readable(caller, like)?;
    let audiences = Audiences::of(&caller.state, GOVERN, caller.at);
    let tenants: BTreeSet<ObjectId> = wish.tenants.iter().copied().filter(|id| *id != like).collect();
    let mut edits = Vec::new();
    for tenant in tenants {
        for setting in audiences.settings() {
            let (wanted, has) = (audiences.named(setting, like), audiences.named(setting, tenant));
            let beyond = |these: &[Subject], those: &[Subject]| -> Vec<Subject> {
                these.iter().copied().filter(|one| !those.contains(one)).collect()
            };
            let (add, cut) = (beyond(&wanted, &has), beyond(&has, &wanted));
            if !add.is_empty() || !cut.is_empty() {
                edits.push(AudienceEdit { tenant, role: setting.role, add, cut });
            }
        }
    }
    Ok(edits)
}
