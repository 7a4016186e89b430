//! The access model of Rolecall: who may do what, where, and why.
//!
//! Everything that alters access is a [`change::Change`]; a [`state::State`] is what the changes so far add
//! up to. On it are asked: may somebody do that there ([`decide`], and [`action`] where it takes several
//! permissions at once), why or why not ([`explain`]), who, what and where ([`lists`]), and what changes would
//! alter ([`preview`]). [`guard`] refuses those that would give more than their actor has or leave nobody in
//! charge.
//!
//! The crate is pure: no input or output, no async, no clock and no randomness of its own. Times are
//! milliseconds since 1970 UTC and are passed in. It compiles natively and to WebAssembly.
//!
//! ```
//! use model::{change::Change, decide, id::*, state::State};
//!
//! let mut state = State::new("Example");
//! let alice = UserId::from_bits(100);
//! state.apply(&Change::UserAdded { user: alice, status: model::person::Status::Active })?;
//! assert!(!decide::allows(&state, alice, "people.view", ObjectId::ORGANIZATION, 0));
//! # Ok::<(), model::misfit::Misfit>(())
//! ```

pub mod action;
pub mod audience;
pub mod catalog;
pub mod change;
pub mod decide;
pub mod explain;
pub mod grant;
pub mod guard;
pub mod id;
pub mod limit;
pub mod lists;
pub mod misfit;
pub mod name;
pub mod object;
pub mod person;
pub mod preview;
pub mod role;
pub mod state;
pub mod view;
pub mod words;

/// Milliseconds since 1970-01-01 00:00 UTC.
pub type Millis = i64;
