#!/bin/sh
# Finds or installs what a step needs; says what and why; asks nothing; skips what is there.
#
# usage: scripts/setup.sh NEED...
#   build      a Rust compiler that builds for the browser too, a linker for C, wasm-opt
#   lint       clippy and rustfmt of that compiler
#   browser    Chromium and the packages of end2end/
#   database   PostgreSQL's programs, for the tests that run on both databases
set -eu
cd "$(dirname "$0")/.."
. scripts/env.sh

say() { echo "setup: $*" >&2; }

die() {
	say "$*"
	exit 1
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

can_install() {
	command -v apt-get >/dev/null 2>&1 || return 1
	[ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

lists_read=
# install WHY PACKAGE...
install() {
	why=$1
	shift
	can_install || die "please install $* ($why), then try again; this user cannot do it here."
	say "installing $* ($why)"
	if [ -z "$lists_read" ]; then
		as_root apt-get update -qq >&2 || die "the package lists could not be read."
		lists_read=yes
	fi
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 ||
		die "apt-get could not install $*."
}

need_compiler() {
	command -v cc >/dev/null 2>&1 || install "SQLite is compiled from C, and Rust links with cc" gcc libc6-dev
	if [ -n "${RUSTC:-}${ROLECALL_BROWSER_RUSTC:-}" ] || builds_for_browser rustc; then
		return
	fi
	if command -v rustup >/dev/null 2>&1 && recent rustc; then
		say "adding $wasm_target to the Rust toolchain (the browser's half is WebAssembly)"
		if timeout 60 rustup target add "$wasm_target" >/dev/null 2>&1 && builds_for_browser rustc; then
			return
		fi
		say "rustup cannot fetch it from here; the system's compiler builds the browser's half."
	fi
	install "a Rust compiler that can build for the browser" rustc-web cargo-web rust-web-src lld-22
	. scripts/env.sh
	[ -n "${RUSTC:-}${ROLECALL_BROWSER_RUSTC:-}" ] || builds_for_browser rustc ||
		die "the installed compiler is older than Rust 1.$oldest_minor. Install a newer Rust (with rustup, say)."
}

# What is left to find once there is a compiler: a linker for the browser, where the compiler brings none.
need_linker() {
	rustlib=$(rustlib "${ROLECALL_BROWSER_RUSTC:-${RUSTC:-rustc}}")
	[ -d "$rustlib/$wasm_target/lib" ] && return
	ls "$rustlib"/*/bin/rust-lld >/dev/null 2>&1 && return
	for version in "" -22 -21 -20 -19 -18; do
		command -v "wasm-ld$version" >/dev/null 2>&1 && return
	done
	install "links what the browser runs" lld-22
}

# npm_packages FOLDER WHY
npm_packages() {
	cmp -s "$1/package-lock.json" "$1/node_modules/.rolecall-lock" && return
	say "installing the packages of $1/ ($2)"
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix "$1" ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
	cp "$1/package-lock.json" "$1/node_modules/.rolecall-lock"
}

# The system's wasm-opt is often too old; xtask looks for one that will do.
need_wasm_opt() {
	[ -n "${WASM_OPT:-}" ] && return
	if command -v npm >/dev/null 2>&1; then
		npm_packages xtask "wasm-opt halves what the browser loads"
	elif can_install; then
		install "wasm-opt, which halves what the browser loads, comes from npm" nodejs npm
		npm_packages xtask "wasm-opt halves what the browser loads"
	else
		say "npm is not installed: unless there is a recent wasm-opt, the site stays larger."
	fi
}

need_lint() {
	if [ "$(command -v "${RUSTC:-rustc}")" = /usr/bin/rustc ]; then
		[ -x /usr/bin/cargo-clippy ] || install "clippy, of the same compiler" rust-web-clippy
		[ -x /usr/bin/rustfmt ] || install "rustfmt, of the same compiler" rustfmt-web
	fi
	cargo clippy --version >/dev/null 2>&1 || die "please install clippy (rustup component add clippy), then try again."
	cargo fmt --version >/dev/null 2>&1 || die "please install rustfmt (rustup component add rustfmt), then try again."
}

need_node() {
	command -v npm >/dev/null 2>&1 || install "the browser tests run on Node" nodejs npm
	npm_packages end2end "Playwright drives the browser, axe checks accessibility"
}

need_chromium() {
	[ -n "${CHROMIUM:-}" ] && return
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		command -v "$name" >/dev/null 2>&1 && return
	done
	install "the browser that the tests use" chromium fonts-dejavu-core
}

need_database() {
	command -v initdb >/dev/null 2>&1 && return
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return
	install "tests run on PostgreSQL as well, in a temporary folder" postgresql
}

for need in "$@"; do
	case $need in
	build) need_compiler && need_linker && need_wasm_opt ;;
	lint) need_lint ;;
	browser) need_node && need_chromium ;;
	database) need_database ;;
	*) die "unknown need: $need" ;;
	esac
done
