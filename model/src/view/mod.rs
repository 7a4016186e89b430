//! What crosses the wire to the screens: one file for each area of the screen.
//!
//! These types hold what a screen draws, names included, and nothing that its reader may not see. They
//! never hold the state itself.

pub mod account;
pub mod applications;
pub mod check;
pub mod effect;
pub mod find;
pub mod groups;
pub mod guide;
pub mod history;
pub mod invitations;
pub mod overview;
pub mod people;
pub mod roles;
pub mod settings;
pub mod shell;
pub mod tenants;

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
}
