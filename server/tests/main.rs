//! The console as browsers and programs meet it: requests in, answers out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod endpoints;
mod events;
mod forgery;
mod links;
mod pages;
mod serving;
mod set_up;
mod sign_in;
mod support;
mod world;
