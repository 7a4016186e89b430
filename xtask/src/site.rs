//! Builds the whole site: module, script, style sheet and the files that need no building.

use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::optimise::WasmOpt;
use crate::publish::{Site, fingerprint};
use crate::{split, style, wasm, workspace};

/// How much trouble to take over size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What is shipped: small before fast to build.
    Release,
    /// For the next look at the page: fast to build, with Leptos' own warnings in the console.
    Dev,
}

/// Builds `target/site`. Leaves it alone when nothing that goes into it has changed.
pub fn build(mode: Mode) -> Result<(), Failure> {
    let root = workspace::root();
    let folder = workspace::site();
    let compiled = wasm::compile(mode)?;
    let style = style::bundle(&root.join("style"))?;
    let mut files = files(&root.join("server/assets"))?;
    files.push(("style.css".to_owned(), style.into_bytes()));

    let inputs = inputs(mode, &files, &compiled);
    let note = folder.with_extension("inputs");
    let manifest = folder.join("manifest.json");
    if manifest.is_file() && std::fs::read_to_string(&note).is_ok_and(|before| before == inputs) {
        return Ok(());
    }
    let scratch = folder.with_extension("scratch");
    let frontend = frontend(compiled, mode, &scratch)?;

    let mut site = Site::start(&folder, mode)?;
    for (name, content) in &files {
        site.add(name, content)?;
    }
    site.add_together("frontend", &frontend)?;
    site.finish()?;
    Ok(std::fs::write(note, inputs)?)
}

/// Script, module and pieces: files that belong to one build and name each other.
fn frontend(compiled: Vec<u8>, mode: Mode, scratch: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let pieces = split::cut(&compiled, scratch)?;
    let module = wasm::bind(pieces.main, mode)?;
    let mut files = vec![("frontend.js".to_owned(), module.script.into_bytes())];
    files.push(("frontend.wasm".to_owned(), module.wasm));
    files.extend(pieces.others);
    if mode == Mode::Release
        && let Some(wasm_opt) = WasmOpt::find()
    {
        files.par_iter_mut().filter(|(name, _)| name.ends_with(".wasm")).try_for_each(|(name, wasm)| {
            *wasm = wasm_opt.shrink(name, wasm, scratch)?;
            Ok::<(), Failure>(())
        })?;
    }
    let snippets = module.snippets.into_iter();
    files.extend(snippets.map(|(path, text)| (format!("snippets/{path}"), text.into_bytes())));
    Ok(files)
}

/// The scripts and pictures that are served as they are.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?));
        }
    }
    files.sort();
    Ok(files)
}

/// One line that changes with anything that goes into the site.
fn inputs(mode: Mode, files: &[(String, Vec<u8>)], wasm: &[u8]) -> String {
    let mut all = Sha256::new();
    all.update([u8::from(mode == Mode::Release)]);
    all.update(env!("CARGO_PKG_VERSION"));
    for (name, content) in files {
        all.update(name);
        all.update(fingerprint(content));
    }
    all.update(fingerprint(wasm));
    all.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
