//! The Overview: what to do first, how large the organization is, what changed last.

mod counts;
mod page;
mod recent;
pub mod server;
mod steps;

pub use page::OverviewPage;
