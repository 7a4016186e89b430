//! Invitations: asking people in, the pending ones, and their links.
//!
//! One call invites everybody on a list or nobody, as one revision. A link is shown once; only its hash is
//! stored. Every function requires its permission itself.

mod invite;
mod pending;
#[cfg(test)]
mod tests;

pub use invite::{form, invite};
pub use pending::{pending, resend, revoke};

pub(crate) use pending::{no_resending, until};
