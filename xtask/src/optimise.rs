//! Makes the module smaller with binaryen's `wasm-opt`.

use std::path::Path;
use std::process::Command;

use crate::Failure;

const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The module as `wasm-opt -Oz` leaves it; unchanged, with a word about it, where there is no `wasm-opt`.
pub fn shrink(wasm: Vec<u8>, scratch: &Path) -> Result<Vec<u8>, Failure> {
    let program = std::env::var_os("WASM_OPT").unwrap_or_else(|| "wasm-opt".into());
    if Command::new(&program).arg("--version").output().is_err() {
        eprintln!("wasm-opt is not installed: the site is built without it and stays larger.");
        return Ok(wasm);
    }
    std::fs::create_dir_all(scratch)?;
    let (before, after) = (scratch.join("before.wasm"), scratch.join("after.wasm"));
    std::fs::write(&before, &wasm)?;
    let status =
        Command::new(&program).arg("-Oz").args(FEATURES).arg(&before).arg("-o").arg(&after).status()?;
    if !status.success() {
        return Err("wasm-opt refused the module; it says why above.".into());
    }
    Ok(std::fs::read(after)?)
}
