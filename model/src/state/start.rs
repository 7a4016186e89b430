//! The state before the first change, and the roles that come with Rolecall.

use super::grants::Grants;
use super::links::Links;
use super::{Map, RoleState, Set, State};
use crate::catalog::{Catalog, PermissionSet};
use crate::id::{ObjectId, RoleId};
use crate::object::{Level, Object};
use crate::role::{Delegate, Owner};
use std::sync::Arc;

impl State {
    /// The state before the first change: an organization with the built-in roles and nobody in it.
    #[must_use]
    pub fn new(organization: &str) -> Self {
        let built_in = |id, name: &str, description: &str| {
            Arc::new(RoleState {
                id,
                name: name.to_owned(),
                description: description.to_owned(),
                level: Level::Organization,
                owner: Owner::Organization,
                origin: None,
                permissions: PermissionSet::default(),
                delegates: Vec::new(),
            })
        };
        let mut state = Self {
            revision: 0,
            organization: organization.into(),
            catalog: Arc::new(Catalog::new()),
            roles: imbl::OrdMap::new(),
            people: Map::default(),
            groups: imbl::OrdMap::new(),
            accounts: imbl::OrdMap::new(),
            objects: Map::default(),
            links: Links::default(),
            properties: imbl::OrdMap::new(),
            grants: Grants::default(),
            former: Map::default(),
            members: Map::default(),
            children: Map::default(),
            names: imbl::OrdMap::new(),
            people_by_name: Set::new(),
            moved: true,
        };
        for role in [
            built_in(RoleId::ADMIN, "Admin", "Everything, everywhere. Cannot be changed."),
            built_in(
                RoleId::MEMBER,
                "Member",
                "What everybody gets who joins, unless the invitation says otherwise.",
            ),
        ] {
            state.roles.insert(role.id, role);
        }
        state.come_with_packs();
        let root = Object {
            id: ObjectId::ORGANIZATION,
            kind: "organization".to_owned(),
            name: organization.to_owned(),
            parent: None,
        };
        state.objects.insert(root.id, Arc::new(root));
        state
    }

    /// Puts in the roles that come with the shipped packs, also with those that are off. They hold no name: an
    /// organization may have had a role of that name before a later version brought this one.
    fn come_with_packs(&mut self) {
        let catalog = Arc::clone(&self.catalog);
        for entry in catalog.roles() {
            let role = RoleState {
                id: entry.role(),
                name: entry.name.clone(),
                description: entry.about.clone(),
                level: entry.level,
                owner: Owner::Organization,
                origin: None,
                permissions: entry.permissions.iter().filter_map(|key| catalog.number(key)).collect(),
                delegates: entry
                    .delegates
                    .iter()
                    .filter_map(|key| catalog.role_id(key))
                    .map(Delegate::Role)
                    .collect(),
            };
            self.roles.insert(role.id, Arc::new(role));
        }
    }
}
