//! Objects, what ties them, and stored properties of all that bear any.

use super::{Loaded, apply, bad, each, id};
use crate::access::tables::read_how;
use model::change::Change;
use model::id::ObjectId;
use model::limit::Value;
use model::object::{Bearer, How, Link, Object};
use model::state::State;
use sqlx::{AnyConnection, Row};
use std::collections::BTreeMap;

pub(super) async fn objects(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    let mut beneath: BTreeMap<ObjectId, Vec<Object>> = BTreeMap::new();
    each(from, "SELECT id, kind, name, parent_id FROM objects", |row| {
        let parent: ObjectId = id("objects", row.try_get("parent_id")?)?;
        let object = Object {
            id: id("objects", row.try_get("id")?)?,
            kind: row.try_get("kind")?,
            name: row.try_get("name")?,
            parent: Some(parent),
        };
        beneath.entry(parent).or_default().push(object);
        Ok(())
    })
    .await?;
    let mut open = vec![ObjectId::ORGANIZATION];
    while let Some(parent) = open.pop() {
        for object in beneath.remove(&parent).unwrap_or_default() {
            open.push(object.id);
            apply(state, "objects", &Change::ObjectCreated { object })?;
        }
    }
    match beneath.keys().next() {
        Some(orphaned) => Err(bad("objects", format!("nothing holds what is in {orphaned}"))),
        None => Ok(()),
    }
}

pub(super) async fn links(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    let mut passed_down = Vec::new();
    each(from, "SELECT object_id, holder_id, how FROM links", |row| {
        let how: &str = row.try_get("how")?;
        let link = Link {
            object: id("links", row.try_get("object_id")?)?,
            holder: id("links", row.try_get("holder_id")?)?,
            how: read_how(how).ok_or_else(|| bad("links", how))?,
        };
        // It hangs on a placement.
        if link.how == How::PassedDown {
            passed_down.push(link);
            return Ok(());
        }
        apply(state, "links", &Change::Linked { link })
    })
    .await?;
    passed_down.into_iter().try_for_each(|link| apply(state, "links", &Change::Linked { link }))
}

pub(super) async fn properties(from: &mut AnyConnection, state: &mut State) -> Loaded<()> {
    each(from, "SELECT bearer_kind, bearer_id, property, value FROM properties", |row| {
        let (kind, bearer): (&str, &str) = (row.try_get("bearer_kind")?, row.try_get("bearer_id")?);
        let of = match kind {
            "object" => Bearer::Object(id("properties", bearer)?),
            "user" => Bearer::User(id("properties", bearer)?),
            "service-account" => Bearer::ServiceAccount(id("properties", bearer)?),
            _ => return Err(bad("properties", kind)),
        };
        let value: Value = serde_json::from_str(row.try_get("value")?).map_err(|e| bad("properties", e))?;
        let property = row.try_get("property")?;
        apply(state, "properties", &Change::PropertySet { of, property, was: None, now: Some(value) })
    })
    .await
}
