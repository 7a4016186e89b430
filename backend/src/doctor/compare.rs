//! Compares the state in the tables with the one that the log adds up to, and says the differences in words.

use super::Report;
use crate::in_words;
use model::state::State;
use model::words::{self, Part};
use std::collections::BTreeMap;

/// How many differences are said one by one.
const SAID: usize = 10;
const ADVICE: &str = "Somebody wrote to the database past Rolecall. Restore a backup, or undo that by hand.";

/// Reports every difference between the two.
pub(super) fn states(stored: &State, replayed: &State, report: &mut Report) {
    let before = report.findings.len();
    if stored.organization() != replayed.organization() {
        let (one, other) = (stored.organization(), replayed.organization());
        report.wrong(format!("The organization is called “{one}”; by the log it is “{other}”."), ADVICE);
    }
    if stored.revision() != replayed.revision() {
        let (head, last) = (stored.revision(), replayed.revision());
        report.wrong(format!("The head stands at change no. {head}, the log ends with no. {last}."), ADVICE);
    }
    let mut balance: BTreeMap<String, (i64, String)> = BTreeMap::new();
    for (state, weight) in [(stored, 1), (replayed, -1)] {
        for change in state.as_changes() {
            let key = serde_json::to_string(&change).unwrap_or_default();
            let said = || said(stored, &words::line(replayed, state, &change));
            balance.entry(key).or_insert_with(|| (0, said())).0 += weight;
        }
    }
    // What reads the same on both sides is there, but otherwise: another owner, another body.
    let mut differences: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for (weight, said) in balance.values().filter(|(weight, _)| *weight != 0) {
        let (stands, misses) = differences.entry(said).or_default();
        *(if *weight > 0 { stands } else { misses }) = true;
    }
    for (said, sides) in differences.iter().take(SAID) {
        let how = match sides {
            (true, true) => "is not in the tables as the log has it",
            (true, false) => "stands in the tables, not in the log",
            _ => "is missing",
        };
        report.wrong(format!("“{said}” {how}."), ADVICE);
    }
    if differences.len() > SAID {
        report.wrong(format!("There are {} more differences.", differences.len() - SAID), ADVICE);
    }
    if report.findings.len() == before {
        report.well("The state is what the log adds up to.");
    }
}

fn said(state: &State, line: &words::Line) -> String {
    // Somebody whom the tables have lost is named by id.
    let parts: Vec<Part> = line
        .parts
        .iter()
        .map(|part| match part {
            Part::Person(user) if state.person(*user).is_none() => Part::Text(format!("person {user}")),
            other => other.clone(),
        })
        .collect();
    in_words::plain(state, &parts, |at| format!("{at} ms since 1970"))
}
