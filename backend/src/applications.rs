//! Applications and their stages: the list, one with its stages, rights and history, merging, rolling back, and who
//! may merge to production.
//!
//! INVARIANT: an application that the caller may not see is in none of the lists, searches and counts here, and is
//! answered like one that is not there. Everything is saved through [`Backend::commit`](crate::Backend::commit),
//! merges and rollbacks too, though they alter no access: whether somebody may is decided on the state that stands
//! under the writer's lock, in the transaction that records it.

mod assign;
mod create;
pub(crate) mod details;
mod edit;
mod ending;
mod history;
mod list;
mod matrix;
mod matrix_file;
mod merge;
pub(crate) mod moves;
mod one;
mod rights;
mod rollback;
mod stage;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
mod update;
pub(crate) mod versions;

pub use assign::{assigned, plan as assign_plan, roles, save as assign, whom};
pub use create::create;
pub use edit::{edit, remove, set_status};
pub use ending::end;
pub use history::moves as history;
pub use list::list;
pub use matrix::{matrix, paths};
pub use matrix_file::matrix_file;
pub use merge::{begin as begin_merge, plan as merge_plan};
pub use one::one;
pub use rights::rights;
pub use rollback::{begin as begin_rollback, plan as rollback_plan};
pub use stage::{add as add_stage, remove as remove_stage, rename as rename_stage};
pub use update::set_version;

use self::tree::APPLICATION;
use crate::Backend;
use crate::caller::{Caller, SignedIn};
use crate::check::Sight;
use crate::error::{Error, Result};
use crate::people::refused;
use model::decide::Context;
use model::id::{ObjectId, ServiceAccountId, UserId};
use model::lists::{self, WhoCan};
use model::name::{self, BadName, fold, order};
use model::object::Object;
use model::person::Person;
use model::state::State;
use model::view::applications::{LONGEST_TEXT, Mergers};

/// The area whose screens these are.
const AREA: &str = "applications";
/// Create applications.
const CREATE: &str = "applications.create";
/// Create sandboxes (and branches).
const SANDBOX: &str = "sandboxes.create";
/// Change application status.
const STATUS: &str = "applications.status";
/// Merge changes to production application.
const MERGE_PRODUCTION: &str = "merge.production";
/// Merge changes within sandbox manager.
const MERGE_SANDBOX: &str = "merge.sandbox";
/// Rollback changes.
const ROLLBACK: &str = "rollback";
/// Roll back further.
const FURTHER: &str = "rollback.further";
/// Give roles, and take them away.
const MANAGE: &str = "access.manage";
/// How many names stand in a list of those who may.
const NAMES: usize = 3;

fn refuse_off(caller: &Caller) -> Result<()> {
    refuse_off_state(&caller.state)
}

fn refuse_off_state(state: &State) -> Result<()> {
    let is_on = state.catalog().pack(AREA).is_some_and(|area| area.on);
    if is_on { Ok(()) } else { Err(Error::NotFound("page")) }
}

/// An application that is there and that the caller may see.
fn seen<'c>(caller: &'c Caller, sight: &Sight<'_>, id: ObjectId) -> Result<&'c Object> {
    refuse_off(caller)?;
    let application = caller.state.object(id).filter(|object| object.kind == APPLICATION);
    application.filter(|_| sight.sees(id)).ok_or(Error::NotFound("application"))
}

/// A stage of an application that the caller may see, with the application. One may be merged into by who sees only
/// the stage below it.
fn seen_stage(caller: &Caller, id: ObjectId) -> Result<(&Object, &Object)> {
    let sight = Sight::of(caller);
    let missing = || Error::NotFound("stage");
    let (stage, application) = tree::stage(&caller.state, id).ok_or_else(missing)?;
    seen(caller, &sight, application.id).map_err(|_| missing())?;
    if sees_stage(caller, &sight, id) { Ok((stage, application)) } else { Err(missing()) }
}

/// Whether the caller may read what a stage is called and which version it has: it, or one directly below it, is
/// theirs to see.
fn sees_stage(caller: &Caller, sight: &Sight<'_>, id: ObjectId) -> bool {
    sight.sees(id) || tree::below(&caller.state, id).into_iter().any(|below| sight.sees(below))
}

/// All applications that the caller may see, by name, each with its folded name.
fn all_seen<'c>(caller: &'c Caller, sight: &Sight<'_>) -> Result<Vec<(String, &'c Object)>> {
    refuse_off(caller)?;
    let all = caller.state.children(ObjectId::ORGANIZATION).filter(|object| object.kind == APPLICATION);
    let mut seen: Vec<(String, &Object)> =
        all.filter(|one| sight.sees(one.id)).map(|one| (fold(&one.name), one)).collect();
    seen.sort_by_cached_key(|(key, one)| (order(key), one.id));
    Ok(seen)
}

/// Refuses who may not see who may do what on an application: it is for who sees people, or gives roles there.
fn readable(caller: &Caller, application: ObjectId) -> Result<()> {
    if caller.may_on(MANAGE, application) {
        return Ok(());
    }
    caller.require("people.view")
}

/// The stages on which it is asked whether somebody may merge an application to production: those from which such a
/// merge starts; where there is none yet, the production stage, or the application.
fn asked_on(state: &State, application: ObjectId) -> Vec<ObjectId> {
    let starts = tree::before_production(state, application);
    if !starts.is_empty() {
        return starts;
    }
    let roots = tree::roots(state, application);
    if roots.is_empty() { vec![application] } else { roots }
}

/// Who may merge an application to production from any stage.
fn who_merges(caller: &Caller, application: ObjectId) -> WhoCan {
    let state = &caller.state;
    let mut all = WhoCan::default();
    let Some(permission) = state.catalog().number(MERGE_PRODUCTION) else { return all };
    for stage in asked_on(state, application) {
        let here = lists::who_can(state, permission, stage, caller.at, &Context::open());
        all.people.extend(here.people);
        all.accounts.extend(here.accounts);
        all.depends.extend(here.depends);
    }
    all.people.sort_unstable();
    all.people.dedup();
    all.accounts.sort_unstable();
    all.accounts.dedup();
    all.depends.sort();
    all.depends.dedup_by(|a, b| a.0 == b.0);
    all.depends.retain(|(who, _)| match who {
        model::grant::Who::User(user) => all.people.binary_search(user).is_err(),
        model::grant::Who::ServiceAccount(account) => all.accounts.binary_search(account).is_err(),
        model::grant::Who::Group(_) => false,
    });
    all
}

/// The same with the first names, for who may read them.
fn mergers(caller: &Caller, application: ObjectId) -> Option<Mergers> {
    readable(caller, application).ok()?;
    let found = who_merges(caller, application);
    let state = &caller.state;
    let mut people: Vec<&Person> = found.people.iter().filter_map(|user| state.person(*user)).collect();
    people.sort_by_cached_key(|one| (one.profile.order(), one.id));
    let mut names: Vec<String> =
        people.iter().take(NAMES).map(|person| person.profile.called().to_owned()).collect();
    let accounts = found.accounts.iter().map(|account| account_name(&caller.state, *account));
    names.extend(accounts.take(NAMES.saturating_sub(names.len())));
    Some(Mergers {
        names,
        people: found.people.len() as u64,
        accounts: found.accounts.len() as u64,
        depends: found.depends.len() as u64,
    })
}

fn person_name(state: &State, user: UserId) -> String {
    state.person(user).map(|person| person.profile.called().to_owned()).unwrap_or_default()
}

fn account_name(state: &State, account: ServiceAccountId) -> String {
    state.service_account(account).map(|account| account.name.clone()).unwrap_or_default()
}

/// The caller as of now: for what is decided while nobody else can write.
fn again(backend: &Backend, caller: &Caller) -> Result<Caller> {
    backend.caller(SignedIn { user: caller.user, session: caller.session.clone() })
}

fn lacks_on(caller: &Caller, permission: &str, object: ObjectId) -> Option<String> {
    refused(caller.require_on(permission, object))
}

/// Why something cannot be done as things stand, whoever asks.
fn stands_against(message: String) -> Error {
    Error::Invalid { field: "stage", message }
}

fn clean(field: &'static str, text: &str) -> Result<String> {
    name::clean(text).map_err(|bad| wrong(field, bad))
}

fn clean_text(field: &'static str, text: &str) -> Result<String> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(wrong(field, BadName::TooLong(LONGEST_TEXT)));
    }
    // What is typed on several lines is told on one.
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    name::clean_description(&line).map_err(|bad| wrong(field, bad))
}

fn wrong(field: &'static str, bad: BadName) -> Error {
    Error::Invalid { field, message: bad.to_string() }
}
