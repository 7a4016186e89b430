//! Check access: may somebody do something somewhere, by which paths, what would end or allow it; who may,
//! what may somebody, and where.
//!
//! Everybody may ask about themselves. Asking about others needs *See people and groups* and *See roles &
//! permissions*, said in one place: [`may_ask_about`]. INVARIANT: a place that the reader may not see
//! ([`sight::Sight`]) is neither found nor named in an answer; at most it is counted. Asking alters nothing;
//! edits are saved through [`Backend::commit`](crate::Backend::commit), with all its guards.

mod actions;
mod edit;
mod form;
mod lists;
mod paths;
mod say;
mod sight;
#[cfg(test)]
mod tests;
mod verdict;

pub use edit::{preview, save};

pub(crate) use form::{called, choice_of_place, find_places as places_by_words, find_subjects};
pub(crate) use sight::Sight;

use self::edit::InCharge;
use self::form::Understood;
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::catalog::InForceHere;
use model::explain;
use model::grant::Who;
use model::id::ObjectId;
use model::object::Object;
use model::view::check::{Answer, CheckQuery, CheckScreen, Found, Prepared};

/// Requires that the caller may ask about somebody, or about everybody.
///
/// # Errors
/// A refusal that names what is missing.
pub(crate) fn may_ask_about(caller: &Caller, who: Option<Who>) -> Result<()> {
    if who == Some(Who::User(caller.user)) {
        return Ok(());
    }
    caller.require("people.view")?;
    caller.require("roles.view")
}

/// The answer to what is asked.
///
/// # Errors
/// For who asks about others and may ask only about themselves.
pub async fn answer(backend: &Backend, caller: &Caller, query: CheckQuery) -> Result<CheckScreen> {
    // Lock-out is judged with what only the database knows: who has a password.
    let in_charge = edit::in_charge(backend, caller).await?;
    let (random, caller) = (backend.random().clone(), caller.clone());
    // Lists go through everybody: not on a thread that others wait for.
    let answered = tokio::task::spawn_blocking(move || {
        let sight = Sight::of(&caller);
        let asked = form::understand(&caller, &sight, &query)?;
        let asking = Asking { caller: &caller, sight: &sight, in_charge: &in_charge, random: &random };
        let answer = asking.answer(&asked);
        Ok(CheckScreen {
            revision: caller.state.revision(),
            at: asked.at,
            is_now: asked.is_now,
            only_self: may_ask_about(&caller, None).err().map(|refusal| refusal.to_string()),
            areas: actions::areas(&caller.state),
            in_force: asked.place.and_then(|place| in_force_on(&caller, place)),
            form: asked.form,
            answer,
        })
    });
    answered.await.map_err(Error::broken)?
}

fn in_force_on(caller: &Caller, place: ObjectId) -> Option<InForceHere> {
    caller.state.object(place).map(|place| caller.state.catalog().in_force_on(&place.kind))
}

/// People, groups and service accounts whose names have all the words.
///
/// # Errors
/// None but failures inside: who may not ask about others finds themselves.
pub async fn find_who(_: &Backend, caller: &Caller, search: &str) -> Result<Found> {
    let (caller, search) = (caller.clone(), search.to_owned());
    tokio::task::spawn_blocking(move || form::find_who(&caller, &search)).await.map_err(Error::broken)
}

/// Places that the caller may see whose names, with those of what holds them, have all the words. `kind`: only
/// those of that kind.
///
/// # Errors
/// None but failures inside.
pub async fn find_places(_: &Backend, caller: &Caller, search: &str, kind: Option<String>) -> Result<Found> {
    let (caller, search) = (caller.clone(), search.to_owned());
    let found = move || {
        let is_right = |object: &Object| kind.as_deref().is_none_or(|kind| object.kind == kind);
        form::find_places(&caller.state, &Sight::of(&caller), &search, is_right)
    };
    tokio::task::spawn_blocking(found).await.map_err(Error::broken)
}

/// The one edit that ends each of somebody's paths, in their order.
///
/// # Errors
/// None but failures inside.
pub(crate) async fn endings(
    backend: &Backend,
    caller: &Caller,
    sight: &Sight<'_>,
    who: Who,
    paths: &[explain::Path],
) -> Result<Vec<Prepared>> {
    let in_charge = edit::in_charge(backend, caller).await?;
    let asking = Asking { caller, sight, in_charge: &in_charge, random: backend.random() };
    Ok(paths.iter().map(|path| asking.ending(who, path)).collect())
}

/// What an answer is made with.
struct Asking<'a> {
    caller: &'a Caller,
    sight: &'a Sight<'a>,
    /// Who is in charge now and can sign in.
    in_charge: &'a InCharge,
    random: &'a crate::random::Random,
}

impl Asking<'_> {
    fn answer(&self, asked: &Understood) -> Answer {
        match (asked.who, asked.action.as_deref(), asked.place) {
            _ if asked.is_unclear() => Answer::Nothing,
            (Some(who), Some(action), Some(place)) => {
                Answer::Verdict(Box::new(self.verdict(asked, who, action, place)))
            }
            (None, Some(action), Some(place)) => Answer::WhoCan(Box::new(self.who_can(asked, action, place))),
            (Some(who), None, place) => Answer::WhatCan(Box::new(self.what_can(asked, who, place))),
            (Some(who), Some(action), None) => Answer::WhereCan(Box::new(self.where_can(asked, who, action))),
            (None, ..) => Answer::Nothing,
        }
    }
}
