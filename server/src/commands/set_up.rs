//! `rolecall setup`: the set-up of a new organization, without a browser.

use super::storage::{first_line, open_beside};
use super::{Failure, say};
use crate::command_line::Setup;
use crate::edge::address::TrustedProxies;
use crate::serve::{Wired, console};
use crate::settings::PublicUrl;
use backend::Error;
use backend::clock::Clock;
use backend::mail::Mailer;
use backend::random::Random;
use backend::set_up::{SetUp, set_up};
use std::io::BufRead;

/// Runs the command.
///
/// # Errors
/// When a value is wrong or the organization is set up already.
pub async fn run(options: Setup) -> Result<(), Failure> {
    let password = match &options.password_file {
        Some(path) => first_line(path)?,
        None => from_standard_input()?,
    };
    let clock = Clock::system();
    let (database, _locked) = open_beside(&options.storage, &clock).await?;
    let wired =
        Wired { mailer: Mailer::none(), url: PublicUrl::local(3000), proxies: TrustedProxies::default() };
    let console = console(database, clock, Random::system(), wired).await?;
    let wanted = SetUp {
        organization: options.organization.clone(),
        name: options.admin_name,
        email: options.admin_email.clone(),
        password,
        areas: options.areas,
        with_sample: options.sample,
    };
    let outcome = set_up(console.backend(), console.sign_in(), wanted, None).await;
    console.backend().close().await;
    outcome.map_err(by_option)?;
    say(&format!(
        "{} is set up. Its administrator signs in as {}.\n",
        options.organization, options.admin_email
    ));
    Ok(())
}

fn from_standard_input() -> Result<String, Failure> {
    let mut line = String::new();
    match std::io::stdin().lock().read_line(&mut line) {
        Ok(read) if read > 0 => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
        _ => Err(Failure::NoPassword),
    }
}

/// What is wrong, with the option that it is about.
fn by_option(error: Error) -> Failure {
    let option = match error.field() {
        Some("organization") => "--organization",
        Some("name") => "--admin-name",
        Some("email") => "--admin-email",
        Some("password") => "the password",
        Some("area") => "--area",
        _ => return error.into(),
    };
    Failure::Said(format!("{option}: {error}"))
}
