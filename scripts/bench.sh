#!/bin/sh
# Measures against the budgets, prints a table and writes target/bench/report.json.
#
# Each program that measures appends lines to the file that ROLECALL_BENCH_ROWS names: one JSON object a line with
# name, value, unit, and budget (the most that is fine) or null.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build browser
scripts/build.sh
. scripts/env.sh

mkdir -p target/bench
ROLECALL_BENCH_ROWS=$(pwd)/target/bench/rows.jsonl
ROLECALL_BIN=$(realpath -m "$rolecall_target/release/rolecall")
export ROLECALL_BENCH_ROWS ROLECALL_BIN
: >"$ROLECALL_BENCH_ROWS"

cargo build --quiet --release -p backend --examples
ROLECALL_EXAMPLES=$(realpath -m "$rolecall_target/release/examples")
export ROLECALL_EXAMPLES

"$ROLECALL_EXAMPLES/large_world"
# Decisions first, alone on the machine.
cargo bench --quiet -p model --benches
cargo bench --quiet -p peers --benches
(cd end2end && npx playwright test --config bench.config.ts)
node end2end/bench/report.mjs "$ROLECALL_BENCH_ROWS" target/bench/report.json
