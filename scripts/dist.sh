#!/bin/sh
# Makes the binary that is handed out: optimised as a whole, stripped, alone in target/dist-out/.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build
. scripts/env.sh
cargo run --quiet --release -p xtask -- site
cargo build --profile dist -p server
mkdir -p target/dist-out
cp "$rolecall_target/dist/rolecall" target/dist-out/rolecall
ls -l target/dist-out/rolecall
