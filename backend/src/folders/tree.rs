//! The tree: only what is open, so that ten thousand places cost no more than the hundred that are in sight.

use super::kept::{Kept, count, kept};
use super::{aside, can_hold};
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use model::id::ObjectId;
use model::state::State;
use model::view::folders::{MOST_OPEN, PAGE, Tree, TreeQuery, TreeRow};
use std::collections::{BTreeMap, BTreeSet};

/// How deep the drawn tree goes at the most: a guard, folders nest less.
const DEEPEST: u32 = 20;

/// The open part of the tree.
///
/// # Errors
/// When the area is off.
pub async fn tree(_: &Backend, caller: &Caller, query: &TreeQuery) -> Result<Tree> {
    let query = query.clone();
    aside(caller, move |caller, sight| {
        let state = &*caller.state;
        let mut growing =
            Growing { state, sight, open: opened(state, &query), at: query.at, rows: Vec::new() };
        growing.branch(ObjectId::ORGANIZATION, 1);
        Ok(Tree { revision: state.revision(), rows: growing.rows })
    })
    .await
}

/// What is open, and how many pages of each: the place that is shown with what holds it, and what was opened by hand.
fn opened(state: &State, query: &TreeQuery) -> BTreeMap<ObjectId, u32> {
    let above = query.at.into_iter().flat_map(|at| state.chain(at).map(|place| place.id));
    let mut open: BTreeMap<ObjectId, u32> = above.map(|id| (id, 1)).collect();
    for branch in query.open.iter().take(MOST_OPEN) {
        open.insert(branch.of, branch.pages.max(1));
    }
    let shut: BTreeSet<ObjectId> = query.shut.iter().copied().collect();
    open.retain(|id, _| !shut.contains(id));
    open
}

struct Growing<'a> {
    state: &'a State,
    sight: &'a Sight<'a>,
    open: BTreeMap<ObjectId, u32>,
    at: Option<ObjectId>,
    rows: Vec<TreeRow>,
}

impl Growing<'_> {
    fn branch(&mut self, within: ObjectId, level: u32) {
        let (state, sight) = (self.state, self.sight);
        let all = kept(state, sight, within);
        let pages = self.open.get(&within).copied().unwrap_or(1);
        let wanted = pages as usize * PAGE as usize;
        // What is shown, or holds what is shown, is never beyond the last line.
        let along: Vec<ObjectId> =
            self.at.into_iter().flat_map(|at| state.chain(at).map(|one| one.id)).collect();
        let needed = all.iter().position(|one| along.contains(&one.object.id)).map_or(0, |at| at + 1);
        let shown = wanted.max(needed.div_ceil(PAGE as usize) * PAGE as usize).min(all.len());
        let beside = all.len() as u64;
        for (number, one) in all.iter().take(shown).enumerate() {
            self.row(one, within, level, number as u64 + 1, beside);
        }
        let rest = (all.len() - shown) as u64;
        if rest > 0 {
            self.rows.push(TreeRow {
                id: within,
                within,
                name: String::new(),
                kind: String::new(),
                level,
                number: shown as u64 + 1,
                beside,
                open: None,
                holds: 0,
                via: None,
                rest,
            });
        }
    }

    fn row(&mut self, one: &Kept<'_>, within: ObjectId, level: u32, number: u64, beside: u64) {
        let object = one.object;
        let holds = count(self.state, self.sight, object).unwrap_or_default();
        let open = (can_hold(&object.kind) && holds > 0)
            .then(|| level < DEEPEST && self.open.contains_key(&object.id));
        self.rows.push(TreeRow {
            id: object.id,
            within,
            name: object.name.clone(),
            kind: object.kind.clone(),
            level,
            number,
            beside,
            open,
            holds,
            via: one.via.clone(),
            rest: 0,
        });
        if open == Some(true) {
            self.branch(object.id, level + 1);
        }
    }
}
