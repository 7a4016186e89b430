#!/usr/bin/env bash
# Everything that must hold before a change goes in, cheapest first. Ends with how long each step took.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
took=()

# step TITLE COMMAND...
step() {
	local title=$1 start=$SECONDS
	shift
	echo "== $title"
	"$@" 2>&1 | tee -a "$log"
	took+=("$(printf '%5d s  %s' $((SECONDS - start)) "$title")")
}

rust_tests() {
	# One at a time: tests of the server start whole servers, and wait for each other when many run at once.
	RUST_TEST_THREADS=1 cargo test --release --workspace --exclude app --exclude frontend --exclude xtask --exclude peers
	# The screens are compiled once more for their own tests, which take no time: not optimised.
	cargo test --release -p app --features ssr --lib --config profile.release.package.app.opt-level=0
	# Alone: together, features that only the build helper wants would have the server's libraries built again.
	cargo test --release -p xtask
}

browser_tests() {
	npx --prefix end2end tsc --project end2end --noEmit
	(cd end2end && CI=${CI:-} npx playwright test)
}

step "Tools" scripts/setup.sh build lint browser database
. scripts/env.sh
export ROLECALL_BIN
ROLECALL_BIN=$(realpath -m "$rolecall_target/release/rolecall")

step "Formatting" cargo fmt --all --check
step "Lints" scripts/lint.sh
step "Site and binary" scripts/build.sh
step "Rust tests" rust_tests
step "Browser tests" browser_tests

echo
printf '%s\n' "${took[@]}"
passed=$(sed -nE 's/^test result: ok\. ([0-9]+) passed.*/\1/p; s/^ +([0-9]+) passed( \(.*\))?$/\1/p' "$log" |
	awk "{ sum += \$1 } END { print sum + 0 }")
echo "rolecall: ${passed:-0} passed, 0 failed"
