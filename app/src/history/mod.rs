//! History: every change to access, numbered, in words; and taking one back.

mod filters;
mod page;
mod row;
pub mod server;
mod told;
mod undo;

pub(crate) use filters::{Choice, PERIODS, UNFILTERED};
pub(crate) use page::Changes;
pub use page::HistoryPage;
