//! Embeds the site: writes a table of its files, with their bytes, for `src/site.rs`.
//!
//! Where no site has been built the table is empty: checks, lints and tests of the server do not need one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-env-changed=ROLECALL_SITE");
    let workspace = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("..");
    let site = std::env::var_os("ROLECALL_SITE").map_or("target/site".into(), PathBuf::from);
    let site = workspace.join(site);
    // Cargo reads the date of a missing file as "changed": the folder is made so that nothing is built in vain.
    std::fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed={}", site.display());

    let table = table(&site)?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("site_table.rs");
    Ok(std::fs::write(out, table)?)
}

fn table(site: &Path) -> Result<String, Failure> {
    let mut table = String::from("&[\n");
    if let Ok(manifest) = std::fs::read_to_string(site.join("manifest.json")) {
        let manifest: std::collections::BTreeMap<String, String> = serde_json::from_str(&manifest)?;
        for (name, address) in manifest {
            let file = site.join(address.trim_start_matches('/')).canonicalize()?;
            let file = file.display();
            writeln!(
                table,
                "Asset {{ name: {name:?}, address: {address:?}, plain: include_bytes!(\"{file}\"), \
                 brotli: include_bytes!(\"{file}.br\"), gzip: include_bytes!(\"{file}.gz\") }},"
            )?;
        }
    }
    table.push(']');
    Ok(table)
}
