//! Who can merge to production, over all applications; and by which paths somebody can.

use super::{
    MERGE_PRODUCTION, account_name, all_seen, asked_on, details, person_name, readable, refuse_off, seen,
    who_merges,
};
use crate::Backend;
use crate::caller::Caller;
use crate::check::{Sight, endings};
use crate::error::{Error, Result};
use model::catalog::Permission;
use model::decide::{self, Context, Question, Verdict};
use model::explain;
use model::grant::{Grant, Subject, Who};
use model::id::ObjectId;
use model::lists::WhoCan;
use model::name::{fold, order};
use model::object::Object;
use model::state::State;
use model::view::Page;
use model::view::applications::{
    COLUMNS, Cell, CellQuery, Column, Matrix, MatrixQuery, MatrixRow, PathLine, Paths,
};
use model::view::check::Prepared;
use std::collections::{BTreeMap, BTreeSet};

/// How many roles are named beneath somebody.
const ROLES: usize = 2;

/// Who can merge to production: a row for everybody who can somewhere, a column for each application of the page.
///
/// # Errors
/// When the area is off, or no right of the caller's shows who may do what.
pub async fn matrix(backend: &Backend, caller: &Caller, query: &MatrixQuery) -> Result<Matrix> {
    shown(backend, caller, query, COLUMNS).await
}

/// The same with so many applications on a page.
pub(super) async fn shown(
    backend: &Backend,
    caller: &Caller,
    query: &MatrixQuery,
    columns: u32,
) -> Result<Matrix> {
    refuse_off(caller)?;
    let (owned, asked) = (caller.clone(), query.clone());
    // It goes through everybody: not on a thread that others wait for.
    let made = tokio::task::spawn_blocking(move || made(&owned, &asked, columns));
    let mut matrix = made.await.map_err(Error::broken)??;
    let ids: Vec<ObjectId> = matrix.columns.rows.iter().map(|column| column.id).collect();
    let mut connection = backend.database().pool().acquire().await?;
    let noted = details::of_all(&mut connection, &ids).await?;
    for column in &mut matrix.columns.rows {
        column.status = noted.get(&column.id).map(|noted| noted.status).unwrap_or_default();
    }
    Ok(matrix)
}

fn made(caller: &Caller, query: &MatrixQuery, size: u32) -> Result<Matrix> {
    let sight = Sight::of(caller);
    let seen = all_seen(caller, &sight)?;
    let all = seen.len();
    let read: Vec<(String, &Object)> =
        seen.into_iter().filter(|(_, one)| readable(caller, one.id).is_ok()).collect();
    let others = (all - read.len()) as u64;
    if read.is_empty() && others > 0 {
        caller.require("people.view")?;
    }
    let mut may: BTreeMap<Who, (u64, BTreeSet<ObjectId>)> = BTreeMap::new();
    for (_, one) in &read {
        let WhoCan { people, accounts, depends } = who_merges(caller, one.id);
        let sure = people.into_iter().map(Who::User).chain(accounts.into_iter().map(Who::ServiceAccount));
        for who in sure {
            let entry = may.entry(who).or_default();
            entry.0 += 1;
            entry.1.insert(one.id);
        }
        for (who, _) in depends {
            may.entry(who).or_default().1.insert(one.id);
        }
    }
    let people = may.keys().filter(|who| matches!(who, Who::User(_))).count() as u64;
    let accounts = may.len() as u64 - people;
    let search = fold(&query.search);
    let is_of_application = read.iter().any(|(key, _)| key.contains(&search));
    let columns: Vec<&Object> = read
        .iter()
        .filter(|(key, _)| !is_of_application || key.contains(&search))
        .map(|(_, one)| *one)
        .collect();
    let columns = Page::of(columns, query.page, size);
    let mut rows: Vec<(String, MatrixRow)> = Vec::new();
    for (who, (count, places)) in may {
        let name = called(&caller.state, who);
        let key = fold(&name);
        let is_wanted = (is_of_application || key.contains(&search))
            && (!query.accounts_only || matches!(who, Who::ServiceAccount(_)));
        if is_wanted {
            let cell = |one: &&Object| {
                if places.contains(&one.id) { cell(caller, who, one.id) } else { Cell::No }
            };
            let cells = columns.rows.iter().map(cell).collect();
            rows.push((key, MatrixRow { who, name, about: about(caller, who, &places), cells, may: count }));
        }
    }
    // People before service accounts, each by name.
    rows.sort_by_cached_key(|(key, row)| (matches!(row.who, Who::ServiceAccount(_)), order(key), row.who));
    let column = |one: &Object| Column { id: one.id, name: one.name.clone(), status: Default::default() };
    Ok(Matrix {
        revision: caller.state.revision(),
        columns: columns.map(column),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        people,
        accounts,
        others,
    })
}

fn called(state: &State, who: Who) -> String {
    match who {
        Who::User(user) => person_name(state, user),
        Who::ServiceAccount(account) => account_name(state, account),
        Who::Group(group) => state.group(group).map(|group| group.name.clone()).unwrap_or_default(),
    }
}

/// The roles by which somebody may, over all.
fn about(caller: &Caller, who: Who, places: &BTreeSet<ObjectId>) -> String {
    let state = &caller.state;
    let Some(permission) = state.catalog().number(MERGE_PRODUCTION) else { return String::new() };
    let grants = decide::grants_for(state, who)
        .filter(|grant| grant.window.holds(caller.at) && state.role_allows(grant.role, permission))
        .filter(|grant| places.iter().any(|place| within(state, grant.object, *place)));
    let roles: BTreeSet<String> =
        grants.filter_map(|grant| state.role(grant.role).map(|role| role.name.clone())).collect();
    let rest = roles.len().saturating_sub(ROLES);
    let first: Vec<String> = roles.into_iter().take(ROLES).collect();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let kind = if matches!(who, Who::ServiceAccount(_)) { "Service account: " } else { "" };
    format!("{kind}{}{more}", first.join(", "))
}

/// Whether a grant on a place reaches something of an application.
fn within(state: &State, place: ObjectId, application: ObjectId) -> bool {
    place == ObjectId::ORGANIZATION || state.chain(place).any(|one| one.id == application)
}

/// Whether somebody may merge an application to production, who may from some stage of it or under conditions.
fn cell(caller: &Caller, who: Who, application: ObjectId) -> Cell {
    let state = &caller.state;
    let Some(permission) = state.catalog().number(MERGE_PRODUCTION) else { return Cell::No };
    let stages = asked_on(state, application);
    let (mut sure, mut depends) = (Vec::new(), false);
    for stage in &stages {
        match decide::verdict(state, &question(caller, who, permission, *stage)) {
            Verdict::Allowed => sure.push(*stage),
            Verdict::Denied => {}
            Verdict::Depends(_) => depends = true,
        }
    }
    let name = |id: &ObjectId| state.object(*id).map(|one| one.name.clone()).unwrap_or_default();
    match (sure.len(), depends) {
        (0, false) => Cell::No,
        (0, true) => Cell::Depends("under conditions".to_owned()),
        (some, _) if some < stages.len() => {
            let from: Vec<String> = sure.iter().map(name).collect();
            Cell::Depends(format!("from {} only", from.join(", ")))
        }
        _ => {
            let grants: Vec<Grant> = stages
                .iter()
                .flat_map(|stage| decide::paths(state, who, permission, *stage, caller.at))
                .filter(|grant| grant.limits.is_none())
                .collect();
            // It ends when the last of its grants does.
            let ends = grants.iter().map(|grant| grant.window.until).collect::<Option<Vec<_>>>();
            match ends.and_then(|ends| ends.into_iter().max()) {
                Some(until) => Cell::Until(until),
                None if grants.iter().any(|grant| grant.object != ObjectId::ORGANIZATION) => Cell::Given,
                None => Cell::Inherited,
            }
        }
    }
}

fn question(caller: &Caller, who: Who, permission: Permission, object: ObjectId) -> Question {
    Question { who, permission, object, at: caller.at, context: Context::open() }
}

/// Why somebody may merge an application to production, or that they may not.
///
/// # Errors
/// When the application is not for the caller to see, or who has access to it is not.
pub async fn paths(backend: &Backend, caller: &Caller, query: &CellQuery) -> Result<Paths> {
    let sight = Sight::of(caller);
    let application = seen(caller, &sight, query.application)?;
    readable(caller, application.id)?;
    let state = &caller.state;
    let is_there = match query.who {
        Who::User(user) => state.person(user).is_some(),
        Who::ServiceAccount(account) => state.service_account(account).is_some(),
        Who::Group(_) => false,
    };
    let permission = state.catalog().number(MERGE_PRODUCTION).filter(|_| is_there);
    let permission = permission.ok_or(Error::NotFound("person"))?;
    let name = called(state, query.who);
    let stages = asked_on(state, application.id);
    let mut found: Vec<explain::Path> = Vec::new();
    let mut from: Option<ObjectId> = None;
    for stage in &stages {
        for path in explain::why(state, &question(caller, query.who, permission, *stage)) {
            from = from.or(Some(*stage));
            // What reaches several stages is one path.
            if found.iter().all(|known| (known.grant.id, known.group) != (path.grant.id, path.group)) {
                found.push(path);
            }
        }
    }
    let ends = endings(backend, caller, &sight, query.who, &found).await?;
    let line = |(path, ends): (&explain::Path, Prepared)| PathLine {
        words: path_line(state, &sight, path),
        ends: Prepared { words: end_line(state, &name, path), ..ends },
    };
    let told: Vec<PathLine> = found.iter().zip(ends).map(line).collect();
    let what = format!("merge {} to production", application.name);
    let sentence = match (told.len(), cell(caller, query.who, application.id)) {
        (0, _) => format!("{name} may not {what}. No role that gives it reaches it."),
        (_, Cell::Depends(how)) => format!("{name} may {what} {how}."),
        _ => format!("{name} may {what}."),
    };
    let stage = from.or(stages.first().copied()).unwrap_or(application.id);
    Ok(Paths { sentence, paths: told, stage })
}

/// *Remove Release manager from Priya Nair*: the screen is about many people, so it says from whom.
fn end_line(state: &State, name: &str, path: &explain::Path) -> String {
    let role = state.role(path.grant.role).map(|role| role.name.clone()).unwrap_or_default();
    match (path.group, path.grant.subject) {
        (Some(group), _) => {
            let group = state.group(group).map(|group| group.name.clone()).unwrap_or_default();
            format!("Take {name} out of {group}")
        }
        (None, Subject::Everyone) => format!("Remove {role} from all users"),
        (None, _) => format!("Remove {role} from {name}"),
    }
}

/// *Release manager on Claims intake, by the group Platform team*
fn path_line(state: &State, sight: &Sight<'_>, path: &explain::Path) -> String {
    let role = state.role(path.grant.role).map(|role| role.name.clone()).unwrap_or_default();
    let by = match (path.group, path.grant.subject) {
        (Some(group), _) => {
            let name = state.group(group).map(|group| group.name.clone()).unwrap_or_default();
            format!(", by the group {name}")
        }
        (None, Subject::Everyone) => ", as one of all users".to_owned(),
        (None, _) => String::new(),
    };
    let limits = sight.limits(&path.grant.limits);
    let limits = if limits.is_empty() { String::new() } else { format!(", {}", limits.join(", ")) };
    format!("{role} on {}{by}{limits}", sight.path(path.grant.object))
}
