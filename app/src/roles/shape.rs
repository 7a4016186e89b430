//! Which lines and columns of the grid are shown: search, level, differences, folded areas. Only data.

use model::id::RoleId;
use model::object::Level;
use model::view::roles::{Cell, Column, Grid, Lock};

/// What the address of the page asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words that the name of a permission must have.
    pub words: String,
    /// Only roles of this level.
    pub level: Option<Level>,
    /// Only permissions that the roles shown do not agree on.
    pub differences: bool,
    /// The keys of the areas that are folded.
    pub folded: Vec<String>,
    /// Only these roles, in this order, side by side: with the permissions that their levels have. None: all.
    pub only: Vec<RoleId>,
}

/// A line of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// The heading of an area, by its number.
    Area(usize),
    /// A permission, by its number.
    Row(usize),
}

/// What is shown, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// The lines.
    pub lines: Vec<Line>,
    /// The columns.
    pub roles: Vec<RoleId>,
    /// How many permissions match, those in folded areas included.
    pub matches: usize,
}

impl Shape {
    /// What of a grid a filter lets through.
    #[must_use]
    pub fn of(grid: &Grid, filter: &Filter) -> Self {
        let shown = |role: &&Column| filter.level.is_none_or(|level| role.level == level);
        let roles: Vec<&Column> = match filter.only.is_empty() {
            true => grid.roles.iter().filter(shown).collect(),
            false => filter.only.iter().filter_map(|id| grid.role(*id)).collect(),
        };
        let words = filter.words.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut shape = Self { roles: roles.iter().map(|role| role.id).collect(), ..Self::default() };
        let mut first = 0;
        for (number, area) in grid.areas.iter().enumerate() {
            let rows = first..first + area.rows;
            first = rows.end;
            let rows: Vec<usize> = rows.filter(|row| is_shown(grid, *row, &roles, &words, filter)).collect();
            if rows.is_empty() {
                continue;
            }
            shape.matches += rows.len();
            shape.lines.push(Line::Area(number));
            if !filter.folded.contains(&area.key) {
                shape.lines.extend(rows.into_iter().map(Line::Row));
            }
        }
        shape
    }

    /// Where a line stands.
    #[must_use]
    pub fn line(&self, line: Line) -> Option<usize> {
        self.lines.iter().position(|one| *one == line)
    }

    /// Where a column stands.
    #[must_use]
    pub fn column(&self, role: RoleId) -> Option<usize> {
        self.roles.iter().position(|one| *one == role)
    }
}

fn is_shown(grid: &Grid, row: usize, roles: &[&Column], words: &[&str], filter: &Filter) -> bool {
    let Some(entry) = grid.rows.get(row) else { return false };
    let name = entry.name.to_lowercase();
    if !words.iter().all(|word| name.contains(word)) {
        return false;
    }
    let mut cells = roles.iter().map(|role| (role.id, grid.cell(row, role)));
    if !filter.only.is_empty() {
        let cells: Vec<Cell> = cells.map(|(_, cell)| cell).collect();
        // What does not apply is not allowed either.
        let differs = cells.iter().any(|cell| cell.on) && cells.iter().any(|cell| !cell.on);
        let applies = cells.iter().any(|cell| cell.lock != Lock::AboveLevel);
        return if filter.differences { differs } else { applies };
    }
    if filter.differences {
        // Admin allows everything: it would differ from nearly every role, which says nothing.
        let own = cells.filter(|(id, cell)| *id != RoleId::ADMIN && cell.lock != Lock::AboveLevel);
        let (on, off): (Vec<_>, Vec<_>) = own.partition(|(_, cell)| cell.on);
        return !on.is_empty() && !off.is_empty();
    }
    filter.level.is_none() || cells.any(|(_, cell)| cell.lock != Lock::AboveLevel)
}

/// The levels that roles of this grid have, and what they are called.
#[must_use]
pub fn levels(grid: &Grid) -> Vec<Level> {
    let mut levels: Vec<Level> = grid.roles.iter().map(|role| role.level).collect();
    levels.extend(grid.rows.iter().filter_map(|row| row.level));
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// What a level is called, and its word in addresses.
#[must_use]
pub const fn level_name(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Organization => ("Organization", "organization"),
        Level::Tenant => ("Tenant", "tenant"),
        Level::Folder => ("Folder", "folder"),
        Level::Application => ("Application", "application"),
    }
}

/// The level of that word.
#[must_use]
pub fn level_of(word: &str) -> Option<Level> {
    [Level::Organization, Level::Tenant, Level::Folder, Level::Application]
        .into_iter()
        .find(|level| level_name(*level).1 == word)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use model::catalog::InForce;
    use model::view::roles::{Area, Row};

    pub(crate) fn grid() -> Grid {
        let row = |key: &str, level| Row {
            key: key.to_owned(),
            name: format!("Name of {key}"),
            opens: String::new(),
            level: Some(level),
            needs: vec![],
            in_force: InForce::Nowhere,
            locked: None,
            held_by: 0,
            depends: 0,
            stands: None,
            effect: model::catalog::Effect::Known,
        };
        let role = |bits, level, allows: &[usize]| Column {
            id: RoleId::from_bits(bits),
            name: format!("Role {bits}"),
            level,
            tenant: None,
            people: 0,
            allows: allows.iter().copied().collect(),
        };
        let area = |key: &str, rows| Area { key: key.to_owned(), name: key.to_owned(), rows };
        Grid {
            areas: vec![area("people", 2), area("apps", 2)],
            rows: vec![
                row("see", Level::Organization),
                row("invite", Level::Organization),
                row("merge", Level::Application),
                row("rollback", Level::Application),
            ],
            roles: vec![
                role(1, Level::Organization, &[0, 1, 2, 3]),
                role(8, Level::Organization, &[0, 2]),
                role(9, Level::Application, &[2]),
            ],
            ..Grid::default()
        }
    }

    #[test]
    fn a_search_keeps_the_headings_of_what_it_finds() {
        let shape = Shape::of(&grid(), &Filter { words: "NAME inv".to_owned(), ..Filter::default() });
        assert_eq!(shape.lines, [Line::Area(0), Line::Row(1)]);
        assert_eq!((shape.matches, shape.roles.len()), (1, 3));
    }

    #[test]
    fn a_level_shows_its_roles_and_what_they_may_hold() {
        let level = Some(Level::Application);
        let shape = Shape::of(&grid(), &Filter { level, ..Filter::default() });
        assert_eq!(shape.lines, [Line::Area(1), Line::Row(2), Line::Row(3)]);
        assert_eq!(shape.roles, [RoleId::from_bits(9)]);
    }

    #[test]
    fn differences_leave_out_admin_and_what_does_not_apply() {
        let mut grid = grid();
        assert!(Shape::of(&grid, &Filter { differences: true, ..Filter::default() }).lines.is_empty());
        grid.roles[2].allows.insert(3);
        let shape = Shape::of(&grid, &Filter { differences: true, ..Filter::default() });
        assert_eq!(shape.lines, [Line::Area(1), Line::Row(3)]);
    }

    #[test]
    fn roles_side_by_side_have_the_permissions_of_their_levels_in_the_order_asked_for() {
        let of = |ids: &[u64], differences| {
            let only = ids.iter().copied().map(RoleId::from_bits).collect();
            Shape::of(&grid(), &Filter { only, differences, ..Filter::default() })
        };
        let rows = |shape: &Shape| {
            let rows = shape.lines.iter().filter_map(|line| match line {
                Line::Row(row) => Some(*row),
                Line::Area(_) => None,
            });
            rows.collect::<Vec<usize>>()
        };
        let shape = of(&[9, 8], false);
        assert_eq!(shape.roles, [RoleId::from_bits(9), RoleId::from_bits(8)]);
        assert_eq!(rows(&shape), [0, 1, 2, 3]);
        assert_eq!(rows(&of(&[9], false)), [2, 3]);
        // Admin counts as well; what does not apply is not allowed.
        assert_eq!(rows(&of(&[1, 8], true)), [1, 3]);
        assert_eq!(rows(&of(&[8, 9], true)), [0]);
        assert!(of(&[77], false).roles.is_empty());
    }

    #[test]
    fn a_folded_area_keeps_its_heading() {
        let shape = Shape::of(&grid(), &Filter { folded: vec!["people".to_owned()], ..Filter::default() });
        assert_eq!(shape.lines, [Line::Area(0), Line::Area(1), Line::Row(2), Line::Row(3)]);
        assert_eq!(shape.matches, 4);
    }

    #[test]
    fn every_level_is_found_by_its_word() {
        for level in levels(&grid()) {
            assert_eq!(level_of(level_name(level).1), Some(level));
        }
        assert_eq!(level_of(""), None);
    }
}
