//! Which lines and columns of a large grid are drawn: those in sight, some beside them, and the one that has
//! focus. Only numbers.

use std::ops::Range;

/// A grid with no more cells than this is drawn whole.
const WHOLE: usize = 1_200;
/// … unless it has more columns than this.
const WHOLE_COLUMNS: usize = 40;
/// How many lines, and columns, are drawn beside those in sight, and by which steps the drawn part moves.
const LINES_BESIDE: usize = 8;
const COLUMNS_BESIDE: usize = 3;

/// Whether a grid is too large to be drawn whole.
#[must_use]
pub const fn is_large(lines: usize, columns: usize) -> bool {
    lines * columns > WHOLE || columns > WHOLE_COLUMNS
}

/// How much of the page shows the grid, and how far it is scrolled, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sight {
    /// How far down.
    pub top: f64,
    /// How far to the right.
    pub left: f64,
    /// The height of what is in sight.
    pub height: f64,
    /// The width of what is in sight.
    pub width: f64,
}

impl Sight {
    /// What the server assumes before a browser says how large it is.
    pub const FIRST: Self = Self { top: 0.0, left: 0.0, height: 700.0, width: 1000.0 };
}

/// How large lines and columns are, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// A line with cells.
    pub row: f64,
    /// The heading of an area.
    pub area: f64,
    /// A column.
    pub column: f64,
}

impl Sizes {
    /// As the style sheet has them.
    pub const STYLE: Self = Self { row: 30.0, area: 27.0, column: 88.0 };
}

/// A piece of what is drawn along one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    /// Nothing, as large as what would stand there. Its number says which gap it is.
    Gap(usize, f64),
    /// What stands at that place.
    Item(usize),
}

/// Where each item begins, and at the end where the last one ends.
#[must_use]
pub fn starts(sizes: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut at = 0.0;
    let mut starts = vec![at];
    for size in sizes {
        at += size;
        starts.push(at);
    }
    starts
}

/// The items that are drawn while `from..to` is in sight.
#[must_use]
fn in_sight(starts: &[f64], from: f64, to: f64, beside: usize) -> Range<usize> {
    let count = starts.len().saturating_sub(1);
    let first = starts.partition_point(|start| *start <= from).saturating_sub(1);
    let last = starts.partition_point(|start| *start < to).min(count);
    // In steps, so that the drawn part moves seldom.
    let first = first.saturating_sub(beside) / beside * beside;
    let last = (last + beside).div_ceil(beside) * beside;
    first.min(count)..last.min(count)
}

/// Lines in sight.
#[must_use]
pub fn lines_in_sight(starts: &[f64], sight: Sight) -> Range<usize> {
    in_sight(starts, sight.top, sight.top + sight.height, LINES_BESIDE)
}

/// Columns in sight.
#[must_use]
pub fn columns_in_sight(starts: &[f64], sight: Sight) -> Range<usize> {
    in_sight(starts, sight.left, sight.left + sight.width, COLUMNS_BESIDE)
}

/// What is drawn: the range, the item with focus wherever it stands, and gaps for the rest.
#[must_use]
pub fn pieces(starts: &[f64], range: Range<usize>, focus: Option<usize>) -> Vec<Piece> {
    let count = starts.len().saturating_sub(1);
    let focus = focus.filter(|at| *at < count && !range.contains(at));
    let before = focus.filter(|at| *at < range.start);
    let after = focus.filter(|at| *at >= range.end);
    let mut pieces = Vec::with_capacity(range.len() + 5);
    let mut next = 0;
    for item in before.into_iter().chain(range).chain(after) {
        gap(&mut pieces, starts, next, item);
        pieces.push(Piece::Item(item));
        next = item + 1;
    }
    gap(&mut pieces, starts, next, count);
    pieces
}

fn gap(pieces: &mut Vec<Piece>, starts: &[f64], from: usize, to: usize) {
    if let (Some(start), Some(end)) = (starts.get(from), starts.get(to))
        && from < to
    {
        let number = pieces.iter().filter(|piece| matches!(piece, Piece::Gap(..))).count();
        pieces.push(Piece::Gap(number, end - start));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_grid_is_drawn_whole() {
        assert!(!is_large(25, 20));
        assert!(is_large(300, 200) && is_large(10, 41));
    }

    #[test]
    fn only_what_is_in_sight_is_drawn_and_gaps_keep_its_place() {
        let starts = starts(std::iter::repeat_n(30.0, 300));
        let sight = Sight { top: 3_000.0, left: 0.0, height: 600.0, width: 900.0 };
        let range = lines_in_sight(&starts, sight);
        assert_eq!(range, 88..128);
        let drawn = pieces(&starts, range, None);
        assert_eq!(drawn.first(), Some(&Piece::Gap(0, 2_640.0)));
        assert_eq!(drawn.last(), Some(&Piece::Gap(1, 5_160.0)));
        assert_eq!(drawn.len(), 42);
    }

    #[test]
    fn what_has_focus_is_drawn_wherever_it_stands() {
        let starts = starts(std::iter::repeat_n(10.0, 100));
        for (focus, wanted) in [
            (0, vec![Piece::Item(0), Piece::Gap(0, 490.0), Piece::Item(50), Piece::Gap(1, 490.0)]),
            (99, vec![Piece::Gap(0, 500.0), Piece::Item(50), Piece::Gap(1, 480.0), Piece::Item(99)]),
            (50, vec![Piece::Gap(0, 500.0), Piece::Item(50), Piece::Gap(1, 490.0)]),
            (200, vec![Piece::Gap(0, 500.0), Piece::Item(50), Piece::Gap(1, 490.0)]),
        ] {
            assert_eq!(pieces(&starts, 50..51, Some(focus)), wanted, "focus on {focus}");
        }
    }

    #[test]
    fn scrolled_past_the_end_the_last_lines_are_drawn() {
        let starts = starts(std::iter::repeat_n(30.0, 20));
        let sight = Sight { top: 9_000.0, ..Sight::FIRST };
        assert_eq!(lines_in_sight(&starts, sight).end, 20);
        assert!(pieces(&[0.0], 0..0, Some(0)).is_empty());
    }
}
