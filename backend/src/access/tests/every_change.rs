//! Every kind of change in its table, and none of a refused one.

use super::assert_log_equals_tables;
use crate::access::story::{
    self, BOB, INBOUND, KEEPER, LENDER, MACHINE, NIGHT, NORTH, ROBOT, SOUTH, STARTER, grant, link, object,
    on_robots, tools,
};
use crate::access::{Proposal, load, log, tables};
use crate::clock::Clock;
use crate::database::{Database, migrate, newest_step};
use crate::error::Error;
use crate::test_database::for_each_database;
use model::catalog::Pack;
use model::change::Change;
use model::grant::{Grant, Subject, Window};
use model::guard::Actor;
use model::id::ObjectId;
use model::limit::{Comparison, Limits, Property, Side, Test, Value};
use model::object::How;
use sqlx::{AssertSqlSafe, Row, query};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The state tables: what replaying the log arrives at. With the columns of each.
const TABLES: [(&str, &str); 14] = [
    ("organization", "id, name"),
    ("areas", "area"),
    ("packs", "pack, position, body, is_on"),
    ("roles", "id, name, description, level, origin, owner_id"),
    ("role_permissions", "role_id, permission"),
    ("role_delegates", "role_id, delegate"),
    ("people", "id, status, called"),
    ("groups", "id, name, description"),
    ("members", "group_id, user_id"),
    ("objects", "id, kind, name, parent_id"),
    ("links", "object_id, holder_id, how"),
    ("properties", "bearer_kind, bearer_id, property, value"),
    ("service_accounts", "id, name, description, robot_id, is_disabled"),
    ("grants", "id, subject_kind, subject_id, role_id, object_id, from_at, until_at, limits"),
];

/// All rows of all state tables, as text.
async fn rows(database: &Database) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (table, columns) in TABLES {
        let columns: Vec<String> =
            columns.split(", ").map(|one| format!("COALESCE(CAST({one} AS TEXT), 'none')")).collect();
        let sql = format!("SELECT {} AS all_of_it FROM {table}", columns.join(" || ' | ' || "));
        for row in query(AssertSqlSafe(sql)).fetch_all(database.pool()).await.unwrap() {
            all.insert(format!("{table}: {}", row.try_get::<String, _>("all_of_it").unwrap()));
        }
    }
    all
}

#[tokio::test]
async fn the_log_replays_to_the_tables_after_each_of_every_kind_of_change() {
    const KINDS: [&str; 41] = [
        "organization-renamed",
        "area-turned-on",
        "area-turned-off",
        "pack-installed",
        "pack-replaced",
        "pack-removed",
        "role-created",
        "role-removed",
        "role-renamed",
        "role-described",
        "permission-added",
        "permission-removed",
        "delegation-added",
        "delegation-removed",
        "user-added",
        "user-joined",
        "user-deactivated",
        "user-reactivated",
        "user-removed",
        "profile-edited",
        "group-created",
        "group-removed",
        "group-renamed",
        "group-described",
        "member-added",
        "member-removed",
        "object-created",
        "object-removed",
        "object-renamed",
        "object-moved",
        "details-edited",
        "linked",
        "unlinked",
        "property-set",
        "service-account-added",
        "service-account-removed",
        "service-account-renamed",
        "service-account-disabled",
        "service-account-enabled",
        "grant-added",
        "grant-removed",
    ];
    for_each_database(async |database| {
        let begun = story::begin(&database).await;
        assert_log_equals_tables(&begun).await;
        let backend = story::go_on(begun, async |backend| assert_log_equals_tables(backend).await).await;
        let mut connection = database.pool().acquire().await.unwrap();
        let log = log::after(&mut connection, 0).await.unwrap();
        let made: BTreeSet<String> = log
            .iter()
            .flat_map(|revision| &revision.changes)
            .map(|change| serde_json::to_value(change).unwrap()["change"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(made, KINDS.map(str::to_owned).into());
        assert_eq!(backend.state().as_changes(), story::open(&database).await.state().as_changes());
    })
    .await;
}

/// Writes the state into a new database by the shortest way, and compares the rows.
async fn assert_nothing_else(database: &Database, backend: &crate::Backend) {
    let folder = tempfile::tempdir().unwrap();
    let other =
        Database::open(&format!("sqlite:{}", folder.path().join("new.sqlite").display())).await.unwrap();
    migrate(&other, &Clock::system()).await.unwrap();
    let state = backend.state();
    let name = state.organization().to_owned();
    let mut changes = vec![Change::OrganizationRenamed { was: String::new(), now: name }];
    changes.extend(state.as_changes());
    let mut to = other.begin().await.unwrap();
    tables::write_all(&mut to, &changes).await.unwrap();
    to.commit().await.unwrap();
    assert_eq!(rows(database).await, rows(&other).await);
    other.close().await;
}

#[tokio::test]
async fn the_tables_hold_the_state_and_nothing_else() {
    for_each_database(async |database| {
        let backend = story::begin(&database).await;
        assert_nothing_else(&database, &backend).await;
        let backend = story::go_on(backend, async |_| ()).await;
        assert_nothing_else(&database, &backend).await;
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_by_name_and_alters_nothing() {
    for_each_database(async |database| {
        let backend = story::begin(&database).await;
        let before = (rows(&database).await, backend.state().as_changes());
        let nowhere = ObjectId::from_bits(999);
        let root = ObjectId::ORGANIZATION;
        let bob = Subject::User(BOB);
        let moved = |object, was, now| Change::ObjectMoved { object, was, now };
        let given = |grant| Change::GrantAdded { grant };
        let limited = |test| {
            let property = Property::new(Side::Context, "robot");
            Limits::new(vec![Comparison::new(property, test)])
        };
        let color = Comparison::new(Property::new(Side::Object, "colour"), Test::Equals(Value::Number(1)));
        let reversed = Window { from: Some(9), until: Some(9) };
        let starter = grant(9, bob, STARTER, INBOUND);
        let shared = |holder| Change::Linked { link: link(MACHINE, holder, How::Shared) };
        for (change, words) in [
            (moved(INBOUND, NORTH, NIGHT), "Inbound"),
            (object(ObjectId::from_bits(9), "folder", "Lost", nowhere), "place"),
            (object(ObjectId::from_bits(9), "castle", "Windsor", NORTH), "Windsor"),
            (shared(nowhere), "place"),
            (moved(INBOUND, NORTH, SOUTH), "South"),
            (shared(SOUTH), "South"),
            (given(grant(9, bob, KEEPER, SOUTH)), "Keeper"),
            (given(grant(9, bob, KEEPER, root)), "Keeper"),
            (given(Grant { window: reversed, ..starter.clone() }), "must come after"),
            (given(Grant { limits: limited(Test::In(vec![])), ..starter.clone() }), "robot"),
            (given(Grant { limits: limited(Test::Equals(Value::Number(1))), ..starter.clone() }), "robot"),
            (given(Grant { limits: on_robots(&[nowhere]), ..starter.clone() }), "robot"),
            (given(Grant { limits: Limits::new(vec![color]), ..starter }), "colour"),
            (Change::PackReplaced { was: tools(true), now: tools(false) }, "tools.lend"),
        ] {
            let proposal = Proposal::new(Actor::CommandLine, vec![change.clone()]);
            let error = backend.commit(proposal).await.unwrap_err();
            assert!(matches!(error, Error::Misfit(_)), "{change:?}: {error:?}");
            assert!(error.to_string().contains(words), "{change:?}: {error}");
            assert_eq!((rows(&database).await, backend.state().as_changes()), before, "{change:?}");
        }
        assert!(backend.state().role(LENDER).is_some());
        assert_log_equals_tables(&backend).await;
    })
    .await;
}

#[tokio::test]
async fn an_area_refers_only_to_areas_before_it_so_that_all_of_them_load() {
    for_each_database(async |database| {
        let backend = story::begin(&database).await;
        let save = async |change| backend.commit(Proposal::new(Actor::CommandLine, vec![change])).await;
        let pack = |text: &str| serde_json::from_str::<Arc<Pack>>(text).unwrap();
        let later = pack(
            r#"{"key":"later","name":"Later","permissions":[
                {"key":"later.see","name":"See later","kind":"tool","opens":"Shows it."}]}"#,
        );
        save(Change::PackInstalled { pack: Arc::clone(&later) }).await.unwrap();
        let mut now = Pack::clone(&tools(true));
        now.permissions[1].needs.push("later.see".to_owned());
        let error = save(Change::PackReplaced { was: tools(true), now: Arc::new(now) }).await.unwrap_err();
        assert!(error.to_string().contains("later.see"), "{error}");
        let mut now = Pack::clone(&later);
        now.permissions[0].needs.push("tools.lend".to_owned());
        save(Change::PackReplaced { was: later, now: Arc::new(now) }).await.unwrap();
        assert_log_equals_tables(&backend).await;
    })
    .await;
}

#[tokio::test]
async fn limits_that_do_not_read_are_no_grant_without_limits() {
    for_each_database(async |database| {
        story::begin(&database).await;
        for limits in ["x", "[]", "null", r#"[{"of":"context","key":"robot","test":{"at-least":1}}]"#] {
            query("UPDATE grants SET limits = $1 WHERE limits IS NOT NULL")
                .bind(limits)
                .execute(database.pool())
                .await
                .unwrap();
            let mut connection = database.pool().acquire().await.unwrap();
            let refused = load::from_tables(&mut connection).await.unwrap_err();
            assert!(refused.to_string().contains("table grants has a row that does not read"), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_running_program_reads_no_further_once_a_newer_one_has_changed_the_schema_beyond_it() {
    for_each_database(async |database| {
        let backend = story::begin(&database).await;
        let seen = backend.state().revision();
        let sql = "UPDATE head SET min_reader = $1, revision = revision + 1";
        query(sql).bind(newest_step() + 1).execute(database.pool()).await.unwrap();
        let error = backend.look_at_head().await.unwrap_err();
        let Error::Broken(cause) = error else { panic!("{error}") };
        assert!(cause.to_string().contains("newer version"), "{cause}");
        let change = Change::PermissionAdded { role: STARTER, permission: "processes.view".to_owned() };
        let error = backend.commit(Proposal::new(Actor::CommandLine, vec![change])).await.unwrap_err();
        assert!(matches!(error, Error::Broken(_)), "{error}");
        assert_eq!(backend.state().revision(), seen);
        assert!(backend.state().object(ROBOT).is_some());
    })
    .await;
}
