//! The history of versions: merges, updates and rollbacks of one application, or of all that the caller may see.

use super::moves::{self, COLUMNS, Move};
use super::{all_seen, seen, sees_stage, tree};
use crate::Backend;
use crate::access::commit::actor_name;
use crate::access::log::read_actor;
use crate::caller::Caller;
use crate::check::Sight;
use crate::clock::DAY;
use crate::database::parameters;
use crate::error::Result;
use model::id::ObjectId;
use model::name::order_of;
use model::view::applications::{MoveRow, Moves, MovesQuery, PAGE};
use model::view::people::Named;
use model::view::{Page, page_within};
use sqlx::{AnyConnection, AssertSqlSafe, Row, query};
use std::collections::BTreeMap;

/// The most applications whose histories are read at once.
const MOST: usize = 20_000;

/// A page of the history, the newest first.
///
/// # Errors
/// When the area is off, or the application is not for the caller to see.
pub async fn moves(backend: &Backend, caller: &Caller, asked: &MovesQuery) -> Result<Moves> {
    let sight = Sight::of(caller);
    let names: BTreeMap<ObjectId, String> = match asked.application {
        Some(id) => [seen(caller, &sight, id)?].map(|one| (one.id, one.name.clone())).into(),
        None => {
            let all = all_seen(caller, &sight)?;
            all.into_iter().take(MOST).map(|(_, one)| (one.id, one.name.clone())).collect()
        }
    };
    // A stage is told to who may see it, and of what is gone to who sees all of the application.
    let mut stages: Vec<ObjectId> = Vec::new();
    let mut whole: Vec<ObjectId> = Vec::new();
    for id in names.keys() {
        let all = tree::stages(&caller.state, *id);
        let seen: Vec<ObjectId> =
            all.iter().map(|(stage, _)| *stage).filter(|stage| sees_stage(caller, &sight, *stage)).collect();
        if seen.len() == all.len() {
            whole.push(*id);
        } else {
            stages.extend(seen);
        }
    }
    let mut connection = backend.database().pool().acquire().await?;
    let found = Found::of(caller, asked, &whole, &stages);
    let total = found.count(&mut connection).await?;
    let page = page_within(total, asked.page, PAGE);
    let rows = found.page(&mut connection, page).await?;
    let actors = found.actors(&mut connection).await?;
    let mut named: Vec<(String, String)> = actors
        .into_iter()
        .filter_map(|key| Some((actor_name(&caller.state, read_actor(&key)?), key)))
        .map(|(name, key)| (key, name))
        .collect();
    named.sort_by_cached_key(|(key, name)| (order_of(name), key.clone()));
    let row = |one: Move| told(caller, &names, one);
    Ok(Moves {
        revision: caller.state.revision(),
        moves: Page { rows: rows.into_iter().map(row).collect(), total, page, size: PAGE },
        stages: asked.application.map(|id| choices(caller, &sight, id)).unwrap_or_default(),
        actors: named,
    })
}

fn choices(caller: &Caller, sight: &Sight<'_>, application: ObjectId) -> Vec<Named<ObjectId>> {
    let all = tree::stages(&caller.state, application).into_iter().map(|(stage, _)| stage);
    let seen = all.filter(|stage| sees_stage(caller, sight, *stage));
    seen.filter_map(|id| Some(Named { id, name: caller.state.object(id)?.name.clone() })).collect()
}

fn told(caller: &Caller, names: &BTreeMap<ObjectId, String>, one: Move) -> MoveRow {
    let name = names.get(&one.application).cloned().unwrap_or_default();
    MoveRow {
        id: one.id,
        kind: one.kind,
        application: Named { id: one.application, name },
        from: one.from.map(|(_, name)| name).unwrap_or_default(),
        to: one.stage.1,
        version_before: one.version_before,
        version_after: one.version_after,
        versions: one.versions.len() as u64,
        description: one.description,
        by: one.actor.map(|actor| actor_name(&caller.state, actor)).unwrap_or_default(),
        at: one.begun_at,
        outcome: one.outcome,
        carried_by: one.carried_by,
        is_taken_back: one.taken_back_by.is_some(),
    }
}

/// What is looked for, as the text of a condition with the values of its parameters in their order.
struct Found {
    base: (String, Vec<Value>),
    all: (String, Vec<Value>),
}

#[derive(Clone)]
enum Value {
    Text(String),
    Number(i64),
}

impl Found {
    fn of(caller: &Caller, asked: &MovesQuery, whole: &[ObjectId], stages: &[ObjectId]) -> Self {
        let text = |id: &ObjectId| Value::Text(id.to_string());
        let mut values: Vec<Value> = whole.iter().map(text).collect();
        let mut parts: Vec<String> = Vec::new();
        if !whole.is_empty() {
            parts.push(format!("application_id IN ({})", parameters(1..=whole.len())));
        }
        if !stages.is_empty() {
            let list = parameters(values.len() + 1..=values.len() + stages.len());
            parts.push(format!("stage_id IN ({list}) OR from_id IN ({list})"));
            values.extend(stages.iter().map(text));
        }
        let condition =
            if parts.is_empty() { "1 = 0".to_owned() } else { format!("({})", parts.join(" OR ")) };
        let base = (condition.clone(), values.clone());
        let (mut condition, mut values) = (condition, values);
        let mut and = |column: &str, value: Value| {
            values.push(value);
            condition.push_str(&format!(" AND {column} ${}", values.len()));
        };
        if let Some(kind) = asked.kind {
            and("kind =", Value::Text(kind.key().to_owned()));
        }
        if !asked.by.is_empty() {
            and("actor =", Value::Text(asked.by.clone()));
        }
        if asked.days > 0 {
            and("begun_at >=", Value::Number(caller.at - i64::from(asked.days) * DAY));
        }
        if let Some(stage) = asked.stage {
            values.push(Value::Text(stage.to_string()));
            condition.push_str(&format!(" AND (stage_id = ${0} OR from_id = ${0})", values.len()));
        }
        Self { base, all: (condition, values) }
    }

    async fn rows(
        from: &mut AnyConnection,
        statement: String,
        values: &[Value],
    ) -> sqlx::Result<Vec<sqlx::any::AnyRow>> {
        // Only columns and the numbers of parameters are put together here.
        let mut question = query(AssertSqlSafe(statement));
        for value in values {
            question = match value {
                Value::Text(text) => question.bind(text.clone()),
                Value::Number(number) => question.bind(*number),
            };
        }
        question.fetch_all(from).await
    }

    async fn count(&self, from: &mut AnyConnection) -> sqlx::Result<u64> {
        let (condition, values) = &self.all;
        let statement =
            format!("SELECT CAST(count(*) AS BIGINT) AS total FROM stage_moves WHERE {condition}");
        let rows = Self::rows(from, statement, values).await?;
        let total: i64 = rows.first().map(|row| row.try_get("total")).transpose()?.unwrap_or_default();
        Ok(u64::try_from(total).unwrap_or_default())
    }

    async fn page(&self, from: &mut AnyConnection, page: u32) -> sqlx::Result<Vec<Move>> {
        let (condition, values) = &self.all;
        let skipped = (u64::from(page) - 1) * u64::from(PAGE);
        let statement = format!(
            "SELECT {COLUMNS} FROM stage_moves WHERE {condition} ORDER BY place DESC LIMIT {PAGE} OFFSET {skipped}"
        );
        let rows = Self::rows(from, statement, values).await?;
        rows.iter().map(moves::read).collect()
    }

    async fn actors(&self, from: &mut AnyConnection) -> sqlx::Result<Vec<String>> {
        let (condition, values) = &self.base;
        let statement = format!("SELECT DISTINCT actor FROM stage_moves WHERE {condition}");
        let rows = Self::rows(from, statement, values).await?;
        rows.iter().map(|row| row.try_get("actor")).collect()
    }
}
