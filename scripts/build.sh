#!/bin/sh
# Builds the site, and the release binary that embeds it.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build
. scripts/env.sh
cargo run --quiet --release -p xtask -- build
