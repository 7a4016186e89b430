#!/bin/sh
# Clippy over everything, warnings denied.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build lint
. scripts/env.sh
cargo clippy --release --workspace --exclude frontend --exclude xtask --all-targets -- -D warnings
cargo clippy --release -p xtask --all-targets -- -D warnings
# Alone, since its Leptos features are the browser's and must not unite with the server's.
cargo clippy --release -p frontend --all-targets -- -D warnings
