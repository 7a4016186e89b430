//! What is open in the tree, as it stands in the address: `?open=ID.ID~3&shut=ID`. Only data.

use leptos_router::params::ParamsMap;
use model::id::ObjectId;
use model::view::folders::{OpenBranch, PAGE, TreeQuery, TreeRow};

/// The most branches that stand in an address.
const MOST: usize = 40;

/// The part of the tree that an address asks for.
pub(super) fn asked(query: &ParamsMap, at: Option<ObjectId>) -> TreeQuery {
    let parts = |key: &str| query.get(key).unwrap_or_default();
    let branch = |text: &str| {
        let (of, pages) = text.split_once('~').unwrap_or((text, "1"));
        Some(OpenBranch { of: of.parse().ok()?, pages: pages.parse().ok().filter(|pages| *pages > 0)? })
    };
    TreeQuery {
        at,
        open: parts("open").split('.').filter_map(branch).take(MOST).collect(),
        shut: parts("shut").split('.').filter_map(|text| text.parse().ok()).take(MOST).collect(),
    }
}

/// What of the tree is open as it is drawn, with how many pages of each.
pub(super) fn drawn(rows: &[TreeRow], asked: &TreeQuery) -> Vec<OpenBranch> {
    let open = rows.iter().filter(|row| row.open == Some(true));
    let pages =
        |of: ObjectId| asked.open.iter().find(|branch| branch.of == of).map_or(1, |branch| branch.pages);
    let mut all: Vec<OpenBranch> = open.map(|row| OpenBranch { of: row.id, pages: pages(row.id) }).collect();
    all.extend(asked.open.iter().filter(|branch| branch.of == ObjectId::ORGANIZATION).copied());
    all
}

/// After a branch was opened or closed, or more of it was asked for.
pub(super) fn toggled(rows: &[TreeRow], asked: &TreeQuery, row: &TreeRow) -> TreeQuery {
    let mut open = drawn(rows, asked);
    let mut shut: Vec<ObjectId> = asked.shut.iter().copied().filter(|id| *id != row.id).collect();
    if row.rest > 0 {
        let pages = u32::try_from((row.number - 1) / u64::from(PAGE)).unwrap_or(u32::MAX).saturating_add(1);
        open.retain(|branch| branch.of != row.id);
        open.push(OpenBranch { of: row.id, pages });
    } else if row.open == Some(true) {
        open.retain(|branch| branch.of != row.id);
        shut.push(row.id);
    } else if row.open == Some(false) {
        open.push(OpenBranch { of: row.id, pages: 1 });
    }
    TreeQuery { at: asked.at, open, shut }
}

/// What is open, as an address spells it.
pub(super) fn spelled(open: &[OpenBranch]) -> String {
    let one = |branch: &OpenBranch| match branch.pages {
        1 => branch.of.to_string(),
        pages => format!("{}~{pages}", branch.of),
    };
    open.iter().take(MOST).map(one).collect::<Vec<_>>().join(".")
}

/// What is closed, as an address spells it.
pub(super) fn spelled_shut(shut: &[ObjectId]) -> String {
    shut.iter().take(MOST).map(ObjectId::to_string).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u64, open: Option<bool>) -> TreeRow {
        TreeRow {
            id: ObjectId::from_bits(id),
            within: ObjectId::ORGANIZATION,
            name: String::new(),
            kind: String::new(),
            level: 1,
            number: 1,
            beside: 1,
            open,
            holds: 1,
            via: None,
            rest: 0,
        }
    }

    #[test]
    fn what_is_open_comes_back_from_the_address_as_it_was() {
        let asked_for = TreeQuery::default();
        let rows = [row(7, Some(false)), row(8, Some(true))];
        let opened = toggled(&rows, &asked_for, &rows[0]);
        let text = spelled(&opened.open);
        let query: ParamsMap = [("open", text.as_str())].into_iter().collect();
        assert_eq!(asked(&query, None), opened);
        let shut = toggled(&rows, &opened, &rows[1]);
        assert_eq!(shut.shut, [ObjectId::from_bits(8)]);
        assert!(shut.open.is_empty(), "only what is drawn as open is");
    }

    #[test]
    fn more_of_a_branch_is_asked_for_by_the_page() {
        let rest = TreeRow { rest: 50, number: 201, ..row(9, None) };
        let rows = [row(9, Some(true)), rest.clone()];
        let more = toggled(&rows, &TreeQuery::default(), &rest);
        assert_eq!(spelled(&more.open), format!("{}~3", ObjectId::from_bits(9)));
    }

    #[test]
    fn what_makes_no_sense_in_an_address_opens_nothing() {
        let query: ParamsMap = [("open", "x.~.7~0.~~"), ("shut", "...")].into_iter().collect();
        assert_eq!(asked(&query, None), TreeQuery::default());
    }
}
