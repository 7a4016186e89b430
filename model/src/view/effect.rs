//! The effect of staged edits, for the bar at the bottom and for dialogs.

use crate::catalog::PermissionSet;
use crate::id::{ObjectId, UserId};
use crate::limit::Property;
use crate::preview;
use crate::state::State;
use serde::{Deserialize, Serialize};

/// How many names a line carries at the most; counts are always exact.
const NAMES: usize = 100;

/// Some people who gain, or lose, the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectLine {
    /// What they gain or lose: names of permissions, in the catalog's order.
    pub permissions: Vec<String>,
    /// Where, unless it is the whole organization.
    pub place: Option<String>,
    /// How many people.
    pub count: u64,
    /// How many service accounts.
    #[serde(default)]
    pub accounts: u64,
    /// What it depends on, in words; empty: nothing.
    #[serde(default)]
    pub depends: Vec<String>,
    /// Their names, the first hundred by name; empty when the reader may not see people.
    pub names: Vec<String>,
    /// How many others had it already, or keep it.
    pub unchanged: u64,
    /// By which roles they keep it: for what is lost.
    pub kept_by: Vec<String>,
}

/// What staged edits would alter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Effect {
    /// Who gains what.
    pub gains: Vec<EffectLine>,
    /// Who loses what.
    pub loses: Vec<EffectLine>,
}

impl Effect {
    /// The effect in names. `with_names`: whether the reader may see people; `place`: what else than its name a
    /// place is called.
    #[must_use]
    pub fn of(
        found: &preview::Effect,
        before: &State,
        after: &State,
        with_names: bool,
        place: impl Fn(ObjectId) -> Option<String>,
    ) -> Self {
        let lines = |found: &[preview::Line], is_loss: bool| {
            let mut lines: Vec<EffectLine> =
                found.iter().map(|one| line(one, before, after, with_names, is_loss)).collect();
            for (line, one) in lines.iter_mut().zip(found) {
                line.place = place(one.object).or(line.place.take());
            }
            // The same edits read the same each time, whatever ids things have.
            let key =
                |line: &EffectLine| (std::cmp::Reverse(line.count), line.place.clone(), line.names.clone());
            lines.sort_by_cached_key(key);
            lines
        };
        Self { gains: lines(&found.gains, false), loses: lines(&found.loses, true) }
    }

    /// Whether nobody gains or loses anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gains.is_empty() && self.loses.is_empty()
    }
}

fn line(one: &preview::Line, before: &State, after: &State, with_names: bool, is_loss: bool) -> EffectLine {
    let person = |user: &UserId| after.person(*user).or_else(|| before.person(*user));
    let mut names: Vec<&str> = Vec::new();
    if with_names {
        names = one.people.iter().filter_map(person).map(|person| person.profile.called()).collect();
        // The first by name, without putting all of a large organization in order.
        if names.len() > NAMES {
            names.select_nth_unstable(NAMES - 1);
            names.truncate(NAMES);
        }
        names.sort_unstable();
        let account = |id| after.service_account(id).or_else(|| before.service_account(id));
        names.extend(one.accounts.iter().filter_map(|id| account(*id)).map(|one| one.name.as_str()));
        names.truncate(NAMES);
    }
    let object = after.object(one.object).or_else(|| before.object(one.object));
    let place = object.filter(|object| object.id != ObjectId::ORGANIZATION).map(|object| object.name.clone());
    EffectLine {
        permissions: permission_names(after, &one.permissions),
        place,
        count: one.people.len() as u64,
        accounts: one.accounts.len() as u64,
        depends: one.depends.iter().map(|property| depends_on(after, property)).collect(),
        names: names.into_iter().map(str::to_owned).collect(),
        unchanged: one.unchanged.len() as u64,
        kept_by: if is_loss { kept_by(one, after) } else { Vec::new() },
    }
}

/// A property in words: *the robot*.
fn depends_on(state: &State, property: &Property) -> String {
    match state.catalog().property(property) {
        Some(known) => format!("the {}", known.name.to_lowercase()),
        None => property.key.clone(),
    }
}

fn permission_names(state: &State, set: &PermissionSet) -> Vec<String> {
    set.iter()
        .filter_map(|permission| state.catalog().entry(permission))
        .map(|entry| entry.name.clone())
        .collect()
}

/// The roles through which those who are reached and lose nothing still have it, the first three.
fn kept_by(one: &preview::Line, after: &State) -> Vec<String> {
    let mut roles: Vec<String> = one
        .unchanged
        .iter()
        .take(NAMES)
        .flat_map(|user| crate::decide::grants_for(after, *user))
        .filter(|grant| after.is_within(one.object, grant.object))
        .filter(|grant| !one.permissions.both(&after.permissions_of(grant.role)).is_empty())
        .filter_map(|grant| after.role(grant.role))
        .map(|role| role.name.clone())
        .collect();
    roles.sort();
    roles.dedup();
    roles.truncate(3);
    roles
}
