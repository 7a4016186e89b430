//! Measures decisions in the large world of the budgets, and how they grow from 1 % of it to all of it.
//!
//! `cargo bench -p model --bench decide` prints a table; with `ROLECALL_BENCH_ROWS` set it appends its rows
//! to that file, one JSON object a line. The world is made from a fixed seed: two runs ask the same.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement that cannot be set up should stop"
)]

#[path = "world/mod.rs"]
mod world;

use model::decide;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;
use world::{Question, World};

const QUESTIONS: usize = 200_000;

fn main() {
    let mut rows = Vec::new();
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
        rows.push((
            format!("decision, interned ids, median, {percent} % of the world"),
            median,
            (percent == 100).then_some(1.0),
            "µs",
        ));
        rows.push((
            format!("decision, interned ids, p99, {percent} % of the world"),
            p99,
            (percent == 100).then_some(5.0),
            "µs",
        ));
        if percent == 100 {
            let texts: Vec<[String; 3]> = questions
                .iter()
                .map(|q| {
                    let entry = world.state.catalog().entry(q.permission).unwrap();
                    [q.user.to_string(), entry.key.clone(), q.object.to_string()]
                })
                .collect();
            let (median, _) = times(&texts, |[user, permission, object]| {
                decide::allows(&world.state, user.parse().unwrap(), permission, object.parse().unwrap(), 0)
            });
            rows.push(("decision, from strings, median".to_owned(), median, Some(3.0), "µs"));
            rows.push(("the large world, memory".to_owned(), resident() - before, Some(250.0), "MB"));
        }
    }
    let heavy = World::heavy();
    let (median, p99) = times(&heavy.questions(QUESTIONS), |q| ask(&heavy, q));
    rows.push(("decision, 20 groups of 900 grants, median".to_owned(), median, None, "µs"));
    rows.push(("decision, 20 groups of 900 grants, p99".to_owned(), p99, None, "µs"));
    report(&rows);
}

fn ask(world: &World, q: &Question) -> bool {
    decide::may(&world.state, q.user, q.permission, q.object, 0)
}

/// The median and the 99th percentile, in µs. Each sample is one question.
fn times<Q>(questions: &[Q], ask: impl Fn(&Q) -> bool) -> (f64, f64) {
    let mut samples: Vec<u128> = questions
        .iter()
        .map(|question| {
            let started = Instant::now();
            black_box(ask(black_box(question)));
            started.elapsed().as_nanos()
        })
        .collect();
    samples.sort_unstable();
    let at =
        |part: usize| samples.get(samples.len() * part / 100).copied().unwrap_or_default() as f64 / 1000.0;
    (at(50), at(99))
}

/// Memory of this process, in MB, as Linux counts it.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
}

fn report(rows: &[(String, f64, Option<f64>, &str)]) {
    for (name, value, budget, unit) in rows {
        let wanted = budget.map(|budget| format!(" (at most {budget})")).unwrap_or_default();
        println!("{name}: {value:.2} {unit}{wanted}");
    }
    let Ok(file) = std::env::var("ROLECALL_BENCH_ROWS") else { return };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
    for (name, value, budget, unit) in rows {
        let row = serde_json::json!({ "name": name, "value": value, "unit": unit, "budget": budget });
        writeln!(file, "{row}").unwrap();
    }
}
