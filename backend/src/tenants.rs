//! Tenants: the list, one with its settings, apps and access, and the matrix of them all.
//!
//! INVARIANT: a tenant that the caller may not see is in none of the lists, searches and counts here, and is
//! answered like one that is not there. Everything is saved through [`Backend::commit`](crate::Backend::commit).

mod access;
mod alter;
mod apps;
pub(crate) mod details;
mod edit;
mod file;
mod guide;
mod matrix;
mod picker;
mod remove;
#[cfg(test)]
mod tests;

pub use access::access;
pub use alter::{alike, alike_preview, preview, save};
pub use apps::{apps, remove_app, upload};
pub use edit::{create, edit, one};
pub use file::read as read_file;
pub use guide::guide;
pub use matrix::matrix;
pub use picker::found;
pub use remove::{removal, remove};

use crate::Backend;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::{lacks, refused};
use model::audience::Audiences;
use model::catalog::Right;
use model::id::ObjectId;
use model::name::{fold, order_of};
use model::object::{Object, TENANT};
use model::view::Page;
use model::view::tenants::{PAGE, TenantRow, TenantsQuery, TenantsScreen};

/// The area whose screens these are.
const AREA: &str = "packaging";
/// The kind of what a tenant's apps are.
const APP: &str = "app";
/// See / Read information.
const VIEW: &str = "tenants.view";
/// Upload apps.
const UPLOAD: &str = "tenants.upload";
/// Set configuration.
const CONFIGURE: &str = "tenants.configure";
/// Set permissions: whose holder sets the audiences.
const GOVERN: &str = "tenants.permissions";

/// Whether the caller may see a tenant that is there. While the area is off, nothing says who may.
pub(crate) fn sees(caller: &Caller, tenant: ObjectId) -> bool {
    let catalog = caller.state.catalog();
    let Some(kind) = catalog.kind(TENANT) else { return false };
    !is_on(caller) || kind.asks(Right::View).any_of.iter().any(|key| caller.may_on(key, tenant))
}

fn is_on(caller: &Caller) -> bool {
    caller.state.catalog().pack(AREA).is_some_and(|area| area.on)
}

/// A tenant that is there and that the caller may see.
fn seen(caller: &Caller, id: ObjectId) -> Result<&Object> {
    let tenant = caller.state.object(id).filter(|object| object.kind == TENANT);
    tenant.filter(|_| is_on(caller) && sees(caller, id)).ok_or(Error::NotFound("tenant"))
}

/// All tenants that the caller may see, by name.
fn all_seen(caller: &Caller) -> Result<Vec<&Object>> {
    if !is_on(caller) {
        return Err(Error::NotFound("page"));
    }
    let tenants = caller.state.children(ObjectId::ORGANIZATION).filter(|object| object.kind == TENANT);
    let mut seen: Vec<&Object> = tenants.filter(|one| sees(caller, one.id)).collect();
    seen.sort_by_cached_key(|one| order_of(&one.name));
    Ok(seen)
}

/// Why the caller may not see who has access to a tenant; none for who may set it, give roles there, or see
/// people.
fn no_reading_access(caller: &Caller, tenant: ObjectId) -> Option<String> {
    let may = caller.may_on("access.manage", tenant) || caller.may("people.view");
    refused(if may { Ok(()) } else { caller.require_on(GOVERN, tenant) })
}

/// Why the caller may not say who has access to a tenant.
fn no_setting(caller: &Caller, tenant: ObjectId) -> Option<String> {
    let may = caller.may_on("access.manage", tenant);
    refused(if may { Ok(()) } else { caller.require_on(GOVERN, tenant) })
}

/// How many apps a tenant has, for who may see them.
fn app_count(caller: &Caller, tenant: ObjectId) -> Option<u64> {
    let count = || caller.state.children(tenant).filter(|object| object.kind == APP).count() as u64;
    caller.may_on(VIEW, tenant).then(count)
}

/// The tenants that the caller may see and whose name holds the search.
///
/// # Errors
/// When the area is off.
pub async fn list(_: &Backend, caller: &Caller, query: &TenantsQuery) -> Result<TenantsScreen> {
    let seen = all_seen(caller)?;
    let all = seen.len() as u64;
    let search = fold(&query.search);
    let wanted: Vec<&Object> = seen.into_iter().filter(|one| fold(&one.name).contains(&search)).collect();
    let audiences = Audiences::of(&caller.state, GOVERN, caller.at);
    Ok(TenantsScreen {
        revision: caller.state.revision(),
        permissions: audiences.settings().iter().map(|setting| setting.name.clone()).collect(),
        tenants: Page::of(wanted, query.page, PAGE).map(|tenant| row(caller, &audiences, tenant)),
        all,
        no_adding: lacks(caller, &["tenants.manage"]),
    })
}

fn row(caller: &Caller, audiences: &Audiences<'_>, tenant: &Object) -> TenantRow {
    let people = audiences.settings().iter().map(|setting| {
        let named = audiences.named(setting, tenant.id);
        audiences.reaches(&named) + audiences.more_by_role(setting, tenant.id, &named)
    });
    TenantRow {
        id: tenant.id,
        name: tenant.name.clone(),
        apps: app_count(caller, tenant.id),
        people: people.collect(),
    }
}
