//! Where things lie, and the cargo that builds them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`. Cargo says it at every run: worktrees that share a target
/// folder also share this program, whichever of them has built it.
pub fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&own).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Where cargo puts what it builds: shared between worktrees when `CARGO_TARGET_DIR` says so.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |set| root().join(set))
}

/// Where the site goes. Never shared: each worktree embeds its own.
pub fn site() -> PathBuf {
    std::env::var_os("ROLECALL_SITE").map_or_else(|| root().join("target/site"), |set| root().join(set))
}

/// The cargo that this program was started by.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
