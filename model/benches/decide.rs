//! Measures decisions in the large world of the budgets, and how they grow from 1 % of it to all of it.
//!
//! `cargo bench -p model --bench decide` prints a table; with `ROLECALL_BENCH_ROWS` set it appends its rows
//! to that file, one JSON object a line. The world is made from a fixed seed: two runs ask the same.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement that cannot be set up should stop"
)]

mod measure;
#[allow(dead_code, reason = "each measurement takes of the world what it needs")]
mod world;

use measure::{Rows, times};
use model::decide;
use model::id::UserId;
use std::time::Instant;
use world::{Question, World};

const QUESTIONS: usize = 200_000;

fn main() {
    let mut rows = Rows::default();
    for percent in [1, 10, 100] {
        let started = Instant::now();
        let before = resident();
        let world = World::new(percent);
        let built = started.elapsed();
        let questions = world.questions(QUESTIONS);
        let allowed = questions.iter().filter(|q| ask(&world, q)).count();
        println!(
            "{percent} %: {} people, {} objects, {} grants; built in {built:.1?}; {allowed} of {QUESTIONS} allowed",
            world.users.len(),
            world.objects.len(),
            world.state.grant_count(),
        );
        let (median, p99) = times(&questions, |q| ask(&world, q));
        let whole = percent == 100;
        rows.add(
            format!("decision, interned ids, median, {percent} % of the world"),
            median,
            "µs",
            whole.then_some(1.0),
        );
        rows.add(
            format!("decision, interned ids, p99, {percent} % of the world"),
            p99,
            "µs",
            whole.then_some(5.0),
        );
        if whole {
            let texts: Vec<[String; 3]> = questions
                .iter()
                .map(|q| {
                    let entry = world.state.catalog().entry(q.permission).unwrap();
                    [q.user.to_string(), entry.key.clone(), q.object.to_string()]
                })
                .collect();
            let (median, _) = times(&texts, |[user, permission, object]| {
                decide::allows(
                    &world.state,
                    user.parse::<UserId>().unwrap(),
                    permission,
                    object.parse().unwrap(),
                    0,
                )
            });
            rows.add("decision, from strings, median", median, "µs", Some(3.0));
            rows.add("the large world, memory", resident() - before, "MB", Some(250.0));
        }
    }
    let heavy = World::heavy();
    let (median, p99) = times(&heavy.questions(QUESTIONS), |q| ask(&heavy, q));
    rows.add("decision, 20 groups of 900 grants, median", median, "µs", None);
    rows.add("decision, 20 groups of 900 grants, p99", p99, "µs", None);
    rows.report();
}

fn ask(world: &World, q: &Question) -> bool {
    decide::may(&world.state, q.user, q.permission, q.object, 0)
}

/// Memory of this process, in MB, as Linux counts it.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
}
