//! The grid of all roles.

use super::counts::Counts;
use super::sight::RoleSight;
use crate::Backend;
use crate::access::commit::actor_name;
use crate::access::log;
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::catalog::{ADMINISTRATION, Catalog, Pack, Permission, PermissionEntry};
use model::change::Change;
use model::guard;
use model::id::{ObjectId, RoleId};
use model::object::Level;
use model::role::Owner;
use model::state::{RoleState, State};
use model::view::roles::{Area, Bits, Column, Grid, News, Resource, Row, Stands, Tenant};
use std::collections::HashMap;

/// How far back news are told; whoever was away for longer looks at everything anyway.
const MOST_NEWS: u64 = 100;

/// All roles and what they allow. `since`: the revision that the reader's screen shows, for the news.
///
/// # Errors
/// When the caller may not see roles.
pub async fn grid(backend: &Backend, caller: &Caller, since: Option<u64>) -> Result<Grid> {
    RoleSight::of(caller)?;
    let caller = caller.clone();
    let told = news(backend, &caller, since).await?;
    // A role that everybody has is counted for everybody: not on a thread that others wait for.
    let grid = tokio::task::spawn_blocking(move || {
        let sight = RoleSight::of(&caller)?;
        Ok::<Grid, Error>(of_roles(&caller, &sight, &sight.roles()))
    });
    let grid = grid.await.map_err(Error::broken)??;
    let sees = |role: &RoleId| grid.role(*role).is_some();
    // A role that is gone has no name to leak, and whoever edits it learns that it is gone.
    let told = told.into_iter().filter(|news| news.deletes || news.news.roles.iter().any(sees));
    let news = told.map(|told| told.news).collect();
    Ok(Grid { news, ..grid })
}

/// The grid of some roles.
pub(super) fn of_roles(caller: &Caller, sight: &RoleSight<'_>, roles: &[&RoleState]) -> Grid {
    let state = &caller.state;
    let counts = Counts::of(state, caller.at, sight.within());
    let mut rows = Rows::new(caller, &counts);
    let areas = state.catalog().packs().iter().filter(|installed| installed.on);
    let areas = areas.map(|installed| rows.area(&installed.pack)).collect();
    rows.link_needs();
    let mut owners: Vec<ObjectId> = roles.iter().filter_map(|role| tenant_of(role)).collect();
    owners.sort_unstable();
    owners.dedup();
    let tenants = owners.iter().map(|tenant| rows.tenant(*tenant)).collect();
    let column = |role: &&RoleState| Column {
        tenant: tenant_of(role).and_then(|tenant| owners.binary_search(&tenant).ok()),
        ..column(state, role, &rows.numbers, &counts)
    };
    let levels = levels(state.catalog());
    let makes = sight.makes(&levels);
    Grid {
        revision: state.revision(),
        areas,
        roles: roles.iter().map(column).collect(),
        rows: rows.rows,
        reasons: rows.reasons,
        resources: rows.resources,
        tenants,
        levels,
        adding: makes.organization.clone().filter(|_| makes.tenants == 0),
        makes,
        news: Vec::new(),
    }
}

fn tenant_of(role: &RoleState) -> Option<ObjectId> {
    match role.owner {
        Owner::Organization => None,
        Owner::Tenant(tenant) => Some(tenant),
    }
}

/// The organization's level, and those on which the areas that are on have permissions.
fn levels(catalog: &Catalog) -> Vec<Level> {
    let areas = catalog.packs().iter().filter(|area| area.on && area.pack.key != ADMINISTRATION);
    let kinds = areas.flat_map(|area| &area.pack.permissions).filter_map(|entry| catalog.kind(&entry.kind));
    let mut levels: Vec<Level> = kinds.map(|kind| kind.level).chain([Level::Organization]).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn column(state: &State, role: &RoleState, numbers: &[Permission], counts: &Counts) -> Column {
    let allowed = state.permissions_of(role.id);
    let allows = numbers.iter().enumerate().filter(|(_, number)| allowed.contains(**number));
    Column {
        id: role.id,
        name: role.name.clone(),
        level: role.level,
        tenant: None,
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
    resources: Vec<Resource>,
}

impl<'a> Rows<'a> {
    fn new(caller: &'a Caller, counts: &'a Counts) -> Self {
        let (rows, numbers, reasons, resources) = Default::default();
        Self { caller, counts, rows, numbers, reasons, places: HashMap::new(), resources }
    }

    fn catalog(&self) -> &'a Catalog {
        self.caller.state.catalog()
    }

    fn area(&mut self, pack: &Pack) -> Area {
        let before = self.rows.len();
        let first = self.resources.len();
        self.resources.extend(pack.resources.iter().map(|one| Resource {
            key: one.key.clone(),
            name: one.name.clone(),
            other: one.other,
        }));
        for number in self.catalog().permissions_of(&pack.key) {
            if let Some(entry) = self.catalog().entry(number) {
                let at = entry.resource.as_ref().and_then(|key| {
                    self.resources.iter().skip(first).position(|one| one.key == *key).map(|at| first + at)
                });
                self.row(number, entry, at);
            }
        }
        Area { key: pack.key.clone(), name: pack.name.clone(), rows: self.rows.len() - before }
    }

    /// A tenant that owns roles, and what the caller may not set in them.
    fn tenant(&mut self, id: ObjectId) -> Tenant {
        let name = self.caller.state.object(id).map(|tenant| tenant.name.clone()).unwrap_or_default();
        let mut locked: Vec<(usize, Bits)> = Vec::new();
        for row in 0..self.numbers.len() {
            let key = self.rows.get(row).map(|row| row.key.clone()).unwrap_or_default();
            let Some(reason) = self.locked(&key, Owner::Tenant(id)) else { continue };
            match locked.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, rows)) => rows.insert(row),
                None => locked.push((reason, [row].into_iter().collect())),
            }
        }
        Tenant { id, name, locked }
    }

    fn row(&mut self, number: Permission, entry: &PermissionEntry, at: Option<usize>) {
        let locked = self.locked(&entry.key, Owner::Organization);
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
            stands: at.map(|at| Stands { at, column: entry.column }),
            effect: entry.effect,
        });
    }

    fn locked(&mut self, key: &str, owner: Owner) -> Option<usize> {
        let Caller { state, at, .. } = self.caller;
        let reason = guard::toggling(state, self.caller.actor(), key, owner, *at).err()?.to_string();
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

/// News, and whether a role was deleted by it.
struct Told {
    news: News,
    deletes: bool,
}

/// What happened to roles after a revision that is not long ago.
async fn news(backend: &Backend, caller: &Caller, since: Option<u64>) -> Result<Vec<Told>> {
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
        let deletes = revision.changes.iter().any(|change| matches!(change, Change::RoleRemoved { .. }));
        Told { news: News { revision: revision.number, by, roles }, deletes }
    });
    Ok(told.filter(|told| !told.news.roles.is_empty()).collect())
}

/// The role that a change is about.
pub(super) fn role_of(change: &Change) -> Option<RoleId> {
    match change {
        Change::RoleCreated { role } | Change::RoleRemoved { role } => Some(role.id),
        Change::RoleRenamed { role, .. }
        | Change::RoleDescribed { role, .. }
        | Change::PermissionAdded { role, .. }
        | Change::PermissionRemoved { role, .. } => Some(*role),
        _ => None,
    }
}
