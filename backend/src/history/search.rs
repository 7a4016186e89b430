//! Finding revisions: what each is found by, and the conditions that a reader's filters become.

use super::PAGE;
use crate::access::log::{self, COLUMNS, Revision, actor_column, read_actor};
use crate::caller::Caller;
use crate::error::{Error, Result};
use model::Millis;
use model::change::Change;
use model::guard::Actor;
use model::id::ObjectId;
use model::name::fold;
use model::object::Bearer;
use model::state::State;
use model::view::history::HistoryQuery;
use model::words::{Line, Part};
use sqlx::{AnyConnection, AssertSqlSafe, Row, query};
use std::collections::BTreeSet;

/// How many people a search word may stand for.
const PEOPLE: usize = 40;
/// The longest search, in characters.
const LONGEST: usize = 200;
/// Stands before the id of a place: no word that people search for begins so.
const PLACE: &str = "@";
const DAY: Millis = 24 * 60 * 60 * 1000;

/// What a revision is found by: folded words, people by id, the places that it concerns by id, and what it touches.
pub(crate) fn found_by(
    actor: Actor,
    reason: &str,
    changes: &[Change],
    lines: &[Line],
    places: &BTreeSet<ObjectId>,
) -> String {
    let mut people = BTreeSet::from([actor_column(actor)]);
    let mut words = BTreeSet::from([fold(reason)]);
    for part in lines.iter().flat_map(|line| &line.parts) {
        match part {
            Part::Person(user) => drop(people.insert(actor_column(Actor::User(*user)))),
            Part::Text(text) | Part::Name(text) | Part::Was(text) => drop(words.insert(fold(text))),
            Part::Time(_) => {}
        }
    }
    let touched: BTreeSet<String> = changes
        .iter()
        .filter_map(|change| serde_json::to_value(change.touches()).ok())
        .filter_map(|word| word.as_str().map(|word| format!("touches:{word}")))
        .collect();
    let places = places.iter().map(|place| format!("{PLACE}{place}"));
    let all = touched.into_iter().chain(people).chain(places).chain(words).filter(|one| !one.is_empty());
    all.collect::<Vec<String>>().join("\n")
}

/// The places that changes are about, with all that held them before or that holds them after. The organization
/// holds everything and is left out.
pub(crate) fn places(before: &State, after: &State, changes: &[Change]) -> BTreeSet<ObjectId> {
    let about: BTreeSet<ObjectId> = changes.iter().flat_map(about).collect();
    let holding = about.iter().flat_map(|place| before.above(*place).into_iter().chain(after.above(*place)));
    let mut all: BTreeSet<ObjectId> = holding.collect();
    all.remove(&ObjectId::ORGANIZATION);
    all
}

/// The places that a change names.
fn about(change: &Change) -> Vec<ObjectId> {
    match change {
        Change::GrantAdded { grant } | Change::GrantRemoved { grant } => vec![grant.object],
        Change::ObjectCreated { object } | Change::ObjectRemoved { object } => vec![object.id],
        Change::ObjectRenamed { object, .. } | Change::DetailsEdited { object } => vec![*object],
        Change::ObjectMoved { object, was, now } => vec![*object, *was, *now],
        Change::Linked { link } | Change::Unlinked { link } => vec![link.object, link.holder],
        Change::PropertySet { of: Bearer::Object(object), .. } => vec![*object],
        Change::ServiceAccountAdded { account } | Change::ServiceAccountRemoved { account } => {
            account.robot.into_iter().collect()
        }
        Change::RoleCreated { role } | Change::RoleRemoved { role } => vec![role.owner.place()],
        _ => Vec::new(),
    }
}

/// Conditions in SQL with what they are about, in the order of their numbers.
#[derive(Default)]
pub(super) struct Conditions {
    all: Vec<String>,
    values: Vec<Value>,
}

enum Value {
    Text(String),
    Number(i64),
}

impl Conditions {
    /// What the reader's filters ask for.
    pub(super) fn of(asked: &HistoryQuery, caller: &Caller) -> Result<Self> {
        let mut wanted = Self::default();
        if let Some(number) = asked.number {
            let number = wanted.number(i64::try_from(number).unwrap_or(i64::MAX));
            wanted.all.push(format!("number = {number}"));
        }
        if !asked.actor.is_empty() {
            let actor = read_actor(&asked.actor)
                .ok_or_else(|| invalid("actor", "There is nobody like that. Choose again who made it."))?;
            let actor = wanted.text(actor_column(actor));
            wanted.all.push(format!("actor = {actor}"));
        }
        if !asked.kind.is_empty() {
            wanted.kind(&asked.kind)?;
        }
        if let Some(place) = asked.place {
            // What was saved before places were noted is found where it names this one.
            let noted = wanted.text(format!("%{PLACE}{place}%"));
            let named = wanted.text(format!("%\"{place}\"%"));
            wanted.all.push(format!("(found_by LIKE {noted} OR changes LIKE {named})"));
        }
        if !asked.period.is_empty() {
            let since = caller.at - length(&asked.period)?;
            let since = wanted.number(since);
            wanted.all.push(format!("at >= {since}"));
        }
        if asked.search.chars().count() > LONGEST {
            return Err(invalid("search", "Search for fewer words."));
        }
        for word in fold(&asked.search).split_whitespace() {
            wanted.word(word, caller);
        }
        Ok(wanted)
    }

    fn kind(&mut self, kind: &str) -> Result<()> {
        const KINDS: [&str; 7] =
            ["settings", "roles", "people", "groups", "service-accounts", "objects", "access"];
        if !KINDS.contains(&kind) {
            return Err(invalid("kind", "There is no such kind of change. Choose another."));
        }
        let kind = self.text(format!("%touches:{kind}\n%"));
        self.all.push(format!("found_by LIKE {kind}"));
        Ok(())
    }

    /// A word of the search: it stands in the words, or in the name of a person who is in them.
    fn word(&mut self, word: &str, caller: &Caller) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let mut either = vec![self.found(format!("%{escaped}%"))];
        let named = |key: &str| key.split(' ').any(|part| part.starts_with(word));
        let people = caller
            .state
            .people_by_name()
            .filter(|person| named(&person.profile.name_key) || person.profile.email_key.starts_with(word));
        for person in people.take(PEOPLE) {
            either.push(self.found(format!("%user:{}%", person.id)));
        }
        let former = caller.state.former_people().filter(|(_, called)| named(&fold(called)));
        for (user, _) in former.take(PEOPLE) {
            either.push(self.found(format!("%user:{user}%")));
        }
        self.all.push(format!("({})", either.join(" OR ")));
    }

    fn found(&mut self, pattern: String) -> String {
        let pattern = self.text(pattern);
        format!("found_by LIKE {pattern} ESCAPE '\\'")
    }

    fn text(&mut self, value: String) -> String {
        self.values.push(Value::Text(value));
        format!("${}", self.values.len())
    }

    fn number(&mut self, value: i64) -> String {
        self.values.push(Value::Number(value));
        format!("${}", self.values.len())
    }

    /// How many there are, and one page of them, newest first.
    pub(super) async fn page(&self, from: &mut AnyConnection, page: u32) -> Result<(u64, Vec<Revision>)> {
        let where_ = match self.all.as_slice() {
            [] => String::new(),
            all => format!(" WHERE {}", all.join(" AND ")),
        };
        let count = format!("SELECT CAST(COUNT(*) AS BIGINT) AS total FROM revisions{where_}");
        let total: i64 = self.rows(from, count).await?.first().map_or(Ok(0), |row| row.try_get("total"))?;
        let skipped = u64::from(page.saturating_sub(1)) * u64::from(PAGE);
        let rows = format!(
            "SELECT {COLUMNS} FROM revisions{where_} ORDER BY number DESC LIMIT {PAGE} OFFSET {skipped}"
        );
        let rows = self.rows(from, rows).await?;
        let revisions: std::result::Result<Vec<_>, _> = rows.iter().map(log::read).collect();
        Ok((u64::try_from(total).unwrap_or_default(), revisions.map_err(Error::broken)?))
    }

    /// The text holds only what this file writes; what somebody sent is bound.
    async fn rows(&self, from: &mut AnyConnection, sql: String) -> Result<Vec<sqlx::any::AnyRow>> {
        let mut asked = query(AssertSqlSafe(sql));
        for value in &self.values {
            asked = match value {
                Value::Text(text) => asked.bind(text.clone()),
                Value::Number(number) => asked.bind(*number),
            };
        }
        Ok(asked.fetch_all(from).await?)
    }
}

fn length(period: &str) -> Result<Millis> {
    match period {
        "day" => Ok(DAY),
        "week" => Ok(7 * DAY),
        "month" => Ok(30 * DAY),
        "year" => Ok(365 * DAY),
        _ => Err(invalid("period", "There is no such period. Choose another.")),
    }
}

fn invalid(field: &'static str, message: &str) -> Error {
    Error::Invalid { field, message: message.to_owned() }
}
