#!/bin/sh
# Builds the site, then the release binary that embeds it.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build
. scripts/env.sh
cargo run --quiet --release -p xtask -- site
cargo build --release -p server
