//! What one person may do, with every path to it: by which role, through which group, where, until when.

use super::rows::{named_group, place_name};
use crate::caller::Caller;
use crate::check::Sight;
use model::decide;
use model::grant::{Grant, Subject};
use model::id::UserId;
use model::view::people::{AccessArea, AccessRow, Named, Path};

/// All permissions that somebody holds, or will once they are active or a window opens, by area.
pub(super) fn access(caller: &Caller, user: UserId) -> Vec<AccessArea> {
    let state = &caller.state;
    let sight = Sight::of(caller);
    let grants: Vec<Grant> = decide::grants_for(state, user)
        .filter(|grant| grant.window.until.is_none_or(|until| until > caller.at))
        .collect();
    let areas = state.catalog().packs().iter().filter(|installed| installed.on);
    areas
        .map(|installed| AccessArea {
            name: installed.pack.name.clone(),
            rows: installed
                .pack
                .permissions
                .iter()
                .filter_map(|entry| {
                    let number = state.catalog().number(&entry.key)?;
                    let by = grants.iter().filter(|grant| state.role_allows(grant.role, number));
                    let paths: Vec<Path> = by.map(|grant| path(caller, &sight, grant)).collect();
                    (!paths.is_empty()).then(|| AccessRow {
                        name: entry.name.clone(),
                        opens: entry.opens.clone(),
                        paths,
                    })
                })
                .collect(),
        })
        .filter(|area| !area.rows.is_empty())
        .collect()
}

fn path(caller: &Caller, sight: &Sight<'_>, grant: &Grant) -> Path {
    let state = &caller.state;
    let group = match grant.subject {
        Subject::Group(group) => named_group(state, group),
        _ => None,
    };
    Path {
        role: Named {
            id: grant.role,
            name: state.role(grant.role).map(|role| role.name.clone()).unwrap_or_default(),
        },
        group,
        everyone: grant.subject == Subject::Everyone,
        place: place_name(sight, grant.object),
        window: grant.window,
        limits: sight.limits(&grant.limits),
    }
}
