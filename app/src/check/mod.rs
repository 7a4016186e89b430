//! `/check`: may somebody do something somewhere, why, and what would change it; and the lists that answer when
//! a part of the question is left open. The question stands in the address.

mod edit;
mod fixes;
mod form;
mod lists;
mod page;
mod paths;
mod picture;
pub mod server;
mod verdict;

pub(crate) use edit::{EditDialog, Editing};
pub use page::CheckPage;
