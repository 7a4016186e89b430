//! Tenants: the list, one with its settings, apps and access, and the matrix of them all.

use crate::Millis;
use crate::catalog::InForceHere;
use crate::grant::Subject;
use crate::id::{ObjectId, RoleId};
use crate::view::Page;
use crate::view::effect::Effect;
use crate::view::people::Named;
use serde::{Deserialize, Serialize};

/// How many rows stand on one page of a list.
pub const PAGE: u32 = 50;

/// The longest note on a tenant, in characters.
pub const LONGEST_NOTE: usize = 2_000;

/// The most apps that are uploaded at once.
pub const MOST_APPS: usize = 200;

/// The most tenants whose access is changed at once.
pub const MOST_TENANTS: usize = 200;

/// What is looked for in a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TenantsQuery {
    /// Part of a name.
    pub search: String,
    /// Which page; the first is 1.
    pub page: u32,
}

/// A tenant in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantRow {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// How many apps it has, for who may see them.
    pub apps: Option<u64>,
    /// How many people have each permission, by setting or by role.
    pub people: Vec<u64>,
}

/// The list of tenants that the reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantsScreen {
    /// The revision it was read at.
    pub revision: u64,
    /// The names of the permissions, in the order of the columns.
    pub permissions: Vec<String>,
    /// Those that were asked for, by name.
    pub tenants: Page<TenantRow>,
    /// How many the reader may see in all.
    pub all: u64,
    /// Why the reader may add none.
    pub no_adding: Option<String>,
}

/// A new tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTenant {
    /// Its name.
    pub name: String,
}

/// A tenant that was made.
pub type Made = Named<ObjectId>;

/// What is noted of a tenant. It alters no access and stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// Its domain.
    pub domain: String,
    /// Whom to ask about it.
    pub contact: String,
    /// Anything else.
    pub notes: String,
}

/// The head of a tenant's page, and its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// The revision it was read at.
    pub revision: u64,
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// How far access that is given there is in force.
    pub in_force: InForceHere,
    /// Its settings, for who may see them.
    pub details: Option<Details>,
    /// How many apps it has, for who may see them.
    pub apps: Option<u64>,
    /// Why settings and apps are not shown to the reader.
    pub no_seeing: Option<String>,
    /// Why the reader may not change its settings.
    pub no_configuring: Option<String>,
    /// Why the reader may not rename it.
    pub no_renaming: Option<String>,
    /// Why the reader may not upload apps.
    pub no_uploading: Option<String>,
    /// Why the reader may not see who has access.
    pub no_reading_access: Option<String>,
    /// Why the reader may not remove it.
    pub no_removing: Option<String>,
}

/// Another name or other details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantEdit {
    /// Which tenant.
    pub tenant: ObjectId,
    /// The name before and now; none: it stays.
    pub name: Option<(String, String)>,
    /// The details before and now; none: they stay.
    pub details: Option<(Details, Details)>,
    /// The revision that the screen was made from.
    pub seen: u64,
}

/// What goes with a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Removal {
    /// What it holds: kinds in words, and how many of each.
    pub holds: Vec<(String, u64)>,
    /// How many roles are its own.
    pub roles: u64,
    /// How many role assignments and access settings stand on it and in it.
    pub assignments: u64,
    /// How many people may see it now.
    pub people: u64,
}

/// An app of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRow {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// Its version; empty when none was told.
    pub version: String,
    /// Who uploaded that version.
    pub by: String,
    /// When; none for an app of which nothing was noted.
    pub at: Option<Millis>,
}

/// A page of apps that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppsQuery {
    /// Of which tenant.
    pub tenant: ObjectId,
    /// Part of a name.
    pub search: String,
    /// Which page; the first is 1.
    pub page: u32,
}

/// The apps of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apps {
    /// The revision it was read at.
    pub revision: u64,
    /// Those that were asked for, by name.
    pub apps: Page<AppRow>,
    /// Why the reader may upload none and remove none.
    pub no_uploading: Option<String>,
}

/// An app to be uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApp {
    /// Its name. One that is there already gets the version.
    pub name: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
}

/// Apps to be uploaded to a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Which tenant.
    pub tenant: ObjectId,
    /// The apps.
    pub apps: Vec<NewApp>,
}

/// What was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// The number of the change.
    pub revision: u64,
    /// How many are new.
    pub new: u64,
    /// How many have another version.
    pub updated: u64,
    /// Whether it can be taken back.
    pub undoable: bool,
}

/// One whom a setting names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chip {
    /// Who.
    pub subject: Subject,
    /// What they are called.
    pub name: String,
    /// Something to tell them from others: an address, how many people.
    pub about: String,
}

/// Those who get in anyway, by one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anyway {
    /// The role, by name.
    pub role: String,
    /// How many they are.
    pub count: u64,
    /// The first of them, by name.
    pub names: Vec<String>,
    /// Whether only within limits.
    pub is_limited: bool,
}

/// One permission of a tenant and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRow {
    /// The role that stores the setting.
    pub role: RoleId,
    /// The permission, by name.
    pub name: String,
    /// What it opens.
    pub about: String,
    /// Whether it is about these very settings.
    pub governs: bool,
    /// Whom the setting names.
    pub audience: Vec<Chip>,
    /// How many people the setting reaches.
    pub reaches: u64,
    /// Of those, how many may not see the tenant, so that they cannot open it.
    pub unseeing: u64,
    /// Who gets in anyway.
    pub anyway: Vec<Anyway>,
}

/// Who has access to a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The revision it was read at.
    pub revision: u64,
    /// Which tenant.
    pub id: ObjectId,
    /// Its four permissions.
    pub rows: Vec<AccessRow>,
    /// Why the reader may change none of it.
    pub no_setting: Option<String>,
}

/// Another audience of one permission of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudienceEdit {
    /// Which tenant.
    pub tenant: ObjectId,
    /// The role that stores the setting.
    pub role: RoleId,
    /// Who is to be named as well.
    pub add: Vec<Subject>,
    /// Who is no longer to be named.
    pub cut: Vec<Subject>,
}

/// Other audiences, saved together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AccessEdits {
    /// What is to be altered.
    pub edits: Vec<AudienceEdit>,
    /// The revision that the screen was made from.
    pub seen: u64,
}

impl AccessEdits {
    /// How many there are: each one who is added or taken out counts.
    #[must_use]
    pub fn count(&self) -> usize {
        self.edits.iter().map(|edit| edit.add.len() + edit.cut.len()).sum()
    }
}

/// Tenants whose access is made like another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// The one that they are made like.
    pub like: ObjectId,
    /// Those that are altered.
    pub tenants: Vec<ObjectId>,
    /// The revision that the screen was made from.
    pub seen: u64,
}

/// How many a setting would reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaches {
    /// The role that stores the setting.
    pub role: RoleId,
    /// How many people it would reach.
    pub people: u64,
    /// Of those, how many would not see the tenant.
    pub unseeing: u64,
}

/// What other audiences would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AccessPlan {
    /// Who gains and loses what.
    pub effect: Effect,
    /// How many each setting of the tenant would reach, where there is one tenant.
    pub reaches: Vec<Reaches>,
    /// How many tenants are altered.
    pub tenants: u64,
}

/// Somebody is looked for, to be named by a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickerQuery {
    /// Of which tenant.
    pub tenant: ObjectId,
    /// The role that stores the setting.
    pub role: RoleId,
    /// Part of a name or address.
    pub search: String,
}

/// Whom a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Picked {
    /// The first of them: *all users*, groups, then people.
    pub found: Vec<Chip>,
    /// How many there are in all.
    pub total: u64,
}

/// One cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Whom the setting names, the first of them; none: nobody.
    pub names: Vec<String>,
    /// How many more it names.
    pub more: u64,
    /// How many people it reaches.
    pub reaches: u64,
    /// How many more have it by role.
    pub by_role: u64,
    /// Whether most tenants have another audience.
    pub differs: bool,
}

/// One tenant of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Which.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// One cell for each permission.
    pub cells: Vec<Cell>,
    /// Why the reader may not change it.
    pub no_setting: Option<String>,
}

/// All tenants with their permissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The revision it was read at.
    pub revision: u64,
    /// The names of the permissions, in the order of the columns.
    pub permissions: Vec<String>,
    /// The tenants that were asked for, by name.
    pub rows: Vec<MatrixRow>,
    /// How many tenants the reader may see with their access.
    pub all: u64,
    /// How many more the reader may see, without their access.
    pub others: u64,
}
