//! Compiles the `frontend` crate to WebAssembly and runs wasm-bindgen over it.
//!
//! It has a profile of its own, `browser`. What the quick site and the shipped one have differently is added in ways that
//! leave procedural macros and build scripts alone: they are compiled once for both. See [`settings`].

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::Failure;
use crate::site::Mode;
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "browser";

/// What wasm-bindgen makes of the compiled crate.
pub struct Module {
    /// The script that loads the module: an ES module with a default export.
    pub script: String,
    /// The module itself.
    pub wasm: Vec<u8>,
    /// Scripts that the module imports by relative path.
    pub snippets: Vec<(String, String)>,
}

/// Makes the script and the final module of what [`compile`] has made.
pub fn bind(compiled: Vec<u8>, mode: Mode) -> Result<Module, Failure> {
    let mut bindgen = Bindgen::new();
    let mut output = bindgen
        .input_bytes("frontend", compiled)
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .remove_name_section(mode == Mode::Release)
        // Pieces reach the main module through what the linker exports.
        .keep_lld_exports(true)
        .omit_default_module_path(true)
        .generate_output()?;
    let mut snippets: Vec<(String, String)> =
        output.local_modules().iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    for (identifier, scripts) in output.snippets() {
        let inline = scripts.iter().enumerate();
        snippets.extend(inline.map(|(i, text)| (format!("{identifier}/inline{i}.js"), text.clone())));
    }
    let script = output.js().to_owned();
    Ok(Module { script, wasm: output.wasm_mut().emit_wasm(), snippets })
}

/// Compiles the frontend.
pub fn compile(mode: Mode) -> Result<Vec<u8>, Failure> {
    // A folder of its own: what is built for the server meanwhile need not wait.
    let target = workspace::target().join("browser");
    let folder = target.join(TARGET).join(PROFILE);
    let _turn = claim(&folder)?;
    let compiler = Compiler::find();
    let library = standard_library(mode, &compiler.rustc)?;
    let mut cargo = compiler.cargo();
    cargo.arg("rustc").arg("--target-dir").arg(target);
    cargo.args(["-p", "frontend", "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--profile", PROFILE, "--target", TARGET]);
    // For the `-Z` options: a stable compiler has them, too, and says so only when asked.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    if let StandardLibrary::FromSource { linker, .. } = &library {
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        if let Some(linker) = linker {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }
    for (name, value) in settings(mode, &library) {
        cargo.env(name, value);
    }
    cargo.args(["--", "-Clink-args=--emit-relocs"]);
    if mode == Mode::Release {
        // The last crate alone is compiled to code, of all the others' bitcode.
        cargo.args(["-Clinker-plugin-lto=no", "-Cembed-bitcode=yes", "-Clto=fat"]);
    }
    let status = cargo.status().map_err(|cause| format!("cargo did not start: {cause}"))?;
    if !status.success() {
        return Err("The frontend did not compile for WebAssembly; cargo says why above.".into());
    }
    Ok(std::fs::read(folder.join("frontend.wasm"))?)
}

/// What the two modes have differently. Optimisation level and code units of the profile do not apply to procedural
/// macros and build scripts, and flags do not either where there is a target; `lto` and `debug-assertions` of the
/// profile would, so they are given as flags.
fn settings(mode: Mode, library: &StandardLibrary) -> Vec<(&'static str, String)> {
    let (changes, flags) = match mode {
        Mode::Release => (&SHIPPED[..], "-Cstrip=none -Clinker-plugin-lto -Zlocation-detail=none"),
        Mode::Dev => (&QUICK[..], "-Cstrip=none -Cdebug-assertions=on"),
    };
    let traps = match (mode, library) {
        (Mode::Release, StandardLibrary::FromSource { traps: true, .. }) => TRAPS.join(" "),
        _ => String::new(),
    };
    // What the server is built with holds here too: a view must be the same type on both sides. Cargo reads flags
    // from one place, and the environment comes before .cargo/config.toml.
    let shared = std::env::var("RUSTFLAGS").unwrap_or_else(|_| "--cfg erase_components".to_owned());
    let changes = changes.iter().map(|(name, value)| (*name, (*value).to_owned()));
    changes.chain([("RUSTFLAGS", format!("{shared} {flags} {traps}"))]).collect()
}

/// The environment may say otherwise, and then there would be no link-time optimisation.
const SHIPPED: [(&str, &str); 1] = [("CARGO_INCREMENTAL", "0")];
/// What the quick site has otherwise than the profile says.
const QUICK: [(&str, &str); 3] = [
    ("CARGO_PROFILE_BROWSER_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_BROWSER_CODEGEN_UNITS", "256"),
    ("CARGO_INCREMENTAL", "1"),
];

/// What compiles for the browser.
struct Compiler {
    rustc: OsString,
    /// Whether it is for this alone.
    own: bool,
}

impl Compiler {
    /// The one that is named for this; else the one that compiles everything.
    fn find() -> Self {
        if let Some(rustc) = std::env::var_os("ROLECALL_BROWSER_RUSTC") {
            return Self { rustc, own: true };
        }
        Self { rustc: std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()), own: false }
    }

    /// The cargo that belongs to it.
    fn cargo(&self) -> Command {
        if !self.own {
            return workspace::command(workspace::cargo());
        }
        let mut cargo = workspace::command(Path::new(&self.rustc).with_file_name("cargo"));
        cargo.env("RUSTC", &self.rustc);
        cargo
    }
}

enum StandardLibrary {
    Installed,
    /// `traps`: whether the compiler knows of [`TRAPS`].
    FromSource {
        linker: Option<PathBuf>,
        traps: bool,
    },
}

/// A panic traps at once. Nobody would read its message, and what puts messages together is much code.
const TRAPS: [&str; 2] = ["-Zunstable-options", "-Cpanic=immediate-abort"];

/// The compiler's own library for wasm, or its source and a linker to build it with. What is shipped is built from
/// source where there is one: made for size, the library is a good deal smaller than the one that comes along.
fn standard_library(mode: Mode, rustc: &OsStr) -> Result<StandardLibrary, Failure> {
    let answer = Command::new(rustc).args(["--print", "sysroot"]).output()?;
    let sysroot = PathBuf::from(String::from_utf8(answer.stdout)?.trim());
    let rustlib = sysroot.join("lib/rustlib");
    let has_source = rustlib.join("src/rust/library").is_dir();
    let is_installed = rustlib.join(TARGET).join("lib").is_dir();
    if is_installed && (mode == Mode::Dev || !has_source) {
        return Ok(StandardLibrary::Installed);
    }
    if !has_source {
        let rustc = rustc.to_string_lossy();
        return Err(format!(
            "{rustc} has neither the {TARGET} target nor the source of the standard library. \
             Run scripts/setup.sh, or start through make."
        )
        .into());
    }
    let mut asks = Command::new(rustc);
    asks.env("RUSTC_BOOTSTRAP", "1").args(TRAPS).args(["--target", TARGET, "--print", "cfg"]);
    let traps = asks.output()?.status.success();
    Ok(StandardLibrary::FromSource { linker: linker(&rustlib), traps })
}

/// None when the compiler brings its own.
fn linker(rustlib: &Path) -> Option<PathBuf> {
    let own = std::fs::read_dir(rustlib).into_iter().flatten().flatten();
    if own.map(|host| host.path().join("bin/rust-lld")).any(|lld| lld.is_file()) {
        return None;
    }
    let names: Vec<String> =
        std::iter::once("wasm-ld".to_owned()).chain((14..30).rev().map(|v| format!("wasm-ld-{v}"))).collect();
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// Several worktrees may share one target folder, and a cdylib's file name carries no hash: takes away what
/// another worktree has left, so that cargo links ours again. The others wait until the answer is dropped.
fn claim(folder: &Path) -> Result<File, Failure> {
    std::fs::create_dir_all(folder)?;
    let turn = File::create(folder.join("frontend.lock"))?;
    turn.lock()?;
    let note = folder.join("frontend.owner");
    let ours = workspace::root().to_string_lossy().into_owned();
    if !std::fs::read_to_string(&note).is_ok_and(|owner| owner == ours) {
        for left in ["deps/frontend.wasm", "frontend.wasm"] {
            let _ = std::fs::remove_file(folder.join(left));
        }
        std::fs::write(note, ours)?;
    }
    Ok(turn)
}
