//! Rolecall's decisions beside those of `cedar-policy` and `casbin`: the same world, the same questions, and the
//! same answers, or it stops.
//!
//! `cargo bench -p peers` prints a table; with `ROLECALL_BENCH_ROWS` set it appends its rows to that file, one JSON
//! object a line. Each peer is set up in the ways that its documentation advises, the fastest of which counts, and
//! grows from 1 % of the world to the largest part that it holds. Never a judgement of what else the peers can do.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot be set up should stop")]

mod casbin;
mod cedar;
#[path = "../../../model/benches/measure/mod.rs"]
mod measure;
mod trial;
#[path = "../../../model/benches/world/mod.rs"]
#[expect(dead_code, reason = "made for more measurements than this one")]
mod world;

use measure::Rows;
use trial::{Figures, Form};

/// Percents of the world that are tried, smallest first.
const SIZES: [usize; 7] = [1, 2, 5, 10, 20, 50, 100];

const FORMS: [Form; 5] = [
    Form {
        key: "cedar-links",
        peer: "cedar-policy",
        name: "a linked policy a grant",
        run: trial::run::<cedar::Links>,
    },
    Form {
        key: "cedar-groups",
        peer: "cedar-policy",
        name: "roles as groups",
        run: trial::run::<cedar::Groups>,
    },
    Form {
        key: "cedar-holders",
        peer: "cedar-policy",
        name: "holders as attributes",
        run: trial::run::<cedar::Holders>,
    },
    Form { key: "casbin-places", peer: "casbin", name: "resource roles", run: trial::run::<casbin::Places> },
    Form {
        key: "casbin-domains",
        peer: "casbin",
        name: "places as domains",
        run: trial::run::<casbin::Domains>,
    },
];

/// What each peer may take at most, in % of its time, for Rolecall's decision.
const BUDGETS: [(&str, f64); 2] = [("cedar-policy", 10.0), ("casbin", 1.0)];

fn main() {
    if trial::is_child(&FORMS) {
        return;
    }
    println!("A peer holds a part of the world {}.", trial::LIMITS);
    let mut rows = Rows::default();
    for (peer, budget) in BUDGETS {
        let forms: Vec<(&Form, Vec<(usize, Figures)>)> =
            FORMS.iter().filter(|form| form.peer == peer).map(|form| (form, grown(form))).collect();
        for (form, runs) in &forms {
            for (percent, run) in runs {
                let what = format!("{peer}, {}, {percent} % of the world", form.name);
                rows.add(format!("decision, {what}, median"), run.median, "µs", None);
                rows.add(format!("memory, {what}"), run.memory, "MB", None);
            }
            if let (Some((_, first)), Some((percent, last))) = (runs.first(), runs.last()) {
                let growth = |name: &str| format!("growth of a decision from 1 % to {percent} %, {name}");
                rows.add(growth(&format!("{peer}, {}", form.name)), last.median / first.median, "×", None);
                rows.add(growth("Rolecall"), last.rolecall / first.rolecall, "×", None);
            }
        }
        for percent in SIZES {
            let here = forms.iter().filter_map(|(form, runs)| {
                runs.iter().find(|(size, _)| *size == percent).map(|(_, run)| (form.name, run))
            });
            let Some((name, run)) = here.min_by(|a, b| a.1.median.total_cmp(&b.1.median)) else { continue };
            rows.add(
                format!("Rolecall as a share of {peer}'s time ({name}), {percent} % of the world"),
                100.0 * run.rolecall / run.median,
                "%",
                Some(budget),
            );
        }
    }
    rows.report();
}

/// From 1 % to the largest part of the world that the peer holds: the ends of the scale, then what lies between.
fn grown(form: &Form) -> Vec<(usize, Figures)> {
    let mut runs = Vec::new();
    let mut beyond = None;
    for percent in [1, 10, 100] {
        match form.try_at(percent) {
            Ok(run) => runs.push((percent, run)),
            Err(_) => {
                beyond = Some(percent);
                break;
            }
        }
    }
    let held = runs.last().map_or(0, |(percent, _)| *percent);
    assert!(held > 0, "{} does not hold even 1 % of the world", form.key);
    if let Some(beyond) = beyond {
        for percent in SIZES.into_iter().filter(|size| (held + 1..beyond).contains(size)) {
            let Ok(run) = form.try_at(percent) else { break };
            runs.push((percent, run));
        }
    }
    runs
}
