//! The build helper: what is too much for a shell line.
//!
//! `cargo run --release -p xtask -- site` makes `target/site`: the browser's half of Rolecall, ready to be
//! embedded in the binary. It knows nothing of what the site is about.

mod binary;
mod dev;
mod optimise;
mod publish;
mod site;
mod split;
mod style;
mod wasm;
mod workspace;

use std::process::ExitCode;

/// What went wrong, as a sentence that says what to do.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "\
usage: xtask COMMAND
  site          build the site that the binary embeds, into target/site
  site --dev    the same, quickly and without optimising
  build         the site, and the release binary with it
  dev WORDS     build quickly and run `rolecall serve WORDS`, again after every change";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["site"] => site::build(site::Mode::Release),
        ["site", "--dev"] => site::build(site::Mode::Dev),
        ["build"] => binary::build(),
        ["dev", serve @ ..] => dev::run(serve),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
