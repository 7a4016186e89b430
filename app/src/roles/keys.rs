//! Where keys lead in the grid, as the ARIA grid pattern says. Only data.

use super::shape::{Line, Shape};
use model::id::RoleId;

/// A cell that can have focus. Without a line it is in the head; without a role it is in the first column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    /// The line.
    pub line: Option<Line>,
    /// The column.
    pub role: Option<RoleId>,
}

impl Spot {
    /// What stands in `data-at`, so that the element of a cell can be found.
    #[must_use]
    pub fn mark(self) -> String {
        let line = mark_of_line(self.line);
        format!("{line}.{}", self.role.map(|role| role.to_string()).unwrap_or_default())
    }

    /// The cell of a mark.
    #[must_use]
    pub fn of_mark(mark: &str) -> Option<Self> {
        let (line, role) = mark.split_once('.')?;
        let line = line_of_mark(line)?;
        let role = if role.is_empty() { None } else { Some(role.parse().ok()?) };
        Some(Self { line, role })
    }

    /// Itself if it is shown, otherwise the first cell that is.
    #[must_use]
    pub fn within(self, shape: &Shape) -> Self {
        let has_line = self.line.is_none_or(|line| shape.line(line).is_some());
        let has_role = self.role.is_none_or(|role| shape.column(role).is_some());
        let is_cell = !matches!((self.line, self.role), (Some(Line::Area(_)), Some(_)));
        if has_line && has_role && is_cell { self } else { Self::first(shape) }
    }

    /// The first cell of the first permission.
    #[must_use]
    pub fn first(shape: &Shape) -> Self {
        let row = shape.lines.iter().copied().find(|line| matches!(line, Line::Row(_)));
        Self { line: row, role: row.and_then(|_| shape.roles.first().copied()) }
    }
}

/// Where a key leads from a cell; `None` for keys that lead nowhere. `page`: how many lines are in sight.
#[must_use]
pub fn lead(key: &str, control: bool, from: Spot, shape: &Shape, page: usize) -> Option<Spot> {
    let axes = Axes { lines: &shape.lines, columns: &shape.roles };
    let (line, role) = axes.lead(key, control, (from.line, from.role), page)?;
    Some(Spot { line, role })
}

/// Where a cell stands: its line, without one in the head; its column, without one in the first.
pub type At<C> = (Option<Line>, Option<C>);

/// The lines and columns of a grid, whatever its columns are.
#[derive(Debug, Clone, Copy)]
pub struct Axes<'a, C> {
    /// The lines beneath the head.
    pub lines: &'a [Line],
    /// The columns after the first.
    pub columns: &'a [C],
}

impl<C: Copy + PartialEq> Axes<'_, C> {
    /// Where a key leads from a cell; `None` for keys that lead nowhere. `page`: how many lines are in sight.
    #[must_use]
    pub fn lead(self, key: &str, control: bool, from: At<C>, page: usize) -> Option<At<C>> {
        let (line, column) = from;
        Some(match (key, control) {
            ("ArrowLeft", false) => (line, self.left(column)),
            ("ArrowRight", false) => (line, self.right(from)),
            ("ArrowUp", false) => self.down(from, -1),
            ("ArrowDown", false) => self.down(from, 1),
            ("Home", false) => (line, None),
            ("End", false) => (line, self.right_end(line)),
            ("Home", true) => (self.lines.first().copied(), None),
            ("End", true) => {
                let last = self.lines.last().copied();
                (last, self.right_end(last))
            }
            ("PageUp", _) => self.down(from, -jump(page)),
            ("PageDown", _) => self.down(from, jump(page)),
            _ => return None,
        })
    }

    fn place(self, column: C) -> Option<usize> {
        self.columns.iter().position(|one| *one == column)
    }

    fn left(self, column: Option<C>) -> Option<C> {
        let at = self.place(column?)?.checked_sub(1)?;
        self.columns.get(at).copied()
    }

    fn right(self, (line, column): At<C>) -> Option<C> {
        // The heading of an area is one cell as wide as the grid.
        if matches!(line, Some(Line::Area(_))) {
            return None;
        }
        let next = match column {
            None => 0,
            Some(column) => self.place(column).map_or(0, |at| at + 1),
        };
        self.columns.get(next).copied().or(column)
    }

    fn right_end(self, line: Option<Line>) -> Option<C> {
        if matches!(line, Some(Line::Area(_))) { None } else { self.columns.last().copied() }
    }

    /// Up or down by some lines; headings of areas are passed over where the column is not the first. Pages stop
    /// at the first line, arrows go on into the head.
    fn down(self, (line, column): At<C>, by: isize) -> At<C> {
        let is_cell = |line: &&Line| column.is_none() || matches!(line, Line::Row(_));
        let head = std::iter::once(None);
        let stops: Vec<Option<Line>> =
            head.chain(self.lines.iter().filter(is_cell).copied().map(Some)).collect();
        let here = stops.iter().position(|stop| *stop == line).unwrap_or_default();
        let first = usize::from(by < -1).min(here);
        let to = here.saturating_add_signed(by).clamp(first, stops.len().saturating_sub(1));
        (stops.get(to).copied().flatten(), column)
    }
}

fn jump(page: usize) -> isize {
    isize::try_from(page.max(1)).unwrap_or(isize::MAX)
}

/// What stands for a line in `data-at`.
#[must_use]
pub fn mark_of_line(line: Option<Line>) -> String {
    match line {
        None => "h".to_owned(),
        Some(Line::Area(number)) => format!("a{number}"),
        Some(Line::Row(number)) => format!("r{number}"),
    }
}

/// The line that a mark stands for.
#[must_use]
pub fn line_of_mark(mark: &str) -> Option<Option<Line>> {
    Some(match mark.split_at_checked(1)? {
        ("h", "") => None,
        ("a", number) => Some(Line::Area(number.parse().ok()?)),
        ("r", number) => Some(Line::Row(number.parse().ok()?)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::shape::{Filter, tests::grid};

    fn spot(line: &str, role: u64) -> Spot {
        let role = if role == 0 { String::new() } else { RoleId::from_bits(role).to_string() };
        Spot::of_mark(&format!("{line}.{role}")).unwrap()
    }

    #[test]
    fn keys_lead_where_the_grid_pattern_says() {
        // a0 r0 r1 a1 r2 r3, roles 1 8 9
        let shape = Shape::of(&grid(), &Filter::default());
        let table = [
            ("ArrowRight", false, ("r0", 1), ("r0", 8)),
            ("ArrowRight", false, ("r0", 9), ("r0", 9)),
            ("ArrowRight", false, ("r0", 0), ("r0", 1)),
            ("ArrowRight", false, ("a1", 0), ("a1", 0)),
            ("ArrowLeft", false, ("r0", 1), ("r0", 0)),
            ("ArrowLeft", false, ("r0", 0), ("r0", 0)),
            ("ArrowDown", false, ("r0", 8), ("r1", 8)),
            ("ArrowDown", false, ("r1", 8), ("r2", 8)),
            ("ArrowDown", false, ("r1", 0), ("a1", 0)),
            ("ArrowDown", false, ("r3", 8), ("r3", 8)),
            ("ArrowUp", false, ("r2", 8), ("r1", 8)),
            ("ArrowUp", false, ("r0", 8), ("h", 8)),
            ("ArrowUp", false, ("r0", 0), ("a0", 0)),
            ("ArrowUp", false, ("h", 8), ("h", 8)),
            ("ArrowDown", false, ("h", 8), ("r0", 8)),
            ("Home", false, ("r1", 9), ("r1", 0)),
            ("End", false, ("r1", 0), ("r1", 9)),
            ("End", false, ("a1", 0), ("a1", 0)),
            ("Home", true, ("r3", 9), ("a0", 0)),
            ("End", true, ("r0", 1), ("r3", 9)),
            ("PageDown", false, ("r0", 8), ("r3", 8)),
            ("PageUp", false, ("r3", 8), ("r0", 8)),
        ];
        for (key, control, (line, role), (to, to_role)) in table {
            let found = lead(key, control, spot(line, role), &shape, 20);
            assert_eq!(found, Some(spot(to, to_role)), "{key} from {line}/{role}");
        }
        assert_eq!(lead("a", false, spot("r0", 1), &shape, 20), None);
    }

    #[test]
    fn a_mark_leads_back_to_its_cell_and_what_is_gone_to_the_first() {
        let shape = Shape::of(&grid(), &Filter::default());
        for (line, role) in [("h", 8), ("h", 0), ("a1", 0), ("r3", 9)] {
            let spot = spot(line, role);
            assert_eq!(Spot::of_mark(&spot.mark()), Some(spot));
            assert_eq!(spot.within(&shape), spot);
        }
        assert_eq!(spot("r3", 77).within(&shape), Spot::first(&shape));
        assert_eq!(Spot::first(&shape), spot("r0", 1));
        assert_eq!(Spot::first(&Shape::default()), Spot { line: None, role: None });
        for wrong in ["", "x.", "r.", "rx.", ".", "r1", "é."] {
            assert_eq!(Spot::of_mark(wrong), None, "{wrong:?}");
        }
    }
}
