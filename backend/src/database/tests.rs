use super::migrate::{check_schema_for, migrate_to};
use super::*;
use crate::clock::Clock;
use crate::test_database::{for_each_database, for_each_empty_database};

const STEPS: &[Migration] = &[
    Migration {
        number: 1,
        name: "head",
        min_reader: 1,
        sql: include_str!("../../../migrations/0001_head.sql"),
    },
    Migration { number: 2, name: "two", min_reader: 1, sql: "CREATE TABLE two (id TEXT PRIMARY KEY)" },
    Migration { number: 3, name: "three", min_reader: 2, sql: "CREATE TABLE three (id TEXT PRIMARY KEY)" },
];

#[tokio::test]
async fn migrations_run_once_and_commands_wait_for_them() {
    for_each_empty_database(async |database| {
        let clock = Clock::fixed(5);
        let error = check_schema(&database).await.unwrap_err();
        assert!(matches!(error, MigrateError::Outdated { found: 0, .. }), "{error}");
        let first = migrate(&database, &clock).await.unwrap();
        assert!(first.applied.len() >= 2, "{first:?}");
        assert_eq!(migrate(&database, &clock).await.unwrap().applied, [0_i64; 0]);
        check_schema(&database).await.unwrap();
        let at: Vec<i64> =
            sqlx::query_scalar("SELECT applied_at FROM migrations").fetch_all(database.pool()).await.unwrap();
        assert!(at.iter().all(|at| *at == 5), "{at:?}");
    })
    .await;
}

#[tokio::test]
async fn servers_that_start_at_once_take_turns() {
    for_each_empty_database(async |database| {
        let clock = Clock::system();
        let all = futures::future::join_all((0..4).map(|_| migrate(&database, &clock))).await;
        let ran = all.into_iter().filter(|one| !one.as_ref().unwrap().applied.is_empty()).count();
        assert_eq!(ran, 1);
    })
    .await;
}

#[tokio::test]
async fn an_older_program_works_on_down_to_min_reader_and_is_refused_below() {
    for_each_empty_database(async |database| {
        let clock = Clock::system();
        assert_eq!(migrate_to(&database, &clock, &STEPS[..1]).await.unwrap().applied, [1]);
        assert_eq!(migrate_to(&database, &clock, STEPS).await.unwrap().applied, [2, 3]);
        // Knows step 2 and is enough for step 3.
        assert_eq!(migrate_to(&database, &clock, &STEPS[..2]).await.unwrap().applied, [0_i64; 0]);
        check_schema_for(&database, &STEPS[..2]).await.unwrap();
        // Knows step 1 only.
        let refused = [
            migrate_to(&database, &clock, &STEPS[..1]).await.unwrap_err(),
            check_schema_for(&database, &STEPS[..1]).await.unwrap_err(),
        ];
        for error in refused {
            assert!(error.to_string().contains("belongs to a newer version of Rolecall"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_command_names_the_step_that_is_missing() {
    for_each_empty_database(async |database| {
        migrate_to(&database, &Clock::system(), &STEPS[..2]).await.unwrap();
        let error = check_schema_for(&database, STEPS).await.unwrap_err();
        assert!(matches!(error, MigrateError::Outdated { found: 2, known: 3 }), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_step_that_was_changed_afterwards_is_refused() {
    for_each_empty_database(async |database| {
        let clock = Clock::system();
        migrate_to(&database, &clock, &STEPS[..2]).await.unwrap();
        let changed = [STEPS[0], Migration { sql: "CREATE TABLE two (id BIGINT PRIMARY KEY)", ..STEPS[1] }];
        let error = migrate_to(&database, &clock, &changed).await.unwrap_err();
        assert!(matches!(error, MigrateError::Changed { number: 2, .. }), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_behind() {
    for_each_empty_database(async |database| {
        let clock = Clock::system();
        let broken = [
            STEPS[0],
            Migration {
                sql: "CREATE TABLE two (id TEXT PRIMARY KEY); INSERT INTO nothing VALUES (1)",
                ..STEPS[1]
            },
        ];
        let error = migrate_to(&database, &clock, &broken).await.unwrap_err();
        assert!(matches!(error, MigrateError::Step { number: 2, .. }), "{error}");
        assert_eq!(migrate_to(&database, &clock, STEPS).await.unwrap().applied, [1, 2, 3]);
    })
    .await;
}

#[tokio::test]
async fn every_column_type_comes_back_as_it_went_in() {
    for_each_database(async |database| {
        sqlx::raw_sql("CREATE TABLE kinds (a TEXT, b BIGINT, c BYTEA, d DOUBLE PRECISION)")
            .execute(database.pool())
            .await
            .unwrap();
        for _ in 0..2 {
            sqlx::query("INSERT INTO kinds (a, b, c, d) VALUES ($1, $2, $3, $4)")
                .bind("Ünïcode")
                .bind(i64::MIN)
                .bind(vec![0_u8, 255, 0])
                .bind(1.0_f64)
                .execute(database.pool())
                .await
                .unwrap();
        }
        sqlx::query("INSERT INTO kinds (a, b, c, d) VALUES ($1, $2, $3, $4)")
            .bind(None::<String>)
            .bind(None::<i64>)
            .bind(None::<Vec<u8>>)
            .bind(None::<f64>)
            .execute(database.pool())
            .await
            .unwrap();
        type Row = (Option<String>, Option<i64>, Option<Vec<u8>>, Option<f64>);
        let rows: Vec<Row> = sqlx::query_as("SELECT a, b, c, d FROM kinds ORDER BY b IS NULL")
            .fetch_all(database.pool())
            .await
            .unwrap();
        let full = (Some("Ünïcode".to_owned()), Some(i64::MIN), Some(vec![0, 255, 0]), Some(1.0));
        assert_eq!(rows, [full.clone(), full, (None, None, None, None)]);
    })
    .await;
}

#[tokio::test]
async fn writers_take_turns_and_none_loses_what_the_other_wrote() {
    for_each_database(async |database| {
        let writers = (0..8).map(|_| async {
            for _ in 0..10 {
                let mut transaction = database.write().await.unwrap();
                let revision: i64 = sqlx::query_scalar("SELECT revision FROM head WHERE id = 1")
                    .fetch_one(&mut *transaction)
                    .await
                    .unwrap();
                tokio::task::yield_now().await;
                sqlx::query("UPDATE head SET revision = $1 WHERE id = 1")
                    .bind(revision + 1)
                    .execute(&mut *transaction)
                    .await
                    .unwrap();
                transaction.commit().await.unwrap();
            }
        });
        futures::future::join_all(writers).await;
        let revision: i64 =
            sqlx::query_scalar("SELECT revision FROM head").fetch_one(database.pool()).await.unwrap();
        assert_eq!(revision, 80);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_behind() {
    for_each_database(async |database| {
        let mut transaction = database.write().await.unwrap();
        sqlx::query("UPDATE head SET revision = 7").execute(&mut *transaction).await.unwrap();
        drop(transaction);
        let revision: i64 =
            sqlx::query_scalar("SELECT revision FROM head").fetch_one(database.pool()).await.unwrap();
        assert_eq!(revision, 0);
    })
    .await;
}
