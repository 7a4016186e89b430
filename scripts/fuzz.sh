#!/usr/bin/env bash
# Random worlds, and every decision on them judged three times: by Rolecall, by the plainest telling of the rule
# and by Cedar. The seed is printed; ROLECALL_SEED asks for the same worlds again.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh build
. scripts/env.sh
export ROLECALL_FUZZ=${ROLECALL_FUZZ:-5000}
cargo test --release -p model --test rules -- --exact agreement::three_opinions_agree_on_every_decision --nocapture
