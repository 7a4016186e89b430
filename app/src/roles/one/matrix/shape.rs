//! Which resources the matrix of a role shows, and which permission stands in which of its cells. Only data.

use crate::roles::keys::{At, Axes};
use crate::roles::shape::{Line, level_name};
use model::catalog;
use model::object::Level;
use model::view::roles::{Column, Grid, Lock};
use std::collections::BTreeMap;

/// The columns that every resource has.
pub const COLUMNS: [&str; 4] = ["View", "Edit", "Create", "Delete"];

/// The key of the group of resources that nothing is known of.
pub const OTHER: &str = "other";

/// What the address of the page asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words that the name of a resource, or of one of its permissions, must have.
    pub words: String,
    /// Only resources of which the role allows something.
    pub only_allowed: bool,
    /// Also what lies above the level of the role.
    pub shows_all: bool,
    /// The keys of the groups that are folded.
    pub folded: Vec<String>,
    /// Whether the resources that nothing is known of are unfolded.
    pub opens_other: bool,
}

/// The permissions of a resource, by the numbers of their rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cells {
    /// View, Edit, Create and Delete, where there is such a permission.
    pub four: [Option<usize>; 4],
    /// Beside them.
    pub further: Vec<usize>,
}

impl Cells {
    /// The permission in a column.
    #[must_use]
    pub fn row(&self, column: usize) -> Option<usize> {
        match self.four.get(column) {
            Some(row) => *row,
            None => self.further.get(column - self.four.len()).copied(),
        }
    }

    /// How many columns it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.four.len() + self.further.len()
    }

    /// Its permissions.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.four.iter().flatten().chain(&self.further).copied()
    }
}

/// Resources under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its key, in the address.
    pub key: String,
    /// Its heading.
    pub name: String,
    /// How many of its resources are shown when it is unfolded.
    pub count: usize,
    /// Whether they are.
    pub is_open: bool,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// The headings.
    pub groups: Vec<Group>,
    /// Headings and resources, in order: [`Line::Area`] is the number of a group, [`Line::Row`] of a resource.
    pub lines: Vec<Line>,
    /// The permissions of each resource, by its number.
    pub cells: Vec<Cells>,
    /// The most permissions that a resource has beside the four.
    pub further: usize,
    /// How many resources match, those in folded groups included.
    pub matches: usize,
    /// How many could.
    pub all: usize,
}

/// The permissions of each resource.
fn cells(grid: &Grid) -> Vec<Cells> {
    let mut all = vec![Cells::default(); grid.resources.len()];
    for (row, stands) in grid.rows.iter().enumerate().filter_map(|(row, entry)| Some((row, entry.stands?))) {
        let Some(cells) = all.get_mut(stands.at) else { continue };
        let column = match stands.column {
            catalog::Column::View => 0,
            catalog::Column::Edit => 1,
            catalog::Column::Create => 2,
            catalog::Column::Delete => 3,
            catalog::Column::Further => {
                cells.further.push(row);
                continue;
            }
        };
        if let Some(cell) = cells.four.get_mut(column) {
            *cell = Some(row);
        }
    }
    all
}

/// The area of a row, by its number.
fn area_of(grid: &Grid, row: usize) -> usize {
    let mut first = 0;
    let is_in = |rows: usize| {
        first += rows;
        row < first
    };
    grid.areas.iter().map(|area| area.rows).position(is_in).unwrap_or_default()
}

/// A resource that could be shown.
struct Wanted {
    number: usize,
    /// Its area and level; none for those that nothing is known of.
    group: Option<(usize, Level)>,
}

impl Matrix {
    /// What of a grid's resources is shown for a role.
    #[must_use]
    pub fn of(grid: &Grid, role: &Column, filter: &Filter) -> Self {
        let cells = cells(grid);
        let words = filter.words.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let named = |name: &str, word: &str| name.to_lowercase().contains(word);
        let mut wanted: Vec<Wanted> = Vec::new();
        let mut all = 0;
        for (number, resource) in grid.resources.iter().enumerate() {
            let rows: Vec<usize> = cells.get(number).map(|cells| cells.rows().collect()).unwrap_or_default();
            let Some(first) = rows.first().copied() else { continue };
            let applies = rows.iter().any(|row| grid.cell(*row, role).lock != Lock::AboveLevel);
            if !(applies || filter.shows_all || !words.is_empty()) {
                continue;
            }
            all += 1;
            let in_row =
                |row: &usize, word: &str| grid.rows.get(*row).is_some_and(|row| named(&row.name, word));
            let has = |word: &&str| named(&resource.name, word) || rows.iter().any(|row| in_row(row, word));
            // What is staged to go stays in sight until it is saved.
            let is_allowed = rows.iter().any(|row| role.allows.contains(*row));
            if words.iter().all(has) && (!filter.only_allowed || is_allowed) {
                let level = grid.rows.get(first).and_then(|row| row.level).unwrap_or_default();
                let group = (!resource.other).then(|| (area_of(grid, first), level));
                wanted.push(Wanted { number, group });
            }
        }
        let further = cells.iter().map(|cells| cells.further.len()).max().unwrap_or_default();
        let mut matrix = Self { cells, further, all, matches: wanted.len(), ..Self::default() };
        matrix.group(grid, &wanted, filter, !words.is_empty());
        matrix
    }

    fn group(&mut self, grid: &Grid, wanted: &[Wanted], filter: &Filter, is_search: bool) {
        let mut groups: BTreeMap<(usize, Level), Vec<usize>> = BTreeMap::new();
        for one in wanted {
            if let Some(group) = one.group {
                groups.entry(group).or_default().push(one.number);
            }
        }
        for ((area, level), numbers) in &groups {
            let Some(area_name) = grid.areas.get(*area) else { continue };
            let is_alone = groups.keys().filter(|(other, _)| other == area).count() == 1;
            let key = format!("{}-{}", area_name.key, level_name(*level).1);
            let name = match is_alone {
                true => area_name.name.clone(),
                false => format!("{}, {}", area_name.name, where_of(*level)),
            };
            let is_open = !filter.folded.contains(&key);
            self.add(Group { key, name, count: numbers.len(), is_open }, numbers);
        }
        let other: Vec<usize> =
            wanted.iter().filter(|one| one.group.is_none()).map(|one| one.number).collect();
        if !other.is_empty() {
            let name = "Other: what these open is not published".to_owned();
            // What is looked for by name is found.
            let is_open = filter.opens_other || is_search;
            self.add(Group { key: OTHER.to_owned(), name, count: other.len(), is_open }, &other);
        }
    }

    fn add(&mut self, group: Group, resources: &[usize]) {
        self.lines.push(Line::Area(self.groups.len()));
        if group.is_open {
            self.lines.extend(resources.iter().copied().map(Line::Row));
        }
        self.groups.push(group);
    }

    /// The resources in sight.
    pub fn resources(&self) -> impl Iterator<Item = usize> + '_ {
        self.lines.iter().filter_map(|line| match line {
            Line::Row(number) => Some(*number),
            Line::Area(_) => None,
        })
    }

    /// The rows in one of the four columns, of the resources in sight.
    #[must_use]
    pub fn column(&self, column: usize) -> Vec<usize> {
        self.resources().filter_map(|number| self.cells.get(number)?.row(column)).collect()
    }

    /// How many columns there are in a line.
    fn width(&self, line: Option<Line>) -> usize {
        match line {
            None => COLUMNS.len(),
            Some(Line::Area(_)) => 0,
            Some(Line::Row(number)) => self.cells.get(number).map_or(0, Cells::len),
        }
    }

    /// The place itself if it is there, or the nearest before it in its line; the first cell where the line is gone.
    #[must_use]
    pub fn within(&self, (line, column): At<usize>) -> At<usize> {
        if line.is_some_and(|line| !self.lines.contains(&line)) {
            let first = self.resources().next().map(Line::Row);
            return (first, first.map(|_| 0));
        }
        let last = self.width(line).checked_sub(1);
        (line, column.and_then(|column| last.map(|last| column.min(last))))
    }

    /// Where a key leads from a cell; `None` for keys that lead nowhere.
    #[must_use]
    pub fn lead(&self, key: &str, control: bool, from: At<usize>, page: usize) -> Option<At<usize>> {
        let columns: Vec<usize> = (0..COLUMNS.len() + self.further).collect();
        let axes = Axes { lines: &self.lines, columns: &columns };
        axes.lead(key, control, from, page).map(|to| self.within(to))
    }
}

const fn where_of(level: Level) -> &'static str {
    match level {
        Level::Organization => "in the organization",
        Level::Tenant => "in the tenant",
        Level::Folder => "in folders",
        Level::Application => "in applications",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::shape::tests::grid as roles_grid;
    use model::id::RoleId;
    use model::view::roles::{Area, Resource, Stands};

    /// Tenant: Machines (view, edit). Folder: Assets (view, edit; reveal), Indexes (view), of which nothing is known.
    fn grid() -> Grid {
        let mut grid = roles_grid();
        let resource =
            |name: &str, other| Resource { key: name.to_lowercase(), name: name.to_owned(), other };
        grid.resources =
            vec![resource("Machines", false), resource("Assets", false), resource("Indexes", true)];
        let template = grid.rows[0].clone();
        let table = [
            ("machines.view", Level::Tenant, 0, catalog::Column::View),
            ("machines.edit", Level::Tenant, 0, catalog::Column::Edit),
            ("assets.view", Level::Folder, 1, catalog::Column::View),
            ("assets.edit", Level::Folder, 1, catalog::Column::Edit),
            ("assets.reveal", Level::Folder, 1, catalog::Column::Further),
            ("indexes.view", Level::Folder, 2, catalog::Column::View),
        ];
        for (key, level, at, column) in table {
            let stands = Some(Stands { at, column });
            let (key, name, level) = (key.to_owned(), key.to_owned(), Some(level));
            grid.rows.push(model::view::roles::Row { key, name, level, stands, ..template.clone() });
        }
        grid.areas.push(Area { key: "robots".to_owned(), name: "Robots".to_owned(), rows: table.len() });
        grid
    }

    fn role(level: Level) -> Column {
        let (id, name, allows) = (RoleId::from_bits(9), String::new(), [6].into_iter().collect());
        Column { id, name, level, tenant: None, people: 0, allows }
    }

    fn headings(matrix: &Matrix) -> Vec<(&str, usize)> {
        matrix.groups.iter().map(|group| (group.name.as_str(), group.count)).collect()
    }

    const OTHER_NAME: &str = "Other: what these open is not published";

    #[test]
    fn a_folder_role_has_the_resources_of_folders_and_those_that_nothing_is_known_of_folded() {
        let matrix = Matrix::of(&grid(), &role(Level::Folder), &Filter::default());
        assert_eq!(headings(&matrix), [("Robots", 1), (OTHER_NAME, 1)]);
        assert_eq!(matrix.lines, [Line::Area(0), Line::Row(1), Line::Area(1)]);
        assert_eq!((matrix.matches, matrix.all, matrix.further), (2, 2, 1));
        let assets = &matrix.cells[1];
        assert_eq!((assets.four, assets.len()), ([Some(6), Some(7), None, None], 5));
        assert_eq!([assets.row(4), assets.row(5)], [Some(8), None]);
        assert_eq!(matrix.column(0), [6]);
    }

    #[test]
    fn a_tenant_role_has_both_under_headings_of_their_own() {
        let filter =
            Filter { opens_other: true, folded: vec!["robots-tenant".to_owned()], ..Filter::default() };
        let matrix = Matrix::of(&grid(), &role(Level::Tenant), &filter);
        let wanted = [("Robots, in the tenant", 1), ("Robots, in folders", 1), (OTHER_NAME, 1)];
        assert_eq!(headings(&matrix), wanted);
        assert_eq!(matrix.lines, [Line::Area(0), Line::Area(1), Line::Row(1), Line::Area(2), Line::Row(2)]);
    }

    #[test]
    fn a_search_finds_by_resource_and_by_permission_whatever_is_folded_or_does_not_apply() {
        let of = |words: &str| {
            let filter = Filter { words: words.to_owned(), ..Filter::default() };
            Matrix::of(&grid(), &role(Level::Folder), &filter).lines
        };
        assert_eq!(of("INDEX"), [Line::Area(0), Line::Row(2)]);
        assert_eq!(of("assets.rev"), [Line::Area(0), Line::Row(1)]);
        assert_eq!(of("machines"), [Line::Area(0), Line::Row(0)]);
        assert!(of("nothing like it").is_empty());
        let filter = Filter { only_allowed: true, ..Filter::default() };
        assert_eq!(Matrix::of(&grid(), &role(Level::Folder), &filter).matches, 1);
    }

    #[test]
    fn keys_stay_within_the_columns_of_a_line() {
        let filter = Filter { opens_other: true, ..Filter::default() };
        // a0 r0 (4 columns), a1 r1 (5), a2 r2 (4)
        let matrix = Matrix::of(&grid(), &role(Level::Tenant), &filter);
        let row = |number, column| (Some(Line::Row(number)), Some(column));
        let table = [
            ("End", false, row(1, 0), row(1, 4)),
            ("End", false, row(0, 0), row(0, 3)),
            ("ArrowRight", false, row(0, 3), row(0, 3)),
            ("ArrowDown", false, row(0, 3), row(1, 3)),
            ("ArrowDown", false, row(1, 4), row(2, 3)),
            ("ArrowUp", false, row(0, 2), (None, Some(2))),
            ("ArrowLeft", false, row(0, 0), (Some(Line::Row(0)), None)),
            ("ArrowUp", false, (Some(Line::Row(0)), None), (Some(Line::Area(0)), None)),
            ("ArrowRight", false, (Some(Line::Area(0)), None), (Some(Line::Area(0)), None)),
            ("Home", true, row(1, 4), (Some(Line::Area(0)), None)),
            ("End", true, row(0, 0), row(2, 3)),
        ];
        for (key, control, from, to) in table {
            assert_eq!(matrix.lead(key, control, from, 10), Some(to), "{key} from {from:?}");
        }
        assert_eq!(matrix.within((Some(Line::Row(77)), Some(1))), row(0, 0));
        assert_eq!(Matrix::default().within(row(1, 1)), (None, None));
    }
}
