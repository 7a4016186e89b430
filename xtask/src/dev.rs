//! `make dev`: builds quickly, serves, looks for changes, builds and serves again.
//!
//! Looks at the dates of the files twice a second: that works on every file system and needs no library. A build
//! that fails leaves the former server running.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, SystemTime};

use crate::site::{self, Mode};
use crate::{Failure, workspace};

const PAUSE: Duration = Duration::from_millis(500);
const WATCHED: [&str; 9] =
    ["Cargo.toml", "Cargo.lock", "model", "backend", "app", "frontend", "server", "migrations", "style"];
/// Our own crates, the only ones that change: compiled with less care than in a release. (`app` is anyway.)
const QUICK: [&str; 3] = ["model", "backend", "server"];

/// Serves until it is interrupted.
pub fn run(serve: &[&str]) -> Result<(), Failure> {
    let mut built = None;
    let mut server: Option<Child> = None;
    loop {
        let latest = latest(&WATCHED.map(|name| workspace::root().join(name)));
        if latest != built {
            built = latest;
            match build() {
                Ok(()) => {
                    end(server.take());
                    server = Some(start(serve)?);
                }
                Err(failure) => eprintln!("{failure}\nWaiting for the next change."),
            }
        }
        std::thread::sleep(PAUSE);
    }
}

fn build() -> Result<(), Failure> {
    site::build(Mode::Dev)?;
    let mut cargo = workspace::command(workspace::cargo());
    cargo.env("CARGO_INCREMENTAL", "1");
    cargo.args(["build", "--release", "-p", "server"]);
    for crate_name in QUICK {
        cargo.args(["--config", &format!("profile.release.package.{crate_name}.opt-level=1")]);
    }
    if cargo.status()?.success() { Ok(()) } else { Err("The server did not compile.".into()) }
}

fn start(serve: &[&str]) -> Result<Child, Failure> {
    let binary = workspace::target().join("release/rolecall");
    Ok(Command::new(binary).current_dir(workspace::root()).arg("serve").args(serve).spawn()?)
}

/// Asks the server to finish what it is doing, and waits for it: its data folder is locked until then.
fn end(server: Option<Child>) {
    let Some(mut server) = server else { return };
    let asked = Command::new("kill").arg(server.id().to_string()).status();
    if !asked.is_ok_and(|status| status.success()) {
        let _ = server.kill();
    }
    let _ = server.wait();
}

/// The latest date of any file in these places.
fn latest(places: &[PathBuf]) -> Option<SystemTime> {
    places.iter().filter_map(|place| latest_below(place)).max()
}

fn latest_below(place: &Path) -> Option<SystemTime> {
    let own = place.metadata().ok()?;
    if !own.is_dir() {
        return own.modified().ok();
    }
    let below = std::fs::read_dir(place).ok()?.flatten().filter_map(|entry| latest_below(&entry.path()));
    below.chain(own.modified().ok()).max()
}
