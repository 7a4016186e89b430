//! Settings: the organization's name, what it manages, and facts about this console.

mod areas;
mod facts;
mod page;
pub mod server;
mod staged;

pub use page::SettingsPage;
