//! History: every change to access, numbered, in words; and taking one back.

mod filters;
mod page;
mod row;
pub mod server;
mod told;
mod undo;

pub use page::HistoryPage;
