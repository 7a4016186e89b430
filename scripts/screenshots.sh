#!/bin/sh
# Makes the pictures of docs/screenshots anew, from the sample organization in Chromium.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh build browser
scripts/build.sh
. scripts/env.sh
ROLECALL_BIN=$(realpath -m "$rolecall_target/release/rolecall")
export ROLECALL_BIN
mkdir -p docs/screenshots
cd end2end && npx playwright test --config screenshots.config.ts
