//! What crosses the wire to the screens: one file for each area of the screen.
//!
//! These types hold what a screen draws, names included, and nothing that its reader may not see. They
//! never hold the state itself.

pub mod access;
pub mod account;
pub mod applications;
pub mod check;
pub mod effect;
pub mod find;
pub mod folders;
pub mod groups;
pub mod guide;
pub mod hidden;
pub mod history;
pub mod invitations;
pub mod jobs;
pub mod overview;
pub mod people;
pub mod role_users;
pub mod roles;
pub mod settings;
pub mod shell;
pub mod tenants;
pub mod use_cases;

use serde::{Deserialize, Serialize};

/// One page of a list, made by the server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// How many rows there are on all pages, after search and filters.
    pub total: u64,
    /// The number of this page; the first is 1.
    pub page: u32,
    /// How many rows a page holds.
    pub size: u32,
}

impl<T> Page<T> {
    /// How many pages there are; at least one.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(u64::from(self.size.max(1))).max(1)
    }

    /// One page of a whole list: the last one where it has fewer.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>, page: u32, size: u32) -> Self {
        let all = all.into_iter();
        let total = all.len() as u64;
        let page = page_within(total, page, size);
        let skipped = (page as usize - 1) * size as usize;
        Self { rows: all.skip(skipped).take(size as usize).collect(), total, page, size }
    }

    /// The same page of what the rows are made into.
    #[must_use]
    pub fn map<R>(self, row: impl FnMut(T) -> R) -> Page<R> {
        let Self { rows, total, page, size } = self;
        Page { rows: rows.into_iter().map(row).collect(), total, page, size }
    }
}

/// The number of a page that is there: the last where there are fewer, the first where there are none.
#[must_use]
pub fn page_within(total: u64, page: u32, size: u32) -> u32 {
    let pages = total.div_ceil(u64::from(size.max(1)));
    page.min(u32::try_from(pages).unwrap_or(u32::MAX)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_last_is_the_last_and_an_empty_list_has_one() {
        let table = [(1, 1, vec![0, 1]), (3, 3, vec![4]), (0, 1, vec![0, 1]), (9, 3, vec![4])];
        for (asked, page, rows) in table {
            assert_eq!(Page::of(0..5, asked, 2), Page { rows, total: 5, page, size: 2 }, "{asked}");
        }
        let none = Page::of(Vec::<u8>::new(), 4, 2);
        assert_eq!((none.page, none.total, none.pages()), (1, 0, 1));
        assert_eq!(Page::of(0..5, 2, 2).map(|row| row * 10).rows, [20, 30]);
    }
}
