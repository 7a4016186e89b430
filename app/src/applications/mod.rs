//! The screens of applications: the list, one with its stages, rights and history, and who can merge to production
//! over all of them.
//!
//! Nothing here decides who may do what: reasons come along with what is shown, and the server refuses again.

mod add;
mod add_stage;
mod assign;
mod edit;
mod history;
mod list;
mod matrix;
mod merge;
mod page;
mod picture;
mod remove;
mod rights;
mod rollback;
mod running;
mod selected;
pub mod server;
mod stages;
mod status;
mod wording;

pub use history::HistoryPage;
pub use list::ApplicationsPage;
pub use matrix::MatrixPage;
pub use page::{ApplicationPage, Part};
