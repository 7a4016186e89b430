//! `xtask build`: the site, and the release binary that embeds it.

use crate::site::{self, Mode};
use crate::{Failure, workspace};

/// Builds both. Compiling the browser's half is one long step after the other: what the server is made of is built
/// beside it, and gives way to it.
pub fn build() -> Result<(), Failure> {
    let mut libraries = workspace::command("nice");
    libraries.arg(workspace::cargo()).args(["build", "--quiet", "--release"]);
    let mut libraries = libraries.args(["-p", "app", "--features", "ssr"]).spawn()?;
    let site = site::build(Mode::Release);
    if site.is_err() {
        let _ = libraries.kill();
    }
    let libraries = libraries.wait()?;
    site?;
    let mut server = workspace::command(workspace::cargo());
    server.args(["build", "--release", "-p", "server"]);
    if libraries.success() && server.status()?.success() {
        return Ok(());
    }
    Err("The server did not compile; cargo says why above.".into())
}
