# Sourced, not run: picks the compiler for everything that is built here.
#
# One compiler for the server, its tests, the lints and the browser's half, so that nothing is compiled twice.
# A choice already made (RUSTC is set) stands. Next comes the compiler on PATH, if it can build for the browser;
# next the system's own in /usr/bin, which builds the standard library for the browser from source.

wasm_target=wasm32-unknown-unknown
oldest_minor=89

rustlib() { echo "$("$1" --print sysroot 2>/dev/null)/lib/rustlib"; }

recent() {
	minor=$("$1" --version 2>/dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
	[ "${minor:-0}" -ge "$oldest_minor" ]
}

has_wasm() { recent "$1" && [ -d "$(rustlib "$1")/$wasm_target/lib" ]; }

has_source() { recent "$1" && [ -d "$(rustlib "$1")/src/rust/library" ]; }

if [ -n "${RUSTC:-}" ]; then
	:
elif command -v rustc >/dev/null 2>&1 && has_wasm rustc; then
	:
elif [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && has_source /usr/bin/rustc; then
	RUSTC=/usr/bin/rustc
	RUSTC_BOOTSTRAP=1
	PATH=/usr/bin:$PATH
	export RUSTC RUSTC_BOOTSTRAP PATH
fi

rolecall_target=${CARGO_TARGET_DIR:-target}
