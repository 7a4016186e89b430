//! Roles & permissions: the grid of all roles, some of them side by side, and each role by itself.
//!
//! These pages stage their edits in [`staged`] and save them through [`saving`]. What the grid shows is worked
//! out by plain functions on data ([`shape`], [`window`], [`keys`], [`offer`]); [`table`] draws only what is
//! in sight, so that 200 roles with 300 permissions stay as quick as ten.

mod cell;
mod cell_help;
mod compare;
mod edits;
mod head;
mod keys;
mod legend;
mod notices;
mod offer;
mod offer_banner;
mod one;
mod page;
mod role_form;
mod saving;
pub mod server;
mod shape;
mod staged;
mod table;
mod window;

pub use compare::ComparePage;
pub use one::RolePage;
pub use page::RolesPage;
