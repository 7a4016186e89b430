//! People: the list, one person's page, and what is done to people, one or many at once.
//!
//! Every function requires its permission itself. What somebody wishes is turned into changes here, person
//! by person, so that those for whom it is refused are known by name before anything is saved. Nothing but
//! [`Backend::commit`](crate::Backend::commit) alters access.

mod access;
mod account;
mod choices;
mod halves;
mod list;
mod page;
mod plan;
mod rows;
mod seen;
#[cfg(test)]
pub(crate) mod story;
#[cfg(test)]
mod tests;

pub use account::{edit_profile, end_sessions, preview_removal, remove, reset_link};
pub use choices::choices;
pub use list::{found, list};
pub use page::page;
pub use plan::{preview, save, take_back};

pub(crate) use account::{erase, profile_error};
pub(crate) use choices::offered_there;
pub(crate) use halves::{Lacking, give_whole, told};
pub(crate) use list::{counts, matches};
pub(crate) use plan::{Judged, Wanted, give, judge, unlimited};
pub(crate) use rows::{allowed, gives_nowhere, lacks, places, refused, roles_held};
