//! The screens of groups: the list, and one group with its members and roles.

mod add_people;
mod group;
mod list;
mod members;
mod roles;
pub mod server;

pub use group::GroupPage;
pub use list::GroupsPage;
