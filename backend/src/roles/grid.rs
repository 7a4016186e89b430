//! The grid of all roles.

use super::counts::Counts;
use crate::Backend;
use crate::access::commit::actor_name;
use crate::access::log;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::catalog::{Catalog, Permission, PermissionEntry};
use model::change::Change;
use model::guard;
use model::id::RoleId;
use model::state::{RoleState, State};
use model::view::roles::{Area, Bits, Column, Grid, News, Row};
use std::collections::HashMap;

/// How far back news are told; whoever was away for longer looks at everything anyway.
const MOST_NEWS: u64 = 100;

/// All roles and what they allow. `since`: the revision that the reader's screen shows, for the news.
///
/// # Errors
/// When the caller may not see roles.
pub async fn grid(backend: &Backend, caller: &Caller, since: Option<u64>) -> Result<Grid> {
    caller.require("roles.view")?;
    let news = news(backend, caller, since).await?;
    let caller = caller.clone();
    // A role that everybody has is counted for everybody: not on a thread that others wait for.
    let grid = tokio::task::spawn_blocking(move || {
        let roles = caller.state.roles();
        of_roles(&caller, &roles)
    });
    Ok(Grid { news, ..grid.await.map_err(Error::broken)? })
}

/// The grid of some roles.
pub(super) fn of_roles(caller: &Caller, roles: &[&RoleState]) -> Grid {
    let state = &caller.state;
    let counts = Counts::of(state, caller.at);
    let mut rows = Rows::new(caller, &counts);
    let areas = state.catalog().packs().iter().filter(|installed| installed.on);
    let areas = areas.map(|installed| rows.area(&installed.pack.key, &installed.pack.name)).collect();
    rows.link_needs();
    let roles = roles.iter().map(|role| column(state, role, &rows.numbers, &counts)).collect();
    Grid {
        revision: state.revision(),
        areas,
        rows: rows.rows,
        roles,
        reasons: rows.reasons,
        adding: caller.require("roles.manage").err().map(|error| error.to_string()),
        news: Vec::new(),
    }
}

fn column(state: &State, role: &RoleState, numbers: &[Permission], counts: &Counts) -> Column {
    let allowed = state.permissions_of(role.id);
    let allows = numbers.iter().enumerate().filter(|(_, number)| allowed.contains(**number));
    Column {
        id: role.id,
        name: role.name.clone(),
        level: role.level,
        people: counts.role(role.id),
        allows: allows.map(|(row, _)| row).collect::<Bits>(),
    }
}

/// The rows as they are gathered, area by area.
struct Rows<'a> {
    caller: &'a Caller,
    counts: &'a Counts,
    rows: Vec<Row>,
    /// The permission of each row.
    numbers: Vec<Permission>,
    reasons: Vec<String>,
    /// Where each reason stands.
    places: HashMap<String, usize>,
}

impl<'a> Rows<'a> {
    fn new(caller: &'a Caller, counts: &'a Counts) -> Self {
        let (rows, numbers) = (Vec::new(), Vec::new());
        Self { caller, counts, rows, numbers, reasons: Vec::new(), places: HashMap::new() }
    }

    fn catalog(&self) -> &'a Catalog {
        self.caller.state.catalog()
    }

    fn area(&mut self, key: &str, name: &str) -> Area {
        let before = self.rows.len();
        for number in self.catalog().permissions_of(key) {
            if let Some(entry) = self.catalog().entry(number) {
                self.row(number, entry);
            }
        }
        Area { key: key.to_owned(), name: name.to_owned(), rows: self.rows.len() - before }
    }

    fn row(&mut self, number: Permission, entry: &PermissionEntry) {
        let locked = self.locked(&entry.key);
        self.numbers.push(number);
        self.rows.push(Row {
            key: entry.key.clone(),
            name: entry.name.clone(),
            opens: entry.opens.clone(),
            level: self.catalog().level(number),
            needs: Vec::new(),
            in_force: entry.in_force,
            locked,
            held_by: self.counts.permission(number),
            depends: self.counts.depends(number),
        });
    }

    fn locked(&mut self, key: &str) -> Option<usize> {
        let Caller { state, at, .. } = self.caller;
        let reason = guard::toggling(state, self.caller.actor(), key, *at).err()?.to_string();
        if let Some(place) = self.places.get(&reason) {
            return Some(*place);
        }
        self.reasons.push(reason.clone());
        self.places.insert(reason, self.reasons.len() - 1);
        Some(self.reasons.len() - 1)
    }

    /// Says what needs what by the numbers of rows. What is off has no row.
    fn link_needs(&mut self) {
        let catalog = self.catalog();
        let place: HashMap<Permission, usize> =
            self.numbers.iter().enumerate().map(|(row, number)| (*number, row)).collect();
        for (row, number) in self.rows.iter_mut().zip(&self.numbers) {
            let needs = catalog.entry(*number).into_iter().flat_map(|entry| &entry.needs);
            let numbers = needs.filter_map(|key| catalog.number(key));
            row.needs = numbers.filter_map(|number| place.get(&number).copied()).collect();
        }
    }
}

/// What happened to roles after a revision that is not long ago.
async fn news(backend: &Backend, caller: &Caller, since: Option<u64>) -> Result<Vec<News>> {
    let head = caller.state.revision();
    let Some(since) = since.filter(|since| *since < head && head - since <= MOST_NEWS) else {
        return Ok(Vec::new());
    };
    let mut connection = backend.database().pool().acquire().await?;
    let later = log::after(&mut connection, since).await.map_err(Error::broken)?;
    let shows_names = caller.may("people.view");
    let told = later.into_iter().filter(|revision| revision.number <= head).map(|revision| {
        let mut roles: Vec<RoleId> = revision.changes.iter().filter_map(role_of).collect();
        roles.sort_unstable();
        roles.dedup();
        let by = match revision.actor == caller.actor() {
            true => Some("You".to_owned()),
            false => shows_names.then(|| actor_name(&caller.state, revision.actor)),
        };
        News { revision: revision.number, by, roles }
    });
    Ok(told.filter(|news| !news.roles.is_empty()).collect())
}

/// The role that a change is about.
fn role_of(change: &Change) -> Option<RoleId> {
    match change {
        Change::RoleCreated { role } | Change::RoleRemoved { role } => Some(role.id),
        Change::RoleRenamed { role, .. }
        | Change::RoleDescribed { role, .. }
        | Change::PermissionAdded { role, .. }
        | Change::PermissionRemoved { role, .. } => Some(*role),
        _ => None,
    }
}
