//! What statuses, outcomes and versions are called, and who may merge, in words.

use crate::words;
use leptos::prelude::*;
use model::view::applications::{Mergers, MoveKind, Outcome, Status};

/// What a status is called.
pub(super) fn status_name(status: Status) -> &'static str {
    match status {
        Status::Development => "Development",
        Status::Live => "Live",
        Status::Archived => "Archived",
    }
}

/// A status as a badge.
#[component]
pub(super) fn StatusBadge(
    /// The status.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    let class = move || match status.get() {
        Status::Live => "badge good",
        Status::Development => "badge",
        Status::Archived => "badge ghost",
    };
    view! { <span class=class>{move || status_name(status.get())}</span> }
}

/// What a kind of move is called.
pub(super) fn kind_name(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Merge => "Merge",
        MoveKind::Update => "Update",
        MoveKind::Rollback => "Rollback",
    }
}

/// How something ended, with the class of its badge. `carried_by`: the platform; empty: none.
pub(super) fn outcome(outcome: Outcome, carried_by: &str, is_taken_back: bool) -> (&'static str, String) {
    match (outcome, is_taken_back) {
        (Outcome::Running, _) => ("badge wait", "Running".to_owned()),
        (Outcome::Failed, _) => ("badge stop", "Failed, unlocked".to_owned()),
        (Outcome::Done, true) => ("badge ghost", "Taken back".to_owned()),
        (Outcome::Done, false) if carried_by.is_empty() => ("badge", "Recorded only".to_owned()),
        (Outcome::Done, false) => ("badge good", format!("Done by {carried_by}")),
    }
}

/// A version, or that it is not known.
pub(super) fn version(version: &str) -> String {
    if version.is_empty() { "no version".to_owned() } else { version.to_owned() }
}

/// *32 to 34*, or the one.
pub(super) fn versions(all: &[String]) -> String {
    match all {
        [] => "No version".to_owned(),
        [only] => format!("1 version: {only}"),
        [first, .., last] => format!("{} versions: {first} to {last}", all.len()),
    }
}

/// *7 people, 1 service account*
pub(super) fn counted(mergers: &Mergers) -> String {
    let people = words::count(mergers.people, "person", "people");
    let accounts = match mergers.accounts {
        0 => String::new(),
        some => format!(", {}", words::count(some, "service account", "service accounts")),
    };
    let depends = match mergers.depends {
        0 => String::new(),
        some => format!(", {some} more under conditions"),
    };
    format!("{people}{accounts}{depends}")
}

/// *Amara Okafor, Niels Bergström and 3 more*, or nobody.
pub(super) fn named(mergers: &Mergers) -> String {
    let total = mergers.people + mergers.accounts;
    match total {
        0 => "Nobody".to_owned(),
        total => words::names(&mergers.names, total, mergers.names.len()),
    }
}

/// What stands at the head of everything that moves a version while no platform is connected.
pub(super) const RECORDED_ONLY: &str =
    "Rolecall only records this. Carry it out on your platform, then say here how it ended.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_outcomes_are_said_in_words() {
        let all = ["32", "33", "34"].map(str::to_owned);
        assert_eq!(versions(&all), "3 versions: 32 to 34");
        assert_eq!(versions(&all[..1]), "1 version: 32");
        assert_eq!(outcome(Outcome::Done, "", false).1, "Recorded only");
        assert_eq!(outcome(Outcome::Done, "", true).1, "Taken back");
        assert_eq!(outcome(Outcome::Done, "Platform", false).1, "Done by Platform");
        let nobody = Mergers::default();
        assert_eq!((named(&nobody), counted(&nobody)), ("Nobody".to_owned(), "0 people".to_owned()));
    }
}
