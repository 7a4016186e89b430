//! A person's own account: name, password, sessions, roles and what they may do.

mod name;
mod page;
mod password;
mod rights;
pub mod server;
mod sessions;
mod theme;

pub use page::AccountPage;
