//! Where things lie, and the cargo that builds them.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// What calls cargo, in the workspace. It is not told what cargo has told this program of itself: build scripts that
/// ask for that (ring's does) would run again whenever cargo is called with it and without it in turn, and half the
/// server would be compiled again after them.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    let own = |name: &OsString| {
        name.to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
    };
    for name in std::env::vars_os().map(|(name, _)| name).filter(own) {
        command.env_remove(name);
    }
    command
}

/// The cargo that this program was started by.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_calls_cargo_is_not_told_whose_program_this_is() {
        let command = command(cargo());
        assert!(command.get_envs().any(|(name, value)| name == "CARGO_MANIFEST_DIR" && value.is_none()));
        assert_eq!(command.get_current_dir(), Some(root().as_path()));
    }
}
