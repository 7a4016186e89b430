#!/bin/sh
# Builds what is not built yet and serves it with SQLite under data/.
set -eu
cd "$(dirname "$0")/.."
scripts/build.sh
. scripts/env.sh
listen=${ROLECALL_LISTEN:-127.0.0.1:3000}
public=${ROLECALL_PUBLIC_URL:-http://localhost:${listen##*:}}
mkdir -p data
echo "Rolecall: $public"
exec "$rolecall_target/release/rolecall" serve --listen "$listen" --public-url "$public" --data-dir data
