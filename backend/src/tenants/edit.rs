//! Making a tenant, its page, its name and its settings.
//!
//! Settings alter no access. They stand beside the log, like profiles, since a contact is a person whom the
//! log must not keep; that they were changed, when and by whom, is a revision like any other.

use super::{CONFIGURE, GOVERN, UPLOAD, VIEW, app_count, details, no_reading_access, seen};
use crate::Backend;
use crate::access::Proposal;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::people::{lacks, refused};
use model::audience;
use model::change::{self, Change};
use model::grant::{Grant, Subject, Window};
use model::id::{GrantId, ObjectId};
use model::limit::Limits;
use model::name::{self, BadName};
use model::object::{Object, TENANT};
use model::view::people::Saved;
use model::view::tenants::{Details, LONGEST_NOTE, Made, NewTenant, Tenant, TenantEdit};

/// Makes a tenant, which everyone sees and in which nobody may do anything else.
///
/// # Errors
/// When the caller may add none, or the name is taken or not well formed.
pub async fn create(backend: &Backend, caller: &Caller, new: &NewTenant) -> Result<Made> {
    super::all_seen(caller)?;
    caller.require("tenants.manage")?;
    let name = clean("name", &new.name)?;
    let id = ObjectId::from_bits(backend.random().bits());
    let object =
        Object { id, kind: TENANT.to_owned(), name: name.clone(), parent: Some(ObjectId::ORGANIZATION) };
    let mut changes = vec![Change::ObjectCreated { object }];
    let catalog = caller.state.catalog();
    let settings = audience::settings(&caller.state, GOVERN);
    let at_first = |role| catalog.built_in(role).is_some_and(|entry| entry.at_first);
    for setting in settings.into_iter().filter(|setting| at_first(setting.role)) {
        let grant = Grant {
            id: GrantId::from_bits(backend.random().bits()),
            subject: Subject::Everyone,
            role: setting.role,
            object: id,
            window: Window::ALWAYS,
            limits: Limits::NONE,
        };
        changes.push(Change::GrantAdded { grant });
    }
    backend.commit(Proposal::new(caller.actor(), changes)).await?;
    Ok(Made { id, name })
}

/// The page of one tenant.
///
/// # Errors
/// When it is not there, or not for the caller to see.
pub async fn one(backend: &Backend, caller: &Caller, id: ObjectId) -> Result<Tenant> {
    let tenant = seen(caller, id)?;
    let no_seeing = refused(caller.require_on(VIEW, id));
    let details = match no_seeing {
        Some(_) => None,
        None => {
            let mut connection = backend.database().pool().acquire().await?;
            Some(details::of_tenant(&mut connection, id).await?)
        }
    };
    let may_rename = caller.may_on("tenants.manage", id);
    Ok(Tenant {
        revision: caller.state.revision(),
        id,
        name: tenant.name.clone(),
        in_force: caller.state.catalog().in_force_on(TENANT),
        details,
        apps: app_count(caller, id),
        no_configuring: refused(caller.require_on(CONFIGURE, id)),
        no_renaming: refused(if may_rename { Ok(()) } else { caller.require_on(CONFIGURE, id) }),
        no_uploading: refused(caller.require_on(UPLOAD, id)),
        no_reading_access: no_reading_access(caller, id),
        no_removing: lacks(caller, &["tenants.manage"]),
        no_seeing,
    })
}

/// Saves another name and other settings as one revision.
///
/// # Errors
/// When that is not the caller's to do, somebody else was faster, or nothing is altered.
pub async fn edit(backend: &Backend, caller: &Caller, edit: &TenantEdit) -> Result<Saved> {
    let id = seen(caller, edit.tenant)?.id;
    let mut changes = Vec::new();
    if let Some((was, now)) = &edit.name {
        let now = clean("name", now)?;
        if *was != now {
            changes.push(Change::ObjectRenamed { object: id, was: was.clone(), now });
        }
    }
    let mut wanted = None;
    if let Some((was, now)) = &edit.details {
        caller.require_on(CONFIGURE, id)?;
        let now = cleaned(now)?;
        if *was != now {
            changes.push(Change::DetailsEdited { object: id });
            wanted = Some((was.clone(), now));
        }
    }
    let undoable = change::inverse(&changes).is_some();
    let proposal = Proposal::new(caller.actor(), changes).seen(edit.seen).beside(move |to| {
        Box::pin(async move {
            let Some((was, now)) = wanted else { return Ok(()) };
            // Asked again while nobody else can write.
            if details::of_tenant(&mut *to, id).await? != was {
                let message =
                    "Somebody else has changed these settings. Discard yours to see them.".to_owned();
                return Err(Error::Invalid { field: "details", message });
            }
            Ok(details::note_tenant(to, id, &now).await?)
        })
    });
    let committed = backend.commit(proposal).await?;
    Ok(Saved { revision: committed.revision, undoable })
}

/// A name as it is stored.
pub(super) fn clean(field: &'static str, text: &str) -> Result<String> {
    name::clean(text).map_err(|bad| wrong(field, bad))
}

fn wrong(field: &'static str, bad: BadName) -> Error {
    Error::Invalid { field, message: bad.to_string() }
}

fn cleaned(details: &Details) -> Result<Details> {
    let line = |field, text: &str| name::clean_description(text).map_err(|bad| wrong(field, bad));
    if details.notes.chars().count() > LONGEST_NOTE {
        return Err(wrong("notes", BadName::TooLong(LONGEST_NOTE)));
    }
    let lines: Result<Vec<String>> = details.notes.lines().map(|text| line("notes", text)).collect();
    Ok(Details {
        domain: line("domain", &details.domain)?,
        contact: line("contact", &details.contact)?,
        notes: lines?.join("\n").trim().to_owned(),
    })
}
