//! `rolecall recover`: the way back in for an administrator, from the machine itself.
//!
//! Works beside a running server, on SQLite and PostgreSQL alike: it only writes a one-time link.

use super::storage::open_beside;
use super::{Failure, say};
use crate::command_line::Recover;
use crate::edge::address::TrustedProxies;
use crate::serve::{Wired, console};
use crate::settings::PublicUrl;
use backend::clock::Clock;
use backend::mail::{Mailer, texts};
use backend::one_time_link::Purpose;
use backend::random::Random;
use model::decide;
use model::id::UserId;
use model::name::fold;
use model::state::State;

/// Runs the command.
///
/// # Errors
/// When there is no such administrator, or the database cannot be used.
pub async fn run(options: Recover) -> Result<(), Failure> {
    let clock = Clock::system();
    let url = options.address.public_url.as_deref().map(PublicUrl::parse).transpose()?;
    let url = url.unwrap_or_else(|| PublicUrl::local(3000));
    let (database, _locked) = open_beside(&options.storage, &clock).await?;
    let wired = Wired { mailer: Mailer::none(), url, proxies: TrustedProxies::default() };
    let console = console(database, clock, Random::system(), wired).await?;
    let state = console.backend().state();
    let user = administrator(&state, options.email.as_deref())?;
    let token = console.sign_in().recover_link(user).await.map_err(backend::Error::from)?;
    let link = texts::link(console.url().origin(), Purpose::Recovery, &token);
    console.backend().close().await;
    let name = state.person(user).map_or("the administrator", |person| person.profile.called());
    say(&format!("Open this link to sign in once as {name}, and to set a new password:\n\n    {link}\n\n"));
    Ok(())
}

/// The administrator of that address, or the only one.
fn administrator(state: &State, email: Option<&str>) -> Result<UserId, Failure> {
    if state.revision() == 0 {
        let sentence = "No organization is set up yet: there is nobody to let in. Use `rolecall setup`.";
        return Err(Failure::Said(sentence.to_owned()));
    }
    let all = decide::administrators(state);
    let address = |user: &UserId| state.person(*user).map(|person| person.profile.email.clone());
    let list = || {
        let mut addresses: Vec<String> = all.iter().filter_map(address).collect();
        addresses.sort();
        addresses.join(", ")
    };
    let Some(email) = email else {
        return match (all.len(), all.first()) {
            (1, Some(only)) => Ok(*only),
            _ => Err(Failure::Said(format!("Say for whom with --email. Administrators: {}.", list()))),
        };
    };
    let person = state.person_by_email(&fold(email)).map(|person| person.id);
    person.filter(|user| all.contains(user)).ok_or_else(|| {
        Failure::Said(format!("{email} is not the address of an administrator. Administrators: {}.", list()))
    })
}
