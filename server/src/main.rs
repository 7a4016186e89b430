//! The binary `rolecall`.

use clap::Parser;
use server::command_line::CommandLine;
use std::io::Write;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match server::commands::run(CommandLine::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "rolecall: {failure}");
            ExitCode::FAILURE
        }
    }
}
