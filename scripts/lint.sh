#!/bin/sh
# Clippy over everything, warnings denied. But for peers/, which only `make bench` builds: what it measures against
# takes longer to compile than all of this.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build lint
. scripts/env.sh
cargo clippy --release --workspace --exclude frontend --exclude xtask --exclude peers --all-targets -- -D warnings
cargo clippy --release -p xtask --all-targets -- -D warnings
# Alone, since its Leptos features are the browser's and must not unite with the server's.
cargo clippy --release -p frontend --all-targets -- -D warnings
