//! What the server finds for the words in the field, once the fingers rest.

use super::entry::{Act, Entry};
use crate::frame::server;
use crate::whenever::whenever;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::view::find::{Hit, Kind};
use std::time::Duration;

/// How long the words must rest before they are asked for.
const REST: Duration = Duration::from_millis(120);

/// What is found; the last answer stays until the next is there, and only the last question counts.
pub(super) fn hits(words: RwSignal<String>) -> RwSignal<Vec<Entry>> {
    let found = RwSignal::new(Vec::new());
    let number = StoredValue::new(0_u64);
    whenever(move || {
        let asked = words.get();
        let mine = number.get_value() + 1;
        number.set_value(mine);
        if asked.trim().is_empty() {
            found.set(Vec::new());
            return;
        }
        let is_last = move || number.try_get_value() == Some(mine);
        let ask = move || {
            if is_last() {
                spawn_local(async move {
                    let answer = server::find(asked).await;
                    if is_last() {
                        // Pages are found without the server; a search that fails is one that finds no more.
                        found.try_set(answer.unwrap_or_default().into_iter().map(entry).collect());
                    }
                });
            }
        };
        set_timeout(ask, REST);
    });
    found
}

fn entry(hit: Hit) -> Entry {
    let (path, icon, what) = match hit.kind {
        Kind::Person => (format!("/people/{}", hit.id), "people", ""),
        Kind::Group => (format!("/groups/{}", hit.id), "group", "group"),
        Kind::Role => (format!("/roles/{}", hit.id), "grid", "role"),
        Kind::Permission => (
            crate::address::link("/roles", &Default::default(), &[("q", Some(&hit.name))]),
            "check",
            "permission",
        ),
        Kind::Place => (hit.id, "folder", ""),
    };
    let note = match (what, hit.note) {
        ("", note) => note,
        (what, note) if note.is_empty() => what.to_owned(),
        (what, note) => format!("{what}, {note}"),
    };
    Entry { act: Act::Open(path), name: hit.name, note, icon, barred: None, on_demand: false }
}
