# Sourced, not run: picks the compilers for what is built here.
#
# A choice already made (RUSTC is set) stands for everything, and so does the compiler on PATH, if it can build for the
# browser. If it cannot, the system's own in /usr/bin builds the browser's half, with the standard library from source
# (ROLECALL_BROWSER_RUSTC, see xtask/src/wasm.rs), and all the rest as well where the one on PATH is too old. The halves
# share nothing that is compiled: procedural macros too are built with other flags for each.

wasm_target=wasm32-unknown-unknown
oldest_minor=89

rustlib() { echo "$("$1" --print sysroot 2>/dev/null)/lib/rustlib"; }

recent() {
	minor=$("$1" --version 2>/dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
	[ "${minor:-0}" -ge "$oldest_minor" ]
}

has_source() { [ -d "$(rustlib "$1")/src/rust/library" ]; }

builds_for_browser() { recent "$1" && { [ -d "$(rustlib "$1")/$wasm_target/lib" ] || has_source "$1"; }; }

if [ -n "${RUSTC:-}" ] || builds_for_browser rustc; then
	:
elif [ -x /usr/bin/cargo ] && builds_for_browser /usr/bin/rustc; then
	if recent rustc; then
		ROLECALL_BROWSER_RUSTC=/usr/bin/rustc
		export ROLECALL_BROWSER_RUSTC
	else
		RUSTC=/usr/bin/rustc
		PATH=/usr/bin:$PATH
		export RUSTC PATH
	fi
fi

rolecall_target=${CARGO_TARGET_DIR:-target}
