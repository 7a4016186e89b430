//! Times of many samples, and rows of the report.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

/// What was measured: name, value, unit, and the most that is fine.
#[derive(Default)]
pub struct Rows(Vec<(String, f64, &'static str, Option<f64>)>);

impl Rows {
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str, budget: Option<f64>) {
        self.0.push((name.into(), value, unit, budget));
    }

    /// Prints the rows and, with `ROLECALL_BENCH_ROWS` set, appends them to that file.
    pub fn report(&self) {
        for (name, value, unit, budget) in &self.0 {
            let wanted = budget.map(|budget| format!(" (at most {budget})")).unwrap_or_default();
            println!("{name}: {value:.2} {unit}{wanted}");
        }
        let Ok(file) = std::env::var("ROLECALL_BENCH_ROWS") else { return };
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
        for (name, value, unit, budget) in &self.0 {
            let row = serde_json::json!({ "name": name, "value": value, "unit": unit, "budget": budget });
            writeln!(file, "{row}").unwrap();
        }
    }
}

/// The median and the 99th percentile, in µs. Each sample is one question.
pub fn times<Q, A>(questions: &[Q], ask: impl Fn(&Q) -> A) -> (f64, f64) {
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
