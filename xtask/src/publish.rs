//! Lays the site out on disk: names that carry a hash of the content, compressed twins, a manifest.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::site::Mode;

/// A site in the making. Nothing of the former site is touched before [`Site::finish`].
pub struct Site {
    folder: PathBuf,
    mode: Mode,
    manifest: BTreeMap<String, String>,
}

impl Site {
    /// Starts an empty site beside the one at `folder`.
    pub fn start(folder: &Path, mode: Mode) -> Result<Self, Failure> {
        let unfinished = folder.with_extension("next");
        let _ = std::fs::remove_dir_all(&unfinished);
        std::fs::create_dir_all(unfinished.join("assets"))?;
        Ok(Self { folder: folder.to_path_buf(), mode, manifest: BTreeMap::new() })
    }

    /// Adds a file under a name with its hash, and notes it in the manifest.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<(), Failure> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let hashed = format!("{stem}.{}.{extension}", fingerprint(content));
        self.write(&hashed, content)?;
        self.manifest.insert(name.to_owned(), format!("/assets/{hashed}"));
        Ok(())
    }

    /// Adds files that name each other by relative path: they keep their names, in a folder with a hash of all.
    pub fn add_together(&mut self, stem: &str, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let all: String =
            files.iter().map(|(name, content)| format!("{name} {}\n", fingerprint(content))).collect();
        let folder = format!("{stem}.{}", fingerprint(all.as_bytes()));
        files.par_iter().try_for_each(|(name, content)| self.write(&format!("{folder}/{name}"), content))?;
        let addresses = files.iter().map(|(name, _)| (name.clone(), format!("/assets/{folder}/{name}")));
        self.manifest.extend(addresses);
        Ok(())
    }

    /// Writes the manifest and takes the place of the former site.
    pub fn finish(self) -> Result<(), Failure> {
        let unfinished = self.folder.with_extension("next");
        let manifest = serde_json::to_string_pretty(&self.manifest)?;
        std::fs::write(unfinished.join("manifest.json"), manifest)?;
        let _ = std::fs::remove_dir_all(&self.folder);
        Ok(std::fs::rename(unfinished, &self.folder)?)
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), Failure> {
        let path = self.folder.with_extension("next").join("assets").join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, content)?;
        let beside = |extension: &str| PathBuf::from(format!("{}.{extension}", path.display()));
        std::fs::write(beside("br"), brotli(content, self.mode)?)?;
        Ok(std::fs::write(beside("gz"), gzip(content, self.mode)?)?)
    }
}

/// Sixteen hexadecimal digits that change with the content.
pub fn fingerprint(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn brotli(content: &[u8], mode: Mode) -> Result<Vec<u8>, Failure> {
    let quality = if mode == Mode::Release { 11 } else { 2 };
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 24,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut out, &parameters)?;
    Ok(out)
}

fn gzip(content: &[u8], mode: Mode) -> Result<Vec<u8>, Failure> {
    let level = if mode == Mode::Release { Compression::best() } else { Compression::fast() };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
