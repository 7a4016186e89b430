//! The roles that somebody could be given in a place: which are not the caller's to give, and why; and what
//! each would alter. It proposes nothing and saves nothing.

use super::rows::allowed;
use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::change::Change;
use model::grant::{Grant, Subject, Terms, Window};
use model::id::{GrantId, ObjectId, RoleId};
use model::limit::Limits;
use model::object::Level;
use model::person::Status;
use model::preview;
use model::state::{RoleState, State};
use model::view::people::{ChoicesFor, Named, RoleChoices, RoleOption};

/// The roles that a person or a group could be given there.
///
/// # Errors
/// For who may not see people, and when person, group or place is not there.
pub async fn choices(_: &Backend, caller: &Caller, asked: ChoicesFor) -> Result<RoleChoices> {
    caller.require("people.view")?;
    match asked.subject {
        Subject::Everyone => Err(Error::NotFound("person")),
        _ => offered(caller, asked),
    }
}

/// The roles that somebody could be given there. Whoever asks has required that the caller may.
///
/// # Errors
/// When person, group or place is not there.
fn offered(caller: &Caller, asked: ChoicesFor) -> Result<RoleChoices> {
    let state = &caller.state;
    let counted = match asked.subject {
        Subject::User(user) => {
            let person = state.person(user).ok_or(Error::NotFound("person"))?;
            person.status == Status::Active
        }
        Subject::Group(group) => {
            state.group(group).is_some().then_some(true).ok_or(Error::NotFound("group"))?
        }
        Subject::ServiceAccount(account) => {
            !state.service_account(account).ok_or(Error::NotFound("service account"))?.disabled
        }
        Subject::Everyone => true,
    };
    let object = state.object(asked.object).ok_or(Error::NotFound("place"))?;
    let level = state.catalog().kind(&object.kind).map(|kind| kind.level).unwrap_or_default();
    let only = the_only(state, asked);
    let replaced = only.as_ref().and_then(|grant| state.role(grant.role));
    let replaces = replaced.map(|role| Named { id: role.id, name: role.name.clone() });
    let chooser = Chooser { caller, asked, level, only };
    Ok(RoleChoices {
        revision: state.revision(),
        options: state
            .roles()
            .into_iter()
            // A tenant's role is seen and given in that tenant alone.
            .filter(|role| state.is_within(asked.object, role.owner.place()))
            .map(|role| chooser.option(role))
            .collect(),
        replaces,
        counted,
    })
}

/// Those of them whose level is ever given there: what was made for such places first. Whoever asks has required that
/// the caller may.
///
/// # Errors
/// When person, group or place is not there.
pub(crate) fn offered_there(caller: &Caller, asked: ChoicesFor) -> Result<RoleChoices> {
    let state = &*caller.state;
    let mut choices = offered(caller, asked)?;
    let kind = state.object(asked.object).and_then(|place| state.catalog().kind(&place.kind));
    let level = kind.map(|kind| kind.level).unwrap_or_default();
    choices.options.retain(|one| state.role(one.role).is_some_and(|role| role.level.reaches(level)));
    choices.options.sort_by_key(|one| {
        std::cmp::Reverse(state.role(one.role).map(|role| role.level == level).unwrap_or_default())
    });
    Ok(choices)
}

/// The one role that picking another replaces: a person's only one, for the organization, for good and
/// without limits.
fn the_only(state: &State, asked: ChoicesFor) -> Option<Grant> {
    if !matches!(asked.subject, Subject::User(_)) || asked.object != ObjectId::ORGANIZATION {
        return None;
    }
    let mut grants = state.grants_of(asked.subject);
    match (grants.next(), grants.next()) {
        (Some(one), None) if one.object == ObjectId::ORGANIZATION && one.terms() == Terms::ALWAYS => {
            Some(one)
        }
        _ => None,
    }
}

struct Chooser<'a> {
    caller: &'a Caller,
    asked: ChoicesFor,
    level: Level,
    only: Option<Grant>,
}

impl Chooser<'_> {
    fn option(&self, role: &RoleState) -> RoleOption {
        let held = self.held(role.id);
        let mut option = RoleOption {
            role: role.id,
            name: role.name.clone(),
            held: held.as_ref().map(|grant| grant.id),
            refused: None,
            gains: 0,
            loses: 0,
            limits: Vec::new(),
        };
        if !role.level.reaches(self.level) {
            option.refused = Some(level_sentence(role.level).to_owned());
            return option;
        }
        let changes = self.changes(role.id, held.as_ref());
        if let Err(refusal) = allowed(self.caller, &changes) {
            option.refused = Some(refusal.to_string());
        }
        (option.gains, option.loses) = self.effect(&changes);
        option
    }

    fn held(&self, role: RoleId) -> Option<Grant> {
        self.caller.state.grants_of(self.asked.subject).find(|grant| {
            grant.role == role && grant.object == self.asked.object && grant.terms() == Terms::ALWAYS
        })
    }

    /// What picking it would change: taken where it is had, otherwise given, instead of the only one.
    fn changes(&self, role: RoleId, held: Option<&Grant>) -> Vec<Change> {
        if let Some(grant) = held {
            return vec![Change::GrantRemoved { grant: grant.clone() }];
        }
        let given = Grant {
            // Only to judge by: it is not saved, so any id that is free will do.
            id: GrantId::from_bits(u64::MAX),
            subject: self.asked.subject,
            role,
            object: self.asked.object,
            window: Window::ALWAYS,
            limits: Limits::NONE,
        };
        let gone = self.only.clone().map(|grant| Change::GrantRemoved { grant });
        gone.into_iter().chain([Change::GrantAdded { grant: given }]).collect()
    }

    /// How many permissions a person gains and loses by it. For a group that depends on the member.
    fn effect(&self, changes: &[Change]) -> (u64, u64) {
        if !matches!(self.asked.subject, Subject::User(_)) {
            return (0, 0);
        }
        let mut after = State::clone(&self.caller.state);
        if after.apply_all(changes).is_err() {
            return (0, 0);
        }
        let effect = preview::effect(&self.caller.state, &after, changes, self.caller.at);
        let sum = |lines: &[preview::Line]| lines.iter().map(|line| line.permissions.len() as u64).sum();
        (sum(&effect.gains), sum(&effect.loses))
    }
}

fn level_sentence(level: Level) -> &'static str {
    match level {
        Level::Organization => "Given on the whole organization only.",
        Level::Tenant => "Given on a tenant: open the person or group and choose it under “Where”.",
        Level::Folder => "Given on a folder: open the person or group and choose it under “Where”.",
        Level::Application => {
            "Given on an application: open the person or group and choose it under “Where”."
        }
    }
}
