//! The screens of tenants: the list, one with its settings, apps and access, the matrix of them all,
//! and the guide to setting up access.
//!
//! Nothing here decides who may do what: reasons come along with what is shown, and the server refuses again.

mod access;
mod add;
mod apps;
mod chips;
mod guide;
mod guide_steps;
mod list;
mod make_alike;
mod matrix;
mod page;
mod picker;
mod remove;
pub mod server;
mod settings;
mod staged;
mod upload;

pub use guide::GuidePage;
pub use list::TenantsPage;
pub use matrix::MatrixPage;
pub use page::{Part, TenantPage};
