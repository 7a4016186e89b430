//! How wide the boxes of a picture of paths are, and how far they stand apart, so that it fits into its panel.

use super::{BESIDE, Lane, Node, name_of, pixels};
use crate::components::diagram::width_of;
use model::view::check::{Need, Outcome};

/// How many letters of a line are shown at most, and at least where all of them would not fit.
pub(super) const LETTERS: u32 = 24;
pub(super) const FEWEST: u32 = 12;
/// From one column to the next where the words between them are short.
const GAP: u32 = 44;
/// What the panel has room for in a window of 1280 px, by itself and with the fixes beside it.
pub(super) const ROOM: u32 = 980;
pub(super) const ROOM_BESIDE_FIXES: u32 = 620;

/// How wide everything is drawn.
pub(super) struct Scale {
    /// From one column to the next.
    pub(super) gap: u32,
    /// How many letters of a line are shown.
    pub(super) letters: u32,
    /// The columns; the last is what is asked about.
    pub(super) widths: Vec<u32>,
}

impl Scale {
    /// As many letters as the panel has room for. Where there is none even for the fewest, the picture scrolls.
    pub(super) fn of(needs: &[Need], lanes: &[Lane<'_>], nodes: &[Node<'_>]) -> Self {
        let words = nodes.iter().map(|node| node.stop.how.as_str()).chain(lanes.iter().map(Lane::last_words));
        let longest = words.map(|words| pixels(words.chars().count()).min(BESIDE)).max().unwrap_or_default();
        let gap = (longest * 6 + 12).max(GAP);
        let has_fixes = needs.iter().any(|need| need.outcome != Outcome::Allowed);
        let room = if has_fixes { ROOM_BESIDE_FIXES } else { ROOM };
        let of = |letters| Self { gap, letters, widths: widths(needs, lanes, nodes, letters) };
        let fits = |scale: &Self| {
            let gaps = pixels(scale.widths.len().saturating_sub(1)) * gap;
            scale.widths.iter().sum::<u32>() + gaps + 6 <= room
        };
        (FEWEST..=LETTERS).rev().map(of).find(fits).unwrap_or_else(|| of(FEWEST))
    }
}

/// How wide each column is with so many letters.
fn widths(needs: &[Need], lanes: &[Lane<'_>], nodes: &[Node<'_>], letters: u32) -> Vec<u32> {
    let columns = nodes.iter().map(|node| node.column + 1).max().unwrap_or_default();
    let boxes = nodes.iter().map(|node| (node.column, node.stop.name.as_str(), node.stop.about.as_str()));
    let drawn = needs.iter().enumerate().filter(|(at, _)| lanes.iter().any(|lane| lane.need == *at));
    let asked = drawn.map(|(_, need)| (columns, name_of(need), need.permission.as_str()));
    let mut widths = vec![0; columns + 1];
    for (column, name, about) in boxes.chain(asked) {
        if let Some(width) = widths.get_mut(column) {
            *width = width_of(name, about, letters).max(*width);
        }
    }
    widths
}
