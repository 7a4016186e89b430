#!/bin/sh
# Builds quickly, serves with SQLite under data/, and does both again after every change.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build
. scripts/env.sh
listen=${ROLECALL_LISTEN:-127.0.0.1:3000}
public=${ROLECALL_PUBLIC_URL:-http://localhost:${listen##*:}}
mkdir -p data
exec cargo run --quiet --release -p xtask -- dev --listen "$listen" --public-url "$public" --data-dir data
