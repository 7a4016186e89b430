//! What can be done: the actions and permissions of the areas that are on, in words.

use model::catalog::{Action, Catalog, On};
use model::id::ObjectId;
use model::state::State;
use model::view::check::{ActionArea, ActionOption, Asks};
use std::collections::HashMap;

/// Area by area: actions first, then the permissions that are not the key of an action.
pub(super) fn areas(state: &State) -> Vec<ActionArea> {
    let catalog = state.catalog();
    let areas = catalog.packs().iter().filter(|installed| installed.on);
    areas
        .map(|installed| {
            let pack = &installed.pack;
            let kind = |key: &str| catalog.kind(key).map(|kind| kind.name.clone()).unwrap_or_default();
            let actions = pack.actions.iter().map(|action| {
                let asks = asks_of(action, &action.kind);
                (ActionOption { key: action.key.clone(), name: action.name.clone(), asks }, &action.kind)
            });
            let permissions =
                pack.permissions.iter().filter(|entry| catalog.action(&entry.key).is_none()).map(|entry| {
                    let (key, name) = (entry.key.clone(), entry.name.clone());
                    (ActionOption { key, name, asks: Asks::default() }, &entry.kind)
                });
            let mut options: Vec<(ActionOption, &String)> = actions.chain(permissions).collect();
            let mut names: HashMap<String, usize> = HashMap::new();
            for (option, _) in &options {
                *names.entry(option.name.clone()).or_default() += 1;
            }
            // What is called the same is told apart by what it belongs to.
            for (option, of) in &mut options {
                if names.get(&option.name).is_some_and(|count| *count > 1) {
                    option.name = format!("{} ({})", option.name, kind(of.as_str()).to_lowercase());
                }
            }
            ActionArea {
                name: pack.name.clone(),
                options: options.into_iter().map(|(option, _)| option).collect(),
            }
        })
        .collect()
}

fn asks_of(action: &Action, kind: &str) -> Asks {
    let needs = |on: On| action.needs.iter().any(|need| need.on == on);
    Asks { robot: needs(On::Runner), process: needs(On::Process) && kind != "process" }
}

/// What an action needs to be said beside its place.
pub(super) fn asks(catalog: &Catalog, key: &str) -> Asks {
    catalog.action(key).map(|action| asks_of(action, &action.kind)).unwrap_or_default()
}

/// Whether a place is of a kind that an action or permission belongs to itself.
pub(super) fn is_done_on(state: &State, key: &str, place: ObjectId) -> bool {
    let catalog = state.catalog();
    let also = catalog.number(key).and_then(|number| catalog.entry(number)).map(|entry| &entry.also);
    let kind = named(catalog, key).map(|(_, kind)| kind);
    state.object(place).is_some_and(|place| {
        kind.as_ref() == Some(&place.kind) || also.is_some_and(|also| also.contains(&place.kind))
    })
}

/// The name of an action or permission and the kind of place that it is done with.
pub(super) fn named(catalog: &Catalog, key: &str) -> Option<(String, String)> {
    if let Some(action) = catalog.action(key) {
        return Some((action.name.clone(), action.kind.clone()));
    }
    let entry = catalog.entry(catalog.number(key)?)?;
    Some((entry.name.clone(), entry.kind.clone()))
}
