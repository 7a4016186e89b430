//! Makes the module smaller with binaryen's `wasm-opt`.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::{Failure, workspace};

const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Older ones write a module with two tables wrongly: the browser then refuses the page's module.
const OLDEST: u32 = 116;

/// A `wasm-opt` that will do.
pub struct WasmOpt(OsString);

impl WasmOpt {
    /// Looks for one; says a word where there is none.
    pub fn find() -> Option<Self> {
        let found = program();
        if found.is_none() {
            eprintln!("No wasm-opt {OLDEST} or newer here: the site is built without it and stays larger.");
        }
        found.map(Self)
    }

    /// The module as `wasm-opt -Oz` leaves it. Its name tells its files in `scratch` from those of others.
    pub fn shrink(&self, name: &str, wasm: &[u8], scratch: &Path) -> Result<Vec<u8>, Failure> {
        let (before, after) = (scratch.join(format!("before-{name}")), scratch.join(format!("after-{name}")));
        std::fs::write(&before, wasm)?;
        let mut command = Command::new(&self.0);
        let status = command.arg("-Oz").args(FEATURES).arg(&before).arg("-o").arg(&after).status()?;
        if !status.success() {
            return Err("wasm-opt refused the module; it says why above.".into());
        }
        Ok(std::fs::read(after)?)
    }
}

/// The one that `WASM_OPT` names, the one that scripts/setup.sh has put beside this crate, or the system's.
fn program() -> Option<OsString> {
    let installed = workspace::root().join("xtask/node_modules/.bin/wasm-opt").into_os_string();
    let candidates = [std::env::var_os("WASM_OPT"), Some(installed), Some("wasm-opt".into())];
    candidates.into_iter().flatten().find(|program| version(program).is_some_and(|version| version >= OLDEST))
}

/// What `wasm-opt version 132 (version_132)` says.
fn version(program: &OsString) -> Option<u32> {
    let answer = Command::new(program).arg("--version").output().ok()?;
    String::from_utf8(answer.stdout).ok()?.split_whitespace().find_map(|word| word.parse().ok())
}
