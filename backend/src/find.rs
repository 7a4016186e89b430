//! The finder: people, groups, roles, permissions and places by part of their names, the first few of each.
//!
//! Needs no permission itself: of each kind it finds only what the caller may see.

#[cfg(test)]
mod tests;

use crate::caller::Caller;
use crate::check::{Sight, places_by_words};
use crate::error::{Error, Result};
use crate::roles::sight::RoleSight;
use model::id::ObjectId;
use model::name::fold;
use model::state::State;
use model::view::check::Choice;
use model::view::find::{Hit, Kind};

/// How many of each kind are found.
const MOST: usize = 5;

/// The most characters that count.
const LONGEST: usize = 100;

/// What has these words in its name, or in its address.
///
/// # Errors
/// None but failures inside.
pub async fn find(caller: &Caller, words: &str) -> Result<Vec<Hit>> {
    let (caller, words) = (caller.clone(), words.to_owned());
    // Going through thousands of names is nothing that others should wait for.
    tokio::task::spawn_blocking(move || found(&caller, &words)).await.map_err(Error::broken)
}

fn found(caller: &Caller, words: &str) -> Vec<Hit> {
    let words: String = words.chars().take(LONGEST).collect();
    let words = fold(&words);
    if words.is_empty() {
        return Vec::new();
    }
    let state = &caller.state;
    let mut hits = Vec::new();
    if caller.may("people.view") {
        hits.extend(people(state, &words));
        hits.extend(groups(state, &words));
    }
    if let Ok(sight) = RoleSight::of(caller) {
        hits.extend(roles(&sight, &words));
    }
    if caller.may("roles.view") {
        hits.extend(permissions(state, &words));
    }
    hits.extend(places(caller, &words));
    hits
}

fn people<'a>(state: &'a State, words: &'a str) -> impl Iterator<Item = Hit> + 'a {
    state.people_by_name().filter(|person| crate::people::matches(person, words)).take(MOST).map(|person| {
        let name = person.profile.called().to_owned();
        let note = if person.profile.email == name { String::new() } else { person.profile.email.clone() };
        Hit { kind: Kind::Person, id: person.id.to_string(), name, note }
    })
}

fn groups(state: &State, words: &str) -> impl Iterator<Item = Hit> {
    let found = state.groups().into_iter().filter(|group| fold(&group.name).contains(words)).take(MOST);
    let hit = |group: &model::person::Group| Hit {
        kind: Kind::Group,
        id: group.id.to_string(),
        name: group.name.clone(),
        note: String::new(),
    };
    found.map(hit).collect::<Vec<_>>().into_iter()
}

fn roles(sight: &RoleSight<'_>, words: &str) -> Vec<Hit> {
    let found = sight.roles().into_iter().filter(|role| fold(&role.name).contains(words)).take(MOST);
    let hit = |role: &model::state::RoleState| Hit {
        kind: Kind::Role,
        id: role.id.to_string(),
        name: role.name.clone(),
        note: String::new(),
    };
    found.map(hit).collect()
}

/// Places that have a page.
fn places(caller: &Caller, words: &str) -> Vec<Hit> {
    let sight = Sight::of(caller);
    let found = places_by_words(&caller.state, &sight, words, |place| place.id != ObjectId::ORGANIZATION);
    let hit = |choice: Choice| {
        let address = sight.page(choice.value.parse().ok()?)?;
        Some(Hit { kind: Kind::Place, id: address, name: choice.name, note: choice.about.to_lowercase() })
    };
    found.options.into_iter().filter_map(hit).take(MOST).collect()
}

fn permissions(state: &State, words: &str) -> impl Iterator<Item = Hit> {
    let areas = state.catalog().packs().iter().filter(|area| area.on);
    let all = areas.flat_map(|area| area.pack.permissions.iter().map(move |entry| (area, entry)));
    let found = all.filter(|(_, entry)| fold(&entry.name).contains(words)).take(MOST);
    let hits = found.map(|(area, entry)| Hit {
        kind: Kind::Permission,
        id: entry.key.clone(),
        name: entry.name.clone(),
        note: area.pack.name.clone(),
    });
    hits.collect::<Vec<_>>().into_iter()
}
