//! The screens of folders and robots: the tree at the left, at the right a place with its chain, what it holds,
//! who has what there and what belongs to it.
//!
//! Nothing here decides who may do what: reasons come along with what is shown, and the server refuses again.
//! What is open in the tree, what is searched and which part is shown stand in the address.

mod access;
mod add;
mod assign;
mod busy;
mod chain;
mod history;
mod holds;
mod jobs;
mod keys;
mod near;
mod offers;
mod opened;
mod overview;
mod page;
mod put;
mod related;
mod search;
pub mod server;
mod tree;

pub use page::{FoldersPage, PlacePage};

/// The icon of a kind.
fn icon_of(kind: &str) -> &'static str {
    match kind {
        "tenant" => "tenant",
        "folder" => "folder",
        "process" => "process",
        "robot" => "robot",
        "machine" => "machine",
        "environment" => "env",
        "queue" => "queue",
        "bucket" => "bucket",
        "trigger" => "clock",
        _ => "asset",
    }
}
