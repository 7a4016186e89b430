//! Settings: the organization's name and what it manages with Rolecall.
//!
//! Facts that are set outside (the address, mail) are shown, never changed here.

use crate::Backend;
use crate::access::{Committed, Proposal};
use crate::caller::Caller;
use crate::database::Kind;
use crate::error::{Error, Result};
use crate::session::SessionLimits;
use crate::{clock, preview};
use model::catalog::ADMINISTRATION;
use model::change::Change;
use model::misfit::Misfit;
use model::view::effect::Effect;
use model::view::settings::{AreaSetting, Facts, Settings, SettingsEdit};
use model::{guard, name};

const NEEDED: &str = "settings.manage";

/// What the backend does not know by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Where people find the console.
    pub address: String,
    /// Whether mail can be sent.
    pub has_mail: bool,
}

/// The settings.
///
/// # Errors
/// When the caller may not manage settings.
pub fn settings(backend: &Backend, caller: &Caller, outside: Outside) -> Result<Settings> {
    caller.require(NEEDED)?;
    let state = &caller.state;
    let stays = |area: &str, on: bool| {
        let refusal = guard::check(state, caller.actor(), &[turned(area, !on)], caller.at).err();
        refusal.map(|refusal| refusal.to_string())
    };
    let areas = state
        .catalog()
        .packs()
        .iter()
        .filter(|installed| installed.shipped && installed.pack.key != ADMINISTRATION)
        .map(|installed| AreaSetting {
            key: installed.pack.key.clone(),
            name: installed.pack.name.clone(),
            about: installed.pack.about.clone(),
            permissions: installed.pack.permissions.len() as u64,
            is_on: installed.on,
            stays: stays(&installed.pack.key, installed.on),
        })
        .collect();
    let limits = SessionLimits::default();
    Ok(Settings {
        organization: state.organization().to_owned(),
        areas,
        facts: Facts {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            database: match backend.database().kind() {
                Kind::Sqlite => "SQLite, a file in the data folder".to_owned(),
                Kind::Postgres => "PostgreSQL".to_owned(),
            },
            address: outside.address,
            has_mail: outside.has_mail,
            idle_hours: u64::try_from(limits.idle / clock::HOUR).unwrap_or_default(),
            most_days: u64::try_from(limits.absolute / clock::DAY).unwrap_or_default(),
        },
        revision: state.revision(),
    })
}

/// Who would gain and who would lose what by staged edits.
///
/// # Errors
/// What saving would refuse, is refused here with the same words.
pub async fn preview(backend: &Backend, caller: &Caller, edit: &SettingsEdit) -> Result<Effect> {
    caller.require(NEEDED)?;
    preview::effect(backend, caller, &changes(edit)?, Some(edit.seen)).await
}

/// Saves staged edits as one revision.
///
/// # Errors
/// When the caller may not, when an edit is wrong, or when somebody else was faster.
pub async fn save(backend: &Backend, caller: &Caller, edit: &SettingsEdit) -> Result<Committed> {
    caller.require(NEEDED)?;
    backend.commit(Proposal::new(caller.actor(), changes(edit)?).seen(edit.seen)).await
}

fn changes(edit: &SettingsEdit) -> Result<Vec<Change>> {
    let mut changes = Vec::with_capacity(edit.count());
    if let Some(renamed) = &edit.organization {
        let now = name::clean(&renamed.now)
            .map_err(|error| Error::Misfit(Misfit::Name { field: "name".to_owned(), error }))?;
        if now != renamed.was {
            changes.push(Change::OrganizationRenamed { was: renamed.was.clone(), now });
        }
    }
    changes.extend(edit.areas.iter().map(|(area, on)| turned(area, *on)));
    Ok(changes)
}

fn turned(area: &str, on: bool) -> Change {
    let area = area.to_owned();
    if on { Change::AreaTurnedOn { area } } else { Change::AreaTurnedOff { area } }
}

#[cfg(test)]
mod tests;
