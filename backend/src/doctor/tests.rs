//! Each kind of damage is made by SQL, and found, on SQLite and on PostgreSQL.

use super::{Report, examine};
use crate::Backend;
use crate::access::story;
use crate::database::Database;
use crate::history::tests::{BOB, NOW, grant, role, save, world};
use crate::test_database::{for_each_database, for_each_empty_database};
use model::change::Change;
use model::grant::Subject;
use model::id::GroupId;
use model::person::Group;
use sqlx::{AssertSqlSafe, raw_sql};

async fn rich(database: &Database) -> Backend {
    let backend = world(database).await;
    let tester = role(7, "Tester", &["people.view"]);
    let group = Group { id: GroupId::from_bits(9), name: "Staff".into(), description: String::new() };
    let given = model::grant::Grant { subject: Subject::Group(group.id), ..grant(3, BOB, tester.id) };
    save(&backend, vec![Change::RoleCreated { role: tester }]).await;
    save(&backend, vec![Change::GroupCreated { group: group.clone() }]).await;
    save(
        &backend,
        vec![Change::MemberAdded { group: group.id, user: BOB }, Change::GrantAdded { grant: given }],
    )
    .await;
    backend
}

fn said(report: &Report) -> String {
    report.findings.iter().map(|finding| finding.what.clone()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_sound_database_is_well() {
    for_each_database(async |database| {
        assert_eq!(examine(&database).await.unwrap().findings, [], "empty");
        rich(&database).await;
        let report = examine(&database).await.unwrap();
        assert_eq!(report.findings, []);
        let well = report.well.join("\n");
        for words in ["unbroken: 4 changes", "what the log adds up to", "Alice Moreau can sign in"] {
            assert!(well.contains(words), "{words:?} in {well}");
        }
    })
    .await;
}

#[tokio::test]
async fn tables_of_another_version_are_all_that_is_said() {
    for_each_empty_database(async |database| {
        let report = examine(&database).await.unwrap();
        assert_eq!(report.findings.len(), 1, "{report:?}");
        assert!(said(&report).contains("migrate"), "{report:?}");
    })
    .await;
}

/// What is done to the database, and the words by which it must be found.
const DAMAGE: [(&str, &str); 19] = [
    ("UPDATE revisions SET changes = '[]' WHERE number = 2", "change no. 2 is not as it was saved"),
    ("UPDATE revisions SET actor = 'command-line' WHERE number = 3", "change no. 3"),
    ("UPDATE revisions SET at = at + 1 WHERE number = 1", "change no. 1"),
    ("UPDATE revisions SET changes = 'x' WHERE number = 3", "cannot be replayed"),
    ("DELETE FROM revisions WHERE number = 3", "change no. 3"),
    ("DELETE FROM revisions WHERE number = 4", "The head stands at change no. 4"),
    ("UPDATE head SET hash = 'x'", "change no. 5"),
    ("DELETE FROM grants WHERE subject_kind = 'group'", "“Staff has Tester” is missing"),
    (
        "INSERT INTO role_permissions (role_id, permission) VALUES ('0000000000002', 'people.view')",
        "“Member: See people and groups allowed” stands in the tables",
    ),
    ("UPDATE roles SET name = 'Boss'", "“Role Boss added, with 1 permission” stands in the tables"),
    ("UPDATE organization SET name = 'Other'", "The organization is called “Other”"),
    ("DELETE FROM areas", "turned on” is missing"),
    ("DELETE FROM members", "“Bob Lind is in Staff” is missing"),
    ("DELETE FROM roles WHERE id = '0000000000007'", "The state does not add up"),
    ("UPDATE people SET status = 'asleep'", "The state does not add up"),
    ("DELETE FROM profiles WHERE name = 'Bob Lind'", "people without a name"),
    (
        "INSERT INTO passwords (user_id, hash, changed_at) VALUES ('0000000000zzz', 'x', 0)",
        "passwords of nobody",
    ),
    (
        "INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent) \
         VALUES ('s', 'x', '0000000000zzz', 0, 0, 0, '', '')",
        "sessions of people who may not sign in",
    ),
    ("DELETE FROM passwords", "Nobody can sign in"),
];

#[tokio::test]
async fn every_kind_of_damage_is_found_and_said() {
    // The same organization again and again: damage is undone by rolling nothing back, but by a new database.
    for (sql, words) in DAMAGE {
        for_each_database(async |database| {
            let backend = rich(&database).await;
            assert!(backend.clock().now() >= NOW);
            raw_sql(AssertSqlSafe(sql)).execute(database.pool()).await.unwrap();
            let report = examine(&database).await.unwrap();
            assert!(said(&report).contains(words), "{sql}:\n{}", said(&report));
        })
        .await;
    }
}

/// The same for ties, properties, service accounts, limits and owners.
const MORE_DAMAGE: [(&str, &str); 22] = [
    ("DELETE FROM links WHERE how = 'shared'", "“M1 is now shared into Outbound” is missing"),
    ("DELETE FROM links WHERE how LIKE 'related:%'", "“Desk now contains R1” is missing"),
    (
        "UPDATE links SET how = 'shared' WHERE how = 'passed-down'",
        "table links does not fit the rest: This placement is there already",
    ),
    ("UPDATE links SET how = 'x' WHERE how = 'shared'", "table links has a row that does not read: x"),
    ("UPDATE links SET how = 'related:x' WHERE how = 'shared'", "table links does not fit the rest"),
    (
        "UPDATE links SET holder_id = '0000000000zzz' WHERE how = 'shared'",
        "ties of places that are not there",
    ),
    ("DELETE FROM properties WHERE bearer_kind = 'object'", "“Invoices: Owner is now Cara” is missing"),
    (
        "UPDATE properties SET value = '{\"text\":\"black\"}' WHERE bearer_kind = 'user'",
        "“Bob: Team is now black” stands in the tables",
    ),
    (
        "UPDATE properties SET bearer_id = '0000000000zzz' WHERE bearer_kind = 'service-account'",
        "properties of what is not there",
    ),
    ("UPDATE properties SET value = 'x'", "table properties has a row that does not read"),
    ("UPDATE service_accounts SET is_disabled = 1", "“Picker disabled” stands in the tables"),
    ("UPDATE service_accounts SET name = 'Other'", "“Service account Other added” stands in the tables"),
    (
        "UPDATE service_accounts SET robot_id = NULL",
        "“Service account Picker added” is not in the tables as the log",
    ),
    (
        "UPDATE service_accounts SET robot_id = '0000000000zzz'",
        "service accounts of robots that are not there: 1 in all",
    ),
    ("DELETE FROM service_accounts", "role assignments for nobody"),
    (
        "UPDATE grants SET limits = NULL WHERE subject_kind = 'user'",
        "“Cara has Starter on Inbound, only on R1” is missing",
    ),
    (
        "UPDATE grants SET limits = NULL WHERE subject_kind = 'everyone'",
        "“All users has Starter on Outbound, own items only” is missing",
    ),
    ("UPDATE grants SET until_at = NULL", "“Bob has Keeper on North from 1000000 ms"),
    (
        "UPDATE grants SET object_id = '0000000000zzz' WHERE subject_kind = 'group'",
        "in places that are not there",
    ),
    (
        "UPDATE roles SET owner_id = NULL",
        "“Role Keeper added, with 1 permission” is not in the tables as the log",
    ),
    (
        "UPDATE roles SET owner_id = '0000000000zzz' WHERE owner_id IS NOT NULL",
        "roles of tenants that are not",
    ),
    ("UPDATE packs SET body = '{}'", "table packs has a row that does not read"),
];

#[tokio::test]
async fn damage_to_ties_properties_service_accounts_and_limits_is_found_and_said() {
    const KEPT: [&str; 6] = ["links", "properties", "service_accounts", "grants", "roles", "packs"];
    for_each_database(async |database| {
        story::begin(&database).await;
        let run = async |sql: String| {
            raw_sql(AssertSqlSafe(sql)).execute(database.pool()).await.unwrap();
        };
        for table in KEPT {
            run(format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
        }
        for (sql, words) in MORE_DAMAGE {
            assert_eq!(examine(&database).await.unwrap().findings, [], "before {sql}");
            run(sql.to_owned()).await;
            let report = examine(&database).await.unwrap();
            assert!(said(&report).contains(words), "{sql}:\n{}", said(&report));
            for table in KEPT {
                run(format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}")).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_left_of_a_removed_person_is_found() {
    for_each_database(async |database| {
        let backend = world(&database).await;
        let status = model::person::Status::Active;
        save(&backend, vec![Change::UserRemoved { user: BOB, status, called: "Former user".into() }]).await;
        let report = examine(&database).await.unwrap();
        assert!(said(&report).contains("names and addresses of nobody"), "{report:?}");
    })
    .await;
}
