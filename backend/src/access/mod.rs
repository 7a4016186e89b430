//! The access state in the database: its tables, its log, and the one way in, [`commit`].

pub mod commit;
pub mod load;
pub mod log;
pub mod past;
mod tables;

pub use commit::{Beside, Committed, Proposal};

#[cfg(test)]
pub(crate) mod story;
#[cfg(test)]
mod tests;
