//! Cuts the compiled module at its lazy functions (`#[lazy]`, `#[lazy_route]`), so that a page's code is fetched
//! when the page is opened. See docs/code-splitting.md.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use wasm_split_cli_support::{Options, transform};

use crate::Failure;

/// The script that fetches pieces; the module imports it under this name, from its own folder.
const LOADER: &str = "./pieces.js";
/// The script that wasm-bindgen makes, as the loader imports it.
const MAIN: &str = "./frontend.js";

/// A module in pieces: what is loaded at once, and what is fetched when it is needed.
pub struct Pieces {
    /// The main module, for wasm-bindgen.
    pub main: Vec<u8>,
    /// The loader and the pieces, by file name; and which function needs which of them, as `pieces.json`.
    pub others: Vec<(String, Vec<u8>)>,
}

/// Cuts a module that was linked with `--emit-relocs`.
pub fn cut(compiled: &[u8], scratch: &Path) -> Result<Pieces, Failure> {
    let folder = scratch.join("pieces");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(compiled);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = MAIN;
    let split = transform(options).map_err(|cause| format!("The module could not be split: {cause:?}"))?;

    let mut others = vec![("pieces.json".to_owned(), needed(split.prefetch_map)?)];
    if !split.split_modules.is_empty() {
        others.push((LOADER.trim_start_matches("./").to_owned(), std::fs::read(folder.join(LOADER))?));
    }
    for piece in split.split_modules {
        let name = piece.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        others.push((name, std::fs::read(&piece)?));
    }
    Ok(Pieces { main: std::fs::read(main)?, others })
}

/// The files of each lazy function: `{"fetched_people": ["chunk_4.wasm", …]}`.
fn needed(files: HashMap<String, Vec<String>>) -> Result<Vec<u8>, Failure> {
    let named = files.into_iter().map(|(function, files)| {
        // The macro adds a number of its own.
        let name = function.trim_end_matches(|end: char| end.is_ascii_digit()).trim_end_matches('_');
        (name.to_owned(), files.iter().map(|stem| format!("{stem}.wasm")).collect::<Vec<_>>())
    });
    Ok(serde_json::to_vec_pretty(&named.collect::<BTreeMap<_, _>>())?)
}
