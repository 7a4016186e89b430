//! The screens of people: the list, one person, invitations.
//!
//! What is wished for people is previewed and saved by the server ([`wanted`]); nothing here decides who may
//! do what, it only shows the reasons that come along.

mod addresses;
mod bulk;
mod by_reason;
pub(crate) mod copy;
mod filters;
mod give;
mod give_fields;
mod given;
mod given_table;
mod invite;
mod invited;
mod labels;
mod list;
mod pending;
mod person;
mod review;
mod role_picker;
mod row;
mod selection;
pub mod server;
mod tabs;
pub mod wanted;

pub use invite::InvitePage;
pub use list::PeoplePage;
pub use pending::PendingPage;
pub use person::PersonPage;

pub(crate) use by_reason::{Barred, by_reason};
pub(crate) use give::{GiveDialog, RoleChoice};
pub(crate) use give_fields::{DayFields, Days, WhomField};
pub(crate) use given::{Lasting, LimitChips, SubjectWords};
pub(crate) use given_table::{GivenPart, GivenTable, Removing, TakeDialog};
pub(crate) use labels::{EffectList, LimitWords, RoleWords, StatusBadge, WindowWords};
pub(crate) use review::ReviewDialog;
pub(crate) use tabs::{Tab, Tabs};
