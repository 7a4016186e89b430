//! The matrix: all tenants with their four permissions on one screen, and what differs from most.

use super::access::chip;
use super::{GOVERN, all_seen, no_reading_access, no_setting};
use crate::Backend;
use crate::caller::Caller;
use crate::error::Result;
use model::audience::{Audiences, Setting};
use model::grant::Subject;
use model::name::fold;
use model::object::Object;
use model::view::tenants::{Cell, Matrix, MatrixRow};
use std::collections::BTreeMap;

/// How many names stand in a cell.
const NAMES: usize = 3;

/// The tenants whose access the caller may see and whose name holds the search. What most have is judged over
/// all of them, whatever is searched.
///
/// # Errors
/// When the area is off.
pub async fn matrix(_: &Backend, caller: &Caller, search: &str) -> Result<Matrix> {
    let seen = all_seen(caller)?;
    let (all, others): (Vec<&Object>, Vec<&Object>) =
        seen.into_iter().partition(|tenant| no_reading_access(caller, tenant.id).is_none());
    let audiences = Audiences::of(&caller.state, GOVERN, caller.at);
    let usual: Vec<Option<Vec<Subject>>> =
        audiences.settings().iter().map(|setting| usual(&audiences, setting, &all)).collect();
    let search = fold(search);
    let wanted = all.iter().filter(|tenant| fold(&tenant.name).contains(&search));
    let rows = wanted.map(|tenant| MatrixRow {
        id: tenant.id,
        name: tenant.name.clone(),
        cells: audiences
            .settings()
            .iter()
            .zip(&usual)
            .map(|(setting, usual)| cell(caller, &audiences, setting, tenant, usual.as_deref()))
            .collect(),
        no_setting: no_setting(caller, tenant.id),
    });
    Ok(Matrix {
        revision: caller.state.revision(),
        permissions: audiences.settings().iter().map(|setting| setting.name.clone()).collect(),
        rows: rows.collect(),
        all: all.len() as u64,
        others: others.len() as u64,
    })
}

/// The audience that more than half of the tenants have; none, where no audience is so common.
fn usual(audiences: &Audiences<'_>, setting: &Setting, all: &[&Object]) -> Option<Vec<Subject>> {
    let mut counts: BTreeMap<Vec<Subject>, usize> = BTreeMap::new();
    for tenant in all {
        *counts.entry(audiences.named(setting, tenant.id)).or_default() += 1;
    }
    counts.into_iter().find(|(_, count)| count * 2 > all.len()).map(|(named, _)| named)
}

fn cell(
    caller: &Caller,
    audiences: &Audiences<'_>,
    setting: &Setting,
    tenant: &Object,
    usual: Option<&[Subject]>,
) -> Cell {
    let named = audiences.named(setting, tenant.id);
    let chips = named.iter().filter_map(|subject| chip(&caller.state, audiences, *subject));
    let mut names: Vec<String> = chips.map(|chip| chip.name).collect();
    let more = names.len().saturating_sub(NAMES) as u64;
    names.truncate(NAMES);
    Cell {
        names,
        more,
        reaches: audiences.reaches(&named),
        by_role: audiences.more_by_role(setting, tenant.id, &named),
        differs: usual.is_some_and(|usual| usual != named),
    }
}
