//! The apps of a tenant: the list, uploading and removing.
//!
//! An app is an object, so that access reaches it; its version, who uploaded it and when stand beside.

use super::details::{self, AppDetails};
use super::edit::clean;
use super::{APP, UPLOAD, VIEW, seen};
use crate::Backend;
use crate::access::Proposal;
use crate::access::commit::actor_name;
use crate::access::log::{actor_column, read_actor};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::refused;
use model::change::{self, Change};
use model::id::ObjectId;
use model::name::{self, fold, order};
use model::object::Object;
use model::view::Page;
use model::view::people::Saved;
use model::view::tenants::{AppRow, Apps, AppsQuery, MOST_APPS, PAGE, Upload, Uploaded};
use std::collections::BTreeMap;

/// A page of a tenant's apps.
///
/// # Errors
/// When the tenant is not there for the caller, or its apps are not theirs to see.
pub async fn apps(backend: &Backend, caller: &Caller, query: &AppsQuery) -> Result<Apps> {
    let tenant = seen(caller, query.tenant)?.id;
    caller.require_on(VIEW, tenant)?;
    let search = fold(&query.search);
    let mut wanted: Vec<(String, &Object)> = held(caller, tenant)
        .map(|app| (fold(&app.name), app))
        .filter(|(key, _)| key.contains(&search))
        .collect();
    wanted.sort_by_cached_key(|(key, _)| order(key));
    let mut apps = Page::of(wanted, query.page, PAGE).map(|(_, app)| AppRow {
        id: app.id,
        name: app.name.clone(),
        version: String::new(),
        by: String::new(),
        at: None,
    });
    let ids: Vec<ObjectId> = apps.rows.iter().map(|app| app.id).collect();
    let mut connection = backend.database().pool().acquire().await?;
    let mut noted = details::of_apps(&mut connection, &ids).await?;
    for app in &mut apps.rows {
        if let Some(noted) = noted.remove(&app.id) {
            app.by = read_actor(&noted.by).map(|by| actor_name(&caller.state, by)).unwrap_or_default();
            (app.version, app.at) = (noted.version, Some(noted.at));
        }
    }
    let no_uploading = refused(caller.require_on(UPLOAD, tenant));
    Ok(Apps { revision: caller.state.revision(), apps, no_uploading })
}

fn held(caller: &Caller, tenant: ObjectId) -> impl Iterator<Item = &Object> {
    caller.state.children(tenant).filter(|object| object.kind == APP)
}

/// Uploads apps, all or none: one that is there already gets the version.
///
/// # Errors
/// When it is not the caller's to do, or a name or version is not well formed.
pub async fn upload(backend: &Backend, caller: &Caller, wanted: &Upload) -> Result<Uploaded> {
    let tenant = seen(caller, wanted.tenant)?.id;
    caller.require_on(UPLOAD, tenant)?;
    if wanted.apps.is_empty() {
        return Err(Error::Invalid { field: "name", message: "Name at least one app.".to_owned() });
    }
    if wanted.apps.len() > MOST_APPS {
        return Err(Error::Invalid {
            field: "file",
            message: format!("Upload up to {MOST_APPS} apps at once."),
        });
    }
    let known: BTreeMap<String, ObjectId> =
        held(caller, tenant).map(|app| (fold(&app.name), app.id)).collect();
    let (by, at) = (actor_column(caller.actor()), backend.clock().now());
    let (mut changes, mut noted) = (Vec::new(), BTreeMap::new());
    let (mut new, mut updated) = (BTreeMap::new(), 0);
    for app in &wanted.apps {
        let name = clean("name", &app.name)?;
        let version = name::clean_description(&app.version)
            .map_err(|bad| Error::Invalid { field: "version", message: bad.to_string() })?;
        let key = fold(&name);
        let id = match (known.get(&key), new.get(&key)) {
            (Some(id), _) => {
                changes.push(Change::DetailsEdited { object: *id });
                updated += 1;
                *id
            }
            // Twice in one file: the last line counts.
            (None, Some(id)) => *id,
            (None, None) => {
                let id = ObjectId::from_bits(backend.random().bits());
                let object = Object { id, kind: APP.to_owned(), name, parent: Some(tenant) };
                changes.push(Change::ObjectCreated { object });
                new.insert(key, id);
                id
            }
        };
        noted.insert(id, AppDetails { version, by: by.clone(), at });
    }
    let undoable = change::inverse(&changes).is_some();
    let proposal = Proposal::new(caller.actor(), changes).beside(move |to| {
        Box::pin(async move {
            for (app, details) in &noted {
                details::note_app(&mut *to, *app, details).await?;
            }
            Ok(())
        })
    });
    let committed = backend.commit(proposal).await?;
    Ok(Uploaded { revision: committed.revision, new: new.len() as u64, updated, undoable })
}

/// Removes an app.
///
/// # Errors
/// When it is not the caller's to do, or the app is not there.
pub async fn remove_app(backend: &Backend, caller: &Caller, app: ObjectId) -> Result<Saved> {
    let object = caller.state.object(app).filter(|object| object.kind == APP);
    let object = object.ok_or(Error::NotFound("app"))?;
    let tenant = object.parent.ok_or(Error::NotFound("app"))?;
    seen(caller, tenant).map_err(|_| Error::NotFound("app"))?;
    caller.require_on(UPLOAD, tenant)?;
    let removed = vec![Change::ObjectRemoved { object: object.clone() }];
    let committed = backend.commit(Proposal::new(caller.actor(), removed)).await?;
    Ok(Saved { revision: committed.revision, undoable: true })
}
