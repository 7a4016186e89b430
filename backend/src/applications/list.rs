//! The list of applications.

use super::{CREATE, SANDBOX, all_seen, details, mergers, tree, versions};
use crate::Backend;
use crate::caller::Caller;
use crate::check::Sight;
use crate::error::Result;
use crate::people::lacks;
use model::id::ObjectId;
use model::name::fold;
use model::object::Object;
use model::view::Page;
use model::view::applications::{ApplicationRow, ApplicationsQuery, ApplicationsScreen, PAGE};
use std::collections::HashMap;

/// The applications that the caller may see and whose name holds the search.
///
/// # Errors
/// When the area is off.
pub async fn list(
    backend: &Backend,
    caller: &Caller,
    query: &ApplicationsQuery,
) -> Result<ApplicationsScreen> {
    let sight = Sight::of(caller);
    let seen = all_seen(caller, &sight)?;
    let all = seen.len() as u64;
    let search = fold(&query.search);
    let mut connection = backend.database().pool().acquire().await?;
    let statuses = match query.status {
        Some(_) => details::statuses(&mut connection).await?,
        None => HashMap::new(),
    };
    let fits = |id: ObjectId| {
        query.status.is_none_or(|wanted| statuses.get(&id).copied().unwrap_or_default() == wanted)
    };
    let wanted: Vec<&Object> = seen
        .into_iter()
        .filter(|(key, one)| key.contains(&search) && fits(one.id))
        .map(|(_, one)| one)
        .collect();
    let page = Page::of(wanted, query.page, PAGE);
    let ids: Vec<ObjectId> = page.rows.iter().map(|one| one.id).collect();
    let noted = details::of_all(&mut connection, &ids).await?;
    let roots: Vec<ObjectId> = ids.iter().flat_map(|id| tree::roots(&caller.state, *id)).collect();
    let stages = versions::of_all(&mut connection, &roots).await?;
    drop(connection);
    let row = |one: &Object| {
        let noted = noted.get(&one.id).cloned().unwrap_or_default();
        let roots = tree::roots(&caller.state, one.id);
        let root = roots.iter().find(|root| super::sees_stage(caller, &sight, **root));
        let count = caller.state.children(one.id).count() as u64;
        ApplicationRow {
            id: one.id,
            name: one.name.clone(),
            status: noted.status,
            planned_on: noted.planned_on,
            version: root
                .and_then(|root| stages.get(root))
                .map(|one| one.version.clone())
                .unwrap_or_default(),
            sandboxes: count.saturating_sub(roots.len() as u64),
            mergers: mergers(caller, one.id),
        }
    };
    Ok(ApplicationsScreen {
        revision: caller.state.revision(),
        applications: page.map(row),
        all,
        no_adding: lacks(caller, &[CREATE]),
        no_chain: lacks(caller, &[CREATE, SANDBOX]),
    })
}
