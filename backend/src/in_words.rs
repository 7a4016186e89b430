//! Lines of words as plain text, where a screen or a terminal has no use for their parts.

use crate::access::commit::actor_name;
use model::Millis;
use model::guard::Actor;
use model::limit::Limits;
use model::state::State;
use model::words::{self, Part};

/// Parts as one text. Who is not in the state is named by id; moments are said by `time`.
pub(crate) fn plain<'p>(
    state: &State,
    parts: impl IntoIterator<Item = &'p Part>,
    time: impl Fn(Millis) -> String,
) -> String {
    let said = parts.into_iter().map(|part| match part {
        Part::Text(text) | Part::Name(text) | Part::Was(text) => text.clone(),
        Part::Person(user) => actor_name(state, Actor::User(*user)),
        Part::Time(at) => time(*at),
    });
    said.collect()
}

/// Each limit by itself, e.g. *own items only*.
pub(crate) fn limits(state: &State, limits: &Limits) -> Vec<String> {
    let said = words::limits(state, limits).into_iter();
    said.map(|parts| plain(state, &parts, |at| at.to_string())).collect()
}
