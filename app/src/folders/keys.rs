//! Where keys lead in the tree, as the WAI-ARIA tree pattern says. Only data.

use model::view::folders::TreeRow;

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Focus goes to that line.
    To(usize),
    /// The line opens or closes, or shows more.
    Toggle,
    /// The place of the line is shown.
    Follow,
}

/// Where a key leads from a line.
pub(super) fn lead(key: &str, here: usize, rows: &[TreeRow]) -> Option<Lead> {
    let row = rows.get(here)?;
    let last = rows.len() - 1;
    match key {
        "ArrowDown" => Some(Lead::To((here + 1).min(last))),
        "ArrowUp" => Some(Lead::To(here.saturating_sub(1))),
        "Home" => Some(Lead::To(0)),
        "End" => Some(Lead::To(last)),
        "ArrowRight" => match row.open {
            Some(false) => Some(Lead::Toggle),
            Some(true) => Some(Lead::To((here + 1).min(last))),
            None => None,
        },
        "ArrowLeft" if row.open == Some(true) => Some(Lead::Toggle),
        "ArrowLeft" => {
            let above = rows.iter().take(here).rposition(|above| above.level < row.level);
            above.map(Lead::To)
        }
        "Enter" | " " if row.rest > 0 => Some(Lead::Toggle),
        "Enter" | " " => Some(Lead::Follow),
        letter if letter.chars().count() == 1 => {
            let letter = letter.to_lowercase();
            let begins = |row: &TreeRow| row.name.to_lowercase().starts_with(&letter);
            let after = (here + 1..rows.len()).chain(0..here);
            let mut found = after.filter(|at| rows.get(*at).is_some_and(begins));
            found.next().map(Lead::To)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::id::ObjectId;

    fn row(name: &str, level: u32, open: Option<bool>, rest: u64) -> TreeRow {
        TreeRow {
            id: ObjectId::from_bits(1),
            within: ObjectId::ORGANIZATION,
            name: name.to_owned(),
            kind: "folder".to_owned(),
            level,
            number: 1,
            beside: 1,
            open,
            holds: 0,
            via: None,
            rest,
        }
    }

    #[test]
    fn keys_lead_where_the_tree_pattern_says() {
        let rows = [
            row("Denmark", 1, Some(true), 0),
            row("Finance", 2, Some(false), 0),
            row("HR", 2, Some(true), 0),
            row("hr-robot", 3, None, 0),
            row("", 3, None, 40),
            row("Sweden", 1, None, 0),
        ];
        for (key, here, wanted) in [
            ("ArrowDown", 0, Some(Lead::To(1))),
            ("ArrowDown", 5, Some(Lead::To(5))),
            ("ArrowUp", 0, Some(Lead::To(0))),
            ("ArrowUp", 3, Some(Lead::To(2))),
            ("Home", 4, Some(Lead::To(0))),
            ("End", 0, Some(Lead::To(5))),
            ("ArrowRight", 1, Some(Lead::Toggle)),
            ("ArrowRight", 2, Some(Lead::To(3))),
            ("ArrowRight", 3, None),
            ("ArrowLeft", 2, Some(Lead::Toggle)),
            ("ArrowLeft", 3, Some(Lead::To(2))),
            ("ArrowLeft", 1, Some(Lead::To(0))),
            ("ArrowLeft", 5, None),
            ("Enter", 3, Some(Lead::Follow)),
            ("Enter", 4, Some(Lead::Toggle)),
            ("h", 2, Some(Lead::To(3))),
            ("h", 3, Some(Lead::To(2))),
            ("S", 0, Some(Lead::To(5))),
            ("q", 0, None),
            ("Tab", 0, None),
            ("ArrowDown", 9, None),
        ] {
            assert_eq!(lead(key, here, &rows), wanted, "{key} from {here}");
        }
    }
}
